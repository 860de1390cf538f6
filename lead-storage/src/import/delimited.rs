//! Rows of cells: CSV, and the same with semicolons or tabs.

use std::borrow::Cow;
use std::io::{self, Read};

use super::cells::{named, unguarded};
use super::encoding::Bytes;
use super::header::Header;
use super::layout::Layout;
use super::reader::{Row, Rows, Visit};
use super::scan::{Scan, Span, line, scan};
use super::window::Window;

/// What may stand between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A file of rows.
pub(super) struct Delimited<R> {
    window: Window<R>,
    bytes: Bytes,
    told: Option<Layout>,
    delimiter: u8,
    spans: Vec<Span>,
}

impl<R: Read> Delimited<R> {
    pub(super) fn new(inner: R, bytes: Bytes, told: Option<Layout>) -> Self {
        Self {
            window: Window::new(inner),
            bytes,
            told,
            delimiter: b',',
            spans: Vec::new(),
        }
    }

    /// Finds the next row; its cells are in `spans` then.
    fn scan(&mut self) -> io::Result<Scan> {
        loop {
            let rest = self.window.rest();
            match scan(rest, self.delimiter, self.window.over, &mut self.spans) {
                Scan::More => self.window.fill()?,
                _ if rest.is_empty() && !self.window.over => self.window.fill()?,
                found => return Ok(found),
            }
        }
    }

    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.spans.iter().map(|span| self.text(span))
    }

    fn text(&self, span: &Span) -> Cow<'_, str> {
        let cell = self.window.rest().get(span.place.clone()).unwrap_or_default();
        let text = self.bytes.text(cell);
        if span.doubled {
            text.replace("\"\"", "\"").into()
        } else {
            text
        }
    }

    /// Steps to the next line, however far away it is.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let length = line(self.window.rest());
            let whole = self
                .window
                .rest()
                .get(..length)
                .is_some_and(|line| line.ends_with(b"\n"));
            self.window.step(length);
            if whole || self.window.over {
                return Ok(());
            }
            self.window.fill()?;
        }
    }

    /// Reads the names of the columns. With a layout that is told, a file may lack them.
    fn header(&mut self) -> io::Result<Option<Header>> {
        self.window.fill()?;
        if self.window.rest().starts_with(b"\xef\xbb\xbf") {
            self.window.step(3);
        }
        // Excel is told its delimiter so.
        if self.window.rest().to_ascii_lowercase().starts_with(b"sep=") {
            self.pass_line()?;
        }
        while self.window.rest().starts_with(b"\n") || self.window.rest().starts_with(b"\r\n") {
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
            if let Scan::Row { length } = self.scan()? {
                self.window.step(length);
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
            let place = self.window.line;
            let row = match self.scan()? {
                Scan::Row { length: 0 } | Scan::More => return Ok(()),
                Scan::Row { length } => {
                    let cells = visit
                        .wanted()
                        .then(|| named(&header, self.texts().map(unguarded)));
                    let blank = matches!(&*self.spans, [only] if only.place.is_empty());
                    self.window.step(length);
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
