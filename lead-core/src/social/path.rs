//! The forms of a profile's path.
//!
//! | in a form | stands for |
//! |---|---|
//! | `*` | the handle, whose case does not count |
//! | `$` | the handle, whose case counts |
//! | `#` | the handle, a number |
//! | `@*` | the handle behind an `@` |
//! | `~` | nothing: the handle stands in front of the host |
//! | `word`, `word\|other` | the word, in any case; the first is the canonical one |
//! | `(word)`, `(_)` | a word, or any one, that the canonical path leaves out |
//! | `+word` | a word that is part of the handle, as a person and a company may have one name |
//! | `!` at the end | nothing may follow: what does is a post |

use super::networks::{Network, PLACEHOLDERS, has, is_own};

/// A handle, and its canonical address without the scheme.
pub(super) struct Profile {
    pub(super) handle: String,
    pub(super) address: String,
}

/// An address taken apart.
pub(super) struct Parts<'a> {
    /// What stands before the network's host, without the dot.
    pub(super) front: &'a str,
    /// The path's segments, percent escapes resolved.
    pub(super) segments: Vec<String>,
}

/// The first form that fits.
pub(super) fn read(network: &Network, parts: &Parts<'_>) -> Option<Profile> {
    let mut forms = network.paths.split_ascii_whitespace();
    forms.find_map(|form| fit(network, form, parts))
}

/// What makes the segments behind a handle a post of it.
const POSTS: &str = "p post posts status statuses photo photos video videos reel reels story stories event events \
    review reviews pin note notes clip clips article articles";

fn fit(network: &Network, form: &str, parts: &Parts<'_>) -> Option<Profile> {
    let (form, leaf) = match form.strip_suffix('!') {
        Some(form) => (form, true),
        None => (form, false),
    };
    if form == "~" {
        let handle = lower(parts.front)?;
        let deeper = parts.front.contains('.') || leaf && !parts.segments.is_empty();
        let host = network.canonical.trim_start_matches("www.");
        return (!deeper).then(|| Profile {
            address: format!("{handle}.{host}/"),
            handle,
        });
    }
    let mut handle = String::new();
    let mut path = String::new();
    let mut segments = parts.segments.iter();
    for (place, piece) in form.split('/').enumerate() {
        let segment = segments.next()?;
        let free = matches!(piece, "*" | "$");
        if place == 0 && free && is_own(network, segment.trim_start_matches('@')) {
            return None;
        }
        let taken = take(piece, segment)?;
        if let Some(part) = taken.handle {
            if !handle.is_empty() {
                handle.push('/');
            }
            handle.push_str(&part);
        }
        if let Some(part) = taken.path {
            path.push('/');
            path.push_str(&part);
        }
    }
    let rest = segments.as_slice();
    let post =
        matches!(rest, [first, _, ..] if has(POSTS, &first.to_ascii_lowercase())) || leaf && !rest.is_empty();
    (!post).then(|| Profile {
        address: format!("{}{path}", network.canonical),
        handle,
    })
}

/// What a segment gives to the handle and to the canonical path.
#[derive(Default)]
struct Taken {
    handle: Option<String>,
    path: Option<String>,
}

fn take(piece: &str, segment: &str) -> Option<Taken> {
    let both = |handle: String, sign: &str| Taken {
        path: Some(format!("{sign}{handle}")),
        handle: Some(handle),
    };
    Some(match piece {
        "*" => both(lower(segment.trim_start_matches('@'))?, ""),
        "$" => both(handle_of(segment)?.to_owned(), ""),
        "#" => both(number(segment, 3)?.to_owned(), ""),
        "@*" => both(lower(segment.strip_prefix('@')?)?, "@"),
        "(_)" => Taken::default(),
        word => literal(word, segment)?,
    })
}

fn literal(word: &str, segment: &str) -> Option<Taken> {
    let (dropped, word) = match word.strip_prefix('(') {
        Some(word) => (true, word.trim_end_matches(')')),
        None => (false, word),
    };
    let (kind, word) = match word.strip_prefix('+') {
        Some(word) => (true, word),
        None => (false, word),
    };
    let mut names = word.split('|');
    let first = names.next()?;
    let fits = std::iter::once(first)
        .chain(names)
        .any(|name| name.eq_ignore_ascii_case(segment));
    fits.then(|| Taken {
        handle: kind.then(|| first.to_owned()),
        path: (!dropped).then(|| first.to_owned()),
    })
}

/// A segment that may be a handle: letters, digits and the few signs they have; no file, nothing a template left.
pub(super) fn handle_of(segment: &str) -> Option<&str> {
    let plain = segment.trim();
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    let file = [".php", ".html", ".htm", ".js", ".aspx"]
        .iter()
        .any(|end| plain.ends_with(end));
    let fits = (1..=100).contains(&plain.chars().count())
        && plain.chars().all(allowed)
        && plain.contains(char::is_alphanumeric);
    (fits && !file && !PLACEHOLDERS.holds(plain)).then_some(plain)
}

/// A handle whose case does not count, in lower case.
pub(super) fn lower(segment: &str) -> Option<String> {
    let lower = handle_of(segment)?.to_lowercase();
    // What some capitals turn into is no handle.
    (handle_of(&lower).is_some() && !lower.contains('@')).then_some(lower)
}

/// A number of at least `digits` digits.
pub(super) fn number(segment: &str, digits: usize) -> Option<&str> {
    let is_number = segment.len() >= digits && segment.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(segment)
}
