//! An estimate with its doubt.

use serde::Serialize;

use crate::seam::Left;

/// The value of the normal distribution that 95 % lie within.
pub(super) const Z95: f64 = 1.96;

/// How many there are, as far as what was found tells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// How many were found.
    pub found: u64,
    /// How many there are, found or not: the likeliest figure.
    pub total: f64,
    /// The lower end of the 95 % interval of the total; never below what was found.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The variance of what is missing.
    #[serde(skip)]
    variance: f64,
}

impl Estimate {
    /// From the number that is estimated to be missing and its variance. The interval is that of Chao (1987): the missing
    /// are log-normal, so it never reaches below what was found.
    pub(super) fn of(found: u64, missing: f64, variance: f64) -> Self {
        let seen = float(found);
        let spread = (Z95 * (variance / (missing * missing)).ln_1p().sqrt()).exp();
        let (low, high) = if missing > 0.0 && spread.is_finite() {
            (missing / spread, missing * spread)
        } else {
            (0.0, missing)
        };
        Self {
            found,
            total: seen + missing,
            low: seen + low,
            high: seen + high,
            variance,
        }
    }

    /// Everything that was found is all there is.
    pub fn of_all(found: u64) -> Self {
        Self::of(found, 0.0, 0.0)
    }

    /// The same, and what has not been asked for yet. Both figures are doubtful; their variances add up.
    ///
    /// ```
    /// use lead_core::{plan::Estimate, seam::Left};
    ///
    /// let estimate = Estimate::of_all(90).and(Left::new(10.0, 9.0, 2.0));
    /// assert_eq!((estimate.total, estimate.coverage()), (100.0, 0.9));
    /// assert!(estimate.low > 94.0 && estimate.high < 109.0);
    /// ```
    pub fn and(&self, left: Left) -> Self {
        let variance = self.variance + left.variance;
        Self::of(self.found, self.missing() + left.listings.max(0.0), variance)
    }

    /// The part that was found, from 0 to 1; 1 when there is nothing.
    pub fn coverage(&self) -> f64 {
        if self.total > 0.0 {
            float(self.found) / self.total
        } else {
            1.0
        }
    }

    /// The part that was found at the least: that of the upper end.
    pub fn sure_coverage(&self) -> f64 {
        if self.high > 0.0 {
            float(self.found) / self.high
        } else {
            1.0
        }
    }

    /// How many are missing.
    pub fn missing(&self) -> f64 {
        (self.total - float(self.found)).max(0.0)
    }
}

/// A count as a figure.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of businesses and requests, far below 2^52"
)]
pub(in crate::plan) fn float(count: u64) -> f64 {
    count as f64
}
