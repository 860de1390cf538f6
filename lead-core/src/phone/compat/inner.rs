//! Numbers within a candidate that as a whole is none: its parts between slashes, brackets, hyphens, full stops, spaces.
//!
//! The reference tries six ways to part a candidate, in this order, and of each way the part before the first separator
//! and then every part after one. It is the Python port that is followed here: it looks for the next separator right
//! behind the start of the last one, where the Java original goes on behind the whole part, so that it tries the rest of
//! the candidate after each slash, hyphen and dash.

use std::ops::Range;

/// A way to part a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// `/+(.*)`: `651-234-2345/332-445-1234`
    Slash,
    /// `(\([^(]*)`: `(650) 223 3345 (754) 223 3321`
    Bracket,
    /// `(?:\s-|-\s)\s*(.+)`: `12345 - 332-445-1234`
    Hyphen,
    /// `[\u2012-\u2015\uFF0D]\s*(.+)`: the same with a dash, spaces or not
    Dash,
    /// `\.+\s*([^.]+)`: `12345. 332-445-1234`
    Stop,
    /// `\s+(\S+)`: `3324451234 8002341234`
    Space,
}

/// All ways, in the order of the reference.
pub(super) const WAYS: [Way; 6] = [
    Way::Slash,
    Way::Bracket,
    Way::Hyphen,
    Way::Dash,
    Way::Stop,
    Way::Space,
];

/// The ways in which a candidate can be parted at all, in order: most have one or two kinds of separators.
pub(super) fn ways(candidate: &str) -> impl Iterator<Item = Way> + use<> {
    let seen = candidate.bytes().fold(0, |seen, byte| seen | separator(byte));
    WAYS.into_iter().filter(move |way| {
        let needed = way.needs();
        seen & needed == needed
    })
}

const SLASH: u8 = 1;
const BRACKET: u8 = 2;
const HYPHEN: u8 = 4;
const STOP: u8 = 8;
const SPACE: u8 = 16;
const WIDE: u8 = 32;

/// What a byte may be a separator of; beyond ASCII it may be a dash or a space.
fn separator(byte: u8) -> u8 {
    match byte {
        b'/' => SLASH,
        b'(' => BRACKET,
        b'-' => HYPHEN,
        b'.' => STOP,
        b' ' | b'\t' => SPACE,
        0x80.. => WIDE | SPACE,
        _ => 0,
    }
}

/// A separator and the part after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where the separator begins.
    pub(super) separator: usize,
    /// Where the next search begins.
    pub(super) next: usize,
    /// The part, which may be empty.
    pub(super) range: Range<usize>,
}

impl Way {
    /// What has to stand in a candidate that is parted so.
    fn needs(self) -> u8 {
        match self {
            Self::Slash => SLASH,
            Self::Bracket => BRACKET,
            Self::Hyphen => HYPHEN | SPACE,
            Self::Dash => WIDE,
            Self::Stop => STOP,
            Self::Space => SPACE,
        }
    }

    /// The first part whose separator begins at or after `from`.
    pub(super) fn next(self, candidate: &str, from: usize) -> Option<Part> {
        let rest = candidate.get(from..)?;
        let mut places = rest.char_indices().filter(|(_, c)| self.begins(*c));
        places.find_map(|(place, c)| {
            let separator = from + place;
            let next = separator + c.len_utf8();
            let range = self.part(candidate, separator, next)?;
            Some(Part {
                separator,
                next,
                range,
            })
        })
    }

    /// Whether a separator may begin with `c`.
    fn begins(self, c: char) -> bool {
        match self {
            Self::Slash => c == '/',
            Self::Bracket => c == '(',
            Self::Hyphen => c == '-' || c.is_whitespace(),
            Self::Dash => matches!(c, '\u{2012}'..='\u{2015}' | '\u{FF0D}'),
            Self::Stop => c == '.',
            Self::Space => c.is_whitespace(),
        }
    }

