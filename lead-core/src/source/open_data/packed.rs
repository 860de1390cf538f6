//! Files as they lie on disk, plain or packed with gzip.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::reader::io_error;
use crate::Result;

/// Bytes of a packed file that are read at a time.
const BUFFER: usize = 64 * 1024;

/// A file whose content is read, whether it is packed or not.
pub(super) struct Content {
    inner: Box<dyn Read + Send>,
    /// Bytes of the packed file that were read so far; none for a plain one.
    pub(super) packed: Option<Arc<AtomicU64>>,
}

impl Content {
    /// Opens a file. Gzip shows by its first bytes (RFC 1952 §2.3.1), whatever the file is called; several members follow each other.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut magic = [0; 2];
        let read = File::open(path)
            .and_then(|mut file| file.read(&mut magic))
            .map_err(io_error)?;
        let file = File::open(path).map_err(io_error)?;
        if read < magic.len() || magic != [0x1f, 0x8b] {
            return Ok(Self {
                inner: Box::new(file),
                packed: None,
            });
        }
        let count = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            file,
            count: Arc::clone(&count),
        };
        let unpacked = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, counted));
        Ok(Self {
            inner: Box::new(unpacked),
            packed: Some(count),
        })
    }
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        if self.packed.is_none() {
            return read;
        }
        // Damage of the packing is none of a row's.
        read.map_err(|cause| io::Error::other(Damaged(cause)))
    }
}

/// The packing of a file broke off, or is damaged from here on.
#[derive(Debug)]
pub(super) struct Damaged(io::Error);

impl Damaged {
    /// Whether this is why a file cannot be read.
    pub(super) fn is(cause: &io::Error) -> bool {
        let Some(inner) = cause.get_ref() else {
            return false;
        };
        inner.is::<Self>()
    }
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the packed file is damaged: {}", self.0)
    }
}

impl std::error::Error for Damaged {}

/// Counts what is read of a file.
struct Counted {
    file: File,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Where a packed file stands, in place of where its content does.
pub(super) fn position(packed: Option<&Arc<AtomicU64>>, content: u64) -> u64 {
    packed.map_or(content, |count| count.load(Ordering::Relaxed))
}
