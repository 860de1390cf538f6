//! Towns that a page names without a code: `Dallas, Texas`, `Lyon, France`, and lists of the towns it serves.

use std::ops::Range;

use super::anglo::street_from;
use super::country::country_of_name;
use super::line;
use super::schema::collapse;
use super::state::{self, Kind};
use super::street::has_street_word;
use super::text::{Hit, country};
use super::{town, towns};
use crate::phone::Region;
use crate::places::{Capital, Places};
use crate::record::{Address, CountryCode};
use crate::sighting::head;

/// At most so many towns of one page: more are a directory.
const MAX_TOWNS: usize = 200;
/// A list is so many towns in a row that are known, and no more than one in four that is not.
const SHORTEST_LIST: usize = 5;
/// At most so many words make a name.
const MAX_WORDS: usize = 5;

/// Whether a word is one of the small ones within the name of a town.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "of" | "de"
            | "la"
            | "le"
            | "les"
            | "on"
            | "upon"
            | "am"
            | "an"
            | "der"
            | "im"
            | "sur"
            | "en"
            | "aan"
            | "den"
            | "del"
            | "di"
            | "do"
            | "du"
            | "los"
            | "las"
            | "el"
    )
}

/// Why a town is believed to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Its state stands behind it.
    State,
    /// Its country stands behind it.
    Country,
    /// It stands among others.
    List,
}

/// A town, with its street when one stands before it.
pub(super) struct Named {
    pub(super) hit: Hit,
    pub(super) reason: Reason,
}

/// Every town that is named outside of `taken`, spans in order that are addresses already.
pub(super) fn find(text: &str, taken: &[Range<usize>], region: Option<Region>) -> Vec<Named> {
    let mut found = Vec::new();
    let mut list = List::default();
    for run in Runs::of(text) {
        let after = taken.partition_point(|span| span.end <= run.start);
        if taken.get(after).is_some_and(|span| span.start < run.end) {
            list.flush(text, region, &mut found);
            continue;
        }
        if let Some(named) = pair_at(text, &run) {
            found.push(named);
        } else {
            list.take(text, run, region, &mut found);
        }
        if found.len() >= MAX_TOWNS {
            break;
        }
    }
    list.flush(text, region, &mut found);
    found.truncate(MAX_TOWNS);
    found
}

/// A town with what it lies in. Most runs have no comma behind them and no state within.
fn pair_at(text: &str, run: &Range<usize>) -> Option<Named> {
    if text.as_bytes().get(run.end) != Some(&b',') {
        return with_state(text, run);
    }
    with_state(text, run)
        .or_else(|| with_county(text, run))
        .or_else(|| with_country(text, run))
}

/// Runs of words that begin with capitals, small words between: `Stoke-on-Trent`, `Fort Myers Beach`, `Aix en Provence`.
struct Runs<'a> {
    text: &'a str,
    capitals: Places<'a, Capital>,
    at: usize,
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let start = self.capitals.next(self.at)?;
            // What stands right behind the last run, or behind a sign that began none, may begin one.
            let before = start.checked_sub(1).filter(|before| *before >= self.at);
            let before = before.and_then(|before| self.text.as_bytes().get(before));
            let free = before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80);
            let end = free.then(|| self.end_of_run(start));
            match end.flatten() {
                Some(end) => {
                    self.at = end;
                    return Some(start..end);
                }
                None => self.at = start + 1,
            }
        }
    }
}

impl<'a> Runs<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            capitals: Places::of(text),
            at: 0,
        }
    }

    fn end_of_run(&self, start: usize) -> Option<usize> {
        let window = head(self.text.get(start..)?, 80);
        if !is_capitalised(window) {
            return None;
        }
        let mut end = None;
        let mut at = 0;
        for _ in 0..MAX_WORDS {
            let rest = window.get(at..).unwrap_or_default();
            let letters = length_of_word(rest);
            let word = rest.get(..letters).unwrap_or_default();
            let plain = without_signs(word);
            if plain.is_empty() {
                break;
            }
            if is_capitalised(plain) {
                end = Some(start + at + plain.len());
            } else if !is_joint(plain) {
                break;
            }
            // A dot ends a sentence but for `St.`, `Ft.`.
            let short = || word.ends_with('.') && word.trim_end_matches('.').len() <= 3;
            if rest.as_bytes().get(letters) != Some(&b' ') || plain.len() != word.len() && !short() {
                break;
            }
            at += letters + 1;
        }
        end
    }
}

