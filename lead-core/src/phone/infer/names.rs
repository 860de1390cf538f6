//! Names of countries in the text, in English and in their own languages.

use std::collections::BTreeMap;

use super::super::region::Region;
use super::super::triples::{Triples, kind};
use super::Votes;
use crate::places::{Capital, Places};
use crate::record::CountryCode;
use crate::word_list::Sieve;

/// Lower-case names and codes, sorted by name for binary search. Several words are joined by one space; at most three.
/// Names that are also words, persons or places elsewhere (Georgia, Jersey, Jordan, Chad, Turkey) are left out.
const NAMES: &[(&str, &str)] = &[
    ("abu dhabi", "AE"),
    ("algeria", "DZ"),
    ("argentina", "AR"),
    ("australia", "AU"),
    ("austria", "AT"),
    ("azerbaijan", "AZ"),
    ("bahamas", "BS"),
    ("bahrain", "BH"),
    ("bangladesh", "BD"),
    ("barbados", "BB"),
    ("belgien", "BE"),
    ("belgique", "BE"),
    ("belgium", "BE"),
    ("belgië", "BE"),
    ("bermuda", "BM"),
    ("bolivia", "BO"),
    ("brasil", "BR"),
    ("brazil", "BR"),
    ("bulgaria", "BG"),
    ("cambodia", "KH"),
    ("canada", "CA"),
    ("chile", "CL"),
    ("china", "CN"),
    ("colombia", "CO"),
    ("costa rica", "CR"),
    ("croatia", "HR"),
    ("cyprus", "CY"),
    ("czech republic", "CZ"),
    ("danmark", "DK"),
    ("denmark", "DK"),
    ("deutschland", "DE"),
    ("dominican republic", "DO"),
    ("dubai", "AE"),
    ("ecuador", "EC"),
    ("egypt", "EG"),
    ("england", "GB"),
    ("españa", "ES"),
    ("estonia", "EE"),
    ("ethiopia", "ET"),
    ("finland", "FI"),
    ("france", "FR"),
    ("germany", "DE"),
    ("ghana", "GH"),
    ("greece", "GR"),
    ("guatemala", "GT"),
    ("honduras", "HN"),
    ("hong kong", "HK"),
    ("hrvatska", "HR"),
    ("hungary", "HU"),
    ("iceland", "IS"),
    ("india", "IN"),
    ("indonesia", "ID"),
    ("ireland", "IE"),
    ("israel", "IL"),
    ("italia", "IT"),
    ("italy", "IT"),
    ("jamaica", "JM"),
    ("japan", "JP"),
    ("kazakhstan", "KZ"),
    ("kenya", "KE"),
    ("kuwait", "KW"),
    ("latvia", "LV"),
    ("lebanon", "LB"),
    ("liechtenstein", "LI"),
    ("lithuania", "LT"),
    ("luxembourg", "LU"),
    ("magyarország", "HU"),
    ("malaysia", "MY"),
    ("malta", "MT"),
    ("mauritius", "MU"),
    ("mexico", "MX"),
    ("monaco", "MC"),
    ("morocco", "MA"),
    ("méxico", "MX"),
    ("nederland", "NL"),
    ("netherlands", "NL"),
    ("new zealand", "NZ"),
    ("nigeria", "NG"),
    ("norge", "NO"),
    ("northern ireland", "GB"),
    ("norway", "NO"),
    ("oman", "OM"),
    ("pakistan", "PK"),
    ("panama", "PA"),
    ("paraguay", "PY"),
    ("perú", "PE"),
    ("philippines", "PH"),
    ("poland", "PL"),
    ("polska", "PL"),
    ("portugal", "PT"),
    ("puerto rico", "PR"),
    ("qatar", "QA"),
    ("republic of ireland", "IE"),
    ("romania", "RO"),
    ("românia", "RO"),
    ("russia", "RU"),
    ("saudi arabia", "SA"),
    ("schweiz", "CH"),
    ("scotland", "GB"),
    ("serbia", "RS"),
    ("singapore", "SG"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("slovenija", "SI"),
    ("slovensko", "SK"),
    ("south africa", "ZA"),
    ("south korea", "KR"),
    ("spain", "ES"),
    ("sri lanka", "LK"),
    ("suisse", "CH"),
    ("suomi", "FI"),
    ("sverige", "SE"),
    ("sweden", "SE"),
    ("switzerland", "CH"),
    ("taiwan", "TW"),
    ("tanzania", "TZ"),
    ("thailand", "TH"),
    ("tunisia", "TN"),
    ("türkiye", "TR"),
    ("uganda", "UG"),
    ("uk", "GB"),
    ("ukraine", "UA"),
    ("united arab emirates", "AE"),
    ("united kingdom", "GB"),
    ("united states", "US"),
    ("uruguay", "UY"),
    ("usa", "US"),
    ("venezuela", "VE"),
    ("vietnam", "VN"),
    ("wales", "GB"),
    ("zimbabwe", "ZW"),
    ("éire", "IE"),
    ("ísland", "IS"),
    ("österreich", "AT"),
    ("česká republika", "CZ"),
    ("россия", "RU"),
    ("україна", "UA"),
];

/// Most texts that are asked for are no name of a country.
static SIEVE: Sieve<64> = sieve();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn sieve() -> Sieve<64> {
    let mut sieve = Sieve::new();
    let mut at = 0;
    while at < NAMES.len() {
        let name = NAMES[at].0.as_bytes();
        sieve.add(name, 0, name.len());
        at += 1;
    }
    sieve
}

/// The country of exactly this name, in any case: in English, or as its own people call it.
pub fn country_named(name: &str) -> Option<CountryCode> {
    if !SIEVE.may_hold(name) {
        return None;
    }
    let lower = name.to_lowercase();
    let at = NAMES
        .binary_search_by(|(known, _)| (*known).cmp(lower.as_str()))
        .ok()?;
    NAMES.get(at).and_then(|(_, code)| CountryCode::new(code).ok())
}

/// Lets each name vote: the first time for much, then for little.
pub(super) fn vote(text: &str, votes: &mut Votes) {
    let mut seen: BTreeMap<&str, u8> = BTreeMap::new();
    for (at, end) in words(text) {
        let Some(code) = country_at(text, at, end) else {
            continue;
        };
        let count = seen.entry(code).or_default();
        *count = count.saturating_add(1);
        let weight = if *count == 1 { 1.0 } else { 0.25 };
        if let Ok(region) = Region::new(code)
            && *count <= 5
        {
            votes.add(region, weight);
        }
    }
}

/// The words of `text` that begin with a capital, and as a name in the list does.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut capitals = Places::<Capital>::of(text);
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let at = capitals.next(next)?;
            next = at + 1;
            let inner = at.checked_sub(1).is_some_and(|at| byte(at).is_ascii_alphabetic());
            if !inner
                && BEGINNINGS.has(byte(at), byte(at + 1), byte(at + 2))
                && let Some(end) = word_end(text, at)
            {
                return Some((at, end));
            }
        }
    })
}

