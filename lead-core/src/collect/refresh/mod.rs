//! The sites of leads that nobody has seen for long, to be visited again.

mod outcome;
#[cfg(test)]
mod tests;

pub use outcome::{Refreshed, SiteOutcome};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::record::filter::{Comparison, Field, Filter, Scalar};
use crate::record::{
    Confidence, CountryCode, Findings, Found, Lead, Listing, Method, NaturalKey, Query, SourceId, Trace,
    own_site,
};
use crate::seam::{Batch, Context, Cursor, LeadQuery, Search, SourceInfo, Store, Terms};
use crate::{Error, Result};

/// Leads of a step.
const STEP: usize = 100;

/// A site less sure than this may be another's.
const SITE_FLOOR: f32 = 0.5;

/// The source `refresh`: the sites of leads last seen before a moment, in order of the leads' ids. Asked by a
/// [`Collector`](super::Collector) of the same store, what stands on the sites now is stored under the records it was stored under
/// before, so that each lead is renewed. The query's words are not looked at.
///
/// Its cursor holds all it was told, so a run that goes on visits what was meant when it began.
///
/// ```
/// # async fn refresh(store: lead_core::seam::Store) -> lead_core::Result<()> {
/// use lead_core::clock::{Clock, before};
/// use lead_core::collect::{Collector, Refresh, Refreshed};
/// use lead_core::seam::{Event, Source};
/// use futures::StreamExt as _;
///
/// let stale = before(Clock::system().now(), "90d").unwrap();
/// let leads = Refresh::new(store.clone(), stale).filter(&"city:Lyon".parse()?);
/// let mut run = Collector::new(store.clone()).source(Source::new(leads)).query("refresh").expand(false).start().await?;
/// while run.next().await.is_some() {}
/// println!("{} sites are gone", Refreshed::read(&store, run.id()).await?.gone);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Refresh {
    store: Store,
    wanted: Wanted,
}

/// Which leads.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    before: Timestamp,
    filter: String,
}

/// How far it is.
#[derive(Serialize, Deserialize)]
struct Place {
    #[serde(flatten)]
    wanted: Wanted,
    after: String,
}

impl Refresh {
    /// Leads of this store last seen before this moment.
    pub fn new(store: Store, before: Timestamp) -> Self {
        Self {
            store,
            wanted: Wanted {
                before,
                filter: String::new(),
            },
        }
    }

    /// Only of those that pass.
    pub fn filter(mut self, filter: &Filter) -> Self {
        self.wanted.filter = filter.to_string();
        self
    }

    /// How many leads it would look at, with or without a site.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn count(&self) -> Result<u64> {
        self.store.count(self.wanted.passing()?).await
    }
}

impl Wanted {
    fn passing(&self) -> Result<Filter> {
        let unseen = Filter::Compare(Field::Seen, Comparison::Less, Scalar::Time(self.before));
        Ok(Filter::And(vec![Filter::parse(&self.filter)?, unseen]))
    }
}

impl Search for Refresh {
    fn id(&self) -> SourceId {
        SourceId::built_in("refresh")
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("Sites of leads of the store", Terms::Own)
    }

    async fn step(&self, _cx: &Context, _query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let place = at
            .map(|cursor| serde_json::from_str::<Place>(&cursor.0))
            .transpose();
        let refuse = |cause| Error::invalid("refresh", "not a cursor of this source").because(cause);
        let (wanted, after) = match place.map_err(refuse)? {
            None => (self.wanted.clone(), None),
            Some(place) => (place.wanted, Some(Cursor(place.after))),
        };
        let query = LeadQuery::new(wanted.passing()?).limit(STEP).after(after);
        let page = self.store.page(query).await?;
        let next = match page.next {
            Some(Cursor(after)) => {
                let place = Place { wanted, after };
                Some(Cursor(serde_json::to_string(&place).map_err(refuse)?))
            }
            None => None,
        };
        Ok(Batch::new(page.leads.iter().filter_map(listing).collect(), next))
    }
}

/// A lead as an entry that only names its sites; `None` when it has none of its own.
fn listing(lead: &Lead) -> Option<Listing> {
    let floor = Confidence::clamped(SITE_FLOOR);
    let sites = lead
        .findings
        .websites
        .iter()
        .filter(|site| site.confidence >= floor && own_site(&site.url).is_some());
    let trace = || Trace::new(Method::Platform).at("lead");
    let mut findings = Findings::default();
    findings
        .websites
        .extend(sites.map(|site| Found::new(site.value.clone(), site.confidence, trace())));
    if findings.websites.is_empty() {
        return None;
    }
    let key = NaturalKey::new(&lead.id.to_string()).ok()?;
    Some(Listing::new(key, None, findings).region(region(lead)))
}

/// The country its numbers were read for when it was seen before.
fn region(lead: &Lead) -> Option<CountryCode> {
    let addresses = lead
        .findings
        .addresses
        .iter()
        .filter_map(|address| address.country);
    let phones = lead.findings.phones.iter().filter_map(|phone| phone.region);
    addresses.chain(phones).next()
}
