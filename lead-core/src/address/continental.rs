//! Addresses whose town stands behind its code: `Hauptstraße 5, 12345 Beispielstadt`.

use std::ops::Range;

use super::anglo::one_line;
use super::country::country_of_name;
use super::format::{Format, House, Shape, of_shape};
use super::line;
use super::schema::collapse;
use super::street::{continental, is_box, is_house_number, is_number_part};
use super::text::{Hit, is_free_after};
use super::{town, towns};
use crate::phone::Region;
use crate::record::{Address, CountryCode};
use crate::sighting::{head, tail};

/// A code of a continental form.
struct Code {
    shape: Shape,
    digits: Range<usize>,
    /// Those of a Dutch code.
    letters: Option<Range<usize>>,
    end: usize,
}

impl Code {
    fn value(&self, text: &str) -> Option<String> {
        let digits = text.get(self.digits.clone())?.replace('\u{a0}', " ");
        Some(match self.letters.clone() {
            Some(letters) => format!("{digits} {}", text.get(letters)?),
            None => digits,
        })
    }
}

/// The code that begins with `length` digits at `start`.
fn code_at(text: &str, start: usize, length: usize) -> Option<Code> {
    let bytes = text.as_bytes();
    let digits = |from: usize, count: usize| {
        bytes
            .get(from..from + count)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let byte = |at: usize| bytes.get(at).copied();
    let end = start + length;
    let code = |shape, end| {
        Some(Code {
            shape,
            digits: start..end,
            letters: None,
            end,
        })
    };
    match length {
        5 => code(Shape::Five, end),
        4 if byte(end) == Some(b'-') && digits(end + 1, 3) => code(Shape::Portuguese, end + 4),
        4 => dutch_letters(text, end).map_or_else(
            || code(Shape::Four, end),
            |letters| {
                Some(Code {
                    shape: Shape::Dutch,
                    digits: start..end,
                    end: letters.end,
                    letters: Some(letters),
                })
            },
        ),
        3 if byte(end) == Some(b' ') && digits(end + 1, 2) => code(Shape::Spaced, end + 3),
        2 if byte(end) == Some(b'-') && digits(end + 1, 3) => code(Shape::Polish, end + 4),
        _ => None,
    }
    .filter(|code| is_free_after(text, code.end))
}

/// The two capitals of a Dutch code.
fn dutch_letters(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = text.get(end..)?;
    let start = end + (rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len());
    let letters = text.get(start..start + 2)?;
    // Never issued: SA, SD, SS.
    let fits = letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && !matches!(letters, "SA" | "SD" | "SS" | "AM" | "PM");
    (fits && start - end <= 2 && is_free_after(text, start + 2)).then_some(start..start + 2)
}

/// What stands behind a code: the town, and how far the address goes.
struct Behind<'a> {
    town: &'a str,
    region: Option<String>,
    /// Two capitals right behind the town, and their end: a province in Italy.
    letters: Option<(&'a str, usize)>,
    country: Option<CountryCode>,
    end: usize,
}

fn behind(text: &str, from: usize) -> Option<Behind<'_>> {
    if !matches!(text.as_bytes().get(from)?, b' ' | b',' | 0xc2) {
        return None;
    }
    let rest = head(text.get(from..)?, 120);
    let line = rest.trim_start_matches([' ', '\u{a0}', ',']);
    if line.len() == rest.len() {
        return None;
    }
    let line = line.split(['\n', '\t']).next()?;
    let name = town::at_start(line.split([',', '(', '|', ';', '/']).next()?)?;
    let mut end = line::range_of(text, name).end;
    let mut region = None;
    let after = text.get(end..)?;
    if let Some(inside) = after.trim_start_matches(' ').strip_prefix('(')
        && let Some((inside, _)) = head(inside, 40).split_once(')')
        && inside.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !inside.trim().is_empty()
    {
        region = Some(collapse(inside));
        end = line::range_of(text, inside).end + 1;
    }
    let letters = capitals_behind(text, end);
    let (country, end) = country_behind(text, end);
    Some(Behind {
        town: name,
        region,
        letters,
        country,
        end,
    })
}

/// `… Verona VR`
fn capitals_behind(text: &str, end: usize) -> Option<(&str, usize)> {
    let rest = text.get(end..)?.trim_start_matches([' ', ',', '-']);
    let start = line::range_of(text, rest).start;
    let letters = text.get(start..start + 2)?;
    let capitals = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    (capitals && start - end <= 3 && start > end && is_free_after(text, start + 2))
        .then_some((letters, start + 2))
}

/// The name of a country behind a town, on the line or the next: where it ends.
fn country_behind(text: &str, end: usize) -> (Option<CountryCode>, usize) {
    let rest = head(text.get(end..).unwrap_or_default(), 60);
    let start =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '.' | '|'));
    let line = start
        .split(['\n', '\t', ',', '|', ';', '.', ')'])
        .next()
        .unwrap_or_default();
    let words: Vec<usize> = line
        .match_indices(' ')
        .map(|(at, _)| at)
        .chain(std::iter::once(line.len()))
        .take(3)
        .collect();
    let named = words.iter().rev().find_map(|stop| {
        let name = line.get(..*stop).filter(|name| name.len() > 2)?;
        Some((country_of_name(name)?, line::range_of(text, name).end))
    });
    named.map_or((None, end), |(country, end)| (Some(country), end))
}

