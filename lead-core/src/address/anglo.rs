//! Addresses that end with their code: US, Canadian, British, Irish, Australian, New Zealand ones.

use std::ops::Range;

use super::line;
use super::schema::collapse;
use super::state::{self, Kind};
use super::street::{has_street_word, is_box, is_house, is_street, is_unit, split_known_town, split_town};
use super::text::{Hit, country, is_free_after};
use super::{town, towns};
use crate::phone::Region;
use crate::record::Address;
use crate::sighting::tail;

/// A code and what stands before it.
struct Code<'a> {
    text: &'a str,
    /// The text up to where the code or the state before it begins.
    before: &'a str,
    state: Option<&'a str>,
    value: String,
    end: usize,
    country: &'static str,
}

/// What may stand between a town, its state and its code.
fn trim_gap(before: &str) -> &str {
    before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–'))
}

/// Strips the name of the country, which some put before the code: `Glasgow, United Kingdom G1 1AA`.
fn before_country<'a>(before: &'a str, names: &[&str]) -> &'a str {
    let before = trim_gap(before);
    names
        .iter()
        .find_map(|name| before.strip_suffix(name))
        .map_or(before, trim_gap)
}

const BRITISH: &[&str] = &[
    "United Kingdom",
    "UK",
    "England",
    "Scotland",
    "Wales",
    "Great Britain",
];

/// The state before a code, with the name of the country between when there is one: `Toronto, Ontario, Canada M5V 1K4`.
fn state_before(before: &str, kind: Kind) -> Option<(&str, &str)> {
    let before = trim_gap(before);
    let names: &[&str] = match kind {
        Kind::States => &["USA", "United States"],
        Kind::Provinces => &["Canada", "CANADA"],
        Kind::Australian => &["Australia", "AUSTRALIA"],
    };
    state::split_end(before, kind).or_else(|| state::split_end(before_country(before, names), kind))
}

/// `Springfield, IL 62701-1234`: called with five digits.
pub(super) fn zip(text: &str, start: usize) -> Option<Hit> {
    let mut end = start + 5;
    let rest = text.get(end..)?;
    if let Some(more) = rest.strip_prefix(['-', '–']) {
        let four = more.bytes().take_while(u8::is_ascii_digit).count();
        if four == 4 {
            end = text.len() - more.len() + 4;
        }
    }
    if !is_free_after(text, end) {
        return None;
    }
    let before = text.get(..start)?;
    let gap = before.len() - trim_gap(before).len();
    if gap > 6 {
        return None;
    }
    let (before, state) = state_before(before, Kind::States)?;
    // `NM87401` only in capitals.
    if gap == 0 && !state.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Code {
        text,
        before,
        state: Some(state),
        value: text.get(start..end)?.replace('–', "-"),
        end,
        country: "US",
    }
    .read()
}

/// `Toronto, ON M5V 1K4`: called at each digit, the one after the first letter decides.
pub(super) fn canadian(text: &str, digit: usize) -> Option<Hit> {
    let start = digit.checked_sub(1)?;
    let first = text.as_bytes().get(start..start + 3)?;
    let second_at = match text.as_bytes().get(start + 3)? {
        b' ' | b'-' => start + 4,
        _ => start + 3,
    };
    let second = text.as_bytes().get(second_at..second_at + 3)?;
    let fits = matches!(first, [a, b, c] if a.is_ascii_uppercase() && b.is_ascii_digit() && c.is_ascii_uppercase())
        && matches!(second, [a, b, c] if a.is_ascii_digit() && b.is_ascii_uppercase() && c.is_ascii_digit());
    let before = text.get(..start)?;
    if !fits || before.ends_with(|c: char| c.is_alphanumeric()) || !is_free_after(text, second_at + 3) {
        return None;
    }
    let split = state_before(before, Kind::Provinces);
    // Without the gap it is a part number as well.
    if second_at == start + 3 && split.is_none() {
        return None;
    }
    let (before, state) = match split {
        Some((rest, state)) => (rest, Some(state)),
        None => (before_country(before, &["Canada", "CANADA"]), None),
    };
    let value = format!(
        "{} {}",
        text.get(start..start + 3)?,
        text.get(second_at..second_at + 3)?
    );
    Code {
        text,
        before,
        state,
        value,
        end: second_at + 3,
        country: "CA",
    }
    .read()
}

