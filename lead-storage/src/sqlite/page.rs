//! Reading leads, sightings and keys.

use std::collections::BTreeMap;

use lead_core::record::filter::Filter;
use lead_core::record::{Lead, LeadId, MatchKey, Observation, RecordId};
use lead_core::seam::{LeadPage, LeadQuery, PageKey, SortField, SortValue};
use lead_core::{Error, Result};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::derive::{observation, time};
use super::error::{damaged, failed};
use super::filter::Condition;
use super::rows::{Cell, bind, key_text, texts};

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
    body.map(|body| serde_json::from_str(&body).map_err(damaged("store.get")))
        .transpose()
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
    let read = |row| {
        observation(
            sqlx::Row::try_get(row, 0).map_err(failed("store.observations"))?,
            time(row, 1)?,
            time(row, 2)?,
        )
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

/// How many leads pass.
pub(super) async fn count(conn: &mut SqliteConnection, tenant: i64, filter: &Filter) -> Result<u64> {
    let condition = Condition::of(filter, tenant)?;
    let sql = format!(
        "SELECT count(*) FROM leads AS l WHERE l.tenant = ? AND {}",
        condition.sql
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(tenant);
    for value in condition.values {
        query = bind(query, value);
    }
    let count: i64 = query
        .fetch_one(conn)
        .await
        .and_then(|row| row.try_get(0))
        .map_err(failed("store.count"))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The limit of a query and the place it goes on from, checked.
pub(super) fn checked(query: &LeadQuery) -> Result<Option<PageKey>> {
    if !(1..=LeadQuery::MAX_LIMIT).contains(&query.limit) {
        return Err(Error::invalid("page", "a limit lies between 1 and 10000").with("limit", query.limit));
    }
    query
        .after
        .as_ref()
        .map(|cursor| PageKey::parse(cursor, query.sort))
        .transpose()
}

/// A page of leads, by key.
pub(super) async fn page(
    conn: &mut SqliteConnection,
    tenant: i64,
    query: &LeadQuery,
    after: Option<PageKey>,
) -> Result<LeadPage> {
    let condition = Condition::of(&query.filter, tenant)?;
    let (column, direction, beyond) = (
        column(query.sort.field),
        if query.sort.descending { "DESC" } else { "ASC" },
        if query.sort.descending { '<' } else { '>' },
    );
    let (after_sql, after_values) = match after {
        None => (String::new(), Vec::new()),
        Some(key) => after_key(column, beyond, key),
    };
    let order = column.map_or_else(
        || format!("l.id {direction}"),
        |name| format!("l.{name} {direction}, l.id {direction}"),
    );
    let sql = format!(
        "SELECT l.body FROM leads AS l WHERE l.tenant = ?{after_sql} AND {} ORDER BY {order} LIMIT ?",
        condition.sql
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(tenant);
    for value in after_values.into_iter().chain(condition.values) {
        statement = bind(statement, value);
    }
    let limit = i64::try_from(query.limit + 1).unwrap_or(i64::MAX);
    let rows = statement
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(failed("store.page"))?;
    let mut leads: Vec<Lead> = Vec::with_capacity(rows.len().min(query.limit));
    for row in rows.iter().take(query.limit) {
        let body: &str = row.try_get(0).map_err(failed("store.page"))?;
        leads.push(serde_json::from_str(body).map_err(damaged("store.page"))?);
    }
    let last = leads.last().filter(|_| rows.len() > query.limit);
    let next = last.map(|lead| PageKey::of(lead, query.sort.field).cursor(query.sort));
    Ok(LeadPage::new(leads, next))
}

/// The column leads are sorted by, beside their id.
fn column(field: SortField) -> Option<&'static str> {
    match field {
        SortField::Name => Some("name"),
        SortField::FirstSeen => Some("first_seen"),
        SortField::LastSeen => Some("last_seen"),
        SortField::Confidence => Some("confidence"),
        _ => None,
    }
}

/// The condition that a lead lies beyond `key`.
fn after_key(column: Option<&'static str>, beyond: char, key: PageKey) -> (String, Vec<Cell>) {
    let id = key.id.as_uuid().into();
    let value: Cell = match key.value {
        SortValue::Text(text) => text.into(),
        SortValue::Number(number) => number.into(),
        SortValue::Micros(micros) => micros.into(),
        SortValue::Id => return (format!(" AND l.id {beyond} ?"), vec![id]),
    };
    match column {
        Some(name) => (format!(" AND (l.{name}, l.id) {beyond} (?, ?)"), vec![value, id]),
        None => (format!(" AND l.id {beyond} ?"), vec![id]),
    }
}
