//! What leads stand at.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::record::LeadId;
use lead_core::seam::Versioned;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::db::Tx;
use super::derive::old_lead;
use super::error::failed;
use crate::model::derive::OldLead;
use crate::model::version::{Looks, versioned};

const VERSIONED: &str = "store.versioned";

impl Looks for Tx {
    async fn leads_of(&mut self, ids: BTreeSet<LeadId>) -> Result<BTreeMap<LeadId, OldLead>> {
        let tenant = self.tenant;
        let ids: Vec<Uuid> = ids.into_iter().map(LeadId::as_uuid).collect();
        let sql = "SELECT l.cluster, l.id, l.body, l.tenant < 0, r.record
                   FROM records AS r JOIN leads AS l ON l.tenant IN ($1, -$1) AND l.cluster = r.cluster
                   WHERE r.tenant = $1 AND r.record = ANY ($2)";
        let rows = sqlx::query(sql)
            .bind(tenant)
            .bind(ids)
            .fetch_all(self.conn())
            .await;
        let lead = |row: &PgRow| Ok((row.try_get(4).map(LeadId::from_uuid)?, old_lead(row)?));
        rows.and_then(|rows| rows.iter().map(lead).collect())
            .map_err(failed(VERSIONED))
    }
}

/// The leads of these ids as they stand, all of one moment, in the order asked.
pub(super) async fn of_leads(tx: &mut Tx, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
    // Before the first question: each statement would see a moment of its own else.
    sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        .execute(tx.conn())
        .await
        .map_err(failed(VERSIONED))?;
    versioned(tx, ids).await
}
