//! Where SQLite's SQL differs.

use crate::model::cell::Cell;
use crate::model::filter::{Dialect, add_range};
use crate::model::statement::Statement;

/// Texts and numbers stand in one column, and a value's key begins with its lead.
#[derive(Debug)]
pub(crate) struct SqliteDialect;

/// Pieces are compared as bytes: SQLite's text functions stop at a NUL.
fn bytes(text: &str) -> Cell {
    Cell::Blob(text.as_bytes().to_vec())
}

impl Dialect for SqliteDialect {
    const VALUE: &'static [&'static str] = &["v.value"];
    const NAME: &'static [&'static str] = &["l.name"];
    const NUMBERS: (&'static str, &'static str) = ("lead_values", "v.value");
    const BY_TENANT: bool = false;
    const NOT_AT_ONCE: &'static str = "";
    const JOINS: usize = usize::MAX;

    fn text(value: &str) -> Vec<Cell> {
        vec![value.into()]
    }

    fn begins(out: &mut Statement, start: &str) {
        add_range(out, "v.value", start);
    }

    fn ends(out: &mut Statement, end: &str) {
        let length = i64::try_from(end.len()).unwrap_or(i64::MAX);
        out.push(
            "substr(CAST(v.value AS BLOB), -?) = ?",
            [length.into(), bytes(end)],
        );
    }

    fn contains(out: &mut Statement, middle: &str) {
        out.push("instr(CAST(v.value AS BLOB), ?) > 0", [bytes(middle)]);
    }
}
