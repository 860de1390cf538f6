//! Addresses that only a link holds, and that are for something else than reaching the business.
//!
//! Who shows an address as text wants it written to. One hidden behind other words may be that too ("Write to us"), but
//! also a member of staff's, the site keeper's, or left over. Such ones are told by the words around them, and by
//! nothing that is particular to a page. They get [`DOUBTFUL`] and are left out unless asked for.
//!
//! Measured on the labelled contact pages, whose labels mark what is shown: of 15 addresses held by links alone none is
//! labelled, and 14 fall under these rules: 8 by a name beside them, 3 in links that show nothing, 3 by what the link is
//! for or by another address as its text (`lead-core/tests/labelled.rs` counts them).

use std::collections::{BTreeMap, BTreeSet};

use super::kind::is_role;
use super::plain;
use crate::page::{AttrName, Document, Element};
use crate::record::{Confidence, Email, EmailAddress, EmailKind, Method};
use crate::sighting::{Sighting, Spot, head, tail};

/// The confidence of an address that is more likely not the business's own.
const DOUBTFUL: f32 = 0.3;
/// What is left out unless it is asked for.
const LIKELY: f32 = 0.5;

/// Lowers the confidence of doubtful addresses.
pub(super) fn weigh(document: &Document, found: &mut [Sighting<Email>]) {
    let mut by_address: BTreeMap<&EmailAddress, Vec<&Sighting<Email>>> = BTreeMap::new();
    for sighting in found.iter() {
        by_address
            .entry(&sighting.value.address)
            .or_default()
            .push(sighting);
    }
    let alone = by_address.len() == 1;
    let doubtful: BTreeSet<EmailAddress> = by_address
        .into_iter()
        .filter(|(address, sightings)| {
            sightings.iter().all(|sighting| {
                let element = linked(document, sighting);
                element.is_some_and(|element| {
                    is_doubtful(document, element, address, sighting.value.kind, alone)
                })
            })
        })
        .map(|(address, _)| address.clone())
        .collect();
    let of_doubt = found
        .iter_mut()
        .filter(|sighting| doubtful.contains(&sighting.value.address));
    of_doubt.for_each(|sighting| sighting.confidence = Confidence::clamped(DOUBTFUL));
}

/// Takes out the addresses that no sighting makes likely.
pub(super) fn drop_doubtful(found: &mut Vec<Sighting<Email>>) {
    found.retain(|sighting| sighting.confidence.get() >= LIKELY);
}

/// The link that holds the address.
fn linked<'a>(document: &'a Document, sighting: &Sighting<Email>) -> Option<Element<'a>> {
    match (&sighting.method, &sighting.spot) {
        (Method::Link, Spot::Element(id)) => document
            .element(*id)
            .filter(|element| element.attr(AttrName::Href).is_some()),
        _ => None,
    }
}

/// How much of the text before a link tells what it is for, in bytes.
const BEFORE: usize = 24;
/// How much of the text before a link may name whose address it is, in bytes: a cell or two of a table.
const ROW: usize = 64;

fn is_doubtful(
    document: &Document,
    link: Element<'_>,
    address: &EmailAddress,
    kind: EmailKind,
    alone: bool,
) -> bool {
    let text = link.text();
    let before = document.text().get(..link.span().start).unwrap_or_default();
    // Who publishes a card of somebody wants them written to.
    if is_in_card(link) {
        return false;
    }
    if is_keeper(address.local()) || shows_nothing(link) || names_other(text, address) {
        return true;
    }
    if is_for_something_else(text, tail(before, BEFORE)) {
        return true;
    }
    // Who gives one address only means it as the way to reach them, whosever it is.
    let row = [tail(before, ROW), "|", head(text, ROW)].concat();
    !alone && kind == EmailKind::Personal && is_persons(address, &row)
}

/// How far around a link a card is looked for.
const CARD_DEPTH: usize = 6;

