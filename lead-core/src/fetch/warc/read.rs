//! Reading an archive.

use std::io::{BufRead, Read};

use flate2::bufread::GzDecoder;

use super::record::Record;
use crate::{Error, ErrorKind, Result};

/// The longest line of a record's head, and how many there may be.
const MAX_LINE: u64 = 64 * 1024;
const MAX_FIELDS: usize = 256;

/// The largest block kept; larger ones are left out and told.
const MAX_BLOCK: u64 = 64 * 1024 * 1024;

/// The records of an archive, one after the other: an iterator. Memory is that of one record.
///
/// An error is one damaged place, with its offset; the next item is the next record that is whole. Only an error of
/// [`ErrorKind::Io`] ends it.
#[derive(Debug)]
pub struct WarcReader<R> {
    input: Counted<R>,
    /// Whether each record is a gzip member; known after the first bytes.
    packed: Option<bool>,
    over: bool,
}

impl<R: BufRead> WarcReader<R> {
    /// Reads an archive, plain or gzip: its first bytes tell.
    pub fn new(input: R) -> Self {
        Self {
            input: Counted { inner: input, at: 0 },
            packed: None,
            over: false,
        }
    }

    fn step(&mut self) -> Result<Option<Record>> {
        let packed = match self.packed {
            Some(packed) => packed,
            None => *self.packed.insert(self.input.peek()?.starts_with(&[0x1f, 0x8b])),
        };
        if !packed {
            skip_line_ends(&mut self.input)?;
        }
        if self.input.peek()?.is_empty() {
            return Ok(None);
        }
        let offset = self.input.at;
        let read = if packed {
            let mut member = std::io::BufReader::new(GzDecoder::new(&mut self.input));
            // A member is read to its end, whatever follows the record in it: there its checksum stands.
            record(&mut member, offset).and_then(|record| drain(&mut member).map(|()| record))
        } else {
            record(&mut self.input, offset)
        };
        match read {
            Ok(record) => Ok(Some(record)),
            Err(error) => {
                self.seek_next(packed, offset)?;
                Err(error)
            }
        }
    }

    /// Goes on to what looks like the beginning of a record.
    fn seek_next(&mut self, packed: bool, from: u64) -> Result<()> {
        let mark: &[u8] = if packed { &[0x1f, 0x8b, 0x08] } else { b"WARC/1." };
        if self.input.at == from {
            self.input.consume(1);
        }
        loop {
            let ahead = self.input.peek()?;
            if ahead.is_empty() {
                return Ok(());
            }
            let (at, found) = match memchr::memmem::find(ahead, mark) {
                Some(at) => (at, true),
                // The mark may begin in what is ahead and end behind it.
                None => (ahead.len().saturating_sub(mark.len() - 1).max(1), false),
            };
            self.input.consume(at);
            if found {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Iterator for WarcReader<R> {
    type Item = Result<Record>;
    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let step = self.step().transpose();
        self.over = match &step {
            None => true,
            Some(Err(error)) => error.kind() == ErrorKind::Io,
            Some(Ok(_)) => false,
        };
        step
    }
}

fn record(input: &mut impl BufRead, offset: u64) -> Result<Record> {
    let version = line(input, offset)?;
    if !version.starts_with("WARC/1.") {
        return Err(damaged("no record begins here", offset));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let line = line(input, offset)?;
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| damaged("a field has no name", offset))?;
        if fields.len() == MAX_FIELDS {
            return Err(damaged("there are too many fields", offset));
        }
        fields.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let mut record = Record::new(offset, fields);
    let length: u64 = record
        .field("Content-Length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| damaged("the length is missing", offset))?;
    if length > MAX_BLOCK {
        let skipped = std::io::copy(&mut input.take(length), &mut std::io::sink());
        skipped.map_err(|cause| broken(cause, offset))?;
        let error = Error::new(ErrorKind::TooLarge, "warc", "the record is larger than allowed");
        return Err(error.with("offset", offset).with("bytes", length));
    }
    record
        .block
        .reserve_exact(usize::try_from(length).unwrap_or_default());
    let read = input
        .take(length)
        .read_to_end(&mut record.block)
        .map_err(|cause| broken(cause, offset))?;
    if read as u64 != length {
        return Err(damaged("the record is cut off", offset));
    }
    Ok(record)
}

fn line(input: &mut impl BufRead, offset: u64) -> Result<String> {
    let mut line = Vec::new();
    input
        .take(MAX_LINE)
        .read_until(b'\n', &mut line)
        .map_err(|cause| broken(cause, offset))?;
    if line.pop() != Some(b'\n') {
        return Err(damaged("the record's head is cut off", offset));
    }
    let line = String::from_utf8_lossy(&line);
    Ok(line.trim_end_matches('\r').to_owned())
}

fn drain(input: &mut impl BufRead) -> Result<()> {
    let mut rest = input.take(MAX_LINE);
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(|cause| broken(cause, 0))?;
    Ok(())
}

fn skip_line_ends<R: BufRead>(input: &mut Counted<R>) -> Result<()> {
    while let [b'\r' | b'\n', ..] = input.peek()? {
        input.consume(1);
    }
    Ok(())
}

fn damaged(what: &'static str, offset: u64) -> Error {
    Error::new(ErrorKind::Corrupt, "warc", what).with("offset", offset)
}

/// What went wrong while reading: bytes that cannot be unpacked are damage, all else ends the reading.
fn broken(cause: std::io::Error, offset: u64) -> Error {
    use std::io::ErrorKind as Io;
    match cause.kind() {
        Io::InvalidInput | Io::InvalidData | Io::UnexpectedEof | Io::Other => {
            damaged("the record cannot be unpacked", offset).because(cause)
        }
        _ => Error::new(ErrorKind::Io, "warc", "the archive cannot be read").because(cause),
    }
}

/// An input that knows how many bytes were taken from it.
#[derive(Debug)]
struct Counted<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Counted<R> {
    fn peek(&mut self) -> Result<&[u8]> {
        let at = self.at;
        self.inner.fill_buf().map_err(|cause| broken(cause, at))
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }
    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}
