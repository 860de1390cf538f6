//! Why records are one.

use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::record::{LeadId, Link};
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::db::Tx;
use super::error::failed;
use crate::model::withdraw::{Withdraws, link};

const LINKS: &str = "store.links";

impl Withdraws for Tx {
    async fn links_of(&mut self, clusters: BTreeSet<i64>) -> Result<Vec<(i64, Link)>> {
        let tenant = self.tenant;
        let sql = "SELECT r.cluster, r.record, o.record, l.because FROM records AS r
                   JOIN links AS l ON l.tenant = r.tenant AND l.one = r.id
                   JOIN records AS o ON o.tenant = r.tenant AND o.id = l.other
                   WHERE r.tenant = $1 AND r.cluster = ANY ($2)";
        let rows = sqlx::query(sql).bind(tenant).bind(Vec::from_iter(clusters));
        let rows = rows.fetch_all(self.conn()).await.map_err(failed(LINKS))?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &PgRow) -> Result<(i64, Link)> {
    let cluster = row.try_get(0).map_err(failed(LINKS))?;
    let (one, other) = (
        row.try_get(1).map_err(failed(LINKS))?,
        row.try_get(2).map_err(failed(LINKS))?,
    );
    Ok((cluster, link(one, other, row.try_get(3).map_err(failed(LINKS))?)?))
}

/// The links of a lead, by the id of any of its records, in order.
pub(super) async fn of_lead(tx: &mut Tx, id: LeadId) -> Result<Vec<Link>> {
    let tenant = tx.tenant;
    let cluster: Option<i64> =
        sqlx::query_scalar("SELECT cluster FROM records WHERE tenant = $1 AND record = $2")
            .bind(tenant)
            .bind(id.as_uuid())
            .fetch_optional(tx.conn())
            .await
            .map_err(failed(LINKS))?;
    let Some(cluster) = cluster else {
        return Ok(Vec::new());
    };
    let links = tx.links_of(BTreeSet::from([cluster])).await?;
    let mut links: Vec<Link> = links.into_iter().map(|(_, link)| link).collect();
    links.sort();
    Ok(links)
}
