//! What is shared by all companies of a run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use moka::future::Cache;

use super::answer::Matched;
use super::company::Company;
use super::inquiry::Inquiry;
use super::matcher::Matcher;
use super::run::Row;
use super::town::Town;
use crate::fetch::Meter;
use crate::record::QueryText;
use crate::seam::{Context, Failure, Fetcher};
use crate::{Error, ErrorKind};

/// Towns that are remembered.
const TOWNS: u64 = 10_000;

/// A site that was another's so often is looked at less closely.
const STRANGER: u32 = 3;

/// Looks for companies.
#[derive(Debug)]
pub(super) struct Finder {
    pub(super) matcher: Matcher,
    fetcher: Fetcher,
    /// Towns as OpenStreetMap knows them, by what rows call them.
    towns: Cache<String, Arc<Town>>,
    /// Sites that were others', and how often.
    strangers: Mutex<HashMap<String, u32>>,
}

impl Finder {
    pub(super) fn new(matcher: Matcher, fetcher: Fetcher) -> Self {
        Self {
            matcher,
            fetcher,
            towns: Cache::new(TOWNS),
            strangers: Mutex::default(),
        }
    }

    /// Whether a site was so often another's that it is likely one again: a directory's, a portal's. Then its first page decides
    /// whether more of it is read.
    pub(super) fn is_stranger(&self, site: &str) -> bool {
        let strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        strangers.get(site).is_some_and(|times| *times >= STRANGER)
    }

    pub(super) fn note_stranger(&self, site: &str) {
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        *strangers.entry(site.to_owned()).or_default() += 1;
    }

    /// Looks for the company of a row.
    pub(super) async fn row(&self, number: u64, row: Row) -> Matched {
        let mut matched = Matched::new(number, row.company);
        matched.failures = row.notes;
        if let Some(failure) = row.failure {
            return matched.failed(failure);
        }
        if let Err(error) = matched.company.check() {
            return matched.failed(Failure::new(format!("row {}", number + 1), &error));
        }
        let meter = Meter::default();
        let cx = Context::new(self.fetcher.clone().layer(&meter)).with_clock(self.matcher.clock.clone());
        let town = self.town(&cx, &matched.company).await;
        let mut matched = Inquiry::new(self, cx, matched, town).answer().await;
        (matched.requests, matched.bytes) = (meter.requests(), meter.bytes());
        matched
    }

    /// What the company's town is called. A gazetteer that does not answer costs its other names only.
    async fn town(&self, cx: &Context, company: &Company) -> Arc<Town> {
        let Some(city) = &company.city else {
            return Arc::default();
        };
        let (Some(osm), Ok(place)) = (&self.matcher.osm, QueryText::new(city)) else {
            return Arc::new(Town::new([city.as_str()]));
        };
        let wide = company
            .country
            .and_then(|country| QueryText::new(&format!("{city}, {country}")).ok());
        let key = wide.as_ref().unwrap_or(&place).to_string();
        let known = self.towns.try_get_with(key, async {
            let mut found = osm.place(cx, wide.as_ref().unwrap_or(&place)).await;
            if wide.is_some()
                && found
                    .as_ref()
                    .is_err_and(|error| error.kind() == ErrorKind::NotFound)
            {
                found = osm.place(cx, &place).await;
            }
            let found = found?;
            let mut town = Town::new(
                [city.as_str()]
                    .into_iter()
                    .chain(found.names.iter().map(String::as_str)),
            );
            (town.area, town.country) = (Some(found.area), found.country);
            Ok::<_, Error>(Arc::new(town))
        });
        known
            .await
            .unwrap_or_else(|_| Arc::new(Town::new([city.as_str()])))
    }
}
