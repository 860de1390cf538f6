//! Addresses of any country: lines above one that is the country's name, as lists of offices have them.

use std::ops::Range;

use super::anglo::one_line;
use super::country::country_of_name;
use super::line::range_of;
use super::schema::collapse;
use super::street::{continental, is_street, is_unit};
use super::text::Hit;
use super::{town, towns};
use crate::record::{Address, CountryCode};
use crate::sighting::tail;

/// At most so many lines above a country belong to its address, each at most so long.
const MAX_LINES: usize = 5;
const LONGEST_LINE: usize = 80;
/// Names of countries are at most so long.
const LONGEST_NAME: usize = 28;

/// Three letters, nine digits, two signs between.
const LONGEST_CODE: usize = 14;

/// Countries that are one city.
const CITIES: [&str; 6] = ["HK", "SG", "MO", "MC", "GI", "LU"];

/// Every address above a country's line, but those in `taken`, spans in order.
pub(super) fn find(text: &str, taken: &[Range<usize>]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    for end in ends {
        let line = text.get(at..end).unwrap_or_default().trim_end();
        let at = std::mem::replace(&mut at, end + 1);
        // `Korea 456-843`, `The Strategy, Singapore 609930`: the code behind the country, else the country alone.
        let hit = match country_alone(line) {
            Some(country) => above(text, at, at + line.len(), country, None),
            None => country_with_code(line)
                .and_then(|(cut, country, code)| above(text, at + cut, at + line.len(), country, Some(code))),
        };
        let Some(hit) = hit else { continue };
        let after = taken.partition_point(|span| span.end <= hit.span.start);
        if taken.get(after).is_none_or(|span| span.start >= hit.span.end) {
            hits.push(hit);
        }
    }
    hits
}

/// The country that a line names and nothing else: `Japan`, `Taiwan, R.O.C.`.
fn country_alone(line: &str) -> Option<CountryCode> {
    let first = line.as_bytes().first()?;
    if line.len() > LONGEST_NAME || first.is_ascii_lowercase() || first.is_ascii_digit() {
        return None;
    }
    let name = line.trim().split(',').next()?;
    let fits = name.len() >= 3 && name.starts_with(char::is_uppercase);
    fits.then(|| country_of_name(name)).flatten()
}

/// Where the country begins that stands before a code at the end of a line, the country, and the code.
fn country_with_code(line: &str) -> Option<(usize, CountryCode, &str)> {
    if line.len() > LONGEST_LINE || !line.as_bytes().last().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let (place, code) = code_at_end(line)?;
    let name = place.rsplit(',').next()?.trim();
    let country = country_of_name(name).filter(|_| name.len() > 3 && name.starts_with(char::is_uppercase))?;
    Some((range_of(line, name).start, country, code))
}

/// Reads the lines above a country from the nearest up: the code unless it is known, the town, the street.
fn above(text: &str, line: usize, end: usize, country: CountryCode, code: Option<&str>) -> Option<Hit> {
    let before = tail(text.get(..line)?, 400);
    let lines: Vec<&str> = before
        .trim_end_matches([' ', ',', '\n'])
        .rsplit('\n')
        .take(MAX_LINES)
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == ','))
        .take_while(|line| !line.is_empty() && line.len() <= LONGEST_LINE && !is_other(line))
        .collect();
    let mut address = Address {
        country: Some(country),
        postal_code: code.map(ToOwned::to_owned),
        ..Address::default()
    };
    let mut lines = lines.into_iter().peekable();
    let first = *lines.peek()?;
    if code.is_none()
        && let Some((place, code)) = code_at_end(first)
    {
        lines.next();
        address.postal_code = Some(code.to_owned());
        // A country's letter before the code is no place.
        let place = Some(place).filter(|place| place.len() > 3);
        address.city = place.and_then(|place| town::at_end(place).map(collapse));
        if address.city.as_deref().is_some_and(is_region) {
            address.region = address.city.take();
        }
    }
    if address.city.is_none() && CITIES.contains(&country.as_str()) {
        let name = text.get(line..end).unwrap_or_default();
        let name = name
            .split(|c: char| c == ',' || c.is_ascii_digit())
            .next()
            .unwrap_or_default();
        address.city = Some(collapse(name));
    } else if address.city.is_none() {
        let place = lines.next_if(|line| !line.bytes().any(|byte| byte.is_ascii_digit()))?;
        let mut parts = place.rsplit(',').map(str::trim);
        let last = parts.next()?;
        match parts.next() {
            Some(town) if address.region.is_none() => {
                address.region = Some(collapse(last));
                address.city = town::at_end(town).map(collapse);
            }
            _ => address.city = town::at_end(last).map(collapse),
        }
    }
    let coded = address.postal_code.is_some();
    let known = address.city.as_deref().is_some_and(towns::is_known);
    let (street, from) = street_of(text, lines)?;
    (coded || known).then(|| Hit {
        span: from..end,
        address: Address {
            text: collapse(text.get(from..end).unwrap_or_default()),
            street: Some(street),
            ..address
        },
    })
}

