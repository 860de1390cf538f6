//! What a site says of itself.

use std::collections::BTreeSet;

use super::fold::words;
use super::town::Town;
use crate::contacts::{ExtractOptions, Part, extract_document};
use crate::crawl::{SitePage, note_home};
use crate::record::{Address, CountryCode, E164, GeoPoint, Observation};

/// A name that a page gives is heard from this confidence on: partners and makers have names, too.
const HEARD: f32 = 0.3;

/// What a site says of itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Names that its pages give.
    pub(super) names: Vec<String>,
    pub(super) addresses: Vec<Address>,
    pub(super) points: Vec<GeoPoint>,
    pub(super) numbers: BTreeSet<E164>,
    pub(super) mail_domains: BTreeSet<String>,
    /// Whether a page names the town.
    pub(super) names_town: bool,
    /// The sightings its pages are, each with whether addresses on it lie in the town, and in others.
    pub(super) pages: Vec<PageFacts>,
}

/// A page of a site.
#[derive(Debug)]
pub(super) struct PageFacts {
    pub(super) sighting: Observation,
    pub(super) in_town: bool,
    pub(super) elsewhere: bool,
}

impl Facts {
    /// Reads what stands on the pages of a site; the first is where the visit began.
    pub(super) fn of(pages: &[SitePage], town: &Town, country: Option<CountryCode>) -> Self {
        let mut facts = Self::default();
        for (place, page) in pages.iter().enumerate() {
            facts.add(page, place == 0, town, country);
        }
        facts
    }

    /// What a page calls its business, as far as a quick look tells: its title, and who its names are.
    pub(super) fn names_on(page: &SitePage) -> Vec<String> {
        let options = ExtractOptions::new().only([Part::Organizations]);
        let found = extract_document(&page.document, &options).findings.organizations;
        let titles = page.document.title().map(title_parts).unwrap_or_default();
        found
            .into_iter()
            .map(|found| found.value.name)
            .chain(titles)
            .collect()
    }

    fn add(&mut self, page: &SitePage, first: bool, town: &Town, country: Option<CountryCode>) {
        let mut options = ExtractOptions::new();
        options.region = country.map(|country| country.as_str().to_owned());
        let mut findings = extract_document(&page.document, &options).findings;
        let front = page.response.url.path_and_query() == "/";
        if let Some(title) = page.document.title().filter(|_| first || front) {
            self.names.extend(title_parts(title));
        }
        let heard = findings
            .organizations
            .iter()
            .filter(|found| found.confidence.get() >= HEARD);
        self.names.extend(heard.map(|found| found.name.clone()));
        self.numbers
            .extend(findings.phones.iter().map(|found| found.e164));
        self.mail_domains.extend(
            findings
                .emails
                .iter()
                .map(|found| found.address.domain().to_owned()),
        );
        self.points.extend(findings.geo.iter().map(|found| found.value));
        let placed = findings
            .addresses
            .iter()
            .filter(|found| found.city.is_some() || found.postal_code.is_some());
        let (mut in_town, mut elsewhere) = (false, false);
        for address in placed {
            let here = town.holds(address);
            (in_town, elsewhere) = (in_town || here, elsewhere || !here);
            self.addresses.push(address.value.clone());
        }
        let text = page.document.text();
        let title = page.document.title().unwrap_or_default();
        self.names_town |= !town.is_unknown()
            && (town.is_named_in(text, &words(text)) || town.is_named_in(title, &words(title)));
        note_home(&mut findings, &page.response.url);
        if let Some(sighting) = page.observation(findings) {
            self.pages.push(PageFacts {
                sighting,
                in_town,
                elsewhere,
            });
        }
    }
}

/// The parts of a title: `Home | Muster GmbH – Köln`.
pub(super) fn title_parts(title: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![title.to_owned()];
    let cut = title
        .split(['|', '–', '—', '·', '•', '»', ':', '｜'])
        .flat_map(|part| part.split(" - "));
    parts.extend(
        cut.map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty() && part != title),
    );
    parts
}
