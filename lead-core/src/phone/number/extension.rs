//! Extensions at the end of a number: `ext. 12`, `x12`, `;ext=12`, `#12`, `доб. 12`, `,,12#`.
//!
//! The forms and how many digits each may have are libphonenumber's (`createExtnPattern`, for parsing).

use super::sign;
use crate::phone::digits::Digits;

/// After `;ext=`, `ext`, `extension`, `доб`, `anexo`.
const AFTER_EXPLICIT_LABEL: usize = 20;
/// After `,,` or `;`, which dial once the call stands.
const AFTER_LIKELY_LABEL: usize = 15;
/// After `x`, `#`, `~`, `int` or commas.
const AFTER_AMBIGUOUS_SIGN: usize = 9;
/// In `- 503#`.
const WHEN_NOT_SURE: usize = 6;

/// Labels that are clear, in lower case; longer ones before those they begin with.
const EXPLICIT_LABELS: &[&str] = &[
    "xtensio\u{301}n",
    "xtensio\u{301}",
    "xtension",
    "xtensio",
    "xtensión",
    "xtensió",
    "xtn",
    "xt",
    "ｘｔｎ",
    "ｘｔ",
    "доб",
    "anexo",
];
/// Labels that could be something else.
const AMBIGUOUS_LABELS: &[&str] = &["x", "ｘ", "#", "＃", "~", "～", "int", "ｉｎｔ"];

/// Where the first extension that reaches the end of `text` begins, and its digits.
pub(super) fn find(text: &[char]) -> Option<(usize, Digits)> {
    let tail = Tail::of(text)?;
    (0..text.len())
        .find(|at| tail.is_reached_from(*at))
        .and_then(|at| Some((at, tail.digits()?)))
}

/// Whether an extension that reaches the end of `text` begins at one of `places`.
pub(super) fn begins_in(text: &[char], mut places: std::ops::RangeInclusive<usize>) -> bool {
    Tail::of(text).is_some_and(|tail| places.any(|at| tail.is_reached_from(at)))
}

/// The digits a text ends with, perhaps before a `#`. An extension's label stands right before all of them.
struct Tail<'t> {
    text: &'t [char],
    /// Where the digits begin.
    begin: usize,
    /// Where they end.
    end: usize,
}

impl<'t> Tail<'t> {
    fn of(text: &'t [char]) -> Option<Self> {
        let end = text.len() - usize::from(text.last() == Some(&'#'));
        let head = text.get(..end)?;
        let digits = head
            .iter()
            .rev()
            .take_while(|c| sign::digit(**c).is_some())
            .count();
        (1..=AFTER_EXPLICIT_LABEL).contains(&digits).then_some(Self {
            text,
            begin: end - digits,
            end,
        })
    }

    fn digits(&self) -> Option<Digits> {
        let mut digits = Digits::EMPTY;
        for c in self.text.get(self.begin..self.end)? {
            digits.push(sign::digit(*c)?);
        }
        Some(digits)
    }

    fn has_at_most(&self, digits: usize) -> bool {
        self.end - self.begin <= digits
    }

    /// Whether one of the forms, begun at `at`, ends with these digits.
    fn is_reached_from(&self, at: usize) -> bool {
        let begins = self.text.get(at).is_some_and(|c| may_begin(*c));
        begins
            && at < self.begin
            && (self.after_rfc3966(at)
                || self.after_label(at, EXPLICIT_LABELS, AFTER_EXPLICIT_LABEL)
                || self.after_label(at, AMBIGUOUS_LABELS, AFTER_AMBIGUOUS_SIGN)
                || self.american(at)
                || self.after_dialling_signs(at))
    }

    fn after_rfc3966(&self, at: usize) -> bool {
        self.end == self.text.len() && self.literal(at, ";ext=") == Some(self.begin)
    }

