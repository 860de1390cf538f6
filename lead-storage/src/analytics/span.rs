//! Stretches of time.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::Lead;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::seam::{LeadQuery, Sort, SortField, Store};

/// When the first and the last lead that pass were seen; `None` when there are none. Two pages of one lead: an index has them at
/// its ends.
pub(super) async fn span(
    store: &Store,
    field: Field,
    filter: &Filter,
) -> Result<Option<(Timestamp, Timestamp)>> {
    let sort = if field == Field::FirstSeen {
        SortField::FirstSeen
    } else {
        SortField::LastSeen
    };
    let first = end(store, filter, Sort::ascending(sort)).await?;
    let last = end(store, filter, Sort::descending(sort)).await?;
    Ok(first.zip(last))
}

/// The time of the first lead in this order.
async fn end(store: &Store, filter: &Filter, sort: Sort) -> Result<Option<Timestamp>> {
    let query = LeadQuery::new(filter.clone()).sort(sort).limit(1);
    let page = store.page(query).await?;
    let time = |lead: &Lead| match sort.field {
        SortField::FirstSeen => lead.first_seen,
        _ => lead.last_seen,
    };
    Ok(page.leads.first().map(time))
}

/// That a time lies from one instant on, and before another.
pub(super) fn between(field: Field, from: Option<Timestamp>, to: Option<Timestamp>) -> Filter {
    let compare = |how, at| Filter::Compare(field, how, Scalar::Time(at));
    let from = from.map(|at| compare(Comparison::GreaterOrEqual, at));
    let to = to.map(|at| compare(Comparison::Less, at));
    both(from, to)
}

/// Both conditions, as far as there are any.
pub(super) fn both(one: impl Into<Option<Filter>>, other: impl Into<Option<Filter>>) -> Filter {
    let real = |filter: &Filter| !matches!(filter, Filter::All);
    match (one.into().filter(real), other.into().filter(real)) {
        (Some(one), Some(other)) => Filter::And(vec![one, other]),
        (one, other) => one.or(other).unwrap_or_default(),
    }
}
