//! Companies out of a table: CSV, with the columns named or found by their headings.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::columns::Columns;
use super::company::{Company, Field};
use super::quotes::is_torn;
use super::run::Row;
use crate::seam::Failure;
use crate::{Error, ErrorKind, Result};

/// A table of companies, read as it is asked for.
#[derive(Debug)]
pub struct Table;

impl Table {
    /// Opens a table in CSV: a heading row, then a company a row. Separators are commas, semicolons or tabs, as the heading row
    /// shows. UTF-8, or UTF-16 with its mark at the start, as Excel writes Unicode text; what is neither is read as Windows-1252.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when there is no heading row, or a column that was named or is needed is not there.
    pub fn csv(bytes: &[u8], columns: &Columns) -> Result<TableReader> {
        let text = decoded(bytes);
        let separator = separator_of(text.lines().next().unwrap_or_default());
        let text: Arc<[u8]> = text.into_owned().into_bytes().into();
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(Cursor::new(Arc::clone(&text)));
        let headings = rows.headers().map_err(|cause| unreadable(&cause))?;
        let headings: Vec<String> = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        if headings.iter().all(String::is_empty) {
            return Err(Error::invalid("match", "the table has no heading row"));
        }
        let head = usize::try_from(rows.position().byte()).unwrap_or(usize::MAX);
        if is_torn(text.get(..head).unwrap_or(&text), separator) {
            return Err(Error::invalid("match", "a quote of the heading row is not closed").with("line", 1));
        }
        Ok(TableReader {
            fields: columns.places(&headings)?,
            keys: keys(&headings),
            headings,
            rows,
            separator,
            text,
        })
    }
}

/// The text of a table, whatever its encoding.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes)
        && encoding != encoding_rs::UTF_8
    {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(bytes);
    if text.contains('\u{fffd}') {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
    } else {
        text
    }
}

/// A name for each column: its heading, and its number behind it where a column before has the same one.
fn keys(headings: &[String]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(headings.len());
    for heading in headings {
        let numbered = (2_usize..).map(|number| format!("{heading} ({number})"));
        let free = |key: &String| !keys.contains(key) && !headings.contains(key);
        let key = if keys.contains(heading) {
            numbered.into_iter().find(free).unwrap_or_default()
        } else {
            heading.clone()
        };
        keys.push(key);
    }
    keys
}

/// The separator that stands most often in the heading row.
fn separator_of(heading: &str) -> u8 {
    let count = |separator: u8| heading.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| (count(*separator), *separator == b','))
        .unwrap_or(b',')
}

fn unreadable(cause: &csv::Error) -> Error {
    let error = Error::new(ErrorKind::Decode, "match", "the row cannot be read");
    error.with("cause", cause)
}

/// The rows of a table. A row that cannot be read comes with why.
pub struct TableReader {
    headings: Vec<String>,
    /// What the columns go by in a company's `columns`.
    keys: Vec<String>,
    fields: BTreeMap<Field, usize>,
    rows: csv::Reader<Cursor<Arc<[u8]>>>,
    separator: u8,
    /// The whole table: where a row begins is looked up there.
    text: Arc<[u8]>,
}

impl std::fmt::Debug for TableReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableReader")
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

impl TableReader {
    /// The headings, in the table's order.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The heading of a field's column.
    pub fn heading_of(&self, field: Field) -> Option<&str> {
        self.headings.get(*self.fields.get(&field)?).map(String::as_str)
    }

    /// The place of a field's column, from 0.
    pub fn place_of(&self, field: Field) -> Option<usize> {
        self.fields.get(&field).copied()
    }

    /// What the columns go by in [`Company::columns`], in the table's order: their headings. Where several columns have the
    /// same one, those behind the first are numbered: `note`, `note (2)`.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Where a row begins, and in which line (from 1): `position` is where the row before it ended, empty lines not yet passed.
    fn start(&self, position: &csv::Position) -> (usize, u64) {
        let before = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.text.get(before..).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let (mut passed, mut lines) = (0, 0);
        for byte in empty {
            passed += 1;
            lines += u64::from(*byte == b'\n');
        }
        (before.saturating_add(passed), position.line() + lines)
    }

