//! Which country's numbers a page writes without a country code.
//!
//! Signs vote, each with the weight it deserves: the country code of numbers in international form, top-level domains of
//! the page's own address and mailboxes, the declared language, postal codes with their state or province, names of
//! countries. The best supported country wins; the others stay as second guesses for numbers the first cannot be.

use std::collections::BTreeMap;

use super::region::Region;
use super::scan::AllRuns;
use crate::page::Document;
use crate::record::CountryCode;

mod fit;
mod names;
mod postal;
mod words;

pub use names::country_named;

/// The countries a page speaks of, the best supported first, with their weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Votes(BTreeMap<Region, f32>);

/// Support below this is noise: a country named once in running text.
const ENOUGH: f32 = 1.5;

impl Votes {
    pub(crate) fn add(&mut self, region: Region, weight: f32) {
        *self.0.entry(region).or_default() += weight;
    }

    pub(crate) fn add_country(&mut self, country: CountryCode, weight: f32) {
        self.add(Region::from(country), weight);
    }

    /// Best supported first; equals in alphabetical order.
    pub(crate) fn ranked(&self) -> Vec<(Region, f32)> {
        let mut list: Vec<(Region, f32)> = self.0.iter().map(|(region, weight)| (*region, *weight)).collect();
        list.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        list
    }

    /// Further countries worth a try for what `home` does not know: those with some support, at most three.
    pub(crate) fn others(&self, home: Region) -> Vec<Region> {
        let ranked = self.ranked().into_iter();
        let some = ranked.filter(|(region, weight)| *weight >= 1.0 && *region != home);
        some.take(3).map(|(region, _)| region).collect()
    }

    /// The country with the most support, when it has enough.
    pub(crate) fn best(&self) -> Option<Region> {
        self.ranked()
            .first()
            .filter(|(_, weight)| *weight >= ENOUGH)
            .map(|(region, _)| *region)
    }
}

/// Lets the signs of a page vote.
pub(crate) fn vote(document: &Document, votes: &mut Votes) {
    let text = document.text();
    by_language(document, votes);
    by_address(document, votes);
    by_calling_code(text, votes);
    by_mailbox(text, votes);
    let runs = AllRuns::of(text);
    postal::vote(text, &runs, votes);
    names::vote(text, votes);
    fit::vote(text, &runs, votes);
}

/// Languages spoken mainly in one country, and that country. English, Spanish, Portuguese, French, Arabic and Chinese are
/// home in many: they count less or not at all.
const LANGUAGES: &[(&str, &str, f32)] = &[
    ("bg", "BG", 2.5),
    ("cs", "CZ", 2.5),
    ("da", "DK", 2.5),
    ("de", "DE", 2.0),
    ("el", "GR", 2.5),
    ("et", "EE", 2.5),
    ("fi", "FI", 2.5),
    ("fr", "FR", 1.5),
    ("he", "IL", 2.5),
    ("hr", "HR", 2.5),
    ("hu", "HU", 2.5),
    ("is", "IS", 2.5),
    ("it", "IT", 2.5),
    ("ja", "JP", 2.5),
    ("ko", "KR", 2.5),
    ("lt", "LT", 2.5),
    ("lv", "LV", 2.5),
    ("nb", "NO", 2.5),
    ("nl", "NL", 2.0),
    ("nn", "NO", 2.5),
    ("no", "NO", 2.5),
    ("pl", "PL", 2.5),
    ("pt", "PT", 1.5),
    ("ro", "RO", 2.5),
    ("sk", "SK", 2.5),
    ("sl", "SI", 2.5),
    ("sr", "RS", 2.0),
    ("sv", "SE", 2.5),
    ("th", "TH", 2.5),
    ("tr", "TR", 2.5),
    ("uk", "UA", 2.5),
    ("vi", "VN", 2.5),
    ("es", "ES", 1.5),
    ("ru", "RU", 2.0),
    ("zh", "CN", 1.0),
];

