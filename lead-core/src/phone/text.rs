//! Numbers in the text a visitor reads.

use super::compat::{self, Search};
use super::engine::Number;
use super::find::NumberMatch;
use super::options::{Leniency, Mode};
use super::region::Region;
use super::{list, role, smart};
use crate::page::Document;
use crate::record::{Method, Phone};
use crate::sighting::{Sighting, Spot};

/// How the country of national numbers came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// The caller said so.
    Given,
    /// The page speaks for it.
    Inferred,
    /// Nothing speaks for it.
    Guessed,
    /// The country of the page does not know the number; another that the page speaks of does.
    Abroad,
}

/// Every number of the document's text; `others` are further countries the page speaks of.
pub(crate) fn find(
    document: &Document,
    region: Option<Region>,
    certainty: Certainty,
    others: &[Region],
    mode: Mode,
    found: &mut Vec<Sighting<Phone>>,
) {
    let text = document.text();
    let spans = match mode {
        Mode::Smart => smart::find(text, region, Leniency::Valid),
        Mode::Compat => compat::find(text, Search::new(region, Leniency::Valid)).collect(),
    };
    let abroad = if mode == Mode::Smart && !others.is_empty() {
        smart::find_abroad(text, others, &spans)
    } else {
        Vec::new()
    };
    let mut all: Vec<(&NumberMatch, Certainty)> = spans.iter().map(|span| (span, certainty)).collect();
    all.extend(abroad.iter().map(|span| (span, Certainty::Abroad)));
    all.sort_by_key(|(span, _)| span.start);
    let mut after = 0;
    let mut label = role::Label::NONE;
    for (span, certainty) in all {
        label = label_of(document, span, after, label);
        found.extend(read(document, span, label, certainty));
        after = span.end;
    }
}

/// What the number at `span` is said to be for; the members of a list are what its first number is.
fn label_of(document: &Document, span: &NumberMatch, after: usize, last: role::Label) -> role::Label {
    let text = document.text();
    let label = role::on_page(document, &(span.start..span.end), after);
    let between = text.get(after..span.start).unwrap_or_default();
    if !label.said && last.said && list::is_link(between) {
        return last;
    }
    label
}

fn read(
    document: &Document,
    span: &NumberMatch,
    label: role::Label,
    certainty: Certainty,
) -> Option<Sighting<Phone>> {
    let text = document.text();
    let range = span.start..span.end;
    let raw = text.get(range.clone()).unwrap_or_default();
    let mut phone = Number::new(span.number)?.to_phone(raw);
    phone.role = role::by_kind(label.role, phone.kind);
    let international = raw.starts_with('+');
    // Labelled pages, both halves: international 97 of 98, inferred 388 of 390, guessed 14 of 14, abroad 10 of 10. The
    // last two stay below what so few sightings would allow.
    let mut confidence = match (international, certainty) {
        (true, _) | (false, Certainty::Given | Certainty::Inferred) => 0.97,
        (false, Certainty::Guessed) => 0.92,
        (false, Certainty::Abroad) => 0.85,
    };
    if !label.said && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        confidence *= 0.8; // bare digits that nobody calls a number
    }
    if document.is_hidden(range.clone()) {
        confidence *= 0.8;
    }
    Some(Sighting::new(
        phone,
        confidence,
        Method::VisibleText,
        Spot::Text(range),
    ))
}
