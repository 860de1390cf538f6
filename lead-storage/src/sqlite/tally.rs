//! Counts of leads by what stands in a field.

use lead_core::Result;
use lead_core::seam::{Tallied, Tally};
use sqlx::{Connection, SqliteConnection};

use super::error::failed;
use super::filter::SqliteDialect;
use super::page::{Reading, count};
use super::rows::fetch;
use crate::model::tally::{groups, read, row};
use crate::model::words::spelt;

const TALLY: &str = "store.tally";

/// The answer to a tally, all of one moment.
pub(super) async fn tally(
    conn: &mut SqliteConnection,
    tenant: i64,
    tally: &Tally,
) -> Result<Option<Tallied>> {
    let mut tx = conn.begin().await.map_err(failed(TALLY))?;
    let filter = spelt(
        &mut Reading {
            conn: &mut tx,
            tenant,
        },
        &tally.filter,
    )
    .await?;
    let tally = &tally.clone().filter(filter);
    let leads = count(&mut tx, tenant, &tally.filter).await?;
    let with = count(&mut tx, tenant, &tally.having()).await?;
    let rows = fetch(&mut tx, TALLY, groups::<SqliteDialect>(tenant, tally)?).await?;
    tx.commit().await.map_err(failed(TALLY))?;
    let told = rows.iter().map(|one| row(tally, one).map_err(failed(TALLY)));
    read(tally, leads, with, told).map(Some)
}
