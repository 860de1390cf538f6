//! About how many leads pass, by a sample of them.

use lead_core::Result;
use lead_core::seam::Estimate;
use sqlx::Row;
use uuid::Uuid;

use super::Plan;
use crate::model::cell::Cell;
use crate::postgres::db::Tx;
use crate::postgres::error::failed;
use crate::postgres::rows::fetch;

/// Ids are hashes, so leads beside each other by id are leads by chance. They are taken from so many places, because ids of merged
/// leads lie a little lower than others.
const PLACES: u32 = 16;
/// From each so many.
const LEADS: u32 = 250;

/// What was asked of the leads behind one place.
struct Stretch {
    leads: u64,
    passing: u64,
    /// The share of all ids that they take up.
    width: f64,
}

/// `None` when there are too few leads to take a sample of.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of leads lie far below 2^52, and none is below nothing"
)]
pub(super) async fn estimate(tx: &mut Tx, plan: &Plan<'_>) -> Result<Option<Estimate>> {
    let mut stretches = Vec::with_capacity(PLACES as usize);
    for place in 0..PLACES {
        match stretch(tx, plan, place).await? {
            Some(stretch) => stretches.push(stretch),
            None => return Ok(None),
        }
    }
    // So many leads there are, if they lie everywhere as they do behind these places.
    let density = stretches
        .iter()
        .map(|one| one.leads as f64 / one.width)
        .sum::<f64>();
    let all = (density / f64::from(PLACES)).round() as u64;
    let asked = stretches.iter().map(|one| one.leads).sum();
    let passing = stretches.iter().map(|one| one.passing).sum();
    Ok(Some(Estimate::of_share(all, passing, asked)))
}

#[expect(clippy::cast_precision_loss, reason = "a share of all ids need not be exact")]
async fn stretch(tx: &mut Tx, plan: &Plan<'_>, place: u32) -> Result<Option<Stretch>> {
    let operation = "store.estimate";
    let step = u128::MAX / u128::from(PLACES);
    let first = step * u128::from(place);
    let mut out = plan.begin();
    out.push(
        "SELECT count(*), count(*) FILTER (WHERE s.passes), (array_agg(s.id ORDER BY s.id DESC))[1] FROM (SELECT l.id, (TRUE",
        [],
    );
    plan.add_parts(&mut out, |_, _| true)?;
    out.push(
        &format!(
            ") AS passes FROM (SELECT l.* FROM leads AS l WHERE l.tenant = {} AND l.id >= ? \
             ORDER BY l.id LIMIT {LEADS}) AS l) AS s",
            out.whose()
        ),
        [Cell::Id(Uuid::from_u128(first))],
    );
    let rows = fetch(tx.conn(), operation, out).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let number = |at: usize| row.try_get::<i64, _>(at).map_err(failed(operation));
    let (leads, passing) = (number(0)?, number(1)?);
    let last: Option<Uuid> = row.try_get(2).map_err(failed(operation))?;
    let taken = last.map_or(0, |last| last.as_u128().saturating_sub(first));
    // One that reaches the next place, or the end, says that there are few leads in all.
    if leads < i64::from(LEADS) || taken >= step {
        return Ok(None);
    }
    Ok(Some(Stretch {
        leads: leads.unsigned_abs(),
        passing: passing.unsigned_abs(),
        width: taken as f64 / u128::MAX as f64,
    }))
}
