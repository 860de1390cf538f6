//! What the tests on a server do alike.

use lead_core::Error;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use url::Url;

/// A schema of its own on the server that tests are told of, or the end of the test.
macro_rules! fresh {
    () => {
        match crate::server::fresh() {
            Some(uri) => uri,
            None => return,
        }
    };
}

pub(crate) fn schema_of(uri: &str) -> String {
    uri.split("schema=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned()
}

/// The same place for another login.
pub(crate) fn as_role(uri: &str, role: &str) -> String {
    let mut url = Url::parse(uri).unwrap();
    url.set_username(role).unwrap();
    url.into()
}

/// A connection of sqlx's own, which knows nothing of tenants.
pub(crate) async fn raw(uri: &str) -> PgConnection {
    let mut url = Url::parse(uri).unwrap();
    let kept: Vec<_> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name == "host")
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    PgConnection::connect(url.as_str()).await.unwrap()
}

pub(crate) async fn run(conn: &mut PgConnection, sql: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(conn)
        .await
        .map(drop)
}

pub(crate) async fn number(conn: &mut PgConnection, sql: &str) -> i64 {
    let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
    query.fetch_one(conn).await.unwrap()
}

pub(crate) async fn refused(uri: &str) -> Error {
    lead_storage::open(uri).await.unwrap_err()
}

pub(crate) use fresh;

/// Takes away what versions 4 to 6 added.
pub(crate) fn before_queue(schema: &str) -> String {
    format!(
        "DROP TABLE {schema}.limits; DROP FUNCTION {schema}.check_limits; \
         DROP TABLE {schema}.job_schedules, {schema}.job_pools, {schema}.job_pauses, {schema}.job_lines; DROP SEQUENCE {schema}.job_line_numbers; \
         ALTER TABLE {schema}.jobs DROP COLUMN version, DROP COLUMN turn, DROP COLUMN pool, DROP COLUMN cancelled, \
             DROP COLUMN said, DROP COLUMN progress; \
         CREATE INDEX jobs_by_turn ON {schema}.jobs (tenant, priority DESC, id) WHERE dead IS NULL; \
         CREATE INDEX jobs_spent ON {schema}.jobs (tenant, id) WHERE dead IS NULL AND attempts >= max_attempts"
    )
}