    fn after_label(&self, at: usize, labels: &[&str], most: usize) -> bool {
        let label = self.skip(at, |c| is_blank(c) || c == ',');
        self.has_at_most(most)
            && labels.iter().any(|text| {
                let optional_e = match text.chars().next() {
                    Some('x') if text.len() > 1 => self.literal(label, "e"),
                    Some('ｘ') if text.len() > 'ｘ'.len_utf8() => self.literal(label, "ｅ"),
                    _ => None,
                };
                [Some(label), optional_e]
                    .into_iter()
                    .flatten()
                    .filter_map(|begin| self.literal(begin, text))
                    .any(|end| self.is_after_label(end))
            })
    }

    /// `- 503#`
    fn american(&self, at: usize) -> bool {
        self.has_at_most(WHEN_NOT_SURE)
            && self.end < self.text.len()
            && self.skip(at, |c| matches!(c, '-' | ' ')) == self.begin
    }

    /// `,,12` `;12` `,12`
    fn after_dialling_signs(&self, at: usize) -> bool {
        let label = self.skip(at, is_blank);
        let commas = self.skip(label, |c| c == ',') - label;
        let likely = [
            (commas >= 2, label + 2),
            (self.literal(label, ";").is_some(), label + 1),
        ];
        let likely = likely
            .into_iter()
            .any(|(there, end)| there && self.is_after_label(end));
        // Any number of the commas may be the label, the others follow it.
        let ambiguous = (1..=commas).any(|count| self.is_after_label(label + count));
        (likely && self.has_at_most(AFTER_LIKELY_LABEL))
            || (ambiguous && self.has_at_most(AFTER_AMBIGUOUS_SIGN))
    }

    /// Whether only what may follow a label lies between `at` and the digits: a stop or a colon, then blanks and dashes.
    fn is_after_label(&self, at: usize) -> bool {
        let stop = self.text.get(at).is_some_and(|c| matches!(c, ':' | '.' | '．'));
        at <= self.begin
            && self.skip(at + usize::from(stop), |c| is_blank(c) || matches!(c, ',' | '-')) == self.begin
    }

    fn skip(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|c| wanted(**c)).count()
    }

    /// Where `literal` (in lower case) ends that begins at `at`, in either case.
    fn literal(&self, at: usize, literal: &str) -> Option<usize> {
        let mut end = at;
        for wanted in literal.chars() {
            if fold(*self.text.get(end)?) != wanted {
                return None;
            }
            end += 1;
        }
        Some(end)
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\t')
}

/// Whether a form may begin with `c`: saves trying them all at each digit.
fn may_begin(c: char) -> bool {
    is_blank(c)
        || matches!(c, ',' | ';' | '-' | '#' | '＃' | '~' | '～')
        || matches!(fold(c), 'e' | 'x' | 'a' | 'i' | 'ｅ' | 'ｘ' | 'ｉ' | 'д')
}

/// Lower case, for the letters of the labels; the long s and the i without or with a dot count too (Unicode simple
/// case folding as regular expressions apply it).
fn fold(c: char) -> char {
    match c {
        'ſ' => 's',
        'ı' | 'İ' => 'i',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(usize, String)> {
        let text: Vec<char> = text.chars().collect();
        find(&text).map(|(at, digits)| (at, digits.to_string()))
    }

    #[test]
    fn every_form() {
        for (text, at, digits) in [
            ("123456 ext. 78", 6, "78"),
            ("123456;ext=78", 6, "78"),
            ("123456 extensión: 78#", 6, "78"),
            ("123456x78", 6, "78"),
            ("123456 #78", 6, "78"),
            ("123456 , ДОБ. 78", 6, "78"),
            ("123456 - 503#", 6, "503"),
            ("123456,,78", 6, "78"),
            ("123456;78#", 6, "78"),
            ("123456 ,,,,: 78", 6, "78"),
            ("123456ｅｘｔ７８", 6, "78"),
            ("123456 int 78", 6, "78"),
        ] {
            assert_eq!(read(text), Some((at, digits.to_owned())), "{text}");
        }
    }

    #[test]
    fn too_long_or_none() {
        assert_eq!(read("123456 x1234567890"), None);
        assert_eq!(read("123456 - 1234567#"), None);
        assert_eq!(read("123-456"), None);
        assert_eq!(read("123456 ext. 123456789012345678901"), None);
        assert_eq!(read("123456 ext"), None);
        assert_eq!(read(""), None);
    }
}
