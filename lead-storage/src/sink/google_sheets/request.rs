//! What is asked of Google Sheets. Values are `RAW`, so that a text which begins with `=` stays a text.

use http::Method;
use lead_core::Result;
use lead_core::record::SafeUrl;
use lead_core::seam::{Purpose, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::sink::api;

/// A sheet of a spreadsheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// `…/v4/spreadsheets/ID/`
    values: SafeUrl,
    /// As A1 notation has it: `'Leads'`.
    name: String,
}

impl Sheet {
    pub(super) fn new(url: &str, spreadsheet: &str, sheet: &str) -> Result<Self> {
        let base = SafeUrl::parse(url)?.join(&format!("/v4/spreadsheets/{spreadsheet}/"))?;
        Ok(Self {
            values: base,
            name: format!("'{}'", sheet.replace('\'', "''")),
        })
    }

    /// The first row.
    pub(super) fn header(&self) -> Request {
        self.get(&format!("{}!1:1", self.name), "")
    }

    /// One column, from the first row on.
    pub(super) fn column(&self, column: usize) -> Request {
        let letters = letters(column);
        self.get(
            &format!("{}!{letters}:{letters}", self.name),
            "?majorDimension=COLUMNS",
        )
    }

    /// Writes the first row.
    pub(super) fn begin(&self, names: &[String]) -> Request {
        let body = json!({ "values": [names] });
        let range = format!("{}!A1", self.name);
        api::json(Method::PUT, self.range(&range, "?valueInputOption=RAW"), &body)
    }

    /// Writes rows that are there, by their places from 0.
    pub(super) fn update(&self, rows: &[(usize, Vec<Value>)]) -> Request {
        let rows = rows
            .iter()
            .map(|(row, cells)| json!({ "range": format!("{}!A{}", self.name, row + 1), "values": [cells] }));
        let rows: Vec<_> = rows.collect();
        let body = json!({ "valueInputOption": "RAW", "data": rows });
        api::json(Method::POST, self.at("values:batchUpdate"), &body)
    }

    /// Adds rows after the last.
    pub(super) fn append(&self, rows: &[Vec<Value>]) -> Request {
        let range = format!("{}!A1", self.name);
        let how = ":append?valueInputOption=RAW&insertDataOption=INSERT_ROWS";
        api::json(Method::POST, self.range(&range, how), &json!({ "values": rows }))
    }

    fn get(&self, range: &str, how: &str) -> Request {
        Request::get(self.range(range, how)).purpose(Purpose::Api)
    }

    fn range(&self, range: &str, how: &str) -> SafeUrl {
        let range = utf8_percent_encode(range, NON_ALPHANUMERIC);
        self.at(&format!("values/{range}{how}"))
    }

    /// What is joined here is percent-encoded, so it joins; a sheet's name of thousands of letters would not.
    fn at(&self, path: &str) -> SafeUrl {
        self.values
            .join(&format!("./{path}"))
            .unwrap_or_else(|_| self.values.clone())
    }
}

/// A column's letters: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let of = |columns: [usize; 5]| columns.map(letters);
        assert_eq!(of([0, 25, 26, 701, 702]), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_sheet_of_any_name_is_one_part_of_the_path() {
        let sheet = Sheet::new("https://sheets.example", "abc", "a/b?c='d'").unwrap();
        let url = sheet.header().url;
        assert_eq!(
            url.as_str(),
            "https://sheets.example/v4/spreadsheets/abc/values/%27a%2Fb%3Fc%3D%27%27d%27%27%27%211%3A1"
        );
    }
}
