//! A part of a file in memory: what is read and not yet done with.

use std::io::{self, Read};

/// Bytes that are read at a time.
const PIECE: u64 = 256 * 1024;

/// The bytes from where a file is read on.
pub(super) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    at: usize,
    /// Whether no more bytes come.
    pub(super) over: bool,
    /// The number of the line that is next, from 1.
    pub(super) line: u64,
}

impl<R: Read> Window<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            at: 0,
            over: false,
            line: 1,
        }
    }

    /// Drops what is done with and reads on.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let read = self.inner.by_ref().take(PIECE).read_to_end(&mut self.buffer)?;
        self.over = (read as u64) < PIECE;
        Ok(())
    }

    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Steps over some bytes.
    pub(super) fn step(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.at += length;
    }
}
