//! JSON, an object a line.

use std::io::{self, BufRead, Read};

use super::pipeline::Feed;
use super::portion::Portion;
use super::reader::io_error;
use crate::record::Listing;
use crate::{Error, ErrorKind, Result};

/// Bytes of lines handed over at a time.
const CHUNK: usize = 256 * 1024;
/// The longest line that is read: features of All The Places with whole outlines stay below 1 MiB.
const LONGEST: usize = 4 * 1024 * 1024;

/// Whole lines of a file.
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// The number of the first one, from 1.
    first: u64,
    /// Where in the file they end.
    end: u64,
    /// Whether they are one line, longer than is read, of which the rest was passed over.
    too_long: bool,
}

/// Cuts a file into chunks of whole lines.
pub(super) fn cut(mut file: impl BufRead, feed: &Feed<Lines, Portion>) -> Result<()> {
    let (mut first, mut end) = (1, 0);
    loop {
        let mut bytes = Vec::with_capacity(CHUNK + 4096);
        if let Err(cause) = chunk(&mut file, &mut bytes) {
            rest(bytes, first, end, feed);
            return Err(io_error(cause));
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let mut read = bytes.len();
        let too_long = read > LONGEST && bytes.last() != Some(&b'\n');
        if too_long {
            // The whole lines before it still count.
            let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1);
            bytes.truncate(whole);
            let lines = count(&bytes);
            if !feed.push(Lines {
                bytes,
                first,
                end: end + whole as u64,
                too_long: false,
            }) {
                return Ok(());
            }
            first += lines;
            read += pass(&mut file)?;
            bytes = Vec::new();
        }
        end += read as u64;
        let lines = if too_long { 1 } else { count(&bytes) };
        if !feed.push(Lines {
            bytes,
            first,
            end,
            too_long,
        }) {
            return Ok(());
        }
        first += lines;
    }
}

/// Reads a chunk, and on to the end of its last line.
fn chunk(file: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<()> {
    file.by_ref().take(CHUNK as u64).read_to_end(bytes)?;
    if !bytes.is_empty() && bytes.last() != Some(&b'\n') {
        file.by_ref().take(LONGEST as u64).read_until(b'\n', bytes)?;
    }
    Ok(())
}

/// Hands over the whole lines that were read before the file broke off.
fn rest(mut bytes: Vec<u8>, first: u64, end: u64, feed: &Feed<Lines, Portion>) {
    let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1);
    bytes.truncate(whole);
    let lines = Lines {
        bytes,
        first,
        end: end + whole as u64,
        too_long: false,
    };
    feed.push(lines); // nobody listens: nobody to tell
}

fn count(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Reads to the end of the line and keeps nothing.
fn pass(file: &mut impl BufRead) -> Result<usize> {
    let mut passed = 0;
    loop {
        let buffer = file.fill_buf().map_err(io_error)?;
        let (used, over) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        file.consume(used);
        passed += used;
        if over {
            return Ok(passed);
        }
    }
}

/// What the lines say, each read by `row`.
pub(super) fn portion(lines: &Lines, row: impl Fn(&[u8]) -> Result<Option<Listing>>) -> Portion {
    let mut portion = Portion {
        position: lines.end,
        ..Portion::default()
    };
    if lines.too_long {
        let cause = Error::new(ErrorKind::TooLarge, "open data", "the line is longer than 4 MiB");
        portion.take(Err(cause), || format!("line {}", lines.first));
        return portion;
    }
    for (number, line) in (lines.first..).zip(lines.bytes.split(|byte| *byte == b'\n')) {
        let line = trimmed(line, number);
        if !line.is_empty() && !is_frame(line) {
            portion.take(row(line), || format!("line {number}"));
        }
    }
    portion
}

/// Without white space, the comma between the features of a collection, and the mark at a file's start.
fn trimmed(line: &[u8], number: u64) -> &[u8] {
    let line = match (number, line.strip_prefix(b"\xef\xbb\xbf")) {
        (1, Some(rest)) => rest,
        _ => line,
    };
    // RFC 8142 sets a record separator before each object.
    let line = line.strip_prefix(b"\x1e").unwrap_or(line).trim_ascii();
    line.strip_suffix(b",").unwrap_or(line)
}

/// Whether a line is the head or the end of a feature collection whose features are lines.
fn is_frame(line: &[u8]) -> bool {
    let head = line.starts_with(b"{")
        && line.ends_with(b"[")
        && memchr::memmem::find(line, b"\"FeatureCollection\"").is_some();
    head || line.iter().all(|byte| b"[]} \t".contains(byte))
}
