//! Excel's workbooks (Office Open XML): text as text, which nothing runs, numbers as numbers, times as times.

use std::borrow::Cow;
use std::io::{Seek as _, SeekFrom};

use lead_core::{Error, Result};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook as Book, Worksheet, XlsxError};

use super::body::Body;
use super::columns::{Cell, Columns, Kind};
use super::encode::{Encode, Ending, unwritable};
use super::{EXPORT, failed};

/// Rows of a sheet, its heading among them (Excel's own limit).
const ROWS: u32 = 1_048_576;

/// Characters of a cell (Excel's own limit). What is longer is cut, and says so at its end.
const LONGEST: usize = 32_767;
const CUT: &str = " […]";

pub(super) struct Workbook {
    book: Book,
    columns: Columns,
    heads: Vec<(&'static str, Kind)>,
    heading: Format,
    time: Format,
    /// The row that is next in the last sheet.
    row: u32,
    sheets: usize,
    most: u32,
}

impl Workbook {
    pub(super) fn new(columns: Columns) -> Result<Self> {
        Self::of_rows(columns, ROWS)
    }

    /// With so many rows a sheet.
    fn of_rows(columns: Columns, most: u32) -> Result<Self> {
        let mut workbook = Self {
            book: Book::new(),
            heads: columns.heads(),
            columns,
            heading: Format::new().set_bold(),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            row: 0,
            sheets: 0,
            most,
        };
        workbook.begin()?;
        Ok(workbook)
    }

    /// Begins a sheet.
    fn begin(&mut self) -> Result<()> {
        self.sheets += 1;
        // Rows go to a file as they are written.
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(told)?;
        let name = if self.sheets == 1 {
            "Leads".to_owned()
        } else {
            format!("Leads {}", self.sheets)
        };
        sheet.set_name(name).map_err(told)?;
        sheet.set_freeze_panes(1, 0).map_err(told)?;
        for ((header, _), at) in self.heads.iter().zip(0..) {
            sheet
                .write_string_with_format(0, at, *header, &self.heading)
                .map_err(told)?;
        }
        self.row = 1;
        Ok(())
    }
}

impl Encode for Workbook {
    fn add(&mut self, body: Body<'_>) -> Result<bool> {
        let Some(cells) = self.columns.cells(body)? else {
            return Ok(false);
        };
        if self.row == self.most {
            self.begin()?;
        }
        let last = self.sheets - 1;
        let sheet = self.book.worksheet_from_index(last).map_err(told)?;
        for ((cell, (_, kind)), at) in cells.into_iter().zip(&self.heads).zip(0..) {
            write(sheet, (self.row, at), cell.typed(*kind), &self.time).map_err(told)?;
        }
        self.row += 1;
        Ok(true)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        let mut file = tempfile::tempfile().map_err(failed)?;
        self.book.save_to_writer(&file).map_err(told)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(Ending::File(file))
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: Cell<'_>,
    time: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Number(number) => {
            sheet.write_number(row, at, number)?;
        }
        Cell::Time(moment) => {
            // Excel knows no zone: the time is UTC.
            let text = moment.to_string();
            match ExcelDateTime::parse_from_str(text.split(['.', 'Z']).next().unwrap_or_default()) {
                Ok(known) => sheet.write_datetime_with_format(row, at, &known, time)?,
                Err(_) => sheet.write_string(row, at, text)?, // before 1900
            };
        }
        text => {
            sheet.write_string(row, at, short(text.into_text()))?;
        }
    }
    Ok(())
}

/// What fits into a cell. Excel counts in units of UTF-16.
fn short(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return text;
    }
    let mut left = LONGEST - CUT.encode_utf16().count();
    let whole = text.encode_utf16().count() <= LONGEST;
    if whole {
        return text;
    }
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    (kept.collect::<String>() + CUT).into()
}

fn told(cause: XlsxError) -> Error {
    match cause {
        XlsxError::IoError(cause) => failed(cause),
        cause @ XlsxError::ZipError(_) => Error::new(
            lead_core::ErrorKind::Io,
            EXPORT,
            "the workbook could not be put together",
        )
        .because(cause),
        cause => unwritable(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_where_excel_ends_a_cell() {
        let fits = "é".repeat(LONGEST);
        assert_eq!(short(fits.as_str().into()), fits);
        let cut = short("𝄞".repeat(LONGEST).into());
        assert!(cut.encode_utf16().count() <= LONGEST && cut.ends_with(CUT));
    }
}
