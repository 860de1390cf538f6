//! What each source brought, and what it cost.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::record::filter::{Field, Filter};
use lead_core::seam::{Store, Tally};
use serde::Serialize;

use super::runs::Ran;
use super::span::both;
use super::{float, share};

/// What a source brought, and what it cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceFigures {
    /// The source.
    pub source: String,
    /// Leads it knows, of those that pass.
    pub leads: u64,
    /// Their part of all that pass, 0 to 1. Leads that several sources know count for each.
    pub share: f64,
    /// Those of them with a phone.
    pub with_phone: u64,
    /// Those of them with an e-mail.
    pub with_email: u64,
    /// Requests it answered in the runs looked at, whatever the filter is; visits of the sites it lists are not among them.
    pub requests: u64,
    /// Listings it gave in those runs.
    pub listings: u64,
    /// Businesses that it was the first of a run's sources to list.
    pub new: u64,
    /// Requests for each such business: the cost. `None` where it listed none, or was not asked by a run.
    pub requests_per_new: Option<f64>,
}

/// Sources in order of their leads, those without any last.
pub(super) async fn sources(store: &Store, filter: &Filter, runs: &[Ran]) -> Result<Vec<SourceFigures>> {
    let leads = count(store, filter.clone()).await?;
    let phones = count(store, both(filter.clone(), Filter::Has(Field::Phone))).await?;
    let emails = count(store, both(filter.clone(), Filter::Has(Field::Email))).await?;
    let mut figures: BTreeMap<&str, SourceFigures> = BTreeMap::new();
    for (source, count) in &leads.values {
        let known = figures.entry(source).or_default();
        (known.leads, known.share) = (*count, share(*count, leads.leads));
    }
    for (source, count) in &phones.values {
        figures.entry(source).or_default().with_phone = *count;
    }
    for (source, count) in &emails.values {
        figures.entry(source).or_default().with_email = *count;
    }
    for (source, given) in runs.iter().flat_map(|(_, given)| given) {
        let known = figures.entry(source).or_default();
        known.requests += given.requests;
        known.listings += given.listings;
        known.new += given.new;
    }
    let named = figures.into_iter().map(|(source, figures)| SourceFigures {
        source: source.to_owned(),
        requests_per_new: (figures.new > 0 && figures.requests > 0)
            .then(|| float(figures.requests) / float(figures.new)),
        ..figures
    });
    let mut sources: Vec<SourceFigures> = named.collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.leads));
    Ok(sources)
}

async fn count(store: &Store, filter: Filter) -> Result<lead_core::seam::Tallied> {
    let all = Tally::values(Field::Source, Tally::MAX_VALUES);
    store.tally(all.filter(filter)).await
}
