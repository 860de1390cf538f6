//! Why records are one.

use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::record::{LeadId, Link};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::db::Tx;
use super::error::failed;
use super::rows::numbers;
use crate::model::withdraw::{Withdraws, link};

const LINKS: &str = "store.links";

impl Withdraws for Tx<'_> {
    async fn links_of(&mut self, clusters: BTreeSet<i64>) -> Result<Vec<(i64, Link)>> {
        let sql = "SELECT r.cluster, r.record, o.record, l.because
                   FROM records AS r JOIN links AS l ON l.one = r.id JOIN records AS o ON o.id = l.other
                   WHERE r.cluster IN (SELECT value FROM json_each(?1))";
        let rows = sqlx::query(sql)
            .bind(numbers(clusters))
            .fetch_all(&mut *self.conn)
            .await;
        let rows = rows.map_err(failed(LINKS))?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &SqliteRow) -> Result<(i64, Link)> {
    let cluster = row.try_get(0).map_err(failed(LINKS))?;
    let (one, other) = (
        row.try_get(1).map_err(failed(LINKS))?,
        row.try_get(2).map_err(failed(LINKS))?,
    );
    Ok((cluster, link(one, other, row.try_get(3).map_err(failed(LINKS))?)?))
}

/// The links of a lead, by the id of any of its records, in order.
pub(super) async fn of_lead(conn: &mut SqliteConnection, tenant: i64, id: LeadId) -> Result<Vec<Link>> {
    let sql = "SELECT r.cluster, r.record, o.record, l.because
               FROM records AS asked JOIN records AS r ON r.cluster = asked.cluster
               JOIN links AS l ON l.one = r.id JOIN records AS o ON o.id = l.other
               WHERE asked.tenant = ?1 AND asked.record = ?2";
    let rows = sqlx::query(sql).bind(tenant).bind(id.as_uuid());
    let rows = rows.fetch_all(conn).await.map_err(failed(LINKS))?;
    let mut links = Vec::with_capacity(rows.len());
    for row in &rows {
        links.push(read(row)?.1);
    }
    links.sort();
    Ok(links)
}
