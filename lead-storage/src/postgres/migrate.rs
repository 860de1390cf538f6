//! Bringing a database to the newest version, forward only.

use lead_core::{Error, ErrorKind, Result};
use sqlx::{AssertSqlSafe, PgConnection};

use super::config::PostgresConfig;
use super::error::failed;
use super::partitions;
use super::pool::{Pool, run};
use super::reindex::fill_places_and_words;
use crate::model::uri::Access;

/// Every step, oldest first; the version of a database is how many it has taken, kept in its table `lead_migrations`. In one with
/// partitions each is followed by [`partitions::complete`]; tables that grow with the leads are marked for that.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_places_and_words.sql"),
    include_str!("migrations/0003_hidden_seals_and_keys.sql"),
    include_str!("migrations/0004_queue.sql"),
    include_str!("migrations/0005_schedules.sql"),
    include_str!("migrations/0006_limits.sql"),
];

const OPEN: &str = "store.open";

/// Brings the database to the newest version; says what stands in the way.
pub(super) async fn migrate(pool: &Pool, config: &PostgresConfig) -> Result<()> {
    let schema = config.quoted_schema();
    let begin = format!("BEGIN READ ONLY; SET LOCAL search_path = {schema}");
    let mut begun = pool.begin(OPEN, &begin).await?;
    let version = version(&mut begun.conn, &config.schema).await?;
    let parts = partitions::there(&mut begun.conn, &config.schema).await?;
    pool.end(OPEN, begun, "COMMIT").await?;
    if version.is_some() {
        partitions::agree(config.partitions, parts)?;
    }
    match version {
        Some(version) if version == STEPS.len() => return Ok(()),
        Some(version) if version > STEPS.len() => return Err(newer(version)),
        _ if config.access == Access::Read => {
            let message = "the database must be brought to a newer version first: open it for writing once";
            return Err(Error::new(ErrorKind::ReadOnly, OPEN, message));
        }
        None if config.access == Access::Write => {
            let message = "the database has no tables of this library in that schema";
            return Err(Error::new(ErrorKind::NotFound, OPEN, message).with("schema", &config.schema));
        }
        None | Some(_) => {}
    }
    let wait = config.busy_timeout.as_millis().max(1);
    let begin = format!("BEGIN; SET LOCAL search_path = {schema}; SET LOCAL lock_timeout = {wait}");
    let mut begun = pool.begin(OPEN, &begin).await?;
    match climb(&mut begun.conn, config).await {
        Ok(()) => pool.end(OPEN, begun, "COMMIT").await.map(drop),
        Err(error) => {
            // When even that fails the connection is closed, which rolls back, too.
            let _ = pool.end(OPEN, begun, "ROLLBACK").await;
            Err(error)
        }
    }
}

/// Takes the steps that are missing, in the transaction that was begun.
async fn climb(conn: &mut PgConnection, config: &PostgresConfig) -> Result<()> {
    // Whoever opens at the same time waits here, and finds everything done. Zero is no tenant's number.
    sqlx::query("SELECT pg_advisory_xact_lock($1, 0)")
        .bind(config.locks())
        .execute(&mut *conn)
        .await
        .map_err(failed(OPEN))?;
    let done = version(conn, &config.schema).await?;
    if done.is_none() {
        // One that was made for us may be used by who may make none.
        if !there(conn, SCHEMA, &config.schema).await? {
            run(conn, OPEN, &format!("CREATE SCHEMA {}", config.quoted_schema())).await?;
        }
        let table = "CREATE TABLE lead_migrations (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())";
        run(conn, OPEN, table).await?;
    }
    let parts = match done {
        None => config.partitions.unwrap_or(0),
        // Somebody may have been quicker, and have made it in another form.
        Some(_) => partitions::there(conn, &config.schema).await?,
    };
    partitions::agree(config.partitions, parts)?;
    let done = done.unwrap_or(0);
    for (version, step) in (1_i32..).zip(STEPS).skip(done) {
        run(conn, "store.migrate", &partitions::split(step, parts)).await?;
        partitions::complete(conn, parts).await?;
        sqlx::query("INSERT INTO lead_migrations (version) VALUES ($1)")
            .bind(version)
            .execute(&mut *conn)
            .await
            .map_err(failed("store.migrate"))?;
    }
    if done < 2 {
        fill_places_and_words(conn).await?;
    }
    if done > STEPS.len() {
        Err(newer(done))
    } else {
        Ok(())
    }
}

/// The version of the database; `None` when our tables are not there.
async fn version(conn: &mut PgConnection, schema: &str) -> Result<Option<usize>> {
    if !there(conn, VERSIONS, schema).await? {
        return Ok(None);
    }
    let version = format!("SELECT coalesce(max(version), 0) FROM \"{schema}\".lead_migrations");
    let version: i32 = sqlx::query_scalar(AssertSqlSafe(version))
        .fetch_one(conn)
        .await
        .map_err(failed(OPEN))?;
    Ok(Some(usize::try_from(version).unwrap_or(0)))
}

const SCHEMA: &str = "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1)";
const VERSIONS: &str = "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relname = 'lead_migrations')";

/// Whether the schema, or its table of versions, is there.
async fn there(conn: &mut PgConnection, sql: &'static str, schema: &str) -> Result<bool> {
    let there = sqlx::query_scalar(sql).bind(schema).fetch_one(conn);
    there.await.map_err(failed(OPEN))
}

fn newer(version: usize) -> Error {
    let message = "the database was written by a newer version of this library";
    Error::new(ErrorKind::Corrupt, OPEN, message)
        .with("its version", version)
        .with("known version", STEPS.len())
}