fn is_capitalised(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
        _ => text.starts_with(char::is_uppercase),
    }
}

/// A word without the signs at its end, which most have none of.
fn without_signs(word: &str) -> &str {
    match word.as_bytes().last() {
        Some(last) if last.is_ascii_alphabetic() => word,
        _ => word.trim_end_matches(['.', '-', '\'', '’']),
    }
}

/// How far a text goes on with letters, dashes, apostrophes and dots.
fn length_of_word(text: &str) -> usize {
    let plain = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'' | b'.');
    let ascii = text
        .as_bytes()
        .iter()
        .position(|byte| !plain(byte))
        .unwrap_or(text.len());
    let rest = text.get(ascii..).unwrap_or_default();
    if rest.bytes().next().is_none_or(|byte| byte.is_ascii()) {
        return ascii;
    }
    let more = rest.find(|c: char| !c.is_alphabetic() && !matches!(c, '-' | '\'' | '’' | '.'));
    ascii + more.unwrap_or(rest.len())
}

/// `Dallas, Texas`, `Fenton MO`, `Ft. Lauderdale Florida`.
fn with_state(text: &str, run: &Range<usize>) -> Option<Named> {
    let name = text.get(run.clone())?;
    let follows = text.as_bytes().get(run.end) == Some(&b',');
    let behind = if follows {
        let behind = head(text.get(run.end + 1..)?, 39).trim_start_matches([' ', '\u{a0}']);
        Some(behind).filter(|rest| state::may_begin(rest))
    } else {
        None
    };
    let ends = state::may_end(name);
    if behind.is_none() && !ends {
        return None;
    }
    for kind in [Kind::States, Kind::Provinces, Kind::Australian] {
        if ends
            && let Some((before, state)) = state::split_end(name, kind)
            && let town = before.trim_end()
            && towns::is_town_of(town, kind.country())
        {
            return Some(pair(
                text,
                run.start..run.start + before.len() + state.len(),
                town,
                state,
                kind,
            ));
        }
        let Some(behind) = behind else { continue };
        let Some(length) = state::length_at_start(behind, kind) else {
            continue;
        };
        let state = behind.get(..length)?;
        let known = towns::is_town_of(name, kind.country());
        // Two letters are a degree as well: `Grace Example, MD`.
        if known || length > 3 && plausible(name) {
            let end = line::range_of(text, state).end;
            return Some(pair(text, run.start..end, name, state, kind));
        }
    }
    None
}

/// Whether a street that no code proves looks like nothing else.
fn is_plain(street: &str) -> bool {
    let first = street.split(',').next().unwrap_or_default();
    has_street_word(street)
        && street.starts_with(|c: char| c.is_ascii_digit())
        && first.split_whitespace().count() <= 6
}

/// `Cheltenham, Gloucestershire`
fn with_county(text: &str, run: &Range<usize>) -> Option<Named> {
    let name = text.get(run.clone())?;
    let behind = head(text.get(run.end..)?, 40).strip_prefix(", ")?;
    if !towns::is_town_of(name, "GB") {
        return None;
    }
    let county = behind
        .split(|c: char| !c.is_alphabetic() && c != ' ')
        .next()?
        .trim_end();
    if !state::is_county(county) {
        return None;
    }
    let span = run.start..line::range_of(text, county).end;
    let address = Address {
        text: collapse(text.get(span.clone())?),
        city: Some(collapse(name)),
        region: Some(collapse(county)),
        country: country("GB"),
        ..Address::default()
    };
    Some(Named {
        hit: Hit { span, address },
        reason: Reason::State,
    })
}

fn plausible(name: &str) -> bool {
    name.split(' ').count() <= 3 && town::at_end(name) == Some(name)
}

fn pair(text: &str, span: Range<usize>, town: &str, state: &str, kind: Kind) -> Named {
    let mut address = Address {
        city: Some(collapse(town)),
        region: Some(collapse(state)),
        country: country(kind.country()),
        ..Address::default()
    };
    let mut start = span.start;
    let before = text
        .get(..span.start)
        .unwrap_or_default()
        .trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let segments = line::before(text, before.len());
    if let Some(street) = street_from(text, &segments, 0, false)
        && street.quarter.is_none()
        && is_plain(&street.text)
    {
        start = street.start;
        address.street = Some(street.text);
    }
    let span = start..span.end;
    address.text = collapse(text.get(span.clone()).unwrap_or_default());
    Named {
        hit: Hit { span, address },
        reason: Reason::State,
    }
}

