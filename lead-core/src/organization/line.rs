//! Names that stand on lines of their own: with a legal form, or right above an address.

use super::find::{Candidate, Source};
use super::name::{ends_like_a_form, has_legal_form, tidy};
use crate::sighting::{Spot, tail};

/// Longer lines are prose.
const LONGEST: usize = 70;
/// More companies on a page than these are a list of others.
const MOST: usize = 12;

/// Lines, or parts of lines, that end with a legal form.
pub(super) fn with_legal_form(text: &str, found: &mut Vec<Candidate>) {
    let mut count = 0;
    for line in cells(text).flat_map(unadorned) {
        if !ends_like_a_form(line.trim_end()) {
            continue;
        }
        let at = line.as_ptr().addr() - text.as_ptr().addr();
        // A year of copyright is none of the name.
        let name =
            line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | ','));
        let name = if is_year_led(line.trim()) {
            name.trim()
        } else {
            line.trim()
        };
        if !(5..=LONGEST).contains(&name.len()) || !ends_plainly(name) || !has_legal_form(name) {
            continue;
        }
        let first = name.chars().next().unwrap_or_default();
        let plain = first.is_uppercase() || first.is_ascii_digit();
        let short = name.split_whitespace().count() <= 8 && !name.contains(['@', ':', '?', '!']);
        if let Some(kept) = tidy(name).filter(|_| plain && short) {
            found.push(Candidate::new(
                kept,
                Source::LegalForm,
                Spot::Text(at..at + line.len()),
            ));
            count += 1;
        }
        if count == MOST {
            return;
        }
    }
}

/// What line ends, tabs and bars part.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let whole = rest?;
        let cut = memchr::memchr3(b'\n', b'\t', b'|', whole.as_bytes());
        rest = cut.and_then(|at| whole.get(at + 1..));
        whole.get(..cut.unwrap_or(whole.len()))
    })
}

/// The parts between ornaments, which are rare.
fn unadorned(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let whole = rest?;
        if whole.is_ascii() {
            return rest.take();
        }
        let (part, more) = match whole.split_once(['•', '·', '©']) {
            Some((part, more)) => (part, Some(more)),
            None => (whole, None),
        };
        rest = more;
        Some(part)
    })
}

/// `2024 Rossi Bakery, Inc.`, `1999-2024, Rossi`
fn is_year_led(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && line.starts_with(['1', '2'])
}

/// Whether the last word is short, as forms are but for a few.
fn ends_plainly(name: &str) -> bool {
    let last = name.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    last.len() <= 6
        || matches!(
            &*last.to_lowercase(),
            "limited" | "company" | "corporation" | "incorporated" | "aktiebolag"
        )
}

/// The line right above each address that begins at one of `starts`, when it looks like a name.
pub(super) fn above_addresses(text: &str, starts: &[usize], found: &mut Vec<Candidate>) {
    for start in starts {
        let before = tail(text.get(..*start).unwrap_or_default(), 200);
        let Some(before) = before.trim_end_matches([' ', ',']).strip_suffix(['\n', '\t']) else {
            continue;
        };
        let line = before
            .trim_end()
            .rsplit(['\n', '\t'])
            .next()
            .unwrap_or_default()
            .trim();
        let words = line.split_whitespace();
        let capitals = words
            .clone()
            .filter(|word| !word.starts_with(char::is_lowercase))
            .count();
        let count = words.count();
        let fits = (2..=7).contains(&count)
            && capitals * 3 >= count * 2
            && line.len() <= LONGEST
            && line.starts_with(char::is_uppercase)
            && !line.ends_with([':', '?', '!'])
            && !line.contains(['@', ':'])
            && !line.bytes().any(|byte| byte.is_ascii_digit());
        if let Some(name) = tidy(line).filter(|_| fits) {
            let at = line.as_ptr().addr() - text.as_ptr().addr();
            found.push(Candidate::new(
                name,
                Source::AboveAddress,
                Spot::Text(at..at + line.len()),
            ));
        }
    }
}