    /// A row whose quote is not closed takes the rows below it with it: it alone is kept aside, and they are read.
    fn torn(&mut self, position: &csv::Position) -> Option<Row> {
        let (start, line) = self.start(position);
        let end = usize::try_from(self.rows.position().byte()).unwrap_or(usize::MAX);
        if !is_torn(self.text.get(start..end)?, self.separator) {
            return None;
        }
        let rest = self.text.get(start..)?;
        let length = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(rest.len(), |at| at + 1);
        let mut next = csv::Position::new();
        next.set_byte((start + length) as u64)
            .set_line(line + 1)
            .set_record(position.record() + 1);
        let error = Error::new(ErrorKind::Decode, "match", "a quote of the row is not closed");
        let error = match self.rows.seek(next) {
            Ok(()) => error,
            Err(cause) => error.because(cause),
        };
        Some(aside(line, &error))
    }

    fn row(&self, record: &csv::StringRecord) -> Row {
        let mut company = Company {
            columns: self.columns(record),
            ..Company::default()
        };
        let line = record.position().map_or(0, |position| self.start(position).1);
        let entry = format!("line {line}");
        let mut notes = Vec::new();
        for (field, place) in &self.fields {
            let text = record.get(*place).unwrap_or_default();
            if let Err(cause) = company.set(*field, text) {
                let heading = self.headings.get(*place).map(String::as_str).unwrap_or_default();
                notes.push(Failure::new(entry.clone(), &cause.with("column", heading)));
            }
        }
        let failure = if record.len() > self.headings.len() {
            let error = Error::new(
                ErrorKind::Decode,
                "match",
                "the row has more fields than the heading row",
            );
            Some(Failure::new(entry, &error))
        } else if company.check().is_err() {
            // What cannot be read may be all there was.
            notes
                .pop()
                .or_else(|| company.check().err().map(|error| Failure::new(entry, &error)))
        } else {
            None
        };
        Row {
            company,
            failure,
            notes,
        }
    }

    fn columns(&self, record: &csv::StringRecord) -> Map<String, Value> {
        let values = self.keys.iter().enumerate().map(|(place, key)| {
            let value = record.get(place).unwrap_or_default();
            (key.clone(), Value::String(value.to_owned()))
        });
        values.collect()
    }
}

impl Iterator for TableReader {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut record = csv::StringRecord::new();
        loop {
            let position = self.rows.position().clone();
            match self.rows.read_record(&mut record) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(cause) => return Some(aside(self.start(&position).1, &unreadable(&cause))),
            }
            if let Some(row) = self.torn(&position) {
                return Some(row);
            }
            if !record.iter().all(|field| field.trim().is_empty()) {
                return Some(self.row(&record));
            }
        }
    }
}

