//! Texts and ids as PostgreSQL keeps them, and statements that were put together.

use futures::TryStreamExt;
use lead_core::Result;
use lead_core::record::Lead;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Row};
use uuid::Uuid;

use super::error::failed;
use crate::model::cell::Cell;
use crate::model::read::lead;
use crate::model::statement::Statement;

/// So many characters of a text are indexed: at four bytes each far less than the 2,704 that an entry may have.
const HEAD: usize = 200;

/// Names what is derived from a text.
const NAMES: Uuid = Uuid::from_u128(0x6c65_6164_7374_4f72_8167_6e61_6d65_7331);

/// A text without NUL, which PostgreSQL does not take; U+0001 stands next to it in every order.
pub(super) fn clean(text: &str) -> String {
    text.replace('\0', "\u{1}")
}

/// A text in two columns: what is indexed, and the rest.
pub(super) fn split(text: &str) -> (String, String) {
    let mut head = clean(text);
    let rest = match head.char_indices().nth(HEAD) {
        Some((at, _)) => head.split_off(at),
        None => String::new(),
    };
    (head, rest)
}

/// Whether the first of the two columns says that there is nothing in the second.
pub(super) fn is_whole(head: &str) -> bool {
    head.chars().nth(HEAD - 1).is_none()
}

/// The id that stands for a text in keys, whatever its length.
pub(super) fn name_id(text: &str) -> Uuid {
    Uuid::new_v5(&NAMES, text.as_bytes())
}

/// Binds a value to the next place of a statement.
fn bind(query: Query<'_, Postgres, PgArguments>, cell: Cell) -> Query<'_, Postgres, PgArguments> {
    match cell {
        Cell::Int(number) => query.bind(number),
        Cell::Real(number) => query.bind(number),
        Cell::Text(text) => query.bind(clean(&text)),
        Cell::Blob(bytes) => query.bind(bytes),
        Cell::Id(id) => query.bind(id),
    }
}

/// A statement that was put together, planned for its values each time: a plan kept for all does not know the rare word
/// from the one that every lead has (over 200,000 leads 7.6 s instead of 6 ms).
fn asked(statement: Statement) -> Query<'static, Postgres, PgArguments> {
    let query = sqlx::query(AssertSqlSafe(statement.sql)).persistent(false);
    statement.values.into_iter().fold(query, bind)
}

/// The rows of such a statement.
pub(super) async fn fetch(
    conn: &mut PgConnection,
    operation: &'static str,
    statement: Statement,
) -> Result<Vec<PgRow>> {
    asked(statement).fetch_all(conn).await.map_err(failed(operation))
}

/// The leads whose bodies a statement gives, each read as it comes: meanwhile the server looks for the next ones.
pub(super) async fn leads(
    conn: &mut PgConnection,
    operation: &'static str,
    statement: Statement,
) -> Result<Vec<Lead>> {
    let (mut rows, mut leads) = (asked(statement).fetch(conn), Vec::new());
    while let Some(row) = rows.try_next().await.map_err(failed(operation))? {
        leads.push(lead(operation, row.try_get(0).map_err(failed(operation))?)?);
    }
    Ok(leads)
}

/// Rows as columns, for `unnest`: one parameter a column, however many rows.
macro_rules! columns {
    ($rows:expr, |$row:pat_param| $($name:ident = $value:expr),+ $(,)?) => {
        $(let mut $name = Vec::new();)+
        for $row in $rows {
            $($name.push($value);)+
        }
    };
}
pub(super) use columns;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "é".repeat(HEAD) + "end";
        assert_eq!(split(&long), ("é".repeat(HEAD), "end".to_owned()));
        assert!(is_whole("é") && is_whole(&"é".repeat(HEAD - 1)) && !is_whole(&"é".repeat(HEAD)));
        assert_eq!(split("a\0b"), ("a\u{1}b".to_owned(), String::new()));
    }
}
