//! Addresses in the text, found by their postal code: US ZIP with its state, Canadian and British codes, and the
//! continental `12345 Town` below a street line.

use std::ops::Range;

use super::line;
use super::schema::collapse;
use super::state::{self, Kind};
use super::street::{has_street_word, is_box, is_street, is_unit, split_town};
use crate::page::Document;
use crate::phone::Region;
use crate::record::{Address, CountryCode, Method};
use crate::sighting::{Sighting, Spot};

/// Street, town and code: 53 of 56 on the labelled pages.
const WHOLE: f32 = 0.94;
/// Town and code only: 7 of 7 there, too few to be surer.
const TOWN: f32 = 0.8;

/// An address in a text.
struct Hit {
    span: Range<usize>,
    address: Address,
}

/// Every address of the document's text.
pub(crate) fn find(document: &Document, region: Option<Region>, found: &mut Vec<Sighting<Address>>) {
    for hit in all(document.text(), region) {
        let confidence = if hit.address.street.is_some() { WHOLE } else { TOWN };
        found.push(Sighting::new(
            hit.address,
            confidence,
            Method::VisibleText,
            Spot::Text(hit.span),
        ));
    }
}

/// The first address of a text.
pub(super) fn first_of(text: &str) -> Option<Address> {
    all(text, None).into_iter().next().map(|hit| hit.address)
}

fn all(text: &str, region: Option<Region>) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = at + offset;
        let length = bytes.get(start..).map_or(0, |rest| {
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        });
        at = start + length;
        let glued = start
            .checked_sub(1)
            .and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphanumeric);
        let hit = match length {
            5 if !glued => zip(text, start).or_else(|| continental(text, start, 5, region)),
            4 if !glued => continental(text, start, 4, region),
            1 => canadian(text, start).or_else(|| british(text, start)),
            _ => None,
        };
        if let Some(hit) = hit {
            at = at.max(hit.span.end);
            hits.push(hit);
        }
    }
    hits
}

fn country(code: &str) -> Option<CountryCode> {
    CountryCode::new(code).ok()
}

/// `Springfield, IL 62701-1234`.
fn zip(text: &str, start: usize) -> Option<Hit> {
    let mut end = start + 5;
    let rest = text.get(end..)?;
    if let Some(more) = rest.strip_prefix(['-', '–']) {
        let four = more.bytes().take_while(u8::is_ascii_digit).count();
        if four == 4 {
            end = text.len() - more.len() + 4;
        }
    }
    if text.get(end..)?.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let before = text
        .get(..start)?
        .trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let gap = text.get(before.len()..start)?;
    if gap.is_empty() || gap.len() > 6 {
        return None;
    }
    let (before_state, state) = state::split_end(before, Kind::States)?;
    let code = text.get(start..end)?.replace('–', "-");
    with_town(text, before_state, Some(state), code, end, country("US"))
}

/// `Toronto, ON M5V 1K4`: called at each digit, the one after the first letter decides.
fn canadian(text: &str, digit: usize) -> Option<Hit> {
    let start = digit.checked_sub(1)?;
    let code = text.get(start..start + 7)?;
    let bytes = code.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let number = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let gap = bytes.get(3).is_some_and(|byte| matches!(byte, b' ' | b'-'));
    if !(letter(0) && number(1) && letter(2) && gap && number(4) && letter(5) && number(6)) {
        return None;
    }
    let before = text.get(..start)?;
    if before.ends_with(|c: char| c.is_alphanumeric())
        || text.get(start + 7..)?.starts_with(|c: char| c.is_alphanumeric())
    {
        return None;
    }
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let (before_state, state) = match state::split_end(before, Kind::Provinces) {
        Some((rest, state)) => (rest, Some(state)),
        None => (before, None),
    };
    with_town(
        text,
        before_state,
        state,
        code.replace('-', " "),
        start + 7,
        country("CA"),
    )
}

/// `London SW1A 1AA`: called at each digit, the one of the inward half decides.
fn british(text: &str, digit: usize) -> Option<Hit> {
    let inward = text.get(digit..digit + 3)?;
    let letters = inward.bytes().skip(1).all(|byte| byte.is_ascii_uppercase());
    if !letters || text.get(digit + 3..)?.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let before = text.get(..digit)?.strip_suffix(' ')?;
    let cut = crate::sighting::tail(before, 5);
    let outward = cut.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let head = outward.bytes().take_while(u8::is_ascii_uppercase).count();
    let fits = (2..=4).contains(&outward.len())
        && (1..=2).contains(&head)
        && outward.as_bytes().get(head)?.is_ascii_digit();
    if !fits {
        return None;
    }
    let code = format!("{outward} {inward}");
    let before = before
        .strip_suffix(outward)?
        .trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    with_town(text, before, None, code, digit + 3, country("GB"))
}

