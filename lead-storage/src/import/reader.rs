//! A file being read.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use lead_core::clock::{Clock, Timestamp};
use lead_core::record::Observation;
use lead_core::seam::Reject;
use lead_core::{Error, ErrorKind, Result};

use super::cells::{Cell, Cells};
use super::delimited::Delimited;
use super::encoding::{Encoding, HEAD};
use super::header::{ColumnHome, Header};
use super::layout::unknown;
use super::objects::Objects;
use super::sighting::Reading;
use super::{IMPORT, Import, Layout};

/// Rows of a portion, and of a commit.
const PORTION: u64 = 1000;

/// A stretch of a file, in its order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Portion {
    /// The file's layout.
    pub layout: Layout,
    /// Its columns, and where their values go.
    pub columns: Vec<ColumnHome>,
    /// What the rows say.
    pub observations: Vec<Observation>,
    /// Rows that say nothing that can be kept: `line 7`, `row 7`, and why. A reason never repeats a value.
    pub rejects: Vec<Reject>,
    /// Rows of this stretch.
    pub rows: u64,
    /// Rows up to the end of it, from the file's start.
    pub end: u64,
    /// Bytes of the file that were read by then.
    pub position: u64,
}

/// A row as it stands there.
pub(super) struct Row {
    pub(super) place: String,
    pub(super) cells: std::result::Result<Vec<Cell>, &'static str>,
}

/// A file of rows.
pub(super) trait Rows {
    /// Shows every row until that is enough.
    fn each(self: Box<Self>, visit: &mut Visit<'_>) -> io::Result<()>;
}

/// Reads a file after so many `done` rows, and hands over portion by portion until `give` says that it is enough.
///
/// Blocks. Memory does not grow with the file; the texts of a workbook alone are held as a whole.
///
/// # Errors
/// [`ErrorKind::NotFound`] and [`ErrorKind::Io`] when the file cannot be read; [`ErrorKind::Unsupported`] when it shows no layout and none
/// is told; [`ErrorKind::Decode`] for a workbook that is damaged. What was handed over by then stands.
pub fn read(path: &Path, import: &Import, done: u64, give: impl FnMut(Portion) -> bool) -> Result<()> {
    let file = BufReader::new(File::open(path).map_err(failed)?);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let read = read_from(file, &name, written(path), import, done, give);
    read.map_err(|error| error.with("file", path.display()))
}

/// The same for bytes from anywhere: of a file that went by this `name`, last `written` then.
///
/// # Errors
/// As [`read`].
pub fn read_from(
    mut source: impl Read + Seek + 'static,
    name: &str,
    written: Timestamp,
    import: &Import,
    done: u64,
    mut give: impl FnMut(Portion) -> bool,
) -> Result<()> {
    let mut head = Vec::new();
    let part = source.by_ref().take(HEAD as u64).read_to_end(&mut head);
    part.and_then(|_| source.seek(SeekFrom::Start(0)))
        .map_err(failed)?;
    let position = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        inner: source,
        position: Arc::clone(&position),
    };
    let rows = open(counted, &head, import.layout)?;
    let mut visit = Visit {
        reading: Reading::new(name, import, written),
        layout: None,
        columns: Vec::new(),
        done,
        most: import.max.unwrap_or(u64::MAX),
        count: 0,
        rows: 0,
        observations: Vec::new(),
        rejects: Vec::new(),
        position,
        give: &mut give,
    };
    let read = rows.each(&mut visit);
    if visit.layout.is_some() {
        visit.hand_over();
        return read.map_err(failed);
    }
    read.map_err(failed)?;
    if import.layout.is_some() {
        Ok(())
    } else {
        Err(unknown())
    }
}

fn open<R: Read + Seek + 'static>(file: R, head: &[u8], told: Option<Layout>) -> Result<Box<dyn Rows>> {
    if head.starts_with(b"PK\x03\x04") {
        return workbook(file, told);
    }
    let encoding = Encoding::of(head);
    let mut start = Vec::new();
    // Only its first character is looked at: what breaks off behind it does not matter.
    let _ = encoding.open(head).take(1024).read_to_end(&mut start);
    let first = start.iter().find(|byte| byte.is_ascii_graphic());
    let text = encoding.open(file);
    Ok(match first {
        Some(b'{' | b'[') => Box::new(Objects::new(text, told)),
        _ => Box::new(Delimited::new(text, encoding.bytes(), told)),
    })
}

