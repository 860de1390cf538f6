//! Which of several things to ask next, by what asking them has brought.

use serde::{Deserialize, Serialize};

use super::coverage::float;

/// What a request counts for the one after it: what is asked for long is exhausted, so the last requests say more than the
/// first. After some ten the weight of one is down to a third.
const FADING: f64 = 0.9;

/// What is believed before weighs as much as so many businesses shown.
const WEIGHT: f64 = 2.0;

/// How far above the mean the bound lies, in standard deviations: 97.5 % lie below.
const ABOVE: f64 = 1.96;

/// What came of asking one thing: new businesses, and the requests they took, older ones counting less; and how many of those it
/// showed were new at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Yield {
    new: f64,
    requests: f64,
    fresh: u64,
    shown: u64,
    /// Requests, all counting the same; those of runs of before this was kept are not among them.
    #[serde(default)]
    asked: u64,
}

/// What is believed of a thing before it is asked, as if so many requests had brought so many new ones.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Belief {
    /// New ones.
    pub new: f64,
    /// Requests.
    pub requests: f64,
}

impl Belief {
    /// One request brings so many new ones.
    pub fn of(new: f64) -> Self {
        Self { new, requests: 1.0 }
    }

    /// The same, after what came of others of its kind: where three variants brought nothing, the fourth hardly will.
    pub fn after<'a>(mut self, kin: impl IntoIterator<Item = &'a Yield>) -> Self {
        for seen in kin {
            self.new += seen.new;
            self.requests += seen.requests;
        }
        Self::of(self.new / self.requests.max(1.0))
    }
}

impl Yield {
    /// So many requests showed so many for the first time, of which so many were new: nobody had shown them before.
    pub fn add(&mut self, requests: u64, shown: u64, new: u64) {
        self.asked += requests;
        self.fresh += new;
        self.shown += shown;
        let (requests, new) = (float(requests), float(new));
        let kept = FADING.powf(requests);
        self.new = self.new * kept + new;
        self.requests = self.requests * kept + requests;
    }

    /// Requests that were answered.
    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// How many of those it showed were new: nobody had shown them before.
    pub fn fresh(&self) -> u64 {
        self.fresh
    }

    /// Whether it was asked enough to tell something of it: three requests, or a page full shown.
    pub fn is_tried(&self) -> bool {
        self.requests > 2.5 || self.shown >= 10
    }

    /// The part of what it will show that is new, before it is asked the same as of others of its kind.
    pub fn novelty<'a>(&self, kin: impl IntoIterator<Item = &'a Yield>) -> f64 {
        let (mut fresh, mut shown) = (WEIGHT, WEIGHT);
        for seen in kin {
            fresh += float(seen.fresh);
            shown += float(seen.shown);
        }
        (float(self.fresh) + WEIGHT * fresh / shown) / (float(self.shown) + WEIGHT)
    }

    /// The most it may bring a request: the upper bound of the rate (new ones come by a law of Poisson, so the deviation is
    /// the root of their number). Asking what has the highest finds out soon what is worth it, and drops what is not.
    ///
    /// ```
    /// use lead_core::plan::{Belief, Yield};
    ///
    /// let (mut good, mut poor) = (Yield::default(), Yield::default());
    /// good.add(3, 30, 30);
    /// poor.add(3, 30, 0);
    /// assert!(good.bound(Belief::of(5.0)) > poor.bound(Belief::of(5.0)));
    /// ```
    pub fn bound(&self, before: Belief) -> f64 {
        let (new, requests) = (before.new + self.new, before.requests + self.requests);
        (new + ABOVE * new.sqrt()) / requests.max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three things with rates of their own, the best of them exhausted after a hundred requests.
    #[test]
    fn asks_what_brings_most_and_leaves_it_when_it_is_exhausted() {
        let rate = |thing: usize, asked: u32| match thing {
            0 => 1,
            1 if asked < 100 => 10,
            1 => 0,
            _ => 3,
        };
        let (mut asked, mut yields) = ([0_u32; 3], [Yield::default(); 3]);
        let mut brought = 0;
        for _ in 0..200 {
            let best = (0..3).max_by(|a, b| {
                let bound = |thing: &usize| yields[*thing].bound(Belief::of(5.0));
                bound(a).total_cmp(&bound(b))
            });
            let best = best.unwrap();
            let new = rate(best, asked[best]);
            asked[best] += 1;
            brought += new;
            yields[best].add(1, 10, new);
        }
        // Whoever knew all beforehand would get 1,300.
        assert!(brought > 1_200, "{brought} {asked:?}");
    }

    #[test]
    fn what_its_kind_brought_is_believed_of_it() {
        let mut nothing = Yield::default();
        nothing.add(3, 20, 0);
        let believed = Belief::of(4.0).after([&nothing, &nothing]);
        assert!(believed.new < 1.0 && (believed.requests - 1.0).abs() < f64::EPSILON);
        let unasked = Yield::default();
        assert!(unasked.novelty([]) > 0.99 && unasked.novelty([&nothing]) < 0.1);
        assert!(nothing.is_tried() && !unasked.is_tried());
    }
}
