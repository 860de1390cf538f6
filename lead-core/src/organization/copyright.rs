//! Names behind `©` and `Copyright`.

use std::ops::Range;
use std::sync::LazyLock;

use super::name::tidy;
use crate::calendar;
use crate::word_places::WordPlaces;

/// What announces a holder, the surest first.
const SIGNS: &[&str] = &["©", "Copyright", "COPYRIGHT", "copyright", "(c)", "(C)"];

/// What to look for in their place: `©` has too few letters to be looked for together with others, and `co` stands everywhere.
static TRACES: LazyLock<WordPlaces> = LazyLock::new(|| WordPlaces::of(["pyright", "PYRIGHT", "(c)", "(C)"]));

/// Where holders are announced: the sign, and where it ends. The surest signs first.
fn announced(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let sign_at = |at: usize| {
        let sign = SIGNS.iter().position(|sign| {
            let rest = bytes.get(at..).unwrap_or_default();
            rest.starts_with(sign.as_bytes())
        })?;
        Some((sign, at + SIGNS.get(sign)?.len()))
    };
    let traces = TRACES.places(bytes).filter_map(|at| match bytes.get(at) {
        Some(b'(') => sign_at(at),
        _ => sign_at(at.checked_sub("co".len())?),
    });
    let marks = memchr::memmem::find_iter(bytes, "©").filter_map(sign_at);
    let mut signs: Vec<_> = marks.chain(traces).collect();
    signs.sort_unstable();
    signs
}

/// Names behind `©` and `Copyright`.
pub(super) fn find(text: &str) -> Vec<(String, Range<usize>)> {
    let mut list: Vec<(String, Range<usize>)> = Vec::new();
    for (_, end) in announced(text).into_iter().take(16) {
        let Some((name, span)) = holder(text, end) else {
            continue;
        };
        if !list.iter().any(|(known, _)| *known == name) {
            list.push((name, span));
        }
    }
    list
}

/// What stands between a sign of copyright and the holder.
const LEADS: &[&str] = &[
    "Copyright",
    "copyright",
    "COPYRIGHT",
    "(c)",
    "(C)",
    "by ",
    "By ",
    "to present",
    "present",
    "Present",
    "bei ",
    "von ",
];

/// What ends a holder's name, in lower case.
const STOPS: &[&str] = &[
    ". ",
    " all right",
    "|",
    " - ",
    " – ",
    "—",
    " alle rechte",
    " tous droits",
    " todos los",
    " tutti i",
    "•",
    "·",
    "©",
    " design",
    " site by",
    " web",
    " powered",
    " rights",
    " copyright",
    ", a division",
    " privacy",
    " terms",
    ";",
    " reserved",
    " is a registered",
    " and its",
    " 19",
    " 20",
    " unless",
    "all rights",
];

/// The holder of a right, behind signs, years and `by`.
fn holder(text: &str, from: usize) -> Option<(String, Range<usize>)> {
    let window = crate::sighting::head(text.get(from..)?, 160);
    let mut rest = window.split(['\n', '\t']).next()?;
    let sign = |c: char| c.is_whitespace() || c.is_ascii_digit() || "©-–—,.:/®\u{a0}&".contains(c);
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(sign);
        // `© July 2012`
        rest = calendar::strip_month(rest).unwrap_or(rest);
        rest = LEADS
            .iter()
            .find_map(|lead| rest.strip_prefix(lead))
            .unwrap_or(rest);
        if rest.len() == before {
            break;
        }
    }
    let lower = rest.to_ascii_lowercase();
    let end = STOPS
        .iter()
        .filter_map(|stop| lower.find(stop))
        .min()
        .unwrap_or(rest.len());
    // `Inc. ` keeps its dot for `tidy` to judge.
    let dot = usize::from(lower.get(end..).is_some_and(|tail| tail.starts_with(". ")));
    let cut = rest.get(..end + dot)?;
    let name = tidy(cut)?;
    let start = rest.as_ptr().addr() - text.as_ptr().addr();
    let named = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (name.split_whitespace().count() <= 8 && named).then(|| (name, start..start + cut.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copyright_lines_name_the_holder() {
        for (text, name) in [
            ("© 2012 Rossi Bakery. All rights reserved", Some("Rossi Bakery")),
            (
                "Copyright © 1999-2015, Rossi & Sons, Inc. All Rights Reserved.",
                Some("Rossi & Sons, Inc."),
            ),
            ("© Rossi GmbH 2020", Some("Rossi GmbH")),
            ("© July 2012 Rossi Library", Some("Rossi Library")),
            ("© Rossi Copyright 2010 - 2013", Some("Rossi")),
            ("Map data © 2012 Google", None),
            ("Copyright 2010 | Privacy", None),
            ("© 2015 All rights reserved", None),
        ] {
            let found = find(text);
            assert_eq!(found.first().map(|(name, _)| name.as_str()), name, "{text}");
        }
    }
}