    /// The part behind the separator at `start`, whose first character ends at `first`.
    fn part(self, candidate: &str, start: usize, first: usize) -> Option<Range<usize>> {
        let whole = candidate.len();
        let behind = candidate.get(first..)?;
        let to_end = |rest: &str| whole - rest.len()..whole;
        match self {
            Self::Slash => Some(to_end(behind.trim_start_matches('/'))),
            Self::Bracket => Some(start..behind.find('(').map_or(whole, |next| first + next)),
            Self::Hyphen => {
                let hyphen = candidate.as_bytes().get(start) == Some(&b'-');
                let rest = if hyphen {
                    behind.strip_prefix(char::is_whitespace)
                } else {
                    behind.strip_prefix('-')
                };
                spaced(rest?).map(to_end)
            }
            Self::Dash => spaced(behind).map(to_end),
            Self::Stop => {
                let rest = spaced(behind.trim_start_matches('.'))?;
                // A full stop behind the spaces: the part is the last of them.
                let rest = if rest.starts_with('.') {
                    last_space(behind, rest)?
                } else {
                    rest
                };
                let length = rest.find('.').unwrap_or(rest.len());
                let begin = whole - rest.len();
                Some(begin..begin + length)
            }
            Self::Space => {
                let rest = behind.trim_start();
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let begin = whole - rest.len();
                (length > 0).then_some(begin..begin + length)
            }
        }
    }
}

/// `\s*(.+)`: what stands behind spaces, or the last of them when nothing does.
fn spaced(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    if rest.is_empty() {
        last_space(text, rest)
    } else {
        Some(rest)
    }
}

/// `rest`, the end of `text`, and the space before it.
fn last_space<'a>(text: &'a str, rest: &str) -> Option<&'a str> {
    let spaces = text.get(..text.len() - rest.len())?;
    let last = spaces.chars().next_back().filter(|c| c.is_whitespace())?;
    text.get(spaces.len() - last.len_utf8()..)
}

/// Without what no number ends in (`UNWANTED_END_CHARS`): all but letters, digits and `#`.
pub(super) fn trimmed(part: &str) -> &str {
    part.trim_end_matches(|c: char| c != '#' && !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(way: Way, candidate: &str) -> Vec<(usize, &str)> {
        let mut from = 0;
        std::iter::from_fn(|| {
            let part = way.next(candidate, from)?;
            from = part.next;
            Some((part.separator, &candidate[part.range]))
        })
        .collect()
    }

    #[test]
    fn each_way_parts_as_its_expression_does() {
        assert_eq!(parts(Way::Slash, "1//2/"), [(1, "2/"), (2, "2/"), (4, "")]);
        assert_eq!(parts(Way::Bracket, "1(2) (3"), [(1, "(2) "), (5, "(3")]);
        assert_eq!(
            parts(Way::Hyphen, "1 - 2- 3-4 "),
            [(1, "2- 3-4 "), (2, "2- 3-4 "), (5, "3-4 ")]
        );
        assert_eq!(parts(Way::Hyphen, "1 -  "), [(1, " "), (2, " ")]);
        assert_eq!(parts(Way::Hyphen, "1 -"), [(0, ""); 0]);
        assert_eq!(parts(Way::Dash, "1–2— 3－"), [(1, "2— 3－"), (5, "3－")]);
        assert_eq!(
            parts(Way::Stop, "1.. 2.3. .4."),
            [(1, "2"), (2, "2"), (5, "3"), (7, " "), (9, "4")]
        );
        assert_eq!(
            parts(Way::Space, "1  2\u{3000}3 "),
            [(1, "2"), (2, "2"), (4, "3")]
        );
    }

    #[test]
    fn ends_are_trimmed() {
        assert_eq!(trimmed("12) -/"), "12");
        assert_eq!(trimmed("12#."), "12#");
        assert_eq!(trimmed("12xー\u{301}"), "12xー");
        assert_eq!(trimmed(" ("), "");
    }
}
