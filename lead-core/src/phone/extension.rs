//! Extensions in words that the reference does not know: `Durchwahl 17`, `(poste 56)`, `内線12`.
//!
//! `ext.`, `x`, `int.`, `доб.`, `anexo` are the reference's own; here also in brackets.

use super::find::NumberMatch;
use super::number::sign;
use super::region::Region;
use crate::sighting::head;

/// Where a word is used; elsewhere it may mean something else.
const EVERYWHERE: &[&str] = &[];
/// Words before the digits of an extension, in lower case, and the regions whose numbers they stand behind.
///
/// From the phrases of CLDR-like glossaries and business pages of each language; `kl.` is the clock in the North, `lokal`
/// a flat in Poland, `dw` anything in English.
const WORDS: &[(&str, &[&str])] = &[
    ("extension", EVERYWHERE),
    ("extn", EVERYWHERE),
    ("ext", EVERYWHERE),
    ("durchwahl", EVERYWHERE), // German
    ("durchw", EVERYWHERE),
    ("dw", &["DE", "AT", "CH", "LI"]),
    ("klappe", EVERYWHERE),
    ("kl", &["AT", "CZ", "SK"]),
    ("nebenstelle", EVERYWHERE),
    ("poste", EVERYWHERE),     // French
    ("extensión", EVERYWHERE), // Spanish
    ("interno", EVERYWHERE),   // Spanish, Italian, Portuguese
    ("int", EVERYWHERE),
    ("ramal", EVERYWHERE), // Portuguese
    ("extensão", EVERYWHERE),
    ("toestel", EVERYWHERE), // Dutch
    ("tst", &["NL", "BE"]),
    ("wewnętrzny", EVERYWHERE), // Polish
    ("wewn", EVERYWHERE),
    ("wew", EVERYWHERE),
    ("linka", EVERYWHERE), // Czech, Slovak
    ("klapka", EVERYWHERE),
    ("mellék", EVERYWHERE),     // Hungarian
    ("anknytning", EVERYWHERE), // Swedish
    ("ankn", EVERYWHERE),
    ("lokal", &["DK", "SE", "NO", "FO"]),
    ("alanumero", EVERYWHERE),   // Finnish
    ("interior", &["RO", "MD"]), // Romanian
    ("int", EVERYWHERE),
    ("вътрешен", EVERYWHERE), // Bulgarian
    ("вътр", EVERYWHERE),
    ("внутренний", EVERYWHERE), // Russian
    ("внутр", EVERYWHERE),
    ("вн", EVERYWHERE),
    ("добавочный", EVERYWHERE),
    ("доб", EVERYWHERE),
    ("дод", EVERYWHERE), // Ukrainian
    ("внутрішній", EVERYWHERE),
    ("εσωτερικό", EVERYWHERE), // Greek
    ("εσωτ", EVERYWHERE),
    ("dahili", EVERYWHERE), // Turkish
    ("dah", EVERYWHERE),
    ("שלוחה", EVERYWHERE),  // Hebrew
    ("تحويلة", EVERYWHERE), // Arabic
    ("داخلي", EVERYWHERE),
    ("内線", EVERYWHERE), // Japanese
    ("分机", EVERYWHERE), // Chinese
    ("分機", EVERYWHERE),
    ("转", EVERYWHERE),
    ("轉", EVERYWHERE),
    ("내선", EVERYWHERE),    // Korean
    ("máy lẻ", EVERYWHERE),  // Vietnamese
    ("ต่อ", EVERYWHERE),      // Thai
    ("ekst", &["ID", "MY"]), // Indonesian
    ("pesawat", EVERYWHERE),
];

/// No extension has more digits; what has is another number.
const MOST_DIGITS: usize = 6;
/// How far behind a number its extension may end, in bytes.
const REACH: usize = 40;

/// Gives the numbers, which are in order, the extensions that stand behind them.
pub(super) fn bind(text: &str, spans: &mut [NumberMatch]) {
    let mut next = text.len();
    for span in spans.iter_mut().rev() {
        if span.number.extension().is_empty()
            && let Some((end, digits)) = behind(text, span)
            && end <= next
        {
            span.number = span.number.with_extension(&digits);
            span.end = end;
        }
        next = span.start;
    }
}

/// Where the extension behind a number ends, and its digits.
fn behind(text: &str, span: &NumberMatch) -> Option<(usize, String)> {
    let rest = head(text.get(span.end..)?, REACH);
    let word = rest.trim_start_matches([' ', '\u{A0}', ',', ';', '-', '–']);
    let inner = word.trim_start_matches(['(', '[', '（', ' ']);
    if !inner.starts_with(char::is_alphabetic) {
        return None;
    }
    let bracket = word.starts_with(['(', '[', '（']);
    let lower = inner.to_lowercase();
    let left = WORDS.iter().find_map(|(word, regions)| {
        let after = lower.strip_prefix(word)?;
        let here = regions.is_empty()
            || span
                .number
                .region()
                .is_some_and(|region| is_among(region, regions));
        (here && !after.starts_with(char::is_alphabetic)).then_some(after.len())
    })?;
    // Lower case may be longer than the text; what follows the word is digits and signs, which are as long.
    let after = inner.get(inner.len().checked_sub(left)?..)?;
    let digits = after.trim_start_matches([' ', '\u{A0}', '.', ':', '：', '．', '#', '-']);
    let count = digits.chars().take_while(|c| sign::digit(*c).is_some()).count();
    let found: String = digits
        .chars()
        .map_while(|c| sign::digit(c).map(char::from))
        .collect();
    let end = digits
        .char_indices()
        .nth(count)
        .map_or(digits.len(), |(at, _)| at);
    let follows = digits.get(end..)?;
    let another = follows.starts_with(['-', '.', '/', ' ', ':']) && digit_within(follows)
        || follows.starts_with(|c: char| c.is_ascii_alphabetic());
    if !(1..=MOST_DIGITS).contains(&count) || another {
        return None;
    }
    let close = follows
        .chars()
        .next()
        .filter(|c| bracket && matches!(c, ')' | ']' | '）'));
    let left = follows.len() - close.map_or(0, char::len_utf8);
    Some((span.end + rest.len() - left, found))
}

fn is_among(region: Region, regions: &[&str]) -> bool {
    regions.contains(&region.as_str())
}

/// Whether a digit stands right behind the first sign: `12-34`, `12 34` is no extension but a figure.
fn digit_within(follows: &str) -> bool {
    follows.chars().nth(1).is_some_and(|c| sign::digit(c).is_some())
}