/// `London SW1A 1AA`: called at each digit, the one of the inward half decides.
pub(super) fn british(text: &str, digit: usize) -> Option<Hit> {
    let inward = text.get(digit..digit + 3)?;
    let letters = inward.bytes().skip(1).all(|byte| byte.is_ascii_uppercase());
    if !letters || !is_free_after(text, digit + 3) {
        return None;
    }
    let head = text.get(..digit)?;
    let glued = !head.ends_with(' ');
    let outward = tail(head.trim_end_matches(' '), 5)
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .next()?;
    let area = outward.bytes().take_while(u8::is_ascii_uppercase).count();
    let fits = (2..=4).contains(&outward.len())
        && (1..=2).contains(&area)
        && outward.as_bytes().get(area)?.is_ascii_digit();
    if !fits {
        return None;
    }
    let before = head.trim_end_matches(' ').strip_suffix(outward)?;
    // Without the gap it must be alone on its line.
    let alone = before.ends_with(['\n', '\t', ','])
        && text
            .get(digit + 3..)?
            .trim_start_matches(' ')
            .starts_with(['\n', '\t']);
    if glued && !alone {
        return None;
    }
    Code {
        text,
        before: before_country(before, BRITISH),
        state: None,
        value: format!("{outward} {inward}"),
        end: digit + 3,
        country: "GB",
    }
    .read()
}

/// `Dublin 2, D02 X285` (Eircode): called at each run of two digits.
pub(super) fn irish(text: &str, digit: usize) -> Option<Hit> {
    let start = digit.checked_sub(1)?;
    let key = text.as_bytes().get(start..start + 3)?;
    let gap = usize::from(text.as_bytes().get(start + 3) == Some(&b' '));
    let unit = text.get(start + 3 + gap..start + 7 + gap)?;
    // The alphabet of Eircode: no letter that looks like another.
    let routing = matches!(key, [a, b, c] if b"ACDEFHKNPRTVWXY".contains(a) && b.is_ascii_digit() && c.is_ascii_digit());
    let alphabet = unit
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"ACDEFHKNPRTVWXY".contains(&byte));
    let mixed =
        unit.bytes().any(|byte| byte.is_ascii_digit()) && unit.bytes().any(|byte| byte.is_ascii_alphabetic());
    let before = text.get(..start)?;
    let end = start + 7 + gap;
    if !routing
        || !alphabet
        || !mixed
        || before.ends_with(|c: char| c.is_alphanumeric())
        || !is_free_after(text, end)
    {
        return None;
    }
    Code {
        text,
        before: before_country(before, &["Ireland", "IRELAND"]),
        state: None,
        value: format!("{} {unit}", text.get(start..start + 3)?),
        end,
        country: "IE",
    }
    .read()
}

/// `Perth WA 6006`, `Auckland 1010`: called with four digits.
pub(super) fn southern(text: &str, start: usize, region: Option<Region>) -> Option<Hit> {
    let end = start + 4;
    let before = text.get(..start)?;
    if !is_free_after(text, end)
        || before.len() - trim_gap(before).len() > 4
        || !before.ends_with([' ', '\u{a0}', '\n'])
    {
        return None;
    }
    let value = text.get(start..end)?;
    if let Some((before, state)) = state_before(before, Kind::Australian) {
        return Code {
            text,
            before,
            state: Some(state),
            value: value.to_owned(),
            end,
            country: "AU",
        }
        .read()
        .filter(|hit| {
            let city = hit.address.city.as_deref().unwrap_or_default();
            hit.address.street.is_some() || towns::is_town_of(city, "AU")
        });
    }
    if region.is_none_or(|region| region.as_str() != "NZ") {
        return None;
    }
    let code = Code {
        text,
        before: before.trim_end_matches([' ', '\u{a0}']),
        state: None,
        value: value.to_owned(),
        end,
        country: "NZ",
    };
    let hit = code.read()?;
    let known = hit
        .address
        .city
        .as_deref()
        .is_some_and(|city| towns::is_town_of(city, "NZ"));
    (known && hit.address.street.is_some()).then_some(hit)
}

