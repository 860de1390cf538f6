//! Workbooks (Office Open XML), every sheet of them, a row at a time. Their texts stand in a table of their own, which is held in
//! memory: this alone grows with the file, so it is measured first.

use std::borrow::Cow;
use std::io::{self, Read, Seek};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::cells::named;
use super::header::Header;
use super::layout::Layout;
use super::reader::{Row, Rows, Visit};

/// The most columns that are read.
const COLUMNS: usize = 500;

/// So many bytes may what is held in memory have, unpacked: five million texts of a hundred characters.
const HELD: u64 = 512 << 20;

/// A workbook.
pub(super) struct Workbook<R> {
    inner: R,
    told: Option<Layout>,
}

impl<R: Read + Seek> Workbook<R> {
    pub(super) fn new(inner: R, told: Option<Layout>) -> Self {
        Self { inner, told }
    }
}

impl<R: Read + Seek> Rows for Workbook<R> {
    fn each(self: Box<Self>, visit: &mut Visit<'_>) -> io::Result<()> {
        let mut inner = self.inner;
        measure(&mut inner, HELD)?;
        let mut book = Xlsx::new(inner).map_err(damaged)?;
        for (number, name) in (1..).zip(book.sheet_names()) {
            let mut sheet = Sheet {
                name: if number == 1 {
                    String::new()
                } else {
                    format!("sheet {number} ")
                },
                told: self.told,
                header: None,
                row: 0,
                cells: Vec::new(),
            };
            let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
                continue; // a chart, or a sheet that is no table
            };
            while let Some(cell) = cells.next_cell().map_err(damaged)? {
                let (row, column) = cell.get_position();
                if row != sheet.row && !sheet.end(visit) {
                    return Ok(());
                }
                sheet.row = row;
                sheet.put(column, text(cell.get_value()));
            }
            if !sheet.end(visit) {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// A sheet being read.
struct Sheet {
    name: String,
    told: Option<Layout>,
    header: Option<Header>,
    row: u32,
    cells: Vec<String>,
}

impl Sheet {
    fn put(&mut self, column: u32, text: String) {
        let column = usize::try_from(column).unwrap_or(COLUMNS);
        if column < COLUMNS {
            self.cells.resize(self.cells.len().max(column + 1), String::new());
            if let Some(cell) = self.cells.get_mut(column) {
                *cell = text;
            }
        }
    }

    /// Hands over the row that is whole now; `false` when nobody wants more.
    fn end(&mut self, visit: &mut Visit<'_>) -> bool {
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().all(String::is_empty) {
            return true;
        }
        let Some(header) = &self.header else {
            let header = Header::of(cells.iter().map(String::as_str));
            let wanted = visit.header(&header, self.told);
            self.header = Some(header);
            return wanted;
        };
        let row = visit.wanted().then(|| Row {
            place: format!("{}row {}", self.name, u64::from(self.row) + 1),
            cells: Ok(named(
                header,
                cells.iter().map(|cell| Cow::Borrowed(cell.as_str())),
            )),
        });
        visit.row(row)
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => super::values::excel_time(moment.as_f64()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Unpacks what the reader of workbooks will hold, all but the sheets, to see that it is not too large: what the archive says of itself
/// may be wrong, and a small file may unpack to all the memory there is.
fn measure<R: Read + Seek>(file: &mut R, most: u64) -> io::Result<()> {
    // A file that is no archive is told by who reads it.
    let Ok(mut archive) = ZipArchive::new(&mut *file) else {
        return file.rewind();
    };
    let mut left = most;
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        let is_sheet =
            |name: &str| name.starts_with("xl/worksheets/") && !name.starts_with("xl/worksheets/_rels/");
        if part.name().is_ok_and(|name| is_sheet(&name)) {
            continue;
        }
        let mut unpacked = Counted(0);
        // One byte more than may be tells that there is more. Damage is told by who reads it.
        let _ = io::copy(&mut part.take(left + 1), &mut unpacked);
        left = left.checked_sub(unpacked.0).ok_or_else(|| {
            let says = format!(
                "the workbook's texts unpack to more than {} MiB: save it as CSV",
                most >> 20
            );
            io::Error::new(io::ErrorKind::InvalidData, says)
        })?;
    }
    drop(archive);
    file.rewind()
}

/// Counts what is written.
struct Counted(u64);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn damaged(cause: XlsxError) -> io::Error {
    match cause {
        XlsxError::Io(cause) => cause,
        cause => io::Error::new(io::ErrorKind::InvalidData, cause),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, usize)]) -> Cursor<Vec<u8>> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(&vec![b'x'; *size]).unwrap();
        }
        archive.finish().unwrap()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before_it_is_held() {
        let texts = ("xl/sharedStrings.xml", 3 << 20);
        for (parts, fits) in [
            (vec![texts], false),
            (
                vec![("xl/sharedStrings.xml", 1000), ("xl/styles.xml", 1000)],
                true,
            ),
            (vec![("xl/worksheets/sheet1.xml", 3 << 20)], true),
            (vec![("xl/worksheets/_rels/sheet1.xml.rels", 3 << 20)], false),
            (vec![("a", 900_000), ("b", 900_000), ("c", 900_000)], false),
        ] {
            let mut file = archive(&parts);
            assert!(file.get_ref().len() < 10_000);
            let measured = measure(&mut file, 2 << 20);
            assert_eq!(measured.is_ok(), fits, "{parts:?}");
        }
        assert!(measure(&mut Cursor::new(b"no archive at all".to_vec()), 10).is_ok());
    }
}
