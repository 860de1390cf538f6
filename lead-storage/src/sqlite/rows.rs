//! Many rows in few statements.

use lead_core::Result;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::error::failed;
use crate::model::cell::Cell;
use crate::model::statement::Statement;

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
        Cell::Id(id) => query.bind(id),
    }
}

/// Runs a statement that was put together.
pub(super) async fn fetch(
    conn: &mut SqliteConnection,
    operation: &'static str,
    statement: Statement,
) -> Result<Vec<SqliteRow>> {
    let query = sqlx::query(AssertSqlSafe(statement.sql));
    let query = statement.values.into_iter().fold(query, bind);
    query.fetch_all(conn).await.map_err(failed(operation))
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
/// [`key_text`](crate::model::keys::key_text) keeps them out.
pub(super) fn texts(list: &[String]) -> String {
    serde_json::Value::from(list.to_vec()).to_string()
}
