//! A gazetteer: names of towns, and the countries that have one of that name.
//!
//! `towns.txt` is made by `scripts/towns/generate.py` from the names that libphonenumber's geocoding data gives to area
//! codes, version 9.0.43 (Apache-2.0), and from the cities of the IANA time zones (public domain).

use std::cmp::Ordering;

use crate::word_list::Sieve;

/// One town a line, sorted by bytes: the name in lower case, a tab, codes of countries of two letters each.
const TOWNS: &str = include_str!("towns.txt");

/// Most names that are asked for are none of a town.
static SIEVE: Sieve<4096> = sieve();

#[allow(
    clippy::indexing_slicing,
    long_running_const_eval,
    reason = "runs at compile time, over the whole list once"
)]
const fn sieve() -> Sieve<4096> {
    let list = TOWNS.as_bytes();
    let mut sieve = Sieve::new();
    let (mut start, mut at) = (0, 0);
    while at < list.len() {
        match list[at] {
            b'\t' => sieve.add(list, start, at),
            b'\n' => start = at + 1,
            _ => {}
        }
        at += 1;
    }
    sieve
}

/// The longest name, in bytes.
const LONGEST: usize = 40;

/// The countries with a town of this name, in any case, as codes put together: `AUGBCA`. Empty for a city that is known
/// without its country; `None` when no town is called so.
pub(super) fn countries_of(name: &str) -> Option<&'static str> {
    if !(3..=LONGEST).contains(&name.len()) {
        return None;
    }
    look_up(name).or_else(|| look_up(&spelled_out(name)?))
}

/// Whether the gazetteer knows a town of this name.
pub(super) fn is_known(name: &str) -> bool {
    countries_of(name).is_some()
}

/// Whether the country has a town of this name.
pub(super) fn is_town_of(name: &str, country: &str) -> bool {
    let pairs = countries_of(name).unwrap_or_default().as_bytes();
    pairs.chunks(2).any(|code| code == country.as_bytes())
}

fn look_up(name: &str) -> Option<&'static str> {
    if !SIEVE.may_hold(name) {
        return None;
    }
    let lower = name.to_lowercase();
    let bytes = TOWNS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = bytes
            .get(low..middle)
            .and_then(|part| memchr::memrchr(b'\n', part))
            .map_or(low, |at| low + at + 1);
        let end = bytes
            .get(middle..high)
            .and_then(|part| memchr::memchr(b'\n', part))
            .map_or(high, |at| middle + at);
        let (name, countries) = TOWNS.get(start..end)?.split_once('\t')?;
        match name.cmp(lower.as_str()) {
            Ordering::Equal => return Some(countries),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

/// `Ft. Lauderdale` as `fort Lauderdale`, `Saint Louis` as `st. Louis`.
fn spelled_out(name: &str) -> Option<String> {
    const SHORT: [(&str, &str); 7] = [
        ("ft. ", "fort "),
        ("ft ", "fort "),
        ("mt. ", "mount "),
        ("mt ", "mount "),
        ("saint ", "st. "),
        ("st ", "st. "),
        ("st. ", "saint "),
    ];
    let first = name.as_bytes().first()?.to_ascii_lowercase();
    if !matches!(first, b'f' | b'm' | b's') {
        return None;
    }
    SHORT.iter().find_map(|(short, long)| {
        let (lead, rest) = name.split_at_checked(short.len())?;
        lead.eq_ignore_ascii_case(short).then(|| format!("{long}{rest}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_well_formed() {
        let names: Vec<&str> = TOWNS
            .lines()
            .map(|line| line.split_once('\t').unwrap().0)
            .collect();
        assert!(names.is_sorted());
        assert!(names.iter().all(|name| (3..=LONGEST).contains(&name.len())));
        assert!(names.iter().all(|name| is_known(name)), "each is found");
    }

    #[test]
    fn names_lead_to_countries() {
        assert!(is_town_of("Springfield", "US"));
        assert!(is_town_of("Ft. Lauderdale", "US"));
        assert!(is_town_of("St. Louis", "US") && is_town_of("Saint Louis", "US"));
        assert!(is_town_of("DRESDEN", "DE") && !is_town_of("Dresden", "FR"));
        assert_eq!(countries_of("Nowhereville"), None);
        assert_eq!(countries_of(""), None);
    }
}
