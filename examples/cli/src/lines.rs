//! Lines of an input that may never end, in batches.

use std::io::{self, BufRead, BufReader, Read};

use futures::Stream;
use lead_core::{Error, ErrorKind, Result};
use tokio::sync::mpsc;

/// The longest line taken, in bytes.
const MAX_LINE: u64 = 64 << 20;

/// A batch has so many lines or bytes at most …
const BATCH_LINES: usize = 256;
const BATCH_BYTES: usize = 1 << 18;

/// A line that is not empty.
pub(crate) struct InputLine {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Its bytes, or why it is passed over.
    pub(crate) bytes: Result<Vec<u8>>,
}

/// The lines of `input`. A batch ends early when nothing more is there to be read at once, so that whoever asks line
/// by line gets an answer for each. The stream ends with the input, or after the first error of reading.
pub(crate) fn batches(input: Box<dyn Read + Send>) -> impl Stream<Item = io::Result<Vec<InputLine>>> {
    let (send, receive) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut lines = Lines {
            input: BufReader::with_capacity(1 << 16, input),
            number: 0,
        };
        loop {
            let batch = lines.batch();
            let over = batch.as_ref().map_or(true, Vec::is_empty);
            if batch.is_err() || !over {
                // Nobody listens any more: the command was stopped.
                if send.blocking_send(batch).is_err() {
                    return;
                }
            }
            if over {
                return;
            }
        }
    });
    futures::stream::unfold(receive, |mut receive| async {
        receive.recv().await.map(|batch| (batch, receive))
    })
}

/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

struct Lines<R> {
    input: BufReader<R>,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// The next lines; none at the end.
    fn batch(&mut self) -> io::Result<Vec<InputLine>> {
        let (mut batch, mut size) = (Vec::new(), 0);
        while let Some(line) = self.line()? {
            size += line.bytes.as_ref().map_or(0, Vec::len);
            batch.push(line);
            if batch.len() >= BATCH_LINES || size >= BATCH_BYTES || self.input.buffer().is_empty() {
                break;
            }
        }
        Ok(batch)
    }

    fn line(&mut self) -> io::Result<Option<InputLine>> {
        loop {
            let mut bytes = Vec::new();
            if (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.number == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
                bytes.drain(..BYTE_ORDER_MARK.len());
            }
            if bytes.len() as u64 == MAX_LINE && !bytes.ends_with(b"\n") {
                self.input.skip_until(b'\n')?;
                return Ok(Some(InputLine {
                    number: self.number,
                    bytes: Err(too_long()),
                }));
            }
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(InputLine {
                    number: self.number,
                    bytes: Ok(bytes),
                }));
            }
        }
    }
}

fn too_long() -> Error {
    Error::new(ErrorKind::TooLarge, "read", "the line is too long").with("at most", MAX_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_count_but_are_passed_over() {
        let mut lines = Lines {
            input: BufReader::new(&b"a\n\n \r\nb"[..]),
            number: 0,
        };
        let batch = lines.batch().unwrap();
        let numbers: Vec<_> = batch.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 4]);
        assert!(lines.batch().unwrap().is_empty());
    }
}