#[cfg(feature = "xlsx")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature it fails")]
fn workbook<R: Read + Seek + 'static>(file: R, told: Option<Layout>) -> Result<Box<dyn Rows>> {
    Ok(Box::new(super::workbook::Workbook::new(file, told)))
}

#[cfg(not(feature = "xlsx"))]
fn workbook<R>(_: R, _: Option<Layout>) -> Result<Box<dyn Rows>> {
    let says = "this build leaves workbooks out";
    Err(Error::new(ErrorKind::Unsupported, IMPORT, says).with("feature", "xlsx"))
}

/// When the file was last written: rows that say no time were seen by then, and the same file says the same again.
fn written(path: &Path) -> Timestamp {
    let time = std::fs::metadata(path).and_then(|file| file.modified());
    let time = time.ok().and_then(|time| Timestamp::try_from(time).ok());
    time.unwrap_or_else(|| Clock::system().now())
}

/// A file that counts what is read of it.
struct Counted<R> {
    inner: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Takes rows and makes portions of them.
pub(super) struct Visit<'a> {
    reading: Reading<'a>,
    layout: Option<Layout>,
    columns: Vec<ColumnHome>,
    done: u64,
    most: u64,
    count: u64,
    rows: u64,
    observations: Vec<Observation>,
    rejects: Vec<Reject>,
    position: Arc<AtomicU64>,
    give: &'a mut dyn FnMut(Portion) -> bool,
}

impl Visit<'_> {
    /// Takes the names of the columns; whether rows are wanted.
    pub(super) fn header(&mut self, header: &Header, told: Option<Layout>) -> bool {
        let Some(layout) = told.or_else(|| Layout::of(header)) else {
            return false;
        };
        self.layout = Some(layout);
        self.columns = header.homes();
        self.reading.layout(layout);
        true
    }

    /// Whether the next row is to be read: it is counted only where an import goes on behind it.
    pub(super) fn wanted(&self) -> bool {
        self.count >= self.done
    }

    /// Takes the next row; whether another is wanted.
    pub(super) fn row(&mut self, row: Option<Row>) -> bool {
        self.count += 1;
        if self.count <= self.done {
            return self.count < self.most;
        }
        self.rows += 1;
        if let Some(Row { place, cells }) = row {
            let cells = cells.map(Cells::new);
            match cells.and_then(|cells| self.reading.observe(&place, cells)) {
                Ok(observation) => self.observations.push(observation),
                Err(reason) => self.rejects.push(Reject {
                    entry: place,
                    reason: reason.to_owned(),
                }),
            }
        }
        let more = self.rows < PORTION || self.hand_over();
        more && self.count < self.most
    }

    fn hand_over(&mut self) -> bool {
        let Some(layout) = self.layout else {
            return false;
        };
        (self.give)(Portion {
            layout,
            columns: self.columns.clone(),
            observations: std::mem::take(&mut self.observations),
            rejects: std::mem::take(&mut self.rejects),
            rows: std::mem::take(&mut self.rows),
            end: self.count,
            position: self.position.load(Ordering::Relaxed),
        })
    }
}

/// The typed error behind a failed read.
fn failed(cause: io::Error) -> Error {
    let (kind, says) = match cause.kind() {
        io::ErrorKind::NotFound => (ErrorKind::NotFound, "there is no such file"),
        io::ErrorKind::IsADirectory => (ErrorKind::Io, "it is a folder"),
        io::ErrorKind::PermissionDenied => (ErrorKind::Io, "permission denied"),
        io::ErrorKind::InvalidData => (ErrorKind::Decode, "the workbook is damaged"),
        _ => (ErrorKind::Io, "the file cannot be read"),
    };
    Error::new(kind, IMPORT, says).because(cause)
}
