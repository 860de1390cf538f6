//! Figures of a store: facets and reports.

use lead_core::clock::{Timestamp, instant};
use lead_core::record::filter::{Field, Filter};
use lead_core::{Error, Result};
use lead_storage::analytics::{Analytics, Calendar, Facet, Facets as Wanted, Report, Unit};
use lead_storage::filters::Choice;
use serde::Deserialize;

use crate::given::{self, Unknown, all, all_known, word};
use crate::place::{Opened, Place};

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
struct Leads {
    place: Place,
    filter: Choice,
}

impl Leads {
    /// Opens the store, and looks up a filter that was saved there.
    async fn open(&self) -> Result<(Opened, Filter)> {
        let opened = self.place.open().await?;
        match opened.filter(&self.filter).await {
            Ok(filter) => Ok((opened, filter)),
            Err(error) => {
                opened.close().await;
                Err(error)
            }
        }
    }
}

impl Given {
    fn leads(&self, operation: &'static str) -> Result<Leads> {
        Ok(Leads {
            place: Place::read(operation, self.store.clone(), self.tenant.as_deref())?,
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
    leads: Leads,
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
        let leads = given.leads("facets")?;
        Ok(Self { leads, wanted })
    }

    /// Counts.
    ///
    /// # Errors
    /// Those of the store and of [`Wanted::run`].
    pub async fn run(self) -> Result<Vec<Facet>> {
        let (opened, filter) = self.leads.open().await?;
        let facets = self.wanted.filter(filter).run(opened.store()).await;
        opened.close().await;
        facets
    }
}

/// A report to make.
#[derive(Clone, Debug)]
pub struct Stats {
    leads: Leads,
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
        let leads = given.leads("stats")?;
        Ok(Self { leads, analytics })
    }

    /// Makes the report.
    ///
    /// # Errors
    /// Those of the store and of [`Analytics::run`].
    pub async fn run(self) -> Result<Report> {
        let (opened, filter) = self.leads.open().await?;
        let report = self.analytics.filter(filter).run(opened.store()).await;
        opened.close().await;
        report
    }
}

fn moment(option: &'static str, text: &str) -> Result<Timestamp> {
    instant(text).ok_or_else(|| {
        let message = "a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z is wanted";
        Error::invalid("stats", message).with("option", option)
    })
}
