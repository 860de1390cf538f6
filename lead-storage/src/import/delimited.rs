//! Rows of cells: CSV, and the same with semicolons or tabs.

use std::borrow::Cow;
use std::io::{self, Read};

use super::cells::{named, unguarded};
use super::encoding::Bytes;
use super::header::Header;
use super::layout::Layout;
use super::reader::{Row, Rows, Visit};
use super::scan::{Scan, Span, line, scan};

/// Bytes that are read at a time.
const PIECE: usize = 256 * 1024;
/// What may stand between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A file of rows.
pub(super) struct Delimited<R> {
    inner: R,
    bytes: Bytes,
    told: Option<Layout>,
    delimiter: u8,
    buffer: Vec<u8>,
    /// Where in the buffer the next row begins.
    at: usize,
    over: bool,
    line: u64,
    spans: Vec<Span>,
}

impl<R: Read> Delimited<R> {
    pub(super) fn new(inner: R, bytes: Bytes, told: Option<Layout>) -> Self {
        Self {
            inner,
            bytes,
            told,
            delimiter: b',',
            buffer: Vec::new(),
            at: 0,
            over: false,
            line: 1,
            spans: Vec::new(),
        }
    }

    /// Drops what is done with and reads on.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let wanted = PIECE as u64;
        let read = self.inner.by_ref().take(wanted).read_to_end(&mut self.buffer)?;
        self.over = (read as u64) < wanted;
        Ok(())
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Finds the next row; its cells are in `spans` then.
    fn scan(&mut self) -> io::Result<Scan> {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            match scan(rest, self.delimiter, self.over, &mut self.spans) {
                Scan::More => self.fill()?,
                _ if rest.is_empty() && !self.over => self.fill()?,
                found => return Ok(found),
            }
        }
    }

    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.spans.iter().map(|span| self.text(span))
    }

    fn text(&self, span: &Span) -> Cow<'_, str> {
        let cell = self.rest().get(span.place.clone()).unwrap_or_default();
        let text = self.bytes.text(cell);
        if span.doubled {
            text.replace("\"\"", "\"").into()
        } else {
            text
        }
    }

    /// Steps over some bytes that hold so many line ends.
    fn step(&mut self, length: usize, lines: u64) {
        self.at += length;
        self.line += lines;
    }

    /// Steps to the next line, however far away it is.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let length = line(self.rest());
            let whole = self
                .rest()
                .get(..length)
                .is_some_and(|line| line.ends_with(b"\n"));
            self.step(length, u64::from(whole));
            if whole || self.over {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Reads the names of the columns. With a layout that is told, a file may lack them.
    fn header(&mut self) -> io::Result<Option<Header>> {
        self.fill()?;
        if self.rest().starts_with(b"\xef\xbb\xbf") {
            self.at += 3;
        }
        // Excel is told its delimiter so.
        if self.rest().to_ascii_lowercase().starts_with(b"sep=") {
            self.pass_line()?;
        }
        while self.rest().starts_with(b"\n") || self.rest().starts_with(b"\r\n") {
            self.pass_line()?;
        }
        let mut best: Option<(usize, u8, Header)> = None;
        for delimiter in DELIMITERS {
            self.delimiter = delimiter;
            if !matches!(self.scan()?, Scan::Row { .. }) {
                continue;
            }
            let texts: Vec<_> = self.texts().collect();
            let header = Header::of(texts.iter().map(AsRef::as_ref));
            let known = header.names().filter(|name| Header::knows(name)).count();
            // Among equals, the one that cuts more: of a file without a header nothing is known.
            let count = known * 1000 + header.len().min(999);
            if best.as_ref().is_none_or(|(most, ..)| count > *most) {
                best = Some((count, delimiter, header));
            }
        }
        let Some((_, delimiter, header)) = best else {
            return Ok(None);
        };
        self.delimiter = delimiter;
        if Layout::of(&header).is_some() {
            if let Scan::Row { length, lines } = self.scan()? {
                self.step(length, lines);
            }
            return Ok(Some(header));
        }
        Ok(self.told.map(Header::told))
    }
}

impl<R: Read> Rows for Delimited<R> {
    fn each(mut self: Box<Self>, visit: &mut Visit<'_>) -> io::Result<()> {
        let Some(header) = self.header()? else {
            return Ok(());
        };
        if !visit.header(&header, self.told) {
            return Ok(());
        }
        loop {
            let place = self.line;
            let row = match self.scan()? {
                Scan::Row { length: 0, .. } | Scan::More => return Ok(()),
                Scan::Row { length, lines } => {
                    let cells = visit
                        .wanted()
                        .then(|| named(&header, self.texts().map(unguarded)));
                    let blank = matches!(&*self.spans, [only] if only.place.is_empty());
                    self.step(length, lines);
                    if blank {
                        continue;
                    }
                    cells.map(|cells| {
                        if header.is(&cells) {
                            Err("the header again")
                        } else {
                            Ok(cells)
                        }
                    })
                }
                Scan::Unclosed => {
                    self.pass_line()?;
                    Some(Err("a quote that is not closed"))
                }
                Scan::TooLong => {
                    self.pass_line()?;
                    Some(Err("longer than 1 MiB"))
                }
            };
            let more = visit.row(row.map(|cells| Row {
                place: format!("line {place}"),
                cells,
            }));
            if !more {
                return Ok(());
            }
        }
    }
}