/// Whether the link stands in an hCard or h-card (microformats.org).
fn is_in_card(link: Element<'_>) -> bool {
    let mut around = link.ancestors().take(CARD_DEPTH);
    around.any(|element| element.has_class("vcard") || element.has_class("h-card"))
}

/// Mailboxes of who runs machines and sites (RFC 2142 §4 and §5).
fn is_keeper(local: &str) -> bool {
    const KEEPERS: &[&str] = &[
        "abuse",
        "ftp",
        "hostmaster",
        "noc",
        "postmaster",
        "usenet",
        "uucp",
        "webadmin",
        "webmaster",
        "www",
    ];
    KEEPERS.contains(&local)
}

/// Whether there is nothing to press: no text, no picture, nothing that style could draw.
fn shows_nothing(link: Element<'_>) -> bool {
    let drawn = [
        AttrName::Class,
        AttrName::Style,
        AttrName::Title,
        AttrName::AriaLabel,
        AttrName::Id,
    ];
    link.text().is_empty() && drawn.iter().all(|name| link.attr(*name).is_none()) && !link.has_children()
}

/// Whether the link says one address and writes to another.
fn names_other(text: &str, address: &EmailAddress) -> bool {
    if !text.contains('@') {
        return false;
    }
    let mut hits = Vec::new();
    plain::find(text, &mut hits);
    !hits.is_empty() && hits.iter().all(|hit| hit.address != *address)
}

/// Words of links for those who place advertisements or have something to say about the site itself.
const PURPOSES: &[&str] = &[
    "advertis",
    "feedback on this site",
    "privacy",
    "report abuse",
    "site feedback",
    "web design",
    "web master",
    "webdesign",
    "webmaster",
    "website feedback",
    "werbung",
    "webmestre",
    "publicité",
    "publicidad",
    "pubblicità",
];
/// Words before a link to whoever made or keeps the site.
const MAKERS: &[&str] = &[
    "designed by",
    "hosted by",
    "maintained by",
    "maintained by the",
    "powered by",
    "site by",
    "website by",
    "webmaster:",
];

fn is_for_something_else(text: &str, before: &str) -> bool {
    // A sentence may speak of many things; the words of a button say what it is for.
    let label = head(text, 64).to_lowercase();
    let before = before.to_lowercase();
    PURPOSES.iter().any(|word| label.contains(word))
        || MAKERS.iter().any(|words| before.trim_end().ends_with(words))
}

/// Words that make the word before them a place's or a department's: "Portland Branch" is nobody.
const HOUSES: &[&str] = &[
    "agence",
    "agency",
    "area",
    "bakery",
    "branch",
    "bureau",
    "büro",
    "center",
    "centre",
    "church",
    "city",
    "clinic",
    "college",
    "company",
    "county",
    "department",
    "dept",
    "desk",
    "district",
    "division",
    "filiale",
    "group",
    "hotel",
    "house",
    "inc",
    "line",
    "llc",
    "location",
    "ltd",
    "niederlassung",
    "office",
    "oficina",
    "park",
    "region",
    "restaurant",
    "road",
    "sales",
    "school",
    "sede",
    "service",
    "services",
    "shop",
    "showroom",
    "standort",
    "station",
    "store",
    "street",
    "sucursal",
    "team",
    "university",
    "warehouse",
];

/// Whether the mailbox is called after a name that stands in `row`: `jdoe`, `jane`, `doe.jane`, `janed` by "Jane Doe".
fn is_persons(address: &EmailAddress, row: &str) -> bool {
    let local: String = address.local().chars().filter(|c| c.is_alphabetic()).collect();
    let house = address.domain().split('.').any(|label| label.contains(&local));
    // `rossi@rossi-bakery.example` beside "Rossi Bakery" is the bakery's.
    if local.chars().count() < 3 || house || is_role(address.local()) {
        return false;
    }
    // A name is not parted by signs: "Portland, OR" is none.
    let runs = row.split(|c: char| !(c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'')));
    let mut runs = runs.map(|run| run.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>());
    runs.any(|words| {
        let pairs = words
            .windows(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        // A second name or "van" between.
        let around = words
            .windows(3)
            .filter_map(|three| Some((*three.first()?, *three.last()?)));
        pairs
            .chain(around)
            .any(|(first, last)| is_called(&local, first, last))
    })
}

