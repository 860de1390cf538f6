//! The shapes of numbers: `(415) 555-2671` is American wherever it stands, `01634 375552` is not.

use super::super::compat::{self, Search};
use super::super::engine;
use super::super::options::Leniency;
use super::super::region::Region;
use super::super::scan::AllRuns;
use super::super::shape;
use super::Votes;

/// So many numbers of one shape count.
const CAP: usize = 4;
/// Countries that are asked whether they know a number with a trunk zero, when nothing else speaks: the English-speaking
/// ones, then the large ones of Europe. The first that knows most of them wins.
const ASKED: &[&str] = &[
    "GB", "AU", "DE", "FR", "IN", "NL", "SE", "BE", "CH", "AT", "IE", "NZ", "ZA", "JP", "TR",
];

/// Lets the shapes of the numbers vote.
pub(super) fn vote(text: &str, runs: &AllRuns, votes: &mut Votes) {
    let american = shape::american(text, runs).take(CAP).count();
    if american > 0 {
        // Canada and the Caribbean write the same shape.
        let ranked = votes.ranked();
        let known = ranked
            .iter()
            .map(|(region, _)| *region)
            .find(|region| engine::same_calling_code(*region, Region::US));
        let weight = if american == 1 {
            1.0
        } else {
            1.0 + 0.5 * f32::from(u8::try_from(american).unwrap_or(4))
        };
        votes.add(known.unwrap_or(Region::US), weight);
    }
    if votes.best().is_none() {
        by_trunk_zero(text, runs, votes);
    }
}

fn by_trunk_zero(text: &str, runs: &AllRuns, votes: &mut Votes) {
    let candidates: Vec<&str> = shape::with_trunk_zero(text, runs).take(8).collect();
    if candidates.is_empty() {
        return;
    }
    let known = |region: Region| {
        let valid = |candidate: &&&str| {
            compat::find(candidate, Search::new(Some(region), Leniency::Valid))
                .next()
                .is_some()
        };
        candidates.iter().filter(valid).count()
    };
    let ranked = votes.ranked().into_iter().map(|(region, _)| region);
    let asked = ranked.chain(ASKED.iter().filter_map(|code| Region::new(code).ok()));
    let mut best: Option<(Region, usize)> = None;
    for region in asked {
        let count = known(region);
        if count > best.map_or(0, |(_, count)| count) {
            best = Some((region, count));
        }
        if count == candidates.len() {
            break;
        }
    }
    if let Some((region, _)) = best {
        votes.add(region, 1.5);
    }
}