/// Town and street from what stands before the state or code.
fn with_town(
    text: &str,
    before: &str,
    state: Option<&str>,
    code: String,
    end: usize,
    country: Option<CountryCode>,
) -> Option<Hit> {
    let british = country.is_some_and(|country| country.as_str() == "GB");
    let segments = line::before(text, before.len());
    let piece = |index: usize| segments.get(index).and_then(|range| text.get(range.clone()));
    let mut address = Address {
        region: state.map(ToOwned::to_owned),
        postal_code: Some(code),
        country,
        ..Address::default()
    };
    let first = piece(0)?;
    let mut next = 1;
    let mut start = segments.first()?.start;
    let mut town = first;
    if first.bytes().any(|byte| byte.is_ascii_digit()) {
        // Street and town without a comma between, or no town at all.
        let (street, rest) = split_town(first)?;
        address.street = Some(collapse(street));
        town = rest;
    } else if state::is_county(first)
        && let Some(second) = piece(1)
    {
        // `… street, town, county code`
        address.region = Some(collapse(first));
        town = second;
        next = 2;
    }
    address.city = town_of(town);
    if address.city.is_none() && address.street.is_none() {
        return None;
    }
    if address.street.is_none()
        && let Some((street, from)) = street_from(text, &segments, next, british)
    {
        address.street = Some(street);
        start = from;
    }
    address.text = collapse(text.get(start..end)?);
    Some(Hit {
        span: start..end,
        address,
    })
}

/// The street line among the segments from `index` on: a unit before it belongs to it.
fn street_from(
    text: &str,
    segments: &[Range<usize>],
    index: usize,
    british: bool,
) -> Option<(String, usize)> {
    let mut last = None;
    for range in segments.iter().skip(index).take(3) {
        let piece = text.get(range.clone())?;
        let end = last.unwrap_or(range.end);
        // British houses may have a name instead of a number.
        let named =
            british && piece.len() <= 60 && has_street_word(piece) && piece.starts_with(char::is_uppercase);
        if (is_street(piece) || named) && !is_unit(piece) {
            let whole = text.get(range.start..end)?.replace(['\n', '\t'], ", ");
            return Some((collapse(&whole.replace(",,", ",")), range.start));
        }
        if !is_unit(piece) && !is_box(piece) && last.is_some() {
            return None;
        }
        last = Some(end);
    }
    None
}

/// A town's name: one to four words that begin with capitals.
fn town_of(segment: &str) -> Option<String> {
    let town = segment.rsplit([':', '(']).next()?.trim();
    let words: Vec<&str> = town.split_whitespace().collect();
    let named = words.iter().all(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(
                *word,
                "of" | "de"
                    | "la"
                    | "on"
                    | "upon"
                    | "the"
                    | "le"
                    | "am"
                    | "an"
                    | "der"
                    | "im"
                    | "sur"
                    | "en"
                    | "aan"
                    | "den"
                    | "del"
            )
    });
    let fits = (1..=4).contains(&words.len())
        && named
        && town
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    (fits && town.chars().count() >= 3).then(|| town.to_owned())
}

/// Countries that write `12345 Town`, with the digits of their codes.
const CONTINENTAL: &[(&str, usize)] = &[
    ("DE", 5),
    ("FR", 5),
    ("ES", 5),
    ("IT", 5),
    ("FI", 5),
    ("AT", 4),
    ("CH", 4),
    ("BE", 4),
    ("DK", 4),
    ("NO", 4),
    ("LU", 4),
    ("HU", 4),
    ("TR", 5),
    ("EE", 5),
    ("HR", 5),
    ("SI", 4),
    ("NL", 4),
    ("RS", 5),
    ("BG", 4),
    ("LI", 4),
];

