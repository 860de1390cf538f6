//! One CSV file, held against every other process: rows by their offsets.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use lead_core::{Error, ErrorKind, Result};

use super::super::DUAL;
use super::failed;

/// A file whose rows are appended. Dropping it lets another process have it.
#[derive(Debug)]
pub(super) struct RowFile {
    path: PathBuf,
    file: File,
    end: u64,
    lock: File,
}

/// Where a row lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) at: u64,
    pub(super) len: u32,
}

impl RowFile {
    /// Opens the file, which is made with these headers when it is not there, and tells of each row: where it lies and its
    /// cells. What a killed process left of its last row is cut off.
    pub(super) fn open(
        path: &Path,
        head: &[u8],
        mut row: impl FnMut(Span, &csv::ByteRecord) -> Result<()>,
    ) -> Result<Self> {
        let failed = failed(path);
        let lock = locked(path)?;
        let file = OpenOptions::new().read(true).append(true).create(true).open(path);
        let mut rows = Self {
            path: path.to_owned(),
            file: file.map_err(&failed)?,
            end: 0,
            lock,
        };
        let length = rows.file.metadata().map_err(&failed)?.len();
        if length < head.len() as u64 {
            rows.begin(head)?;
            return Ok(rows);
        }
        let whole = rows.read_all(head, length, &mut row)?;
        if whole < length {
            rows.file.set_len(whole).map_err(&failed)?;
            rows.file.sync_data().map_err(&failed)?;
        }
        rows.end = whole;
        Ok(rows)
    }

    /// Writes the headers into a file that is empty, or has only a part of them.
    fn begin(&mut self, head: &[u8]) -> Result<()> {
        let mut begun = Vec::new();
        self.file.rewind().map_err(failed(&self.path))?;
        self.file.read_to_end(&mut begun).map_err(failed(&self.path))?;
        if !head.starts_with(&begun) {
            return Err(self.strange());
        }
        self.file.set_len(0).map_err(failed(&self.path))?;
        self.append(head).map(drop)?;
        self.sync()
    }

    fn strange(&self) -> Error {
        let message = "the file has other columns than the mirror writes: move it away, or name another";
        Error::new(ErrorKind::Conflict, DUAL, message).with("file", self.path.display())
    }

    /// Reads every row; how long the part of the file is that has whole rows.
    fn read_all(
        &mut self,
        head: &[u8],
        length: u64,
        row: &mut impl FnMut(Span, &csv::ByteRecord) -> Result<()>,
    ) -> Result<u64> {
        let mut begun = vec![0; head.len()];
        self.file.rewind().map_err(failed(&self.path))?;
        self.file.read_exact(&mut begun).map_err(failed(&self.path))?;
        if begun != head {
            return Err(self.strange());
        }
        let ends_well = self.last_byte()? == Some(b'\n');
        let begin = head.len() as u64;
        self.file
            .seek(SeekFrom::Start(begin))
            .map_err(failed(&self.path))?;
        let columns = csv::Reader::from_reader(head)
            .byte_headers()
            .map(csv::ByteRecord::len);
        let columns = columns.map_err(|_| self.strange())?;
        let reader = BufReader::with_capacity(1 << 16, &self.file);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(reader);
        let (mut cells, mut at) = (csv::ByteRecord::new(), begin);
        loop {
            let more = reader
                .read_byte_record(&mut cells)
                .map_err(|cause| failed(&self.path)(cause.into()))?;
            let next = begin + reader.position().byte();
            let torn = next == length && (!ends_well || cells.len() != columns);
            if !more || torn {
                return Ok(at);
            }
            let len = u32::try_from(next - at).map_err(|_| self.strange())?;
            row(Span { at, len }, &cells)?;
            at = next;
        }
    }

    fn last_byte(&mut self) -> Result<Option<u8>> {
        let mut last = [0];
        self.file.seek(SeekFrom::End(-1)).map_err(failed(&self.path))?;
        let read = self.file.read(&mut last).map_err(failed(&self.path))?;
        Ok((read == 1).then_some(last[0]))
    }

    pub(super) fn append(&mut self, row: &[u8]) -> Result<Span> {
        let span = Span {
            at: self.end,
            len: u32::try_from(row.len())
                .map_err(|cause| Error::new(ErrorKind::TooLarge, DUAL, "a row is too long").because(cause))?,
        };
        if let Err(cause) = self.file.write_all(row) {
            // Half a row would be the beginning of the next one.
            let _ = self.file.set_len(self.end);
            return Err(failed(&self.path)(cause));
        }
        self.end += u64::from(span.len);
        Ok(span)
    }

    pub(super) fn read(&mut self, span: Span) -> Result<Vec<u8>> {
        let mut row = vec![0; usize::try_from(span.len).unwrap_or_default()];
        self.file
            .seek(SeekFrom::Start(span.at))
            .map_err(failed(&self.path))?;
        self.file.read_exact(&mut row).map_err(failed(&self.path))?;
        Ok(row)
    }

    pub(super) fn sync(&mut self) -> Result<()> {
        self.file.sync_data().map_err(failed(&self.path))
    }

    /// Writes these rows into a file of their own, in this order, and renames it over the old one: whoever looks finds the one
    /// or the other. Where each lies now.
    pub(super) fn rewrite(&mut self, head: &[u8], spans: impl Iterator<Item = Span>) -> Result<Vec<Span>> {
        let failed = failed(&self.path);
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let part = self.path.with_file_name(format!(".{name}.part"));
        let file = File::create(&part).map_err(&failed)?;
        let mut writer = std::io::BufWriter::with_capacity(1 << 16, file);
        writer.write_all(head).map_err(&failed)?;
        let (mut at, mut moved) = (head.len() as u64, Vec::new());
        for span in spans {
            let row = self.read(span)?;
            writer.write_all(&row).map_err(&failed)?;
            moved.push(Span { at, len: span.len });
            at += u64::from(span.len);
        }
        let file = writer.into_inner().map_err(|cause| failed(cause.into_error()))?;
        file.sync_all().map_err(&failed)?;
        std::fs::rename(&part, &self.path).map_err(&failed)?;
        let file = OpenOptions::new().read(true).append(true).open(&self.path);
        self.file = file.map_err(&failed)?;
        self.end = at;
        self.sync_folder();
        Ok(moved)
    }

    /// Makes the rename outlive a power cut, where folders can be told so.
    fn sync_folder(&self) {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
    }
}

impl Drop for RowFile {
    fn drop(&mut self) {
        // To close the file would not do: a process that was forked off meanwhile has it open too.
        let _ = self.lock.unlock();
    }
}

/// The lock of a file, beside it: the file itself is renamed over.
fn locked(path: &Path) -> Result<File> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lock = File::create(path.with_file_name(format!(".{name}.lock"))).map_err(failed(path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::Error(cause)) => Err(failed(path)(cause)),
        Err(TryLockError::WouldBlock) => {
            let message = "another process writes this mirror";
            Err(Error::new(ErrorKind::Locked, DUAL, message)
                .temporary()
                .with("file", path.display()))
        }
    }
}
