//! Everything that may be the name of the business, and how sure each is.

use super::site::Site;
use super::{copyright, line, marked, title};
use crate::page::{Document, Tag};
use crate::record::{Method, Organization};
use crate::sighting::{Sighting, Spot};

/// Where a name stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    SiteName,
    Card,
    Copyright,
    LegalForm,
    AboveAddress,
    Logo,
    Title,
    Heading,
}

impl Source {
    /// How often it names the business as a person would, on the labelled pages.
    fn confidence(self) -> f32 {
        match self {
            Self::SiteName => 0.87,
            Self::Card => 0.88,
            Self::Copyright => 0.82,
            Self::LegalForm => 0.7,
            Self::AboveAddress => 0.55,
            Self::Logo => 0.6,
            Self::Title => 0.43,
            Self::Heading => 0.3,
        }
    }

    fn method(self) -> Method {
        match self {
            Self::SiteName | Self::Card => Method::StructuredData,
            _ => Method::VisibleText,
        }
    }
}

/// A name that may be the one.
pub(super) struct Candidate {
    name: String,
    source: Source,
    spot: Spot,
}

impl Candidate {
    pub(super) fn new(name: String, source: Source, spot: Spot) -> Self {
        Self { name, source, spot }
    }
}

/// What other finders know of whose page it is.
pub(crate) struct Clues<'a> {
    /// The domains of the page's mailboxes, those of free providers left out.
    pub(crate) mail_domains: Vec<&'a str>,
    /// Where in the text addresses begin.
    pub(crate) addresses: Vec<usize>,
}

// What is left of the doubt when the site is called so, and when another source says the same.
const SITE_AGREES: f32 = 0.35;
const SAID_TWICE: f32 = 0.55;

/// Every name the page gives, but those of structured data.
pub(crate) fn find(document: &Document, clues: &Clues<'_>, found: &mut Vec<Sighting<Organization>>) {
    let site = Site::of(document, &clues.mail_domains);
    let candidates = gather(document, clues, &site);
    let folds: Vec<String> = candidates
        .iter()
        .map(|candidate| folded(&candidate.name))
        .collect();
    for (index, candidate) in candidates.iter().enumerate() {
        let mut doubt = 1.0 - candidate.source.confidence();
        if site.agrees(&candidate.name) {
            doubt *= SITE_AGREES;
        }
        let own = folds.get(index).map(String::as_str).unwrap_or_default();
        let seconded = candidates.iter().zip(&folds).any(|(other, fold)| {
            other.source != candidate.source
                && fold.len().min(own.len()) >= 4
                && (fold.contains(own) || own.contains(fold.as_str()))
        });
        if seconded {
            doubt *= SAID_TWICE;
        }
        found.push(Sighting::new(
            Organization::new(candidate.name.clone()),
            1.0 - doubt,
            candidate.source.method(),
            candidate.spot.clone(),
        ));
    }
}

fn gather(document: &Document, clues: &Clues<'_>, site: &Site) -> Vec<Candidate> {
    let text = document.text();
    let mut list = Vec::new();
    marked::site_names(document, &mut list);
    marked::classes(document, &mut list);
    for (name, span) in copyright::find(text) {
        list.push(Candidate::new(name, Source::Copyright, Spot::Text(span)));
    }
    line::with_legal_form(text, &mut list);
    line::above_addresses(text, &clues.addresses, &mut list);
    let name = document.title().and_then(|title| title::best(title, text, site));
    if let Some(name) = name
        && let Some(element) = document.elements().find(|element| element.tag() == Tag::Title)
    {
        list.push(Candidate::new(name, Source::Title, Spot::Element(element.id())));
    }
    let heading = document.elements().find(|element| element.tag() == Tag::H1);
    if let Some(element) = heading
        && let Some(name) = Some(element.text())
            .filter(|text| text.len() <= 80)
            .and_then(super::name::tidy)
    {
        list.push(Candidate::new(name, Source::Heading, Spot::Element(element.id())));
    }
    list
}

/// Letters and digits in lower case.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
