//! Into which bins numbers go, and what a bin is called.

use lead_core::record::filter::{Comparison, Field, Filter, Scalar};

/// The edges between the bins of a field. They are what `f32` makes of them, as confidences are: 0.7 belongs to the bin that begins
/// with 0.7.
pub(super) fn edges(field: Field) -> Vec<f32> {
    match field {
        Field::Confidence => vec![0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
        Field::Score => steps(10, 90, 10),
        Field::Rating => steps(1, 5, 1),
        Field::Reviews => vec![1.0, 10.0, 100.0, 1_000.0, 10_000.0],
        Field::Latitude => steps(-80, 80, 10),
        // Longitudes, and numbers of fields to come.
        _ => steps(-170, 170, 10),
    }
}

fn steps(first: i16, last: i16, step: usize) -> Vec<f32> {
    (first..=last).step_by(step).map(f32::from).collect()
}

/// What a bin is called: `below 0.1`, `0.1 to 0.2`, `0.9 and more`.
pub(super) fn label(edges: &[f32], bin: usize) -> String {
    match (below(edges, bin), edges.get(bin)) {
        (None, Some(to)) => format!("below {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} and more"),
        (None, None) => String::new(),
    }
}

/// The condition that exactly the leads of a bin pass. There is none for a bin between two others where a lead may have several
/// values: one above the lower edge and another below the upper would pass, too.
pub(super) fn condition(field: Field, edges: &[f32], bin: usize) -> Option<Filter> {
    let compare = |how, edge: f32| Filter::Compare(field, how, Scalar::Number(f64::from(edge)));
    let from = below(edges, bin).map(|edge| compare(Comparison::GreaterOrEqual, edge));
    let to = edges.get(bin).map(|edge| compare(Comparison::Less, *edge));
    match (from, to) {
        (Some(from), Some(to)) => (field == Field::Confidence).then(|| Filter::And(vec![from, to])),
        (one, other) => one.or(other),
    }
}

fn below(edges: &[f32], bin: usize) -> Option<f32> {
    bin.checked_sub(1).and_then(|edge| edges.get(edge)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_called_by_their_edges() {
        let edges = edges(Field::Confidence);
        let labels: Vec<String> = [0, 1, 7, 9].map(|bin| label(&edges, bin)).to_vec();
        assert_eq!(labels, ["below 0.1", "0.1 to 0.2", "0.7 to 0.8", "0.9 and more"]);
    }

    #[test]
    fn a_bin_has_a_condition_where_one_says_exactly_it() {
        let filter = |field, bin| condition(field, &edges(field), bin).map(|filter| filter.to_string());
        assert_eq!(filter(Field::Rating, 0).as_deref(), Some("rating<1"));
        assert_eq!(filter(Field::Rating, 2), None);
        assert_eq!(filter(Field::Rating, 5).as_deref(), Some("rating>=5"));
        assert_eq!(
            filter(Field::Confidence, 5).as_deref(),
            Some("confidence>=0.5 confidence<0.6000000238418579")
        );
    }
}
