//! Many rows in few statements.

use lead_core::Result;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::error::failed;

/// A value bound to a statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Blob(id.as_bytes().to_vec())
    }
}

/// Binds a value to the next place of a statement.
pub(super) fn bind(
    query: Query<'_, Sqlite, SqliteArguments>,
    cell: Cell,
) -> Query<'_, Sqlite, SqliteArguments> {
    match cell {
        Cell::Int(number) => query.bind(number),
        Cell::Real(number) => query.bind(number),
        Cell::Text(text) => query.bind(text),
        Cell::Blob(bytes) => query.bind(bytes),
    }
}

/// So many rows go into one statement. Few sizes, so that each is prepared once and kept; the largest stays far below
/// SQLite's 32,766 parameters a statement (<https://sqlite.org/limits.html>).
const SIZES: [usize; 4] = [256, 32, 4, 1];

/// Runs `INSERT … VALUES (?, ?), (?, ?) …` over all rows; `head` ends with `VALUES`, `tail` may say what happens on conflict.
pub(super) async fn insert<const N: usize>(
    conn: &mut SqliteConnection,
    operation: &'static str,
    head: &'static str,
    tail: &'static str,
    rows: Vec<[Cell; N]>,
) -> Result<()> {
    let row = format!("({})", vec!["?"; N].join(", "));
    let mut rows = rows.into_iter();
    for size in SIZES {
        while rows.len() >= size {
            let sql = format!("{head} {} {tail}", vec![row.as_str(); size].join(", "));
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for cell in rows.by_ref().take(size).flatten() {
                query = bind(query, cell);
            }
            query.execute(&mut *conn).await.map_err(failed(operation))?;
        }
    }
    Ok(())
}

/// Numbers as a JSON array, for `json_each`.
pub(super) fn numbers(list: impl IntoIterator<Item = i64>) -> String {
    let list: Vec<String> = list.into_iter().map(|number| number.to_string()).collect();
    format!("[{}]", list.join(","))
}

/// UUIDs as a JSON array of hexadecimal texts, for `unhex(value)` over `json_each`.
pub(super) fn hex_ids(list: impl IntoIterator<Item = Uuid>) -> String {
    let list: Vec<String> = list
        .into_iter()
        .map(|id| format!("\"{}\"", id.simple()))
        .collect();
    format!("[{}]", list.join(","))
}

/// Texts as a JSON array, for `json_each`. SQLite ends a JSON string at a NUL, so one that has it is found by nobody;
/// [`key_text`] keeps them out.
pub(super) fn texts(list: &[String]) -> String {
    serde_json::Value::from(list.to_vec()).to_string()
}

/// A key as it is stored and looked up.
pub(super) fn key_text(text: &impl ToString) -> String {
    text.to_string().replace('\0', "\u{fffd}")
}