fn is_called(local: &str, first: &str, last: &str) -> bool {
    let name = |word: &str| word.starts_with(char::is_uppercase) && word.chars().count() > 1;
    let (first, last) = (first.trim_matches('.'), last.trim_matches('.'));
    let (lower_first, lower_last) = (first.to_lowercase(), last.to_lowercase());
    if !name(first) || !name(last) || HOUSES.contains(&&*lower_first) || HOUSES.contains(&&*lower_last) {
        return false;
    }
    let letters = |word: String| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (first, last) = (letters(lower_first), letters(lower_last));
    let initial = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
    let (f, l) = (initial(&first), initial(&last));
    [
        first.clone(),
        last.clone(),
        format!("{first}{last}"),
        format!("{last}{first}"),
        format!("{f}{last}"),
        format!("{last}{f}"),
        format!("{first}{l}"),
    ]
    .iter()
    .any(|form| form == local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ParseOptions;

    /// The likely addresses of a page.
    fn likely(html: &str) -> Vec<String> {
        let document = Document::from_html(html, &ParseOptions::new()).unwrap();
        let mut found = Vec::new();
        super::super::find(&document, false, &mut found);
        let mut list: Vec<String> = found
            .iter()
            .map(|found| found.value.address.to_string())
            .collect();
        list.sort();
        list.dedup();
        list
    }

    const OTHER: &str = "<p>office@bakery.example</p>";

    #[test]
    fn staff_and_keepers_behind_links_are_doubtful() {
        for link in [
            "<p>Manager <b>Anna van Rossi</b> <a href='mailto:anna@bakery.example'>Send e-mail</a>",
            "<p><a href='mailto:arossi@bakery.example'>Anna Rossi</a>",
            "<p><a href='mailto:anna.rossi@bakery.example'>Anna Rossi</a>",
            "<p><a href='mailto:rossia@bakery.example'>Anna Rossi</a>",
            "<p><a href='mailto:jo@bakery.example'></a>",
            "<p><a href='mailto:webmaster@bakery.example'>Write</a>",
            "<p><a href='mailto:jo@bakery.example'>Advertising</a>",
            "<p>Site by <a href='mailto:hello@maker.example'>Maker</a>",
            "<p><a href='mailto:old@bakery.example'>office@bakery.example</a>",
        ] {
            let page = format!("{OTHER}{link}");
            assert_eq!(likely(&page), ["office@bakery.example"], "{link}");
        }
    }

    #[test]
    fn ways_to_reach_the_business_stay() {
        for link in [
            "<a href='mailto:info@bakery.example'>Write to us</a>",
            "<a href='mailto:info@bakery.example'><img src='mail.png'></a>",
            "<a class='icon' href='mailto:info@bakery.example'></a>",
            "Portland, OR 97201 <a href='mailto:portland@bakery.example'>Mail</a>",
            "Portland Branch <a href='mailto:portland@bakery.example'>Mail</a>",
            "<div class=vcard>Anna Rossi <a class=email href='mailto:anna@bakery.example'>mail</a></div>",
            "Rossi Bakery <a href='mailto:rossi@rossi-bakery.example'>E-mail</a>",
            "<a href='mailto:anna@bakery.example'>anna@bakery.example</a> Anna Rossi",
            "Anna Rossi <a href='mailto:anna@webmail.example'>anna (at) webmail.example</a>",
        ] {
            assert_eq!(likely(&format!("{OTHER}<p>{link}")).len(), 2, "{link}");
        }
        let alone = "<p>Anna Rossi <a href='mailto:anna@bakery.example'>Send e-mail</a>";
        assert_eq!(likely(alone), ["anna@bakery.example"]);
    }
}
