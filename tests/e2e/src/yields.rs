//! New businesses by a budget of requests: the planner beside a fixed list of variants.

use std::collections::BTreeSet;

use fixture_web::{FixtureServer, Focus, ServerConfig, World, WorldConfig};
use lead_core::plan::{Order, Preset, understand};
use lead_core::prelude::*;
use lead_core::record::BoundingBox;
use lead_core::seam::{Purpose, Summary};
use serde::Deserialize;

/// What is looked for, and in which world.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name for people.
    pub name: &'static str,
    /// The words.
    pub query: &'static str,
    /// Whether the map search knows a business by the words of its own language alone.
    pub local: bool,
    /// Category, city and share of the businesses that are looked for.
    pub focus: &'static [(&'static str, &'static str, f64)],
    /// How many businesses the world has.
    pub businesses: usize,
    /// The box that is searched.
    pub area: &'static str,
    /// The places the fixed list names, one after the other.
    pub places: &'static [&'static str],
}

const FOUR_CITIES: Setting = Setting {
    name: "four cities, any language",
    query: "dentists",
    local: false,
    focus: &[
        ("dentist", "Lyon", 0.2),
        ("dentist", "Berlin", 0.2),
        ("dentist", "Milano", 0.2),
        ("dentist", "London", 0.2),
    ],
    businesses: 2_500,
    area: "-1,44,14,53",
    places: &["Lyon", "Berlin", "Milano", "London"],
};

/// The settings that are measured.
pub const SETTINGS: [Setting; 3] = [
    Setting {
        name: "one large city",
        query: "dentists",
        local: false,
        focus: &[("dentist", "Lyon", 0.9)],
        businesses: 7_600,
        area: "4.6,45.55,5.1,45.95",
        places: &["Lyon"],
    },
    FOUR_CITIES,
    Setting {
        name: "four cities, words of the country alone",
        local: true,
        ..FOUR_CITIES
    },
];

/// What words stand before and after what is looked for in the fixed list. v3.9's own list is not known here, so this is what
/// such lists are: the words of the query with each of some usual additions, in this order, whatever they bring.
const PREFIXES: [&str; 4] = ["", "best ", "top ", "cheap "];
const SUFFIXES: [&str; 6] = ["", " near me", " contact", " phone number", " email", " website"];

/// The fixed list as a preset: the plain product.
///
/// # Errors
/// None: the templates are good ones.
pub fn fixed_list() -> Result<Preset> {
    let templates = SUFFIXES.iter().flat_map(|suffix| {
        PREFIXES
            .iter()
            .map(move |prefix| format!("{prefix}{{what}}{suffix} in {{place}}"))
    });
    Preset::new("a fixed list", Order::Fixed, templates)
}

/// The world of a setting, served.
///
/// # Errors
/// When no port is free.
pub async fn serve(setting: &Setting, seed: u64) -> std::io::Result<FixtureServer> {
    let mut config = WorldConfig::new(seed, setting.businesses);
    config.focus = setting
        .focus
        .iter()
        .map(|(category, city, share)| Focus::new(category, city, *share))
        .collect();
    FixtureServer::start(World::generate(&config), ServerConfig::pure()).await
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Entry>,
    next_page: Option<u64>,
}

#[derive(Deserialize)]
struct Entry {
    place_id: String,
}

/// The businesses that a fixed list finds with so many requests: each variant in each place, all pages of it.
///
/// # Errors
/// Those of fetching.
pub async fn by_fixed_list(web: &FixtureServer, setting: &Setting, budget: u64) -> Result<(usize, u64)> {
    let fetcher = Fetcher::http(&crate::fetch_config(web))?;
    let meant = understand(&setting.query.parse()?);
    let (mut found, mut asked) = (BTreeSet::new(), 0);
    let preset = fixed_list()?;
    for place in setting.places {
        for variant in preset.variants(&meant, Some(place)) {
            let mut page = Some(1);
            while let Some(number) = page.filter(|_| asked < budget) {
                let mut url = SafeUrl::parse(&web.url("maps.test", "/search"))?.as_url().clone();
                url.query_pairs_mut()
                    .append_pair("q", variant.text.as_str())
                    .append_pair("page", &number.to_string());
                if setting.local {
                    url.query_pairs_mut().append_pair("words", "local");
                }
                let request = Request::get(SafeUrl::from_url(url)?).purpose(Purpose::Api);
                let response = fetcher.fetch(request).await?.error_for_status()?;
                asked += 1;
                let answer: Answer = serde_json::from_slice(&response.body)
                    .map_err(|cause| Error::new(ErrorKind::Decode, "maps", "no answer").because(cause))?;
                found.extend(answer.results.into_iter().map(|entry| entry.place_id));
                page = answer.next_page;
            }
        }
    }
    Ok((found.len(), asked))
}

/// What the planner finds with so many requests.
///
/// # Errors
/// Those of the run.
pub async fn by_plan(
    web: &FixtureServer,
    setting: &Setting,
    budget: u64,
    seed: u64,
    expand: bool,
) -> Result<(u64, Summary)> {
    let source = crate::maps(web);
    let source = if setting.local { source.local() } else { source };
    let area: BoundingBox = setting.area.parse()?;
    let mut run = Collector::new(Store::memory())
        .fetcher(Fetcher::http(&crate::fetch_config(web))?)
        .source(Source::new(source))
        .query(setting.query)
        .area(area)
        .seed(seed)
        .expand(expand)
        .visit_sites(false)
        .max_requests(budget)
        .start()
        .await?;
    let mut summary = Summary::default();
    while let Some(event) = run.next().await {
        if let Event::Done(done) = event {
            summary = done;
        }
    }
    let found = summary.coverage.map_or(0, |coverage| coverage.found);
    Ok((found, summary))
}

/// How many of the businesses looked for the map search knows.
pub fn there_are(web: &FixtureServer, setting: &Setting) -> usize {
    let cities = setting.focus.iter();
    cities
        .flat_map(|(category, city, _)| web.world().businesses_in(category, city))
        .filter(|business| business.maps().is_some())
        .count()
}
