//! Record by record through an archive.

use std::io::{self, BufRead, Read};

use super::bytes::Bytes;
use super::pages::SIGN;
use super::record::{Record, find};
use crate::{Error, ErrorKind, Result};

/// The most bytes of a record's fields: writers put a dozen lines there.
const MAX_HEADER: usize = 64 << 10;
/// The most bytes of a record's block that are kept, unless told otherwise.
const MAX_BLOCK: u64 = 64 << 20;

/// Goes through an archive record by record, in constant memory.
///
/// Compressed archives (a gzip member a record, or several records in one) are inflated on the way. A record that is
/// damaged or too large is an error with its place; the next item is the next record that is whole. After
/// [`ErrorKind::Io`] nothing more is read.
#[derive(Debug)]
pub struct Reader<R> {
    bytes: Bytes<R>,
    max_block: u64,
    /// Where the record that is read, or was read last, begins.
    begun: u64,
    done: bool,
}

/// Why there is no record.
enum Fault {
    /// The bytes are not those of a record.
    Damage(&'static str),
    /// Its block has more bytes than are kept; it was passed over.
    TooLarge(u64),
    /// The file cannot be read.
    Broken(io::Error),
}

impl From<io::Error> for Fault {
    fn from(cause: io::Error) -> Self {
        match cause.kind() {
            // What the inflater and the end of the file have to say.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Self::Damage("the compression is broken")
            }
            io::ErrorKind::UnexpectedEof => Self::Damage("the file ends within a record"),
            _ => Self::Broken(cause),
        }
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads an archive from its beginning, or from where a record begins.
    pub fn new(input: R) -> Self {
        Self {
            bytes: Bytes::new(input),
            max_block: MAX_BLOCK,
            begun: 0,
            done: false,
        }
    }

    /// Passes over records whose block is larger; 64 MiB unless told otherwise.
    pub fn max_block(mut self, bytes: u64) -> Self {
        self.max_block = bytes;
        self
    }

    /// Reads to the end: where the last record begins when that is not whole.
    pub(super) fn torn_end(mut self) -> Option<u64> {
        let mut torn = None;
        while let Some(record) = self.next() {
            let broken = record.is_err_and(|error| error.kind() == ErrorKind::Corrupt);
            torn = broken.then_some(self.begun);
        }
        torn
    }

    /// The next record; `None` at the end.
    fn record(&mut self) -> Result<Option<Record>, Fault> {
        let more = self.skip_blank();
        self.begun = self.bytes.offset();
        if !more? {
            return Ok(None);
        }
        let fields = self.fields()?;
        let length = find(&fields, "Content-Length").and_then(|length| length.trim().parse::<u64>().ok());
        let length = length.ok_or(Fault::Damage("a record without length"))?;
        if length > self.max_block {
            let skipped = io::copy(&mut self.bytes.by_ref().take(length), &mut io::sink())?;
            return Err(if skipped < length {
                Fault::Damage("the file ends within a record")
            } else {
                Fault::TooLarge(length)
            });
        }
        // What a damaged length claims is not reserved before it is there.
        let mut block = Vec::new();
        let read = self.bytes.by_ref().take(length).read_to_end(&mut block)?;
        if (read as u64) < length {
            return Err(Fault::Damage("the file ends within a record"));
        }
        Ok(Some(Record::new(fields, block.into(), self.begun)))
    }

    /// Passes over the line ends after a record; `false` at the end.
    fn skip_blank(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.bytes.fill_buf()?;
            let blank = buffer
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            let (is_end, more) = (buffer.is_empty(), blank < buffer.len());
            self.bytes.consume(blank);
            if is_end || more {
                return Ok(more);
            }
        }
    }

    /// The version and the fields, up to the empty line.
    fn fields(&mut self) -> Result<Vec<(String, String)>, Fault> {
        let mut room = MAX_HEADER;
        let version = self.line(&mut room)?;
        if !version.as_bytes().starts_with(&SIGN) {
            return Err(Fault::Damage("no record begins here"));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let line = self.line(&mut room)?;
            if line.is_empty() {
                return Ok(fields);
            }
            if line.starts_with([' ', '\t']) {
                // A field may go on (ISO 28500:2017 §4).
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            } else {
                return Err(Fault::Damage("a field without a name"));
            }
        }
    }

    /// A line without its end.
    fn line(&mut self, room: &mut usize) -> Result<String, Fault> {
        let mut line = Vec::new();
        self.bytes
            .by_ref()
            .take(*room as u64)
            .read_until(b'\n', &mut line)?;
        *room = room.saturating_sub(line.len());
        if line.pop() != Some(b'\n') {
            return Err(Fault::Damage(if *room == 0 {
                "the fields of a record have no end"
            } else {
                "the file ends within a record"
            }));
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// After damage: goes to where the next record seems to begin; `false` when there is none.
    fn find_record(&mut self) -> io::Result<bool> {
        let compressed = matches!(self.bytes, Bytes::Gzip(_));
        loop {
            match self.next_sign(compressed) {
                Ok(found) => return Ok(found),
                Err(cause) if matches!(Fault::from(io::Error::from(cause.kind())), Fault::Broken(_)) => {
                    return Err(cause);
                }
                Err(_) => {}
            }
        }
    }

    /// One try at it.
    fn next_sign(&mut self, compressed: bool) -> io::Result<bool> {
        if compressed {
            while self.bytes.skip_damage()? {
                if self.bytes.fill_buf()?.starts_with(&SIGN) {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        // Records begin a line. Of a line that does not only the end is looked for.
        loop {
            let buffer = self.bytes.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            if buffer.starts_with(&SIGN) {
                return Ok(true);
            }
            let length = memchr::memchr(b'\n', buffer).map_or(buffer.len(), |end| end + 1);
            self.bytes.consume(length);
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let fault = match self.record() {
            Ok(Some(record)) => return Some(Ok(record)),
            Ok(None) => {
                self.done = true;
                return None;
            }
            Err(fault) => fault,
        };
        let offset = self.begun;
        let error = match fault {
            Fault::Damage(message) => {
                self.done = !self.find_record().unwrap_or(false);
                Error::new(ErrorKind::Corrupt, "warc", message)
            }
            Fault::TooLarge(bytes) => {
                Error::new(ErrorKind::TooLarge, "warc", "a record is larger than allowed")
                    .with("bytes", bytes)
            }
            Fault::Broken(cause) => {
                self.done = true;
                Error::new(ErrorKind::Io, "warc", "the archive cannot be read").because(cause)
            }
        };
        Some(Err(error.with("offset", offset)))
    }
}
