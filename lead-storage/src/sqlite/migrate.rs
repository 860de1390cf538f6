//! Bringing a database to the newest version, forward only.

use lead_core::{Error, ErrorKind, Result};
use sqlx::{Connection, SqliteConnection};

use super::error::failed;
use super::reindex::fill_places_and_words;

/// Marks a file as ours: "LEAD" in ASCII (<https://sqlite.org/pragma.html#pragma_application_id>).
const APPLICATION_ID: i64 = 0x4c45_4144;

/// Every step, oldest first; the version of a database is how many it has taken, kept in `user_version`.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_places_and_words.sql"),
    include_str!("migrations/0003_hidden_leads_and_seals.sql"),
    include_str!("migrations/0004_queue.sql"),
    include_str!("migrations/0005_schedules.sql"),
    include_str!("migrations/0006_limits.sql"),
];

/// What a file is.
enum State {
    Empty,
    Ours(usize),
}

/// Brings the database to the newest version; says what stands in the way.
pub(super) async fn migrate(conn: &mut SqliteConnection, may_write: bool) -> Result<()> {
    match snapshot(conn).await? {
        State::Ours(version) if version == STEPS.len() => return Ok(()),
        State::Ours(version) if version > STEPS.len() => {
            let message = "the database was written by a newer version of this library";
            return Err(Error::new(ErrorKind::Corrupt, "store.open", message)
                .with("its version", version)
                .with("known version", STEPS.len()));
        }
        _ if !may_write => {
            let message = "the database must be brought to a newer version first: open it for writing once";
            return Err(Error::new(ErrorKind::ReadOnly, "store.open", message));
        }
        State::Empty | State::Ours(_) => {}
    }
    let mut tx = conn
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(failed("store.open"))?;
    // Another process may have been quicker while we waited for the lock.
    let done = match state(&mut tx).await? {
        State::Empty => 0,
        State::Ours(version) => version,
    };
    for step in STEPS.iter().skip(done) {
        sqlx::raw_sql(*step)
            .execute(&mut *tx)
            .await
            .map_err(failed("store.migrate"))?;
    }
    if done < 2 {
        fill_places_and_words(&mut tx).await?;
    }
    let stamp = format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {}",
        STEPS.len().max(done)
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(stamp))
        .execute(&mut *tx)
        .await
        .map_err(failed("store.migrate"))?;
    tx.commit().await.map_err(failed("store.migrate"))
}

/// What the file is, read in one transaction: between two statements of their own another process may have made the tables,
/// and a file without our mark that has tables is somebody else's.
async fn snapshot(conn: &mut SqliteConnection) -> Result<State> {
    let mut reading = conn.begin().await.map_err(failed("store.open"))?;
    let state = state(&mut reading).await?;
    reading.commit().await.map_err(failed("store.open"))?;
    Ok(state)
}

async fn state(conn: &mut SqliteConnection) -> Result<State> {
    let application = number(conn, "PRAGMA application_id").await?;
    let version = number(conn, "PRAGMA user_version").await?;
    let tables = number(conn, "SELECT count(*) FROM sqlite_master").await?;
    match (application, tables) {
        (APPLICATION_ID, _) => Ok(State::Ours(usize::try_from(version).unwrap_or(0))),
        (0, 0) if version == 0 => Ok(State::Empty),
        _ => {
            let message = "this SQLite database belongs to another application";
            Err(Error::new(ErrorKind::Corrupt, "store.open", message).with("application_id", application))
        }
    }
}

async fn number(conn: &mut SqliteConnection, sql: &'static str) -> Result<i64> {
    sqlx::query_scalar(sql)
        .fetch_one(conn)
        .await
        .map_err(failed("store.open"))
}