fn by_language(document: &Document, votes: &mut Votes) {
    let Some(language) = document.language() else {
        by_words(document.text(), votes);
        return;
    };
    let mut parts = language.split(['-', '_']);
    let main = parts.next().unwrap_or_default().to_ascii_lowercase();
    for part in parts {
        if part.len() == 2
            && let Ok(region) = Region::new(part)
        {
            // `en-US` is what templates say by themselves.
            votes.add(
                region,
                if main == "en" && part.eq_ignore_ascii_case("US") {
                    1.0
                } else {
                    2.5
                },
            );
            return;
        }
    }
    if let Some((_, region, weight)) = LANGUAGES.iter().find(|(code, _, _)| *code == main)
        && let Ok(region) = Region::new(region)
    {
        votes.add(region, *weight);
    }
}

/// A page that declares no language, by its commonest words; a little less sure.
fn by_words(text: &str, votes: &mut Votes) {
    let known =
        words::language(text).and_then(|code| LANGUAGES.iter().find(|(language, _, _)| *language == code));
    if let Some((_, region, weight)) = known
        && let Ok(region) = Region::new(region)
    {
        votes.add(region, weight * 0.8);
    }
}

/// Top-level domains of countries that are sold as something else.
const NOT_COUNTRIES: &[&str] = &[
    "ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "nu", "sh", "st", "tk", "to", "tv", "ws", "pw",
    "ms", "vc", "im", "is", "am", "sc", "ag", "bz", "mn", "gs", "tc", "vg", "cx", "ac",
];

/// The country of a host's top-level domain.
pub(crate) fn country_of_host(host: &str) -> Option<Region> {
    let top = host.trim_end_matches('.').rsplit('.').next()?;
    if top.len() != 2 || NOT_COUNTRIES.contains(&top.to_ascii_lowercase().as_str()) {
        return None;
    }
    Region::new(top).ok()
}

fn by_address(document: &Document, votes: &mut Votes) {
    let own = document
        .base()
        .and_then(|url| url.host_str())
        .and_then(country_of_host);
    if let Some(region) = own {
        votes.add(region, 4.0);
        return;
    }
    let meta = document.meta();
    let named = meta.first("og:url").and_then(|url| url::Url::parse(url).ok());
    let host = meta
        .canonical()
        .or(named.as_ref())
        .and_then(|url| url.host_str().and_then(country_of_host));
    if let Some(region) = host {
        votes.add(region, 3.0);
    }
}

/// `+46 8 …` speaks for Sweden. The first few count: a list of branches abroad must not outvote the rest.
fn by_calling_code(text: &str, votes: &mut Votes) {
    let mut seen: BTreeMap<Region, u8> = BTreeMap::new();
    for at in memchr::memchr_iter(b'+', text.as_bytes()).take(64) {
        let piece = crate::sighting::head(text.get(at..).unwrap_or_default(), 24);
        let line = piece.split(['\n', '\t', ',', ';']).next().unwrap_or_default();
        let end = line
            .rfind(|c: char| c.is_ascii_digit())
            .map_or(0, |last| last + 1);
        let Some(number) = line.get(..end).filter(|number| number.len() >= 8) else {
            continue;
        };
        let Some(region) = super::engine::parse(number, None)
            .filter(super::engine::Number::is_valid)
            .and_then(|number| number.region())
        else {
            continue;
        };
        let count = seen.entry(Region::from(region)).or_default();
        *count += 1;
        if *count <= 3 {
            votes.add_country(region, 1.5);
        }
    }
}

/// `info@baeckerei.de` speaks for Germany.
fn by_mailbox(text: &str, votes: &mut Votes) {
    let mut seen: BTreeMap<Region, u8> = BTreeMap::new();
    for at in memchr::memchr_iter(b'@', text.as_bytes()).take(64) {
        let host = crate::sighting::head(text.get(at + 1..).unwrap_or_default(), 64);
        let end = host
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
            .unwrap_or(host.len());
        let host = host.get(..end).unwrap_or_default().trim_end_matches('.');
        let Some(region) = host.contains('.').then(|| country_of_host(host)).flatten() else {
            continue;
        };
        let count = seen.entry(region).or_default();
        *count += 1;
        if *count <= 2 {
            votes.add(region, 2.0);
        }
    }
}