/// `Lyon, France`: a town that is known, or a line that says nothing else.
fn with_country(text: &str, run: &Range<usize>) -> Option<Named> {
    let name = text.get(run.clone())?;
    let rest = head(text.get(run.end..)?, 40);
    let behind = rest.strip_prefix(", ")?;
    let place = behind
        .split(|c: char| !c.is_alphabetic() && !matches!(c, ' ' | '.'))
        .next()?
        .trim_end();
    let named: CountryCode = country_of_name(place).filter(|_| place.len() > 2)?;
    let alone = run.start == 0 || text.get(..run.start)?.ends_with(['\n', '\t']);
    if !(towns::is_known(name) || alone && plausible(name)) {
        return None;
    }
    let span = run.start..line::range_of(text, place).end;
    let address = Address {
        text: collapse(text.get(span.clone())?),
        city: Some(collapse(name)),
        country: Some(named),
        ..Address::default()
    };
    Some(Named {
        hit: Hit { span, address },
        reason: Reason::Country,
    })
}

/// Names that stand side by side.
#[derive(Default)]
struct List {
    names: Vec<Range<usize>>,
    end: usize,
}

impl List {
    fn take(&mut self, text: &str, run: Range<usize>, region: Option<Region>, found: &mut Vec<Named>) {
        let between = text.get(self.end..run.start).unwrap_or_default();
        let goes_on = self.end > 0 && is_separator(between);
        if !goes_on {
            self.flush(text, region, found);
        }
        self.end = run.end;
        self.names.push(run);
    }

    fn flush(&mut self, text: &str, region: Option<Region>, found: &mut Vec<Named>) {
        self.end = 0;
        let towns = towns_among(text, &self.names);
        self.names.clear();
        let Some(towns) = towns else { return };
        let country = common_country(text, &towns, region);
        for span in towns {
            let name = collapse(text.get(span.clone()).unwrap_or_default());
            let address = Address {
                text: name.clone(),
                country: country.filter(|country| towns::is_town_of(&name, country.as_str())),
                city: Some(name),
                ..Address::default()
            };
            found.push(Named {
                hit: Hit { span, address },
                reason: Reason::List,
            });
        }
    }
}

/// The towns of a list, when it is one of towns. Most lists are menus: their first few names tell.
fn towns_among(text: &str, names: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    if names.len() < SHORTEST_LIST {
        return None;
    }
    let mut towns = Vec::new();
    let mut others = 0;
    for span in names {
        let name = text.get(span.clone()).unwrap_or_default();
        if towns::is_known(name) && !state::is_name_only(name) {
            towns.push(span.clone());
        } else {
            others += 1;
        }
        if others * 4 > names.len() {
            return None;
        }
        if others > 3 && others > towns.len() {
            towns.clear();
        }
    }
    (towns.len() >= SHORTEST_LIST && others * 3 <= towns.len()).then_some(towns)
}

/// Whether only what parts a list stands there: signs, line ends, `and`.
fn is_separator(between: &str) -> bool {
    match between {
        "\n" | ", " | "\t" | "\n\n" => return true,
        " " => return false,
        _ if between.len() > 12 => return false,
        _ => {}
    }
    let word = between.trim_matches(|c: char| !c.is_alphanumeric());
    !between.contains(['.', ':', '(', ')', '?', '!', '@'])
        && (matches!(word, "" | "and" | "or" | "und" | "et" | "y" | "e" | "en")
            && !between.trim_matches(' ').is_empty())
}

/// The country of the page when most of the towns are its, else none.
fn common_country(text: &str, list: &[Range<usize>], region: Option<Region>) -> Option<CountryCode> {
    let country = region?.country()?;
    let own = list
        .iter()
        .filter_map(|span| text.get((*span).clone()))
        .filter(|name| towns::is_town_of(name, country.as_str()))
        .count();
    (own * 4 >= list.len() * 3).then_some(country)
}
