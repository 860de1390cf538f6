//! Tables that are split by the tenant, so that each part and its indexes stay small.
//!
//! Whether they are, and in how many parts, is settled when a database is made, and read from the server's catalogue ever after: the
//! steps of migration are the same for both forms.

use std::borrow::Cow;

use lead_core::{Error, ErrorKind, Result};
use sqlx::PgConnection;

use super::error::failed;
use super::pool::run;

const OPEN: &str = "store.open";

/// What stands in a step behind the bracket that closes a table which grows with the leads.
const GROWS: &str = "/* grows */";

/// Makes what is missing after a step.
const COMPLETE: &str = include_str!("migrations/partitions.sql");

/// Of a table that every version has.
const COUNT: &str = "SELECT count(*) FROM pg_catalog.pg_inherits AS i
    JOIN pg_catalog.pg_class AS c ON c.oid = i.inhparent
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relname = 'records'";

/// How many partitions the tables of a schema have; 0 when they are whole, or not there.
pub(super) async fn there(conn: &mut PgConnection, schema: &str) -> Result<u32> {
    let count: i64 = sqlx::query_scalar(COUNT)
        .bind(schema)
        .fetch_one(conn)
        .await
        .map_err(failed(OPEN))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whether a database is as the one who opens it wants it.
pub(super) fn agree(wanted: Option<u32>, there: u32) -> Result<()> {
    match wanted {
        Some(wanted) if wanted != there => {
            let message = "the database was made with another number of partitions, which stays as it is";
            Err(Error::new(ErrorKind::Config, OPEN, message)
                .with("its partitions", there)
                .with("asked for", wanted))
        }
        _ => Ok(()),
    }
}

/// A step of migration for tables in so many parts.
pub(super) fn split(step: &str, parts: u32) -> Cow<'_, str> {
    if parts == 0 {
        return step.into();
    }
    step.replace(GROWS, "PARTITION BY HASH (tenant)").into()
}

/// Makes the partitions of what a step added.
pub(super) async fn complete(conn: &mut PgConnection, parts: u32) -> Result<()> {
    if parts == 0 {
        return Ok(());
    }
    run(
        conn,
        "store.migrate",
        &format!("SET LOCAL lead.partitions = {parts}"),
    )
    .await?;
    run(conn, "store.migrate", COMPLETE).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_opened_as_it_was_made() {
        for (wanted, there) in [(None, 0), (None, 8), (Some(8), 8)] {
            assert!(agree(wanted, there).is_ok(), "{wanted:?} {there}");
        }
        for (wanted, there) in [(Some(8), 0), (Some(8), 4)] {
            assert_eq!(agree(wanted, there).unwrap_err().kind(), ErrorKind::Config);
        }
    }

    #[test]
    fn only_tables_that_grow_are_split() {
        let step = "CREATE TABLE a (tenant integer) /* grows */; CREATE TABLE b (tenant integer);";
        let wanted =
            "CREATE TABLE a (tenant integer) PARTITION BY HASH (tenant); CREATE TABLE b (tenant integer);";
        assert_eq!(split(step, 4), wanted);
        assert_eq!(split(step, 0), step);
    }
}
