//! The scanners against the regular expressions they stand for, on texts made of what the expressions know.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use super::inner::{Part, WAYS, Way, ways};
use super::{before_second_number, candidate, refuse};
use crate::phone::number::sign;
use crate::phone::scan::Digits;

/// `VALID_PUNCTUATION`
const SIGNS: &str = r"-x\u{2010}-\u{2015}\u{2212}\u{30FC}\u{FF0D}-\u{FF0F} \u{A0}\u{AD}\u{200B}\u{2060}\u{3000}()\u{FF08}\u{FF09}\u{FF3B}\u{FF3D}.\[\]/~\u{2053}\u{223C}\u{FF5E}";
const OPEN: &str = r"(\[\u{FF08}\u{FF3B}";
const CLOSE: &str = r")\]\u{FF09}\u{FF3D}";

/// `EXTN_PATTERNS_FOR_MATCHING`
const EXTENSION: &str = concat!(
    r";ext=(?:\d{1,20})",
    r"|[ \u{A0}\t,]*(?:e?xt(?:ensi(?:o\u{301}?|\u{F3}))?n?|\u{FF45}?\u{FF58}\u{FF54}\u{FF4E}?|доб|anexo)",
    r"[:\.\u{FF0E}]?[ \u{A0}\t,-]*\d{1,20}#?",
    r"|[ \u{A0}\t,]*(?:[x\u{FF58}\#\u{FF03}~\u{FF5E}]|int|\u{FF49}\u{FF4E}\u{FF54})",
    r"[:\.\u{FF0E}]?[ \u{A0}\t,-]*\d{1,9}#?",
    r"|[- ]+\d{1,6}\#"
);

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:[{OPEN}+\u{{FF0B}}][{SIGNS}]{{0,4}}){{0,2}}\d{{1,20}}(?:[{SIGNS}]{{0,4}}\d{{1,20}}){{0,20}}(?:{EXTENSION})?"
    ))
});
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| {
    let other = format!("[^{OPEN}{CLOSE}]");
    regex(&format!(
        r"^(?:[{OPEN}])?(?:{other}+[{CLOSE}])?{other}+(?:[{OPEN}]{other}+[{CLOSE}]){{0,3}}{other}*$"
    ))
});
static DATES: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:(?:[0-3]?\d/[01]?\d)|(?:[01]?\d/[0-3]?\d))/(?:[12]\d)?\d{2}"));
static PAGES: LazyLock<Regex> = LazyLock::new(|| regex(r"\d{1,5}-+\d{1,5}\s{0,4}\(\d{1,4}"));
static STAMPS: LazyLock<Regex> = LazyLock::new(|| regex(r"[12]\d{3}[-/]?[01]\d[-/]?[0-3]\d +[0-2]\d$"));
static SECOND: LazyLock<Regex> = LazyLock::new(|| regex(r"[\\/] *x"));

/// The expression of a way; the group is the part.
fn expression(way: Way) -> &'static Regex {
    static ALL: LazyLock<[Regex; 6]> = LazyLock::new(|| {
        [
            r"/+(.*)",
            r"(\([^(]*)",
            r"(?:\s-|-\s)\s*(.+)",
            r"[\u{2012}-\u{2015}\u{FF0D}]\s*(.+)",
            r"\.+\s*([^.]+)",
            r"\s+(\S+)",
        ]
        .map(regex)
    });
    &ALL[way as usize]
}

fn candidates(text: &str) -> Vec<(usize, usize)> {
    let (mut digits, mut at) = (Digits::new(text), 0);
    std::iter::from_fn(|| {
        let found = candidate::around(text, at, digits.next(at)?);
        at = found.end;
        let digits = text[found.start..found.end]
            .chars()
            .filter(|c| sign::digit(*c).is_some())
            .count();
        assert!(found.most_digits >= digits);
        Some((found.start, found.end))
    })
    .collect()
}

/// What the expressions tell apart, and what they do not know.
fn text() -> impl Strategy<Value = String> {
    let words = |words: Vec<&'static str>| prop::sample::select(words).prop_map(str::to_owned);
    let piece = prop_oneof![
        6 => "[0-9]{1,4}",
        1 => "[0-9]{19,45}",
        1 => words(vec!["٣", "４", "९", "0", "1", "2", "3"]),
        8 => words(vec![
            " ", "-", ".", "(", ")", "[", "]", "+", "/", "~", "x", "X", "\u{a0}", "\u{ad}", "\u{200b}", "\u{2060}",
            "\u{3000}", "（", "）", "［", "］", "＋", "–", "—", "\u{2212}", "ー", "－", "．", "／", "～", "\u{2053}",
            "    ", "     ",
        ]),
        3 => words(vec![
            "ext", "ext.", "EXTN", "xt", "extension", "extensión", "extensio\u{301}n", "Extenſion", "ｅｘｔ", "доб", "ДОБ", "anexo", "x", "ｘ",
            "#", "＃", "int", "ｉｎｔ", ";ext=", ",", "\t", ":", "．", "- 503#",
        ]),
        1 => words(vec!["a", "é", "電", "\n", "%", "€", "_", "\u{301}"]),
        1 => words(vec!["1/2/2003", "2012-01-02 08", "12-34(2009)", "/ x"]),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn candidates_are_what_the_pattern_finds(text in text()) {
        let expected: Vec<_> = PATTERN.find_iter(&text).map(|found| (found.start(), found.end())).collect();
        prop_assert_eq!(candidates(&text), expected, "{:?}", text);
    }

    #[test]
    fn refusals_are_those_of_the_expressions(text in text()) {
        prop_assert_eq!(refuse::is_date(&text), DATES.is_match(&text), "date {:?}", text);
        prop_assert_eq!(refuse::is_pages(&text), PAGES.is_match(&text), "pages {:?}", text);
        prop_assert_eq!(refuse::is_time_stamp(&text, ":00"), STAMPS.is_match(&text), "stamp {:?}", text);
        prop_assert_eq!(refuse::has_matching_brackets(&text), BRACKETS.is_match(&text), "brackets {:?}", text);
        let second = SECOND.find(&text).map_or(text.len(), |found| found.start());
        prop_assert_eq!(before_second_number(&text).len(), second, "second {:?}", text);
    }

    #[test]
    fn parts_are_the_groups_of_the_expressions(text in text().prop_map(|text| text.replace('\n', ""))) {
        for way in WAYS {
            let mut from = 0;
            let possible = ways(&text).any(|one| one as usize == way as usize);
            prop_assert!(possible || way.next(&text, 0).is_none(), "{:?} {:?}", way, text);
            loop {
                let expected = expression(way).captures_at(&text, from).map(|found| {
                    let separator = found.get(0).unwrap().start();
                    let next = separator + text[separator..].chars().next().unwrap().len_utf8();
                    Part { separator, next, range: found.get(1).unwrap().range() }
                });
                let part = way.next(&text, from);
                prop_assert_eq!(&part, &expected, "{:?} {:?} from {}", way, text, from);
                match part {
                    Some(part) => from = part.next,
                    None => break,
                }
            }
        }
    }
}
