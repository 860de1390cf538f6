//! What stands in a cell.

use std::borrow::Cow;
use std::sync::Arc;

use super::header::Header;
use crate::export::original;

/// The name of a column, and what stands there.
pub(super) type Cell = (Arc<str>, String);

/// The cells of a row that hold something.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<Cell>);

impl Cells {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self(cells)
    }

    /// What stands in a column.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let cell = self.0.iter().find(|(known, _)| &**known == name);
        cell.map(|(_, value)| value.as_str())
    }

    /// Takes out what stands in a column: what nobody takes goes into attributes.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| &**known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// Puts a value back: nothing could be made of it.
    pub(super) fn put(&mut self, name: &str, value: String) {
        self.0.push((name.into(), value));
    }

    /// What nobody took, by name.
    pub(super) fn rest(mut self) -> Vec<Cell> {
        self.0.sort();
        self.0
    }

    /// Everything, for a row that nothing names.
    pub(super) fn all(&self) -> String {
        let mut lines: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}\n"))
            .collect();
        lines.sort();
        lines.concat()
    }
}

/// The cells of a row, each under its column's name. Those that hold nothing are left out.
pub(super) fn named<'a>(header: &Header, values: impl IntoIterator<Item = Cow<'a, str>>) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(header.len());
    for (at, value) in values.into_iter().enumerate() {
        let value = clean(&value);
        if is_missing(&value) {
            continue;
        }
        let Some(name) = header.name(at) else { break };
        cells.push((name, value));
    }
    cells
}

/// The value as it was before an export kept it from running in a spreadsheet.
pub(super) fn unguarded(text: Cow<'_, str>) -> Cow<'_, str> {
    match original(&text) {
        plain if plain.len() == text.len() => text,
        plain => Cow::Owned(plain.to_owned()),
    }
}

/// Without white space around it, and without control characters but line ends and tabs.
pub(super) fn clean(text: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.chars().filter(kept).collect();
    text.trim().to_owned()
}

/// `N/A` is how v3.9 writes that there is nothing.
pub(super) fn is_missing(value: &str) -> bool {
    value.is_empty() || value.eq_ignore_ascii_case("n/a")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_nothing_is_left_out() {
        let header = Header::of(["Display Name", "Phone", "Email", "City"]);
        let row = ["\0 Rossi\u{7} ", "N/A", "", " n/a"].map(Cow::Borrowed);
        let cells = named(&header, row);
        assert_eq!(cells, [(Arc::from("display_name"), "Rossi".to_owned())]);
    }
}