/// `Hauptstraße 5, 12345 Town`: only below a street line, because a number and a name are everywhere.
fn continental(text: &str, start: usize, digits: usize, region: Option<Region>) -> Option<Hit> {
    let after = text.get(start + digits..)?;
    let mut rest = after.strip_prefix([' ', '\u{a0}'])?;
    let mut code = text.get(start..start + digits)?.to_owned();
    let dutch = digits == 4 && region.is_some_and(|region| region.as_str() == "NL");
    if let Some(letters) = rest
        .get(..2)
        .filter(|letters| dutch && letters.bytes().all(|byte| byte.is_ascii_uppercase()))
    {
        code = format!("{code} {letters}");
        rest = rest.get(2..)?.trim_start_matches([' ', '\u{a0}']);
    }
    let line = rest.split(['\n', '\t', ',', '(', '|', ';']).next()?;
    // The town ends where a word is no name: `75001 Paris Tel`.
    let town: Vec<&str> = line
        .split_whitespace()
        .take(3)
        .take_while(|word| is_town_word(word))
        .collect();
    let last = town.last()?;
    let end = last.as_ptr().addr() - text.as_ptr().addr() + last.len();
    let mut before = text.get(..start)?;
    let mut named = None;
    for (prefix, code) in [
        ("D-", "DE"),
        ("A-", "AT"),
        ("CH-", "CH"),
        ("F-", "FR"),
        ("I-", "IT"),
        ("L-", "LU"),
        ("B-", "BE"),
    ] {
        if let Some(rest) = before.strip_suffix(prefix) {
            before = rest;
            named = country(code);
        }
    }
    let segments = line::before(
        text,
        before
            .trim_end_matches(|c: char| c.is_whitespace() || c == ',')
            .len(),
    );
    let (street, from) = street_from(text, &segments, 0, false)?;
    let fits = |region: &Region| {
        CONTINENTAL
            .iter()
            .any(|(code, length)| *code == region.as_str() && *length == digits)
    };
    let country = named.or_else(|| region.filter(fits).and_then(|region| region.country()));
    let mut address = Address {
        street: Some(street),
        city: town_of(&town.join(" ")),
        postal_code: Some(code),
        country,
        ..Address::default()
    };
    address.city.as_ref()?;
    address.text = collapse(text.get(from..end)?);
    Some(Hit {
        span: from..end,
        address,
    })
}

fn is_town_word(word: &str) -> bool {
    const NO_TOWN: &[&str] = &[
        "Tel", "Tel.", "Tél", "Telefon", "Fon", "Fax", "Phone", "E-Mail", "Email", "Mobil", "Tel:", "Mail",
        "USA",
    ];
    !NO_TOWN.contains(&word.trim_end_matches(':'))
        && (word.starts_with(char::is_uppercase)
            || matches!(
                word,
                "am" | "an" | "der" | "im" | "sur" | "la" | "le" | "de" | "den"
            ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, region: &str) -> Option<[String; 4]> {
        let hit = all(text, Region::new(region).ok()).into_iter().next()?;
        let part = |part: Option<String>| part.unwrap_or_default();
        let address = hit.address;
        Some([
            part(address.street),
            part(address.city),
            part(address.region),
            part(address.postal_code),
        ])
    }

    #[test]
    fn american_forms() {
        for (text, expected) in [
            (
                "Visit us\n12 Main Street\nSpringfield, IL 62701\nTel",
                ["12 Main Street", "Springfield", "IL", "62701"],
            ),
            (
                "12 Main St, Suite 4, Springfield, Illinois 62701-1234",
                ["12 Main St, Suite 4", "Springfield", "Illinois", "62701-1234"],
            ),
            (
                "12 Main St. Springfield, IL 62701",
                ["12 Main St.", "Springfield", "IL", "62701"],
            ),
            (
                "P.O. Box 12\nNew York, NY 10001",
                ["P.O. Box 12", "New York", "NY", "10001"],
            ),
            ("We are in Portland, OR 97201", ["", "", "", ""]),
            (
                "439 King Street West, Toronto, Ontario M5V 1K4",
                ["439 King Street West", "Toronto", "Ontario", "M5V 1K4"],
            ),
        ] {
            let found = read(text, "US").unwrap_or_default();
            assert_eq!(found, expected.map(ToOwned::to_owned), "{text}");
        }
    }

    #[test]
    fn european_forms() {
        for (text, region, expected) in [
            (
                "Rossi GmbH\nHauptstraße 5\n12345 Beispielstadt\nTel",
                "DE",
                ["Hauptstraße 5", "Beispielstadt", "", "12345"],
            ),
            (
                "12 rue de la Paix, 75002 Paris",
                "FR",
                ["12 rue de la Paix", "Paris", "", "75002"],
            ),
            (
                "Keizersgracht 12\n1015 CW Amsterdam",
                "NL",
                ["Keizersgracht 12", "Amsterdam", "", "1015 CW"],
            ),
            (
                "5 High Street, Stevenage, Hertfordshire SG1 2EW",
                "GB",
                ["5 High Street", "Stevenage", "Hertfordshire", "SG1 2EW"],
            ),
            ("Im Jahr 12345 Wunder", "DE", ["", "", "", ""]),
        ] {
            let found = read(text, region).unwrap_or_default();
            assert_eq!(found, expected.map(ToOwned::to_owned), "{text}");
        }
    }
}