/// A row that is kept aside.
fn aside(line: u64, error: &Error) -> Row {
    Row {
        failure: Some(Failure::new(format!("line {line}"), error)),
        ..Row::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        Table::csv(text.as_bytes(), &Columns::default())
            .unwrap()
            .collect()
    }

    #[test]
    fn headings_are_known_in_several_languages() {
        for (text, name, city) in [
            ("Company Name,City\nMuster,Köln\n", "Muster", "Köln"),
            ("\u{feff}Firma;Ort;PLZ\nMuster;Köln;50667\n", "Muster", "Köln"),
            ("raison sociale\tVille\nExemple\tLyon\n", "Exemple", "Lyon"),
        ] {
            let row = rows(text).remove(0);
            assert_eq!(row.company.name.as_deref(), Some(name), "{text}");
            assert_eq!(row.company.city.as_deref(), Some(city), "{text}");
            assert!(row.failure.is_none());
        }
    }

    #[test]
    fn old_encodings_are_read() {
        let read = Table::csv(b"Firma;Ort\nB\xe4ckerei;K\xf6ln\n", &Columns::default()).unwrap();
        assert_eq!(
            read.map(|row| row.company.name.unwrap()).collect::<Vec<_>>(),
            ["Bäckerei"]
        );
    }

    #[test]
    fn bad_rows_are_kept_aside_with_their_line_and_the_rest_is_read() {
        let rows =
            rows("name,website\nA,a.example\n\n,file:///etc/passwd\nC,c.example,extra\nD\nE,two words\n");
        let told: Vec<_> = rows
            .iter()
            .map(|row| row.failure.as_ref().map(|failure| failure.what.as_str()))
            .collect();
        assert_eq!(told, [None, Some("line 4"), Some("line 5"), None, None]);
        assert_eq!(
            rows[4].notes.len(),
            1,
            "the name is enough, and the address is told"
        );
        assert_eq!(rows[3].company.columns["website"], "");
    }

    #[test]
    fn unicode_text_of_excel_is_read() {
        for (mark, bytes) in [
            ([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xfe, 0xff], u16::to_be_bytes),
        ] {
            let text = "Firma\tOrt\r\nB\u{e4}ckerei\tK\u{f6}ln\r\n".encode_utf16();
            let all: Vec<u8> = mark.into_iter().chain(text.flat_map(bytes)).collect();
            let row = Table::csv(&all, &Columns::default()).unwrap().next().unwrap();
            assert_eq!(row.company.city.as_deref(), Some("K\u{f6}ln"));
        }
    }

    #[test]
    fn columns_with_one_heading_are_kept_each() {
        let row = rows("name,note,note,note (2),note\nFriseur Lehmann,a,b,c,d\n").remove(0);
        let columns: Vec<_> = row
            .company
            .columns
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str().unwrap()))
            .collect();
        let mut wanted = vec![
            ("name", "Friseur Lehmann"),
            ("note", "a"),
            ("note (2)", "c"),
            ("note (3)", "b"),
            ("note (4)", "d"),
        ];
        wanted.retain(|pair| columns.contains(pair));
        assert_eq!(wanted.len(), 5, "{columns:?}");
        let row = rows("name,name,city\nA,B,Lyon\n").remove(0);
        assert_eq!(
            (row.company.name.as_deref(), &row.company.columns["name (2)"]),
            (Some("A"), &"B".into())
        );
    }

    #[test]
    fn an_open_quote_takes_no_other_row_with_it() {
        for text in [
            "name,city\nA,Lyon\n\n\"unclosed,Lyon\nB,Lyon\nC,Lyon",
            "name,city\nA,Lyon\r\n\r\n\"unclosed,Lyon\r\n\"B\",Lyon\r\nC,Lyon\r\n",
        ] {
            let rows = rows(text);
            let names: Vec<_> = rows
                .iter()
                .map(|row| row.company.name.as_deref().unwrap_or("-"))
                .collect();
            assert_eq!(names, ["A", "-", "B", "C"], "{text}");
            let failure = rows[1].failure.as_ref().unwrap();
            assert_eq!(
                (failure.what.as_str(), failure.kind()),
                ("line 4", ErrorKind::Decode)
            );
            assert!(failure.reason.contains("quote"), "{}", failure.reason);
        }
        let last = rows("name,city\n\"A\nB\",Lyon\n\"C,Lyon");
        assert_eq!(last[0].company.name.as_deref(), Some("A\nB"));
        assert!(last[1].failure.is_some() && last.len() == 2);
        let heading = Table::csv(b"name,\"city\nA,Lyon\n", &Columns::default()).unwrap_err();
        assert!(heading.message().contains("quote"));
    }

    #[test]
    fn columns_that_are_not_there_are_told() {
        let columns = Columns::default().column(Field::Name, "Firmma");
        let error = Table::csv(b"Firma,Ort\n", &columns).unwrap_err().to_string();
        assert!(
            error.contains("Firmma") && error.contains("Firma, Ort"),
            "{error}"
        );
        assert!(Table::csv(b"a,b\n", &Columns::default()).is_err());
        assert!(Table::csv(b"", &Columns::default()).is_err());
    }
}
