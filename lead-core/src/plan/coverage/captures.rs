//! How often each was shown.

use std::collections::HashMap;
use std::hash::Hash;

use super::estimate::{Estimate, float};

/// How often each business was shown, over a number of requests.
///
/// ```
/// use lead_core::plan::Captures;
///
/// let mut captures = Captures::default();
/// captures.request(["a", "b", "c"]);
/// captures.request(["b", "c", "d"]);
/// let estimate = captures.by_requests().unwrap();
/// assert_eq!(estimate.found, 4);
/// assert!(estimate.total >= 4.0 && estimate.coverage() <= 1.0);
/// ```
#[derive(Clone, Debug)]
pub struct Captures<K> {
    times: HashMap<K, u64>,
    requests: u64,
}

impl<K> Default for Captures<K> {
    fn default() -> Self {
        Self {
            times: HashMap::new(),
            requests: 0,
        }
    }
}

/// How many were shown once, twice, and in all.
#[derive(Clone, Copy, Debug)]
struct Frequencies {
    once: f64,
    twice: f64,
    /// Businesses.
    found: u64,
    /// Showings.
    showings: f64,
}

impl<K: Eq + Hash> Captures<K> {
    /// Takes in what a request showed; one that shows a business twice shows it once.
    pub fn request(&mut self, shown: impl IntoIterator<Item = K>) {
        self.requests += 1;
        let distinct: std::collections::HashSet<K> = shown.into_iter().collect();
        for business in distinct {
            *self.times.entry(business).or_default() += 1;
        }
    }

    /// How many were found.
    pub fn found(&self) -> u64 {
        self.times.len() as u64
    }

    /// How many requests there were.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    /// How many there are, by Chao1 (Chao 1984, bias-corrected as Chao 2005): each showing is drawn by itself. `None` while
    /// nothing was shown.
    pub fn by_showings(&self) -> Option<Estimate> {
        let counts = self.frequencies()?;
        Some(counts.chao(factor(counts.showings)))
    }

    /// How many there are, by Chao2 (Chao 1987): each request shows a business or does not. `None` while nothing was shown.
    pub fn by_requests(&self) -> Option<Estimate> {
        Some(self.frequencies()?.chao(factor(float(self.requests))))
    }

    /// How many requests more find this part of all, from 0 to 1, when they show as many as those before (Chao, Colwell, Lin
    /// and Gotelli 2009, equation 12). 0 when it is found already; `None` when no number of them would.
    pub fn requests_to(&self, part: f64) -> Option<u64> {
        let counts = self.frequencies()?;
        let estimate = self.by_requests()?;
        let wanted = part.clamp(0.0, 1.0) * estimate.total;
        if float(counts.found) >= wanted {
            return Some(0);
        }
        let missing = estimate.missing();
        let left = missing - (wanted - float(counts.found));
        let requests = float(self.requests);
        // The chance that a request shows one of those that none showed yet.
        let chance = 2.0 * counts.twice / ((requests - 1.0) * counts.once + 2.0 * counts.twice);
        if left <= 0.0 || chance <= 0.0 || chance >= 1.0 {
            return None;
        }
        let more = (left / missing).ln() / (-chance).ln_1p();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive figure; one beyond all bounds is the largest number"
        )]
        Some(more.ceil() as u64)
    }

    /// How unequally businesses are shown: the square of the coefficient of variation of their chances, 0 when all have the
    /// same (Lee and Chao 1994, equation 2.14). `None` while nothing was shown.
    pub fn unevenness(&self) -> Option<f64> {
        let counts = self.frequencies()?;
        let requests = float(self.requests);
        if requests < 2.0 {
            return Some(0.0);
        }
        let pairs: f64 = self.times.values().map(|times| float(times * (times - 1))).sum();
        let covered = (1.0 - counts.once / counts.showings).max(f64::MIN_POSITIVE);
        let even = counts.showings.powi(2) * (requests - 1.0) / requests;
        Some((float(counts.found) / covered * pairs / even - 1.0).max(0.0))
    }

    fn frequencies(&self) -> Option<Frequencies> {
        if self.times.is_empty() {
            return None;
        }
        let shown = |times: u64| float(self.times.values().filter(|count| **count == times).count() as u64);
        Some(Frequencies {
            once: shown(1),
            twice: shown(2),
            found: self.found(),
            showings: float(self.times.values().sum()),
        })
    }
}

/// What corrects for few draws.
fn factor(draws: f64) -> f64 {
    if draws > 1.0 { (draws - 1.0) / draws } else { 1.0 }
}

impl Frequencies {
    /// The estimate and its variance (Chao 1987; EstimateS 9, appendix B, equations 1 to 7).
    fn chao(&self, factor: f64) -> Estimate {
        let (once, twice) = (self.once, self.twice);
        let missing = factor * once * (once - 1.0) / (2.0 * (twice + 1.0));
        let variance = if twice > 0.0 && once > 0.0 {
            let ratio = once / twice;
            twice
                * (factor / 2.0 * ratio.powi(2)
                    + factor.powi(2) * ratio.powi(3)
                    + factor.powi(2) / 4.0 * ratio.powi(4))
        } else {
            let total = float(self.found) + missing;
            (factor * once * (once - 1.0) / 2.0 + factor.powi(2) * once * (2.0 * once - 1.0).powi(2) / 4.0
                - factor.powi(2) * once.powi(4) / (4.0 * total))
                .max(0.0)
        };
        Estimate::of(self.found, missing, variance)
    }
}
