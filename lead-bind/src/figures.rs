//! Figures of a store: facets and reports.

use lead_core::clock::{Clock, Timestamp, instant};
use lead_core::record::TenantId;
use lead_core::record::filter::{Field, Filter};
use lead_core::seam::Store;
use lead_core::{Error, Result};
use lead_storage::analytics::{Analytics, Calendar, Facet, Facets as Wanted, Report, Unit};
use lead_storage::filters::{Choice, SavedFilters};
use serde::Deserialize;

use crate::given::{self, Unknown, all, all_known, word};

/// Whose leads, and how times are counted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    tenant: Option<String>,
    filter: Option<String>,
    limit: Option<usize>,
    by: Option<String>,
    zone: Option<String>,
    /// Of facets.
    fields: Option<Vec<String>>,
    /// Of reports.
    since: Option<String>,
    until: Option<String>,
    ahead: Option<usize>,
    stages: Option<Vec<(String, String)>>,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A store, and which leads of it.
#[derive(Clone, Debug)]
struct Place {
    store: String,
    tenant: TenantId,
    filter: Choice,
}

/// A store at work.
struct Opened {
    /// To be closed at the end.
    whole: Store,
    /// The tenant's.
    own: Store,
    filter: Filter,
}

impl Place {
    /// Opens it, and looks up a filter that was saved there.
    async fn open(&self) -> Result<Opened> {
        let saved = if self.filter.is_saved() {
            let state = lead_storage::open_state(&self.store).await?;
            Some(SavedFilters::new(state.tenant(self.tenant.clone())))
        } else {
            None
        };
        let filter = self.filter.filter(saved.as_ref(), Clock::system().now()).await?;
        let whole = lead_storage::open(&self.store).await?;
        let own = whole.tenant(self.tenant.clone());
        Ok(Opened { whole, own, filter })
    }
}

impl Given {
    fn place(&self, operation: &'static str) -> Result<Place> {
        let missing =
            || Error::invalid(operation, "a store is wanted: sqlite://leads.db").with("option", "store");
        Ok(Place {
            store: self.store.clone().ok_or_else(missing)?,
            tenant: match &self.tenant {
                Some(tenant) => TenantId::new(tenant)?,
                None => TenantId::default(),
            },
            filter: self.filter.as_deref().unwrap_or_default().parse()?,
        })
    }

    fn calendar(&self) -> Result<Calendar> {
        let calendar = Calendar::new(word::<Unit>(self.by.as_deref())?);
        match self.zone.as_deref() {
            None | Some("UTC") => Ok(calendar),
            Some(zone) => calendar.zone(zone),
        }
    }
}

/// Facets to count.
#[derive(Clone, Debug)]
pub struct Facets {
    place: Place,
    wanted: Wanted,
}

impl Facets {
    /// Reads options; their names are those of the flags of `lead facets`, and `fields`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("facets", json)?;
        all_known("facets", &given.unknown)?;
        let fields = match &given.fields {
            Some(names) => all::<Field>(names)?,
            None => Wanted::USUAL.to_vec(),
        };
        let mut wanted = Wanted::of(fields).calendar(given.calendar()?);
        if let Some(limit) = given.limit {
            wanted = wanted.most(limit);
        }
        let place = given.place("facets")?;
        Ok(Self { place, wanted })
    }

    /// Counts.
    ///
    /// # Errors
    /// Those of the store and of [`Wanted::run`].
    pub async fn run(self) -> Result<Vec<Facet>> {
        let Opened { whole, own, filter } = self.place.open().await?;
        let facets = self.wanted.filter(filter).run(&own).await;
        whole.close().await;
        facets
    }
}

/// A report to make.
#[derive(Clone, Debug)]
pub struct Stats {
    place: Place,
    analytics: Analytics,
}

impl Stats {
    /// Reads options; their names are those of the flags of `lead stats`. `stages` are pairs of a name and a condition.
    ///
    /// # Errors
    /// As [`Facets::read`].
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("stats", json)?;
        all_known("stats", &given.unknown)?;
        let mut analytics = Analytics::new().calendar(given.calendar()?);
        if let Some(since) = &given.since {
            analytics = analytics.since(moment("since", since)?);
        }
        if let Some(until) = &given.until {
            analytics = analytics.until(moment("until", until)?);
        }
        if let Some(limit) = given.limit {
            analytics = analytics.top(limit);
        }
        if let Some(ahead) = given.ahead {
            analytics = analytics.ahead(ahead);
        }
        if let Some(stages) = &given.stages {
            let read = |(name, filter): &(String, String)| Ok((name.clone(), Filter::parse(filter)?));
            analytics = analytics.stages(stages.iter().map(read).collect::<Result<_>>()?);
        }
        let place = given.place("stats")?;
        Ok(Self { place, analytics })
    }

    /// Makes the report.
    ///
    /// # Errors
    /// Those of the store and of [`Analytics::run`].
    pub async fn run(self) -> Result<Report> {
        let Opened { whole, own, filter } = self.place.open().await?;
        let report = self.analytics.filter(filter).run(&own).await;
        whole.close().await;
        report
    }
}

fn moment(option: &'static str, text: &str) -> Result<Timestamp> {
    instant(text).ok_or_else(|| {
        let message = "a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z is wanted";
        Error::invalid("stats", message).with("option", option)
    })
}
