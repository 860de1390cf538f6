//! Reading leads, sightings and keys.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::record::filter::Filter;
use lead_core::record::{Lead, LeadId, MatchKey, Observation, RecordId};
use lead_core::seam::{Cursor, Estimate, LeadPage, LeadQuery, PageKey};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::db::Tx;
use super::derive::time;
use super::error::failed;
use super::filter::PostgresDialect;
use super::plan;
use super::rows::{fetch, name_id};
use crate::model::keys::key_text;
use crate::model::page::{self, paged};
use crate::model::read::{lead, observation};
use crate::model::sides::sides;
use crate::model::statement::Statement;
use crate::model::words::{Lists, spelt};

/// One lead, by the id of any of its records.
pub(super) async fn get(tx: &mut Tx, id: LeadId) -> Result<Option<Lead>> {
    let tenant = tx.tenant;
    let sql =
        "SELECT l.body FROM records AS r JOIN leads AS l ON l.tenant IN ($1, -$1) AND l.cluster = r.cluster
               WHERE r.tenant = $1 AND r.record = $2";
    let body: Option<String> = sqlx::query_scalar(sql)
        .bind(tenant)
        .bind(id.as_uuid())
        .fetch_optional(tx.conn())
        .await
        .map_err(failed("store.get"))?;
    body.map(|body| lead("store.get", &body)).transpose()
}

/// Every sighting of a lead, in order of id.
pub(super) async fn observations(tx: &mut Tx, id: LeadId) -> Result<Vec<Observation>> {
    let tenant = tx.tenant;
    let sql = "SELECT o.body, o.seen_at, o.last_seen FROM records AS asked
               JOIN records AS r ON r.tenant = asked.tenant AND r.cluster = asked.cluster
               JOIN observations AS o ON o.tenant = r.tenant AND o.record = r.id
               WHERE asked.tenant = $1 AND asked.record = $2 ORDER BY o.observation";
    let rows = sqlx::query(sql)
        .bind(tenant)
        .bind(id.as_uuid())
        .fetch_all(tx.conn())
        .await;
    let rows = rows.map_err(failed("store.observations"))?;
    let read = |row: &PgRow| {
        let body = row.try_get(0).map_err(failed("store.observations"))?;
        observation(body, time(row, 1)?, time(row, 2)?)
    };
    rows.iter().map(read).collect()
}

/// Which records hold any of these keys.
pub(super) async fn matching(tx: &mut Tx, keys: &[MatchKey]) -> Result<Vec<(MatchKey, RecordId)>> {
    let tenant = tx.tenant;
    let asked: BTreeMap<Uuid, &MatchKey> = keys.iter().map(|key| (name_id(&key_text(key)), key)).collect();
    let sql = "SELECT k.key, r.record FROM record_keys AS k JOIN records AS r ON r.tenant = k.tenant AND r.id = k.record
               WHERE k.tenant = $1 AND k.matching AND k.key = ANY ($2)";
    let found: Vec<(Uuid, Uuid)> = sqlx::query_as(sql)
        .bind(tenant)
        .bind(asked.keys().copied().collect::<Vec<_>>())
        .fetch_all(tx.conn())
        .await
        .map_err(failed("store.matching"))?;
    let hit = |(key, record)| Some(((*asked.get(&key)?).clone(), RecordId::from_uuid(record)));
    let mut found: Vec<_> = found.into_iter().filter_map(hit).collect();
    found.sort();
    Ok(found)
}

impl Lists for Tx {
    async fn listed(&mut self, statement: Statement) -> Result<Vec<String>> {
        let rows = fetch(self.conn(), "store.words", statement).await?;
        let words = rows.iter().map(|row| row.try_get(0));
        words.collect::<sqlx::Result<_>>().map_err(failed("store.words"))
    }

    fn tenant(&self) -> i64 {
        self.tenant.into()
    }
}

/// How many leads pass.
pub(super) async fn count(tx: &mut Tx, filter: &Filter) -> Result<u64> {
    let filter = spelt(tx, filter).await?;
    let mut all = 0;
    for side in sides(tx.tenant.into(), &filter) {
        all += plan::count(tx, &side).await?;
    }
    Ok(all)
}

/// About how many leads pass.
pub(super) async fn estimate(tx: &mut Tx, filter: &Filter) -> Result<Estimate> {
    let filter = spelt(tx, filter).await?;
    let mut all = Estimate::exact(0);
    for side in sides(tx.tenant.into(), &filter) {
        all = all.and(plan::estimate(tx, &side).await?);
    }
    Ok(all)
}

/// The places of every so-manieth lead.
pub(super) async fn marks(
    tx: &mut Tx,
    query: &LeadQuery,
    after: Option<PageKey>,
    every: usize,
) -> Result<Vec<Cursor>> {
    page::check_given(query, &tx.seal)?;
    let filter = spelt(tx, &query.filter).await?;
    let sides = sides(tx.tenant.into(), &filter);
    let statement = page::marks::<PostgresDialect>(query, &sides, after.as_ref(), every)?;
    let rows = fetch(tx.conn(), "store.marks", statement).await?;
    let marks = rows.iter().map(|row| page::mark(query.sort, &tx.seal, row));
    marks.collect::<sqlx::Result<_>>().map_err(failed("store.marks"))
}

/// A page of leads, by key.
pub(super) async fn page(tx: &mut Tx, query: &LeadQuery, after: Option<PageKey>) -> Result<LeadPage> {
    page::check_given(query, &tx.seal)?;
    let filter = spelt(tx, &query.filter).await?;
    let (sides, mut leads) = (sides(tx.tenant.into(), &filter), Vec::new());
    for side in &sides {
        leads.extend(plan::page(tx, query, side, after.clone()).await?);
    }
    Ok(paged(query, sides.len(), &tx.seal, leads))
}
