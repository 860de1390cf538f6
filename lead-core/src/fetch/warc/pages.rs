//! The pages of a file, whichever kind of archive it is.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::bufread::{DeflateDecoder, GzDecoder};

use super::page::Page;
use super::reader::Reader;
use crate::{Error, ErrorKind, Result};

/// How much of a file is read at once.
const BUFFER: usize = 256 << 10;
/// The first bytes of a zip (APPNOTE.TXT §4.3.7), which a WACZ is.
const ZIP: &[u8] = b"PK\x03\x04";
/// How every record begins, before its version.
pub(super) const SIGN: [u8; 5] = *b"WARC/";

/// The pages of a WARC, WET or WACZ file, one after another, in constant memory.
///
/// A record that cannot be read is an error with its `offset`; the pages after it follow. Records that hold no page are
/// passed over; so are the pages that [`Page::is_readable`] says no to, unless [`Pages::all`] is asked for.
pub struct Pages {
    parts: VecDeque<Part>,
    reader: Option<Reader<Input>>,
    all: bool,
}

/// The bytes of a part, from where they are wanted.
pub(super) type Input = Box<dyn BufRead + Send>;

/// A WARC file of its own or within a zip.
#[derive(Clone, Debug)]
pub(super) struct Part {
    file: PathBuf,
    start: u64,
    length: u64,
    deflated: bool,
}

impl Pages {
    /// Opens an archive. Whether it is compressed, and a zip of several, its first bytes tell.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when it cannot be read, [`ErrorKind::Corrupt`] when it is a zip that is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self {
            parts: parts(path)?.into(),
            reader: None,
            all: false,
        })
    }

    /// Gives the pages too that are no success, or neither HTML nor text.
    pub fn all(mut self) -> Self {
        self.all = true;
        self
    }

    /// Whether a file is an archive, by its first bytes; a zip also by its name, as many other things are zips. What cannot
    /// be read is none, and neither is what is no file: to open a pipe is to wait for who writes to it.
    pub fn is_archive(path: &Path) -> bool {
        let named = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("wacz"));
        first_bytes(path).is_ok_and(|first| is_warc(&first) || named && first.starts_with(ZIP))
    }
}

/// Whether an archive that is no zip begins with these bytes, of which a thousand are enough.
pub fn is_warc(first: &[u8]) -> bool {
    let mut sign = [0; SIGN.len()];
    let mut inflates = || GzDecoder::new(first).read_exact(&mut sign).is_ok() && sign == SIGN;
    first.starts_with(&SIGN) || inflates()
}

pub(super) fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    if std::fs::metadata(path)?.is_file() {
        File::open(path)?.take(1 << 10).read_to_end(&mut first)?;
    }
    Ok(first)
}

/// The WARC files in a file: itself, or those of a zip in the order of their names.
pub(super) fn parts(path: &Path) -> Result<Vec<Part>> {
    let failed = |cause| Error::new(ErrorKind::Io, "warc", "the archive cannot be read").because(cause);
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut first = Vec::new();
    file.by_ref()
        .take(ZIP.len() as u64)
        .read_to_end(&mut first)
        .map_err(failed)?;
    if first != ZIP {
        return Ok(vec![Part {
            file: path.to_owned(),
            start: 0,
            length,
            deflated: false,
        }]);
    }
    let damaged = |message| Error::new(ErrorKind::Corrupt, "warc", message);
    let parts = of_zip(path, BufReader::new(file))
        .map_err(|cause| damaged("the zip of the archive is damaged").because(cause))?;
    if parts.is_empty() {
        return Err(damaged("there is no web archive in this zip"));
    }
    Ok(parts)
}

/// A WACZ keeps its archives in a folder of that name (WACZ 1.1.1 §5.1).
fn of_zip(path: &Path, file: BufReader<File>) -> zip::result::ZipResult<Vec<Part>> {
    let mut zip = zip::ZipArchive::new(file)?;
    let mut found = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index)?;
        let name = entry.name()?.into_owned();
        let lower = name.to_ascii_lowercase();
        let is_part =
            lower.starts_with("archive/") && [".warc", ".warc.gz"].iter().any(|end| lower.ends_with(end));
        let known = match entry.compression() {
            zip::CompressionMethod::Stored => Some(false),
            zip::CompressionMethod::Deflated => Some(true),
            _ => None,
        };
        let start = entry.data_start();
        if let (true, Some(deflated), Some(start)) = (is_part, known, start) {
            let part = Part {
                file: path.to_owned(),
                start,
                length: entry.compressed_size(),
                deflated,
            };
            found.push((name, part));
        }
    }
    found.sort_by(|(one, _), (other, _): &(String, Part)| one.cmp(other));
    Ok(found.into_iter().map(|(_, part)| part).collect())
}

impl Part {
    /// Whether its records can be read from the middle.
    pub(super) fn can_seek(&self) -> bool {
        !self.deflated
    }

    /// Its bytes from `offset` on, which is 0 where it cannot seek.
    pub(super) fn open(&self, offset: u64) -> Result<Input> {
        let failed = |cause| Error::new(ErrorKind::Io, "warc", "the archive cannot be read").because(cause);
        let mut file = File::open(&self.file).map_err(failed)?;
        file.seek(SeekFrom::Start(self.start + offset)).map_err(failed)?;
        let bytes = BufReader::with_capacity(BUFFER, file.take(self.length.saturating_sub(offset)));
        Ok(if self.deflated {
            Box::new(BufReader::with_capacity(BUFFER, DeflateDecoder::new(bytes)))
        } else {
            Box::new(bytes)
        })
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(reader) = &mut self.reader else {
                match self.parts.pop_front()?.open(0) {
                    Ok(input) => self.reader = Some(Reader::new(input)),
                    Err(error) => return Some(Err(error)),
                }
                continue;
            };
            match reader.next() {
                None => self.reader = None,
                Some(Err(error)) => return Some(Err(error)),
                Some(Ok(record)) => match record.page() {
                    Err(error) => return Some(Err(error)),
                    Ok(Some(page)) if self.all || page.is_readable() => return Some(Ok(page)),
                    Ok(_) => {}
                },
            }
        }
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}
