//! Currencies and units: what they stand beside is an amount.

/// Signs of currencies, before or behind an amount.
const SIGNS: [char; 12] = ['€', '$', '£', '¥', '₹', '₽', '₺', '₴', '₩', '₪', '฿', '₫'];

/// Codes and words that stand before an amount (ISO 4217, and what shops write).
const BEFORE: &[&str] = &[
    "eur", "usd", "gbp", "chf", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "bgn", "rub", "try", "inr",
    "jpy", "cny", "brl", "aud", "cad", "sgd", "rs", "kr", "sfr", "rmb",
];

/// Words behind an amount or a count, in lower case.
const BEHIND: &[&str] = &[
    "eur",
    "euro",
    "euros",
    "usd",
    "dollar",
    "dollars",
    "gbp",
    "pounds",
    "chf",
    "franken",
    "francs",
    "sek",
    "nok",
    "dkk",
    "kr",
    "kronor",
    "kroner",
    "pln",
    "zł",
    "zl",
    "czk",
    "kč",
    "huf",
    "ft",
    "forint",
    "ron",
    "lei",
    "bgn",
    "лв",
    "rub",
    "руб",
    "tl",
    "inr",
    "rs",
    "rupees",
    "yen",
    "円",
    "元",
    "원",
    "đ",
    "vnd",
    "km",
    "km²",
    "km2",
    "m²",
    "m2",
    "m³",
    "sqm",
    "sqft",
    "ha",
    "kg",
    "bytes",
    "byte",
    "kb",
    "mb",
    "gb",
    "kwh",
    "mw",
    "inhabitants",
    "einwohner",
    "habitants",
    "habitantes",
    "abitanti",
    "inwoners",
    "invånare",
    "mieszkańców",
    "obyvatel",
    "people",
    "users",
    "visitors",
    "views",
    "likes",
    "followers",
    "downloads",
    "copies",
    "miles",
    "years",
    "tonnes",
    "aufrufe",
    "vues",
    "visitas",
];

/// Whether a currency or a unit stands right beside a figure.
pub(super) fn is_beside(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', '\u{A0}', '.']);
    let close = after.trim_start_matches([' ', '\u{A0}']);
    // A dollar behind a number is the price that comes next: `415-555-0134 $5`.
    if before.ends_with(SIGNS) || before.ends_with('№') || close.starts_with(SIGNS) && !close.starts_with('$')
    {
        return true;
    }
    is_word(last_word(before), BEFORE) || is_word(first_word(close), BEHIND)
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_alphanumeric());
    start.map_or(text, |at| {
        let sign = text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        text.get(at + sign..).unwrap_or_default()
    })
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn is_word(word: &str, words: &[&str]) -> bool {
    !word.is_empty() && word.len() <= 16 && {
        let lower = word.to_lowercase();
        words.contains(&lower.as_str())
    }
}