/// The lines up to the last one with a number.
fn street_of<'a>(text: &str, lines: impl Iterator<Item = &'a str>) -> Option<(String, usize)> {
    let lines: Vec<&str> = lines.collect();
    let numbered = |line: &&str| line.bytes().any(|byte| byte.is_ascii_digit());
    let top = lines.iter().rposition(numbered)?;
    let bottom = lines.first()?;
    let all = lines.get(..=top)?;
    let looks = all
        .iter()
        .any(|line| is_street(line) || is_unit(line) || continental(line).is_some() || line.contains('#'));
    let (from, end) = (range_of(text, lines.get(top)?).start, range_of(text, bottom).end);
    looks.then(|| Some((one_line(text.get(from..end)?), from)))?
}

/// `Shanghai 200233`, `Tokyo 113-0021`, `L-1160`: what stands before the code, and the code.
fn code_at_end(line: &str) -> Option<(&str, &str)> {
    let bytes = line.as_bytes();
    let before = |at: &usize| at.checked_sub(1).and_then(|before| bytes.get(before));
    let starts =
        (0..bytes.len()).filter(|at| before(at).is_none_or(|byte| matches!(byte, b' ' | b'(' | b',')));
    let code = starts
        .filter_map(|at| line.get(at..))
        .map(|tail| tail.trim_end_matches(')'))
        .find(|tail| is_code(tail))?;
    let place = line.get(..range_of(line, code).start)?;
    Some((place.trim_end_matches([' ', '(', ',', '-']), code))
}

/// Digits in one or two groups, perhaps behind a country's letters: `200233`, `400 705`, `L-1160`, `104`.
fn is_code(text: &str) -> bool {
    if text.len() > LONGEST_CODE {
        return false;
    }
    let (letters, digits) = match text.split_once('-') {
        Some((letters, digits))
            if letters.len() <= 3 && letters.bytes().all(|byte| byte.is_ascii_uppercase()) =>
        {
            (true, digits)
        }
        _ => (false, text),
    };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let groups: Vec<&str> = digits.split([' ', '-']).collect();
    (3 + usize::from(letters)..=9).contains(&count)
        && groups.len() <= 2
        && groups
            .iter()
            .all(|group| group.len() >= 2 && group.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Suffixes of provinces and districts.
fn is_region(name: &str) -> bool {
    [
        "-ken",
        "-do",
        "-fu",
        " County",
        " Country",
        " Province",
        " Prefecture",
    ]
    .iter()
    .any(|suffix| name.ends_with(suffix))
}

/// Lines that belong to no address: contacts, names of companies.
fn is_other(line: &str) -> bool {
    const FORMS: &[&str] = &[
        "ltd",
        "limited",
        "inc",
        "llc",
        "gmbh",
        "ag",
        "kk",
        "k.k",
        "corp",
        "corporation",
        "s.a",
        "sa",
        "sas",
        "bv",
        "b.v",
        "s.r.l",
        "srl",
        "s.p.a",
        "spa",
        "plc",
        "oy",
        "ab",
        "as",
        "a/s",
    ];
    let lower = line.to_lowercase();
    let last = lower.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    line.contains(['@', ':', '+']) || FORMS.contains(&last)
}
