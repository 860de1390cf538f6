//! Facets: what stands in fields, and how often.

use lead_core::Result;
use lead_core::record::filter::{Comparison, Field, FieldKind, Filter, Scalar};
use lead_core::seam::{Store, Tallied, Tally};
use serde::{Serialize, Serializer};

use super::calendar::{Calendar, Period};
use super::span::{between, span};
use super::{bins, share};

/// What stands in a field of the leads that pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Facet {
    /// The field.
    #[serde(serialize_with = "name")]
    pub field: Field,
    /// Leads that pass.
    pub leads: u64,
    /// Those of them that have a value in the field.
    pub having: u64,
    /// Different values there are, told or not.
    pub distinct: u64,
    /// Values, the most frequent first; bins of numbers and periods of times in their order.
    pub counts: Vec<Count>,
}

/// A value, and how many leads have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Count {
    /// The value as filters compare it, or what its bin or period is called.
    pub value: String,
    /// Leads that have it. A lead with several values counts for each.
    pub leads: u64,
    /// The part of the leads that pass, 0 to 1.
    pub share: f64,
    /// A condition that, beside the filter, exactly these leads pass; `None` where none says so.
    pub filter: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references over")]
fn name<S: Serializer>(field: &Field, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(field.name())
}

/// Facets to ask for.
///
/// ```
/// use lead_core::record::filter::Field;
/// use lead_core::seam::Store;
/// use lead_storage::analytics::Facets;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> lead_core::Result<()> {
/// let facets = Facets::of([Field::City, Field::Confidence]).run(&Store::memory()).await?;
/// assert_eq!((facets[0].leads, facets[0].counts.len()), (0, 0));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Facets {
    fields: Vec<Field>,
    filter: Filter,
    most: usize,
    calendar: Calendar,
}

impl Facets {
    /// The facets people look at first.
    pub const USUAL: &'static [Field] = &[
        Field::Source,
        Field::Category,
        Field::Country,
        Field::City,
        Field::PhoneType,
        Field::Confidence,
    ];

    /// Facets of these fields, ten values of each.
    pub fn of(fields: impl IntoIterator<Item = Field>) -> Self {
        Self {
            fields: fields.into_iter().collect(),
            filter: Filter::All,
            most: 10,
            calendar: Calendar::default(),
        }
    }

    /// Only of leads that pass.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// At most so many values of each text, 1 to 10,000.
    pub fn most(mut self, values: usize) -> Self {
        self.most = values;
        self
    }

    /// The periods of times; months in UTC unless told.
    pub fn calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// Counts. Each facet is of one moment; when leads are written meanwhile, the next may be of a later one. Cancel-safe.
    ///
    /// # Errors
    /// What [`Store::tally`] says, and [`Calendar::periods`].
    pub async fn run(&self, store: &Store) -> Result<Vec<Facet>> {
        let mut facets = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            facets.push(match field.kind() {
                FieldKind::Text => self.values(store, *field).await?,
                FieldKind::Number => self.numbers(store, *field).await?,
                FieldKind::Time => self.times(store, *field).await?,
            });
        }
        Ok(facets)
    }

    async fn values(&self, store: &Store, field: Field) -> Result<Facet> {
        let told = store.tally(self.tally(Tally::values(field, self.most))).await?;
        let counts = told.values.iter().map(|(value, leads)| Count {
            value: value.clone(),
            leads: *leads,
            share: share(*leads, told.leads),
            filter: equal(field, value).map(|filter| filter.to_string()),
        });
        Ok(facet(field, &told, counts.collect()))
    }

    async fn numbers(&self, store: &Store, field: Field) -> Result<Facet> {
        let edges = bins::edges(field);
        let exact: Vec<f64> = edges.iter().map(|edge| f64::from(*edge)).collect();
        let told = store.tally(self.tally(Tally::numbers(field, exact))).await?;
        let count = |(bin, leads): (usize, u64)| Count {
            value: bins::label(&edges, bin),
            leads,
            share: share(leads, told.leads),
            filter: bins::condition(field, &edges, bin).map(|filter| filter.to_string()),
        };
        let counts = trimmed(&told.bins).map(count).collect();
        Ok(facet(field, &told, counts))
    }

    async fn times(&self, store: &Store, field: Field) -> Result<Facet> {
        let periods = match span(store, field, &self.filter).await? {
            Some((first, last)) => self.calendar.periods(first, last)?,
            None => Vec::new(),
        };
        let Some(begin) = periods.first() else {
            return Ok(facet(field, &Tallied::default(), Vec::new()));
        };
        let mut edges = vec![begin.start];
        edges.extend(periods.iter().map(|period| period.end));
        let told = store.tally(self.tally(Tally::times(field, edges))).await?;
        let count = |(period, leads): (&Period, &u64)| Count {
            value: period.label.clone(),
            leads: *leads,
            share: share(*leads, told.leads),
            filter: Some(between(field, Some(period.start), Some(period.end)).to_string()),
        };
        let counts = periods.iter().zip(told.bins.iter().skip(1));
        let counts = counts.filter(|(_, leads)| **leads > 0).map(count).collect();
        Ok(facet(field, &told, counts))
    }

    fn tally(&self, tally: Tally) -> Tally {
        tally.filter(self.filter.clone())
    }
}

fn facet(field: Field, told: &Tallied, counts: Vec<Count>) -> Facet {
    Facet {
        field,
        leads: told.leads,
        having: told.with,
        distinct: told.distinct,
        counts,
    }
}

/// The condition for exactly this value; a star at its ends would stand for any rest.
fn equal(field: Field, value: &str) -> Option<Filter> {
    let plain = !value.is_empty() && !value.starts_with('*') && !value.ends_with('*');
    plain.then(|| Filter::Compare(field, Comparison::Equal, Scalar::Text(value.to_owned())))
}

/// The bins from the first with leads to the last.
fn trimmed(bins: &[u64]) -> impl Iterator<Item = (usize, u64)> {
    let first = bins.iter().position(|leads| *leads > 0).unwrap_or(bins.len());
    let after = bins
        .iter()
        .rposition(|leads| *leads > 0)
        .map_or(0, |last| last + 1);
    let all = bins.iter().copied().enumerate();
    all.skip(first).take(after.saturating_sub(first))
}