/// Strips the letters of a country before a code: `D-`, `CH `, `L - `.
fn strip_prefix(before: &str, shape: Shape) -> (Option<&'static Format>, &str) {
    let dashed = before.trim_end_matches(' ');
    let Some(letters) = dashed
        .strip_suffix(['-', '–'])
        .map(|rest| rest.trim_end_matches(' '))
    else {
        return (None, before);
    };
    let word = tail(letters, 4)
        .rsplit(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let rest = letters.strip_suffix(word).unwrap_or(letters);
    let free = !rest.ends_with(|c: char| c.is_alphanumeric());
    let mut fitting =
        of_shape(shape).filter(|format| free && (format.prefix == word || format.country == word));
    fitting
        .next()
        .map_or((None, before), |format| (Some(format), rest))
}

/// How sure the country is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    No,
    /// The town is one of a country that writes so.
    Town,
    /// The page is of a country that writes so.
    Page,
    /// The address says it.
    Said,
}

fn country_of(
    code: &Code,
    prefix: Option<&'static Format>,
    behind: &Behind<'_>,
    region: Option<Region>,
) -> (Option<&'static Format>, Sure) {
    let fits = |country: &str| of_shape(code.shape).find(|format| format.country == country);
    if prefix.is_some() {
        return (prefix, Sure::Said);
    }
    if let Some(format) = behind.country.and_then(|country| fits(country.as_str())) {
        return (Some(format), Sure::Said);
    }
    if let Some(format) = region.and_then(|region| fits(region.as_str())) {
        return (Some(format), Sure::Page);
    }
    let mut known = of_shape(code.shape).filter(|format| towns::is_town_of(behind.town, format.country));
    match (known.next(), known.next()) {
        (Some(format), None) => (Some(format), Sure::Town),
        (Some(_), Some(_)) => (None, Sure::Town),
        (None, _) => (None, Sure::No),
    }
}

/// The address around the digits at `start`. A number and a name are everywhere, so a street must stand before them, or
/// the line must be nothing else.
pub(super) fn at(text: &str, start: usize, length: usize, region: Option<Region>) -> Option<Hit> {
    let code = code_at(text, start, length)?;
    let behind = behind(text, code.end)?;
    let (prefix, before) = strip_prefix(text.get(..start)?, code.shape);
    let (format, sure) = country_of(&code, prefix, &behind, region);
    let before = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '-' | '–' | '(' | '·' | '•' | '|')
    });
    let segments = line::before(text, before.len());
    let found = street_of(text, &segments, format, sure);
    let country = format.and_then(Format::code).or(behind.country);
    let known = country.is_some_and(|country| towns::is_town_of(behind.town, country.as_str()));
    let from = match &found {
        Some((_, from)) => *from,
        // Without a street: only on a line of its own, in a country that is certain, and a town that is known.
        None if sure >= Sure::Page && known && begins_line(text, start) => {
            before.len().max(start.saturating_sub(4))
        }
        None => return None,
    };
    let from = if found.is_some() { from } else { start };
    let province = behind
        .letters
        .filter(|_| behind.region.is_none() && country.is_some_and(|country| country.as_str() == "IT"));
    let end = province.map_or(behind.end, |(_, end)| end.max(behind.end));
    Some(Hit {
        span: from..end,
        address: Address {
            text: collapse(text.get(from..end)?),
            street: found.map(|(street, _)| street),
            city: Some(collapse(behind.town)),
            region: behind.region.or_else(|| Some(province?.0.to_owned())),
            postal_code: Some(code.value(text)?),
            country,
            ..Address::default()
        },
    })
}

fn begins_line(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let line = tail(before, 8)
        .rsplit(['\n', '\t', ','])
        .next()
        .unwrap_or_default();
    let whole = before.len() <= 8 || tail(before, 8).contains(['\n', '\t', ',']);
    whole
        && line
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | '-'))
}

/// The street among the segments before a code: its text and where it begins.
fn street_of(
    text: &str,
    segments: &[Range<usize>],
    format: Option<&Format>,
    sure: Sure,
) -> Option<(String, usize)> {
    let mut end = None;
    for (at, range) in segments.iter().enumerate().take(4) {
        let piece = text.get(range.clone())?;
        if is_number_part(piece) {
            end = end.or(Some(range.end));
            continue;
        }
        if is_box(piece) {
            return Some((
                one_line(text.get(range.start..end.unwrap_or(range.end))?),
                range.start,
            ));
        }
        let street = continental(piece).or_else(|| {
            // The number follows behind a comma.
            let numbered = text.get(range.start..end?)?;
            continental(&numbered.replace(',', ""))
                .is_some_and(|street| street.worded)
                .then(|| continental_lead(piece))?
        })?;
        let by_form = format.is_some_and(|format| format.house == House::After) && sure >= Sure::Page;
        if !street.worded && !by_form {
            return None;
        }
        let from = line::range_of(text, street.text).start;
        let from = number_before(text, segments.get(at + 1), from).unwrap_or(from);
        return Some((one_line(text.get(from..end.unwrap_or(range.end))?), from));
    }
    None
}

/// Where a house number begins that stands before a street that begins at `street`, on its line: `3 bis, avenue …`.
fn number_before(text: &str, segment: Option<&Range<usize>>, street: usize) -> Option<usize> {
    let range = segment?;
    let number = text.get(range.clone())?;
    let plain = ["bis", "ter"]
        .iter()
        .find_map(|word| number.strip_suffix(word))
        .unwrap_or(number);
    let same_line = text.get(range.end..street)? == ", ";
    let unnumbered = !text.get(street..)?.starts_with(|c: char| c.is_ascii_digit());
    (same_line && unnumbered && is_house_number(plain.trim_end())).then_some(range.start)
}

/// A street whose number stands elsewhere.
fn continental_lead(piece: &str) -> Option<super::street::Continental<'_>> {
    (piece.chars().count() <= 70).then_some(super::street::Continental {
        text: piece,
        worded: true,
    })
}
