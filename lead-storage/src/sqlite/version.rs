//! What leads stand at.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::record::LeadId;
use lead_core::seam::Versioned;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, Row, SqliteConnection};

use super::db::Tx;
use super::derive::old_lead;
use super::error::failed;
use super::rows::hex_ids;
use crate::model::derive::OldLead;
use crate::model::version::{Looks, versioned};

const VERSIONED: &str = "store.versioned";

impl Looks for Tx<'_> {
    async fn leads_of(&mut self, ids: BTreeSet<LeadId>) -> Result<BTreeMap<LeadId, OldLead>> {
        let sql = "SELECT l.cluster, l.id, l.body, l.tenant < 0, r.record
                   FROM records AS r JOIN leads AS l ON l.cluster = r.cluster
                   WHERE r.tenant = ?1 AND r.record IN (SELECT unhex(value) FROM json_each(?2))";
        let rows = sqlx::query(sql)
            .bind(self.tenant)
            .bind(hex_ids(ids.iter().map(|id| id.as_uuid())))
            .fetch_all(&mut *self.conn)
            .await;
        let lead = |row: &SqliteRow| Ok((row.try_get(4).map(LeadId::from_uuid)?, old_lead(row)?));
        rows.and_then(|rows| rows.iter().map(lead).collect())
            .map_err(failed(VERSIONED))
    }
}

/// The leads of these ids as they stand, all of one moment, in the order asked.
pub(super) async fn of_leads(
    conn: &mut SqliteConnection,
    tenant: i64,
    ids: Vec<LeadId>,
) -> Result<Option<Vec<Option<Versioned>>>> {
    let mut tx = conn.begin().await.map_err(failed(VERSIONED))?;
    let mut reading = Tx {
        conn: &mut tx,
        tenant,
    };
    let found = versioned(&mut reading, ids).await?;
    tx.commit().await.map_err(failed(VERSIONED))?;
    Ok(Some(found))
}
