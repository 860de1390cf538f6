//! Two sources that know some of the same.

use super::estimate::{Estimate, float};

/// How many there are, when one source knows `first` of them, another `second`, and both `both`: by Lincoln and Petersen, in
/// the form of Chapman (1951), which is defined when they share none; its variance is that of Seber (1970).
///
/// It holds when the sources do not copy each other and neither prefers what the other knows: two that do know too many of
/// the same, and the figure is a lower bound.
///
/// ```
/// let estimate = lead_core::plan::recaptured(400, 300, 120);
/// assert_eq!(estimate.found, 580);
/// assert!((estimate.total - 996.5).abs() < 1.0);
/// ```
pub fn recaptured(first: u64, second: u64, both: u64) -> Estimate {
    let both = both.min(first).min(second);
    let found = first + second - both;
    let (m, c, r) = (float(first), float(second), float(both));
    let total = (m + 1.0) * (c + 1.0) / (r + 1.0) - 1.0;
    let variance = (m + 1.0) * (c + 1.0) * (m - r) * (c - r) / ((r + 1.0).powi(2) * (r + 2.0));
    Estimate::of(found, (total - float(found)).max(0.0), variance)
}
