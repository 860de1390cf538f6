//! Where most of the figures lie.

/// The figure that `share` of all are at most: 0.5 is the median, 1 the largest. NaN of none.
pub(crate) fn quantile(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * sorted.len().saturating_sub(1) as f64;
    // The nearest place: a figure that was measured, none between two.
    sorted
        .into_iter()
        .enumerate()
        .find(|(at, _)| *at as f64 + 0.5 > place)
        .map_or(f64::NAN, |(_, figure)| figure)
}