/// Where the word ends that begins at `at`, when it is one, begins with a capital and is no longer than names are.
fn word_end(text: &str, at: usize) -> Option<usize> {
    let (before, word) = text.split_at_checked(at)?;
    if before.ends_with(char::is_alphabetic) || !word.starts_with(char::is_uppercase) {
        return None;
    }
    let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    (2..=24).contains(&length).then_some(at + length)
}

/// How the names begin.
static BEGINNINGS: Triples = beginnings();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn beginnings() -> Triples {
    let mut triples = Triples::NONE;
    let mut place = 0;
    while place < NAMES.len() {
        match NAMES[place].0.as_bytes() {
            [a, b] => triples.add_two(kind(*a), kind(*b)),
            [a, b, c, ..] => triples.add(kind(*a), kind(*b), kind(*c)),
            _ => {}
        }
        place += 1;
    }
    triples
}

/// The country whose name begins with the word at `at..end`.
fn country_at(text: &str, at: usize, end: usize) -> Option<&'static str> {
    let word = text.get(at..end)?;
    let lower = word.to_lowercase();
    let first = NAMES.partition_point(|(name, _)| *name < lower.as_str());
    for (name, code) in NAMES.iter().skip(first) {
        if !name.starts_with(&lower) {
            break;
        }
        if name.len() == lower.len() {
            // Codes count only in capitals.
            return (lower.len() > 3 || word.chars().all(char::is_uppercase)).then_some(code);
        }
        let rest = crate::sighting::head(text.get(end..)?, 32).to_lowercase();
        if name
            .strip_prefix(&*lower)
            .is_some_and(|more| more.starts_with(' ') && rest.starts_with(more))
        {
            return Some(code);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_capitals_are_known() {
        assert!(NAMES.is_sorted());
        let capital = |name: &str| Places::<Capital>::of(&name.to_uppercase()).next(0) == Some(0);
        assert!(NAMES.iter().all(|(name, _)| capital(name)));
    }

    #[test]
    fn names_are_read_whole() {
        let found = |text| {
            let mut votes = Votes::default();
            vote(text, &mut votes);
            votes.ranked().first().map(|(region, _)| region.to_string())
        };
        assert_eq!(found("Cape Town, South Africa").as_deref(), Some("ZA"));
        assert_eq!(found("Lund, SVERIGE").as_deref(), Some("SE"));
        assert_eq!(found("made in the USA").as_deref(), Some("US"));
        assert_eq!(found("South of the river, Usain ran"), None);
    }
}
