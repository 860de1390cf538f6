//! Counts of leads by what stands in a field.

use lead_core::Result;
use lead_core::seam::{Tallied, Tally};

use super::db::Tx;
use super::error::failed;
use super::filter::PostgresDialect;
use super::page::count;
use super::rows::fetch;
use crate::model::tally::{groups, read, row};
use crate::model::words::spelt;

const TALLY: &str = "store.tally";

/// The answer to a tally, all of one moment.
pub(super) async fn tally(tx: &mut Tx, tally: &Tally) -> Result<Tallied> {
    let tally = &tally.clone().filter(spelt(tx, &tally.filter).await?);
    let leads = count(tx, &tally.filter).await?;
    let with = count(tx, &tally.having()).await?;
    let statement = groups::<PostgresDialect>(tx.tenant.into(), tally)?;
    let rows = fetch(tx.conn(), TALLY, statement).await?;
    let told = rows.iter().map(|one| row(tally, one).map_err(failed(TALLY)));
    read(tally, leads, with, told)
}
