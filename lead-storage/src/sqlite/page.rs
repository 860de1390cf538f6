//! Reading leads, sightings and keys.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::record::filter::Filter;
use lead_core::record::{Lead, LeadId, MatchKey, Observation, RecordId};
use lead_core::seam::{Cursor, LeadPage, LeadQuery, PageKey, Seal};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::derive::time;
use super::error::failed;
use super::filter::SqliteDialect;
use super::rows::{fetch, texts};
use crate::model::keys::key_text;
use crate::model::page::{self, paged};
use crate::model::read::{lead, observation};
use crate::model::sides::sides;
use crate::model::statement::Statement;
use crate::model::words::{Lists, spelt};

/// One lead, by the id of any of its records.
pub(super) async fn get(conn: &mut SqliteConnection, tenant: i64, id: LeadId) -> Result<Option<Lead>> {
    let sql = "SELECT l.body FROM records AS r JOIN leads AS l ON l.cluster = r.cluster
               WHERE r.tenant = ?1 AND r.record = ?2";
    let body: Option<String> = sqlx::query_scalar(sql)
        .bind(tenant)
        .bind(id.as_uuid())
        .fetch_optional(conn)
        .await
        .map_err(failed("store.get"))?;
    body.map(|body| lead("store.get", &body)).transpose()
}

/// Every sighting of a lead, in order of id.
pub(super) async fn observations(
    conn: &mut SqliteConnection,
    tenant: i64,
    id: LeadId,
) -> Result<Vec<Observation>> {
    let sql = "SELECT o.body, o.seen_at, o.last_seen FROM records AS asked
               JOIN records AS r ON r.cluster = asked.cluster JOIN observations AS o ON o.record = r.id
               WHERE asked.tenant = ?1 AND asked.record = ?2 ORDER BY o.observation";
    let rows = sqlx::query(sql)
        .bind(tenant)
        .bind(id.as_uuid())
        .fetch_all(conn)
        .await;
    let rows = rows.map_err(failed("store.observations"))?;
    let read = |row: &SqliteRow| {
        let body = row.try_get(0).map_err(failed("store.observations"))?;
        observation(body, time(row, 1)?, time(row, 2)?)
    };
    rows.iter().map(read).collect()
}

/// Which records hold any of these keys.
pub(super) async fn matching(
    conn: &mut SqliteConnection,
    tenant: i64,
    keys: Vec<MatchKey>,
) -> Result<Vec<(MatchKey, RecordId)>> {
    let asked: BTreeMap<String, MatchKey> = keys.into_iter().map(|key| (key_text(&key), key)).collect();
    let sql = "SELECT k.key, r.record FROM record_keys AS k JOIN records AS r ON r.id = k.record
               WHERE k.tenant = ?1 AND k.matching = 1 AND k.key IN (SELECT value FROM json_each(?2))";
    let rows = sqlx::query(sql)
        .bind(tenant)
        .bind(texts(&asked.keys().cloned().collect::<Vec<_>>()))
        .fetch_all(conn)
        .await
        .map_err(failed("store.matching"))?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let key: &str = row.try_get(0).map_err(failed("store.matching"))?;
        let record = row
            .try_get(1)
            .map(RecordId::from_uuid)
            .map_err(failed("store.matching"))?;
        found.extend(asked.get(key).map(|key| (key.clone(), record)));
    }
    found.sort();
    Ok(found)
}

/// A connection that reads for a tenant.
pub(super) struct Reading<'c> {
    pub(super) conn: &'c mut SqliteConnection,
    pub(super) tenant: i64,
}

impl Lists for Reading<'_> {
    async fn listed(&mut self, statement: Statement) -> Result<Vec<String>> {
        let rows = fetch(self.conn, "store.words", statement).await?;
        let words = rows.iter().map(|row| row.try_get(0));
        words.collect::<sqlx::Result<_>>().map_err(failed("store.words"))
    }

    fn tenant(&self) -> i64 {
        self.tenant
    }
}

/// How many leads pass.
pub(super) async fn count(conn: &mut SqliteConnection, tenant: i64, filter: &Filter) -> Result<u64> {
    let filter = spelt(&mut Reading { conn, tenant }, filter).await?;
    let mut all = 0;
    for side in sides(tenant, &filter) {
        let rows = fetch(conn, "store.count", page::count::<SqliteDialect>(&side)?).await?;
        let count = rows.first().map(|row| row.try_get::<i64, _>(0)).transpose();
        let count = count.map_err(failed("store.count"))?.unwrap_or(0);
        all += u64::try_from(count).unwrap_or(0);
    }
    Ok(all)
}

/// The tenant's seal, which the cursor of the query bears, too.
async fn given(conn: &mut SqliteConnection, tenant: i64, query: &LeadQuery) -> Result<Seal> {
    let seal = sqlx::query_scalar("SELECT seal FROM tenants WHERE id = ?1")
        .bind(tenant)
        .fetch_one(conn)
        .await
        .map(Seal::new)
        .map_err(failed("store.page"))?;
    page::check_given(query, &seal)?;
    Ok(seal)
}

/// The places of every so-manieth lead.
pub(super) async fn marks(
    conn: &mut SqliteConnection,
    tenant: i64,
    query: &LeadQuery,
    after: Option<PageKey>,
    every: usize,
) -> Result<Vec<Cursor>> {
    let seal = given(conn, tenant, query).await?;
    let filter = spelt(&mut Reading { conn, tenant }, &query.filter).await?;
    let statement = page::marks::<SqliteDialect>(query, &sides(tenant, &filter), after.as_ref(), every)?;
    let rows = fetch(conn, "store.marks", statement).await?;
    let marks = rows.iter().map(|row| page::mark(query.sort, &seal, row));
    marks.collect::<sqlx::Result<_>>().map_err(failed("store.marks"))
}

/// A page of leads, by key.
pub(super) async fn page(
    conn: &mut SqliteConnection,
    tenant: i64,
    query: &LeadQuery,
    after: Option<PageKey>,
) -> Result<LeadPage> {
    let seal = given(conn, tenant, query).await?;
    let filter = spelt(&mut Reading { conn, tenant }, &query.filter).await?;
    let (sides, mut leads) = (sides(tenant, &filter), Vec::new());
    for side in &sides {
        let statement = page::page::<SqliteDialect>(query, side, after.clone())?;
        for row in fetch(conn, "store.page", statement).await? {
            let body = row.try_get(0).map_err(failed("store.page"))?;
            leads.push(lead("store.page", body)?);
        }
    }
    Ok(paged(query, sides.len(), &seal, leads))
}
