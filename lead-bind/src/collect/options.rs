//! What a collection is told.

use std::time::Duration;

use lead_core::collect::{Collector, check_sources};
use lead_core::record::{RunId, SafeUrl};
use lead_core::seam::{Source, Store};
use lead_core::source::adapter::Adapter;
use lead_core::{Error, Result, source};
use serde::Deserialize;

use crate::browser::Browser;
use crate::given::{self, Unknown, all_known};
use crate::net::{self, Net};
use crate::place::Place;
use crate::rendering;
use crate::sources::{self, OwnSource};
use crate::wanted::Wanted;

/// The run that was begun last.
pub(super) const LAST: &str = "last";

/// What a collection is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    /// Names of built-in sources, and places in the list of the application's own, in the order they are asked.
    sources: Vec<Named>,
    sites: Vec<String>,
    max: Option<usize>,
    max_requests: Option<u64>,
    /// Seconds.
    max_time: Option<f64>,
    until_coverage: Option<f64>,
    concurrency: Option<usize>,
    visit_sites: Option<bool>,
    store: Option<String>,
    mirror: Option<String>,
    tenant: Option<String>,
    resume: Option<String>,
    #[serde(flatten)]
    wanted: Wanted,
    #[serde(flatten)]
    places: sources::Given,
    #[serde(flatten)]
    platforms: sources::GivenPlatforms,
    #[serde(flatten)]
    net: net::Given,
    #[serde(flatten)]
    rendering: rendering::Given,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A source: a built-in one by its name, one of the application's by its place, a platform by the text of its adapter file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Named {
    BuiltIn(String),
    Own(usize),
    File { toml: String },
}

/// A collection that may be begun.
#[derive(Debug)]
pub struct CollectOptions {
    query: Option<String>,
    wanted: Wanted,
    sources: Vec<Source>,
    max: Option<usize>,
    max_requests: Option<u64>,
    max_time: Option<Duration>,
    until_coverage: Option<f64>,
    concurrency: Option<usize>,
    visit_sites: Option<bool>,
    pub(super) place: Place,
    pub(super) resume: Option<String>,
    pub(super) net: Net,
}

impl CollectOptions {
    /// Renders by a browser of the caller's the pages that are to be rendered.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when nothing is to be rendered, or settings of a browser are given
    /// besides; [`ErrorKind::Unsupported`](lead_core::ErrorKind::Unsupported) for one of the process this one was forked off.
    pub fn rendered_by(mut self, browser: Option<&Browser>) -> Result<Self> {
        if let Some(browser) = browser {
            self.net.rendered_by(browser)?;
        }
        Ok(self)
    }

    /// Reads options. Their names are those of the flags of `lead collect`; `own` are the sources of the application's.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing.
    pub fn read(query: Option<&str>, own: Vec<OwnSource>, json: &str) -> Result<Self> {
        let given: Given = given::read("collect", json)?;
        all_known("collect", &given.unknown)?;
        let zeros = [
            ("max", given.max == Some(0)),
            ("concurrency", given.concurrency == Some(0)),
            ("max_requests", given.max_requests == Some(0)),
        ];
        if let Some((option, _)) = zeros.into_iter().find(|(_, is_zero)| *is_zero) {
            return Err(Error::invalid(option, "must be at least 1"));
        }
        let is_part = |part: f64| part > 0.0 && part <= 1.0;
        if given.until_coverage.is_some_and(|part| !is_part(part)) {
            let message = "a part above 0 and at most 1 is wanted";
            return Err(Error::invalid("until_coverage", message));
        }
        let is_new = query.is_some() || given.max.is_some() || given.wanted.is_said();
        if given.resume.is_some() && is_new {
            let message = "a run that goes on has its query, and where and how it is asked";
            return Err(Error::invalid("resume", message));
        }
        if let Some(run) = given.resume.as_deref().filter(|run| *run != LAST) {
            run.parse::<RunId>()?;
        }
        let memory = || "memory://".to_owned();
        let store = given.store.clone().unwrap_or_else(memory);
        let place =
            Place::read("collect", Some(store), given.tenant.as_deref())?.mirror(given.mirror.clone());
        let options = Self {
            query: query.map(str::to_owned),
            sources: sources_of(&given, own)?,
            wanted: given.wanted,
            max: given.max,
            max_requests: given.max_requests,
            max_time: given
                .max_time
                .map(|seconds| net::seconds_of("max_time", seconds))
                .transpose()?,
            until_coverage: given.until_coverage,
            concurrency: given.concurrency,
            visit_sites: given.visit_sites,
            place,
            resume: given.resume,
            net: given.net.read(&given.rendering)?,
        };
        let collector = options.collector(Store::memory())?;
        if options.query.is_some() {
            // What means nothing is told now and not when the run begins.
            collector.plan()?;
        }
        Ok(options)
    }

    /// The collector they ask for.
    ///
    /// # Errors
    /// Those of [`Wanted::apply`].
    pub(super) fn collector(&self, store: Store) -> Result<Collector> {
        let mut collector = Collector::new(store);
        if let Some(visit) = self.visit_sites {
            collector = collector.visit_sites(visit);
        }
        collector = self.sources.iter().cloned().fold(collector, Collector::source);
        collector = self.wanted.apply("collect", collector)?;
        if let Some(query) = &self.query {
            collector = collector.query(query);
        }
        if let Some(max) = self.max {
            collector = collector.max(max);
        }
        if let Some(requests) = self.max_requests {
            collector = collector.max_requests(requests);
        }
        if let Some(time) = self.max_time {
            collector = collector.max_time(time);
        }
        if let Some(part) = self.until_coverage {
            collector = collector.until_coverage(part);
        }
        Ok(match self.concurrency {
            Some(visits) => collector.concurrency(visits),
            None => collector,
        })
    }
}

/// The sources in their order. OpenStreetMap, unless others or sites are named.
fn sources_of(given: &Given, own: Vec<OwnSource>) -> Result<Vec<Source>> {
    let sites = given
        .sites
        .iter()
        .map(|url| SafeUrl::parse(url))
        .collect::<Result<Vec<_>>>()?;
    let mut own: Vec<Option<OwnSource>> = own.into_iter().map(Some).collect();
    let mut platforms = given.platforms.read(given.places.searxng.as_ref())?;
    let mut chosen = Vec::new();
    for named in &given.sources {
        chosen.push(match named {
            Named::BuiltIn(name) => given.places.named(name, sites.clone(), &platforms)?,
            Named::File { toml } => {
                let adapter = Adapter::from_toml(toml)?;
                let id = adapter.id().to_string();
                platforms.own.push(adapter);
                platforms.source(&id)?
            }
            Named::Own(place) => {
                let missing = || Error::invalid("sources", "a source is named twice, or not there");
                Source::new(own.get_mut(*place).and_then(Option::take).ok_or_else(missing)?)
            }
        });
    }
    let names_sites = given
        .sources
        .iter()
        .any(|named| matches!(named, Named::BuiltIn(name) if name == "sites"));
    if !sites.is_empty() && !names_sites {
        chosen.push(source::sites(sites));
    }
    if chosen.is_empty() {
        chosen.push(Source::new(given.places.osm()?));
    }
    check_sources(&chosen)?;
    platforms.check(&chosen)?;
    Ok(chosen)
}
