//! How much of what there is a run has found.

use super::lane::Lane;
use super::lanes::Lanes;
use super::ledger::Ledger;
use crate::seam::{Coverage, Left, Search, Source, Terms};

/// The part that "requests to 99 %" speaks of.
const MOST: f64 = 0.99;

/// What the sources list by their own account, and what they leave out as far as holding them against each other tells.
/// `None` when there is nothing that tells: one source that does not say what is left, or lists of the user's own.
///
/// Of what was not asked for yet the source counts that has come furthest: all go through an area in the same order, so what
/// it has not reached the others have not either.
pub(super) fn of(ledger: &Ledger, lanes: &Lanes, sources: &[Source]) -> Option<Coverage> {
    let left = left(ledger, lanes, sources);
    let compared = ledger.census.estimate();
    if compared.estimate.found == 0 || (compared.occasions < 2 && left.is_none()) {
        return None;
    }
    let left = left.unwrap_or_default();
    let estimate = compared.estimate.and(left);
    let share = estimate.coverage();
    Some(Coverage {
        found: estimate.found,
        total: estimate.total,
        low: estimate.low,
        high: estimate.high,
        share,
        compared: compared.occasions as u64,
        lower_bound: compared.uneven,
        requests_to_99: requests_to((MOST - share) * estimate.total, left),
    })
}

/// What the source that has come furthest has not asked for; `None` when no source tells.
fn left(ledger: &Ledger, lanes: &Lanes, sources: &[Source]) -> Option<Left> {
    let own = lanes.iter().filter(|lane| {
        let source = sources.get(lane.source);
        lane.variant.is_none() && source.is_some_and(|source| source.info().terms != Terms::Own)
    });
    let told = own.filter_map(|lane| Some(with_variants(told(ledger, lane)?, lane, ledger, lanes)));
    told.min_by(|a, b| a.listings.total_cmp(&b.listings))
}

/// What a lane has not asked for.
fn told(ledger: &Ledger, lane: &Lane) -> Option<Left> {
    let stand = ledger.lane(lane)?;
    if stand.done {
        // What a limit ended says nothing of what is left.
        return (!stand.cut).then(Left::default);
    }
    stand.left
}

/// The same with what other words are still to show that is new.
fn with_variants(left: Left, own: &Lane, ledger: &Ledger, lanes: &Lanes) -> Left {
    let others = lanes
        .iter()
        .filter(|lane| lane.source == own.source && lane.variant.is_some());
    let asked = others.filter_map(|lane| Some((told(ledger, lane)?, ledger.gained(lane).novelty([]))));
    asked.fold(left, |sum, (left, novelty)| {
        Left::new(
            sum.listings + left.listings * novelty,
            sum.variance + left.variance * novelty.powi(2),
            sum.requests + left.requests * novelty,
        )
    })
}

/// About so many requests find so many more; `None` when there are not so many left to be asked for.
fn requests_to(wanted: f64, left: Left) -> Option<u64> {
    if wanted <= 0.0 {
        return Some(0);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive figure; one beyond all bounds is the largest number"
    )]
    (wanted <= left.listings).then(|| (left.requests * wanted / left.listings).ceil() as u64)
}
