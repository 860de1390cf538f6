//! Everything that may be the name of the business, and how sure each is.

use super::site::Site;
use super::{copyright, line, marked, title};
use crate::page::{Document, Tag};
use crate::record::{Confidence, Method, Organization};
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
    /// How often such a name is that of the business: alone on its page, and where another source says it too.
    ///
    /// Counted on half of the sites of the labelled contact pages (`lead-core/tests/labelled`), 25 pages with 119 names:
    /// alone `Copyright` 3 of 5, `LegalForm` 3 of 8, `AboveAddress` 4 of 10, `Logo` 0 of 14, `Title` 1 of 4, `Heading` 0 of
    /// 2; seconded 9 of 9, 17 of 17, 19 of 19, 5 of 7, 11 of 11, 3 of 3. Where there were few, the figure is drawn to the
    /// middle. `SiteName` and `Card` are next to absent there: theirs are set by what they are for.
    fn confidence(self, seconded: bool) -> f32 {
        let (alone, seconded_by_another) = match self {
            Self::SiteName => (0.87, 0.95),
            Self::Card => (0.88, 0.96),
            Self::Copyright => (0.65, 0.97),
            Self::LegalForm => (0.45, 0.97),
            Self::AboveAddress => (0.48, 0.97),
            Self::Logo => (0.08, 0.72),
            Self::Title => (0.35, 0.94),
            Self::Heading => (0.2, 0.85),
        };
        if seconded { seconded_by_another } else { alone }
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

/// What is left of the doubt when the site is called so: 8 of 8 names but those of titles, which were chosen for it.
const SITE_AGREES: f32 = 0.4;

/// The first of a page's names is right more often than others that stand as it does: 3 of 3 that nothing else supports.
const FIRST: f32 = 0.85;

/// Every name the page gives, but those of structured data.
pub(crate) fn find(document: &Document, clues: &Clues<'_>, found: &mut Vec<Sighting<Organization>>) {
    let site = Site::of(document, &clues.mail_domains);
    let candidates = gather(document, clues, &site);
    let folds: Vec<String> = candidates
        .iter()
        .map(|candidate| folded(&candidate.name))
        .collect();
    // Structured data names it already: the others are no firsts.
    let stated = !found.is_empty();
    let mut best: Option<usize> = None;
    for (index, candidate) in candidates.iter().enumerate() {
        let own = folds.get(index).map(String::as_str).unwrap_or_default();
        let seconded = candidates.iter().zip(&folds).any(|(other, fold)| {
            other.source != candidate.source
                && fold.len().min(own.len()) >= 4
                && (holds(fold, own) || holds(own, fold))
        });
        let mut doubt = 1.0 - candidate.source.confidence(seconded);
        if candidate.source != Source::Title && site.agrees(&candidate.name) {
            doubt *= SITE_AGREES;
        }
        found.push(Sighting::new(
            Organization::new(candidate.name.clone()),
            1.0 - doubt,
            candidate.source.method(),
            candidate.spot.clone(),
        ));
        let surer = |best: &usize| {
            found.get(*best).map(|name| name.confidence) >= found.last().map(|name| name.confidence)
        };
        best = best.filter(surer).or(found.len().checked_sub(1));
    }
    if let Some(first) = best.filter(|_| !stated).and_then(|best| found.get_mut(best)) {
        first.confidence = first.confidence.max(Confidence::clamped(FIRST));
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

/// Whether a name holds a shorter one, or is the same. Both are short, so each place is looked at.
fn holds(name: &str, part: &str) -> bool {
    let part = part.as_bytes();
    let first = part.first();
    name.len() >= part.len()
        && name
            .as_bytes()
            .windows(part.len().max(1))
            .any(|place| place.first() == first && place == part)
}

/// Letters and digits in lower case.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
