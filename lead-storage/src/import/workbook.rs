//! Workbooks (Office Open XML), every sheet of them, a row at a time. Their texts stand in a table of their own, which is held in
//! memory: this alone grows with the file.

use std::borrow::Cow;
use std::io::{self, Read, Seek};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};

use super::cells::named;
use super::header::Header;
use super::layout::Layout;
use super::reader::{Row, Rows, Visit};

/// The most columns that are read.
const COLUMNS: usize = 500;

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
        let mut book = Xlsx::new(self.inner).map_err(damaged)?;
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

fn damaged(cause: XlsxError) -> io::Error {
    match cause {
        XlsxError::Io(cause) => cause,
        cause => io::Error::new(io::ErrorKind::InvalidData, cause),
    }
}