impl Code<'_> {
    /// Town and street from what stands before the state or code.
    fn read(self) -> Option<Hit> {
        let segments = line::before(self.text, self.before.len());
        let first = self.piece(&segments, 0)?;
        let mut address = Address {
            region: self.state.map(ToOwned::to_owned),
            country: country(self.country),
            ..Address::default()
        };
        let mut start = segments.first()?.start;
        let mut next = 1_usize;
        let mut place = first;
        if let Some((street, rest)) = street_and_town(first) {
            // Street and town without a comma between.
            address.street = Some(collapse(street));
            place = rest;
        } else if first.bytes().any(|byte| byte.is_ascii_digit()) {
            if !is_street(first) && !has_street_word(first) && !is_district(first) {
                return None;
            }
            if !is_district(first) {
                // A street and no town: `12 High Street, SW1A 1AA`.
                place = "";
                next = 0;
            }
        } else if self.is_british()
            && state::is_county(first)
            && let Some(second) = self.piece(&segments, 1)
        {
            // `… street, town, county code`
            address.region = Some(collapse(first));
            place = second;
            next = 2;
        }
        address.city = town::at_end(place)
            .map(collapse)
            .or_else(|| is_district(place).then(|| collapse(place)));
        if address.city.is_none() && !place.is_empty() && self.is_british() && has_street_word(place) {
            // A park or house in place of the town belongs to the street.
            next = next.saturating_sub(1);
        }
        if let Some(street) = address.street.take() {
            // `N.W. Washington`: the street began before.
            let whole = !is_street(&street) && !street.is_empty();
            let joined = whole.then(|| self.street_from(&segments, 1)).flatten();
            match joined {
                Some(found) => {
                    start = found.start;
                    address.street = Some(format!("{}, {street}", found.text));
                }
                None => address.street = is_street(&street).then_some(street),
            }
        } else if let Some(found) = self.street_from(&segments, next) {
            start = found.start;
            address.street = Some(found.text);
            address.neighbourhood = found.quarter;
        }
        if address.city.is_none() && address.street.is_none() {
            return None;
        }
        address.postal_code = Some(self.value);
        address.text = collapse(self.text.get(start..self.end)?);
        Some(Hit {
            span: start..self.end,
            address,
        })
    }

    fn is_british(&self) -> bool {
        matches!(self.country, "GB" | "IE")
    }

    fn piece(&self, segments: &[Range<usize>], index: usize) -> Option<&str> {
        self.text.get(segments.get(index)?.clone())
    }

    fn street_from(&self, segments: &[Range<usize>], index: usize) -> Option<Street> {
        street_from(self.text, segments, index, self.is_british())
    }
}

/// `12 Main St. Springfield`, `12 Ocean Blvd Fort Myers`, `N.W. Washington`.
fn street_and_town(segment: &str) -> Option<(&str, &str)> {
    split_town(segment)
        .filter(|(street, _)| {
            segment.starts_with(|c: char| c.is_ascii_digit()) || is_unit(street) || street.len() <= 5
        })
        .or_else(|| split_known_town(segment).filter(|(street, _)| is_street(street)))
}

/// A numbered district in place of a town: `Dublin 2`.
fn is_district(segment: &str) -> bool {
    let Some((name, number)) = segment.rsplit_once(' ') else {
        return false;
    };
    (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && towns::is_known(name)
        && !has_street_word(name)
}

/// A street line, and what stood between it and the town.
pub(super) struct Street {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) quarter: Option<String>,
}

/// The street line among the segments from `index` on, with the unit before or behind it.
pub(super) fn street_from(
    text: &str,
    segments: &[Range<usize>],
    index: usize,
    british: bool,
) -> Option<Street> {
    let mut end = None;
    let mut quarter = None;
    for (at, range) in segments.iter().enumerate().skip(index).take(3) {
        let piece = text.get(range.clone())?;
        // British houses may have a name instead of a number.
        let named = british
            && piece.len() <= 60
            && has_street_word(piece)
            && !piece.contains(':')
            && piece.starts_with(char::is_uppercase);
        if (is_street(piece) || named) && !is_unit(piece)
            || is_unit(piece) && is_street_with_unit(piece, british)
        {
            let start = unit_before(text, segments.get(at + 1), range.start, british);
            let whole = text.get(start..end.unwrap_or(range.end))?;
            return Some(Street {
                text: one_line(whole),
                start,
                quarter,
            });
        }
        let belongs = is_unit(piece) || is_box(piece) || has_street_word(piece);
        if belongs {
            end = end.or(Some(range.end));
        } else if quarter.is_none() && town::at_end(piece).is_some() && end.is_none() {
            quarter = Some(collapse(piece));
        } else {
            return None;
        }
    }
    None
}

/// `Suite 300 12 Main Street`: the unit stands before; `Unit 4 Harbour Road` where streets go without numbers.
fn is_street_with_unit(piece: &str, british: bool) -> bool {
    let mut words = piece.split_whitespace().skip(2);
    has_street_word(piece) && (british || words.any(|word| word.starts_with(|c: char| c.is_ascii_digit())))
}

/// Where the unit or building on the line before the street begins, else where the street does. British houses have names
/// in place of numbers.
fn unit_before(text: &str, before: Option<&Range<usize>>, start: usize, british: bool) -> usize {
    let unnumbered = || {
        !text
            .get(start..)
            .unwrap_or_default()
            .starts_with(|c: char| c.is_ascii_digit())
    };
    let belongs = |piece: &str| is_unit(piece) || british && unnumbered() && is_house(piece);
    let unit = before.filter(|range| {
        text.get((*range).clone())
            .is_some_and(|piece| piece.len() <= 40 && belongs(piece))
    });
    unit.map_or(start, |range| range.start)
}

pub(super) fn one_line(street: &str) -> String {
    let line = street.replace(['\n', '\t'], ", ");
    let mut parts = line.split(',').map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_owned();
    collapse(&parts.fold(first, |line, part| format!("{line}, {part}")))
}
