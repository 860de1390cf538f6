//! How many leads have which value of a field.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Timestamp;
use crate::record::Lead;
use crate::record::filter::{Field, FieldKind, Filter, Scalar, field_values};
use crate::{Error, Result};

/// What of a field is counted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum By {
    /// The values of a text as filters compare them, the most frequent first, equals in order of their characters; at most so
    /// many, 1 to 10,000.
    Values(usize),
    /// A number, in bins between these edges: the first bin is all below the first edge, the last all from the last edge on. An
    /// edge belongs to the bin above it.
    Numbers(Vec<f64>),
    /// An instant, in bins likewise; compared to the microsecond, as stores keep times.
    Times(Vec<Timestamp>),
}

/// Which leads are counted, and by what.
///
/// A lead with several values in the field counts once for each of them, and once in a bin that several fall into: counts of a
/// field may add up to more than there are leads.
///
/// ```
/// use lead_core::record::filter::{Field, Filter};
/// use lead_core::seam::Tally;
///
/// let cities = Tally::values(Field::City, 10).filter(Filter::Has(Field::Phone));
/// assert!(cities.check().is_ok());
/// assert!(Tally::values(Field::Rating, 10).check().is_err()); // a number: Tally::numbers
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tally {
    /// Which leads.
    pub filter: Filter,
    /// By which field.
    pub field: Field,
    /// What of it.
    pub by: By,
}

impl Tally {
    /// The most values that are told.
    pub const MAX_VALUES: usize = 10_000;
    /// The most edges between bins.
    pub const MAX_EDGES: usize = 5_000;

    fn of(field: Field, by: By) -> Self {
        Self {
            filter: Filter::All,
            field,
            by,
        }
    }

    /// Every lead, by the values of a text; at most so many of them.
    pub fn values(field: Field, most: usize) -> Self {
        Self::of(field, By::Values(most))
    }

    /// Every lead, by bins of a number.
    pub fn numbers(field: Field, edges: impl Into<Vec<f64>>) -> Self {
        Self::of(field, By::Numbers(edges.into()))
    }

    /// Every lead, by bins of an instant.
    pub fn times(field: Field, edges: impl Into<Vec<Timestamp>>) -> Self {
        Self::of(field, By::Times(edges.into()))
    }

    /// Only leads that pass.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// The leads that pass and have a value in the field.
    pub fn having(&self) -> Filter {
        match &self.filter {
            Filter::All => Filter::Has(self.field),
            filter => Filter::And(vec![filter.clone(), Filter::Has(self.field)]),
        }
    }

    /// Whether it can be answered: stores ask before they count.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the field is of another kind, for a number of values or
    /// edges out of range, and for edges that do not rise.
    pub fn check(&self) -> Result<()> {
        let (kind, rises, count) = match &self.by {
            By::Values(most) if !(1..=Self::MAX_VALUES).contains(most) => {
                return Err(refuse("1 to 10000 values can be told").with("values", most));
            }
            By::Values(_) => (FieldKind::Text, true, 1),
            By::Numbers(edges) => {
                let finite = edges.iter().all(|edge| edge.is_finite());
                (
                    FieldKind::Number,
                    finite && edges.is_sorted_by(|a, b| a < b),
                    edges.len(),
                )
            }
            By::Times(edges) => {
                let rises = edges.is_sorted_by(|a, b| a.as_microsecond() < b.as_microsecond());
                (FieldKind::Time, rises, edges.len())
            }
        };
        if self.field.kind() != kind {
            let why = "texts are counted by values, numbers and times by bins";
            return Err(refuse(why).with("field", self.field));
        }
        if !(1..=Self::MAX_EDGES).contains(&count) {
            return Err(refuse("1 to 5000 edges can be between bins").with("edges", count));
        }
        if rises {
            Ok(())
        } else {
            Err(refuse("edges of bins rise"))
        }
    }

    /// The answer over all leads of a tenant: what every store must say, counted one by one.
    pub fn count<'a>(&self, leads: impl IntoIterator<Item = &'a Lead>) -> Tallied {
        let mut tallied = Tallied::default();
        let mut values: BTreeMap<String, u64> = BTreeMap::new();
        let mut bins = vec![0_u64; self.bins()];
        for lead in leads.into_iter().filter(|lead| self.filter.matches(lead)) {
            tallied.leads += 1;
            let all = field_values(lead);
            let here = all.into_iter().filter(|(field, _)| *field == self.field);
            let (mut texts, mut hit) = (BTreeSet::new(), BTreeSet::new());
            for (_, scalar) in here {
                match (scalar, &self.by) {
                    (Scalar::Text(text), _) => drop(texts.insert(text)),
                    (Scalar::Number(number), By::Numbers(edges)) if !number.is_nan() => {
                        hit.insert(edges.partition_point(|edge| *edge <= number));
                    }
                    (Scalar::Time(at), By::Times(edges)) => {
                        let at = at.as_microsecond();
                        hit.insert(edges.partition_point(|edge| edge.as_microsecond() <= at));
                    }
                    _ => {}
                }
            }
            tallied.with += u64::from(!texts.is_empty() || !hit.is_empty());
            for text in texts {
                *values.entry(text).or_default() += 1;
            }
            for bin in hit {
                if let Some(leads) = bins.get_mut(bin) {
                    *leads += 1;
                }
            }
        }
        if let By::Values(most) = self.by {
            tallied.distinct = values.len() as u64;
            tallied.values = values.into_iter().collect();
            tallied.values.sort_by_key(|(_, leads)| std::cmp::Reverse(*leads));
            tallied.values.truncate(most);
        } else {
            tallied.distinct = bins.iter().filter(|leads| **leads > 0).count() as u64;
            tallied.bins = bins;
        }
        tallied
    }

    /// How many bins there are.
    pub fn bins(&self) -> usize {
        match &self.by {
            By::Values(_) => 0,
            By::Numbers(edges) => edges.len() + 1,
            By::Times(edges) => edges.len() + 1,
        }
    }
}

fn refuse(why: &'static str) -> Error {
    Error::invalid("store.tally", why)
}

/// How many leads have which value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tallied {
    /// Leads that pass the filter.
    pub leads: u64,
    /// Those of them that have a value in the field.
    pub with: u64,
    /// How many different values there are, told or not; how many bins have leads.
    pub distinct: u64,
    /// Values of a text, each with its leads.
    pub values: Vec<(String, u64)>,
    /// Leads of each bin: one more than there are edges.
    pub bins: Vec<u64>,
}
