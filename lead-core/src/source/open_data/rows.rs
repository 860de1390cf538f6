//! CSV with a header.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ReaderBuilder};

use super::pipeline::Feed;
use super::portion::Portion;
use super::reader::io_error;
use crate::record::Listing;
use crate::{Error, ErrorKind, Result};

/// Rows handed over at a time.
const CHUNK: usize = 1000;
/// The most bytes of one row. A quote that is never closed would else swallow the rest of the file.
const LONGEST: u64 = 1024 * 1024;

/// Reads one row of a layout.
pub(in crate::source) type RowReader = Box<dyn Fn(Row<'_>) -> Result<Option<Listing>> + Send + Sync>;

/// The names of the columns.
pub(in crate::source) struct Header(Vec<String>);

impl Header {
    /// The column of this name.
    pub(in crate::source) fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column == name)
    }

    /// The column of this name, which must be there.
    pub(in crate::source) fn need(&self, name: &'static str) -> Result<usize> {
        let missing =
            || Error::new(ErrorKind::Decode, "open data", "a column is missing").with("column", name);
        self.find(name).ok_or_else(missing)
    }
}

/// One row.
#[derive(Clone, Copy)]
pub(in crate::source) struct Row<'a>(&'a ByteRecord);

impl<'a> Row<'a> {
    /// What stands in a column, when something does.
    pub(in crate::source) fn get(self, column: usize) -> Option<&'a str> {
        let cell = std::str::from_utf8(self.0.get(column)?).ok()?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The same for a column that the file may lack.
    pub(in crate::source) fn find(self, column: Option<usize>) -> Option<&'a str> {
        self.get(column?)
    }

    /// What must stand in a column.
    pub(in crate::source) fn need(self, column: usize, name: &'static str) -> Result<&'a str> {
        let missing = || Error::invalid("open data", "a cell that must not be empty is").with("column", name);
        self.get(column).ok_or_else(missing)
    }
}

/// Some rows of a file.
pub(super) struct Rows {
    records: Vec<ByteRecord>,
    columns: usize,
    end: u64,
}

/// A file that ends with an error where a row is too long.
pub(super) struct Capped<R> {
    inner: R,
    since: Arc<AtomicU64>,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.load(Ordering::Relaxed) > LONGEST {
            let says = "a row is longer than 1 MiB: perhaps a quote is not closed";
            return Err(io::Error::new(io::ErrorKind::InvalidData, says));
        }
        let read = self.inner.read(buffer)?;
        self.since.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A table that is being read.
pub(super) struct Table<R> {
    csv: csv::Reader<Capped<R>>,
    columns: usize,
    /// Bytes read since the last row began.
    since: Arc<AtomicU64>,
}

impl<R: Read> Table<R> {
    /// Reads the header.
    pub(super) fn open(file: R) -> Result<(Self, Header)> {
        let since = Arc::new(AtomicU64::new(0));
        let capped = Capped {
            inner: file,
            since: Arc::clone(&since),
        };
        let mut builder = ReaderBuilder::new();
        let mut csv = builder
            .flexible(true)
            .buffer_capacity(256 * 1024)
            .from_reader(capped);
        let header = csv.byte_headers().map_err(|cause| broken(cause, 1))?;
        let names = header.iter().map(|name| {
            let name = String::from_utf8_lossy(name);
            name.trim_start_matches('\u{feff}').trim().to_owned()
        });
        let header = Header(names.collect());
        let columns = header.0.len();
        Ok((Self { csv, columns, since }, header))
    }

    /// Hands over all rows, some at a time.
    pub(super) fn cut(mut self, feed: &Feed<Rows, Portion>) -> Result<()> {
        loop {
            let mut rows = Vec::with_capacity(CHUNK);
            let mut over = false;
            while rows.len() < CHUNK && !over {
                self.since.store(0, Ordering::Relaxed);
                let mut row = ByteRecord::with_capacity(512, self.columns);
                let line = self.csv.position().line();
                match self.csv.read_byte_record(&mut row) {
                    Ok(true) => rows.push(row),
                    Ok(false) => over = true,
                    Err(cause) => {
                        self.push(rows, feed);
                        return Err(broken(cause, line));
                    }
                }
            }
            if !self.push(rows, feed) || over {
                return Ok(());
            }
        }
    }

    fn push(&self, rows: Vec<ByteRecord>, feed: &Feed<Rows, Portion>) -> bool {
        let end = self.csv.position().byte();
        feed.push(Rows {
            records: rows,
            columns: self.columns,
            end,
        })
    }
}

/// What the rows say, each read by `read`.
pub(super) fn portion(rows: &Rows, read: &RowReader) -> Portion {
    let mut portion = Portion {
        position: rows.end,
        ..Portion::default()
    };
    for row in &rows.records {
        let told = checked(row, rows.columns).and_then(|()| read(Row(row)));
        portion.take(told, || {
            format!("line {}", row.position().map_or(0, csv::Position::line))
        });
    }
    portion
}

fn checked(row: &ByteRecord, columns: usize) -> Result<()> {
    if row.len() != columns {
        let says = format!("{} cells stand where the header has {columns}", row.len());
        return Err(Error::invalid("open data", says));
    }
    let utf8 = std::str::from_utf8(row.as_slice());
    utf8.map(drop)
        .map_err(|_| Error::invalid("open data", "the row is not UTF-8"))
}

fn broken(cause: csv::Error, line: u64) -> Error {
    let too_long = matches!(cause.kind(), csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::InvalidData);
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) if too_long => {
            let says = "a row is longer than 1 MiB: perhaps a quote is not closed";
            Error::new(ErrorKind::Decode, "open data", says)
                .with("line", line)
                .because(cause)
        }
        csv::ErrorKind::Io(cause) => io_error(cause),
        _ => Error::new(ErrorKind::Decode, "open data", "not a CSV file").with("line", line),
    }
}
