//! What the cells that are still to be asked for will show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Tiles;
use crate::plan::coverage::float;
use crate::seam::Left;

/// A cell that was parted has four quarters.
const QUARTERS: f64 = 4.0;

/// What a cell that was cut off holds, as a multiple of what is shown of one, while none of its quarters was asked for. As a
/// rule its quarters are not cut off, so it holds between once and four times as many; of figures that spread evenly over
/// the orders of magnitude between 1 and 4 the mean is 3 / ln 4.
const HELD: f64 = 2.164;

/// What came of the cells of each depth, and from it what those will show that wait. Cells are asked for in an order that has
/// nothing to do with what lies in them, so those that were asked for speak for those that were not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outlook {
    depths: BTreeMap<u8, Depth>,
}

/// What came of the cells of one depth.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Depth {
    /// Cells that were read to their end.
    whole: u64,
    /// Cells that were cut off.
    parted: u64,
    /// Listings of those read to their end, and the sum of the squares.
    listings: f64,
    squares: f64,
    /// Requests for both.
    requests: u64,
}

/// What to expect of one cell.
#[derive(Clone, Copy, Debug)]
struct Expected {
    listings: f64,
    variance: f64,
    requests: f64,
}

impl Outlook {
    /// A cell was read to its end: so many listings by so many requests.
    pub fn whole(&mut self, depth: u8, listings: u64, requests: u64) {
        let seen = self.depths.entry(depth).or_default();
        seen.whole += 1;
        seen.listings += float(listings);
        seen.squares += float(listings).powi(2);
        seen.requests += requests;
    }

    /// A cell was cut off, after so many requests.
    pub fn parted(&mut self, depth: u8, requests: u64) {
        let seen = self.depths.entry(depth).or_default();
        seen.parted += 1;
        seen.requests += requests;
    }

    /// The chance that a cell of this depth is cut off: an even one before any was asked for (Laplace's rule of succession).
    pub fn chance_of_parting(&self, depth: u8) -> f64 {
        let seen = self.depths.get(&depth).copied().unwrap_or_default();
        (float(seen.parted) + 1.0) / (float(seen.parted + seen.whole) + 2.0)
    }

    /// What the cells that wait will show, when a search shows `cap` results of a cell and no more.
    pub fn left(&self, tiles: &Tiles, cap: u64) -> Left {
        let mut waiting: BTreeMap<u8, u64> = BTreeMap::new();
        for tile in tiles.waiting() {
            *waiting.entry(tile.depth).or_default() += 1;
        }
        let mut left = Left::default();
        for (depth, count) in waiting {
            let (cells, expected) = (float(count), self.expected(depth, float(cap)));
            let asked = self.depths.get(&depth).map_or(0, |seen| seen.whole + seen.parted);
            let owed = self.owed(depth, float(cap)) / cells;
            let listings = expected.listings.max(owed);
            left.listings += cells * listings;
            left.requests += cells * expected.requests;
            // The cells differ, and what is expected of one is itself known from a few alone.
            let variance = expected.variance.max((listings - expected.listings).powi(2));
            left.variance += variance * (cells + cells.powi(2) / float(asked.max(1)));
        }
        left
    }

    /// What the cells of a depth that wait hold at the least: those they are quarters of hold more than is shown, and what the
    /// other quarters do not hold these do.
    fn owed(&self, depth: u8, cap: f64) -> f64 {
        let parents = depth.checked_sub(1).and_then(|above| self.depths.get(&above));
        let seen = self.depths.get(&depth).copied().unwrap_or_default();
        let there = parents.map_or(0.0, |parents| float(parents.parted) * cap);
        (there - seen.listings - float(seen.parted) * cap).max(0.0)
    }

    /// What one cell of this depth will show, those included that it is parted into.
    fn expected(&self, depth: u8, cap: f64) -> Expected {
        let Some(seen) = self.depths.get(&depth) else {
            let share = if depth == 0 { cap } else { HELD * cap / QUARTERS };
            return Expected {
                listings: share,
                variance: share.powi(2),
                requests: 2.0,
            };
        };
        let (whole, parted) = (float(seen.whole), float(seen.parted));
        let all = (whole + parted).max(1.0);
        let quarter = (seen.parted > 0).then(|| self.expected(depth.saturating_add(1), cap));
        let (below, below_requests) = quarter.map_or((0.0, 0.0), |quarter| {
            (
                (QUARTERS * quarter.listings).max(cap),
                QUARTERS * quarter.requests,
            )
        });
        let mean = (seen.listings + parted * below) / all;
        let squares = (seen.squares + parted * below.powi(2)) / all;
        let freedom = all / (all - 1.0).max(1.0);
        Expected {
            listings: mean,
            variance: (squares - mean.powi(2)).max(0.0) * freedom,
            requests: (float(seen.requests) + parted * below_requests) / all,
        }
    }
}
