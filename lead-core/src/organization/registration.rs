//! Numbers that registers gave, as legal pages state them: VAT, commercial and company registers.

use crate::record::{Method, Registration};
use crate::sighting::{Sighting, Spot, head};

/// A label, the register, and whether its number is well formed.
type Rule = (&'static str, &'static str, fn(&str) -> bool);

/// Labels in lower case. VAT numbers after the EU's forms (Council Directive 2006/112/EC, article 215, and VIES).
const RULES: &[Rule] = &[
    ("ust-id", "VAT", is_vat),
    ("ust-id-nr", "VAT", is_vat),
    ("ust-idnr", "VAT", is_vat),
    ("ust.-idnr", "VAT", is_vat),
    ("umsatzsteuer-id", "VAT", is_vat),
    ("umsatzsteuer-identifikationsnummer", "VAT", is_vat),
    ("vat", "VAT", is_vat),
    ("tva", "VAT", is_vat),
    ("btw", "VAT", is_vat),
    ("p.iva", "VAT", |text| is_vat(text) || is_number(text, 11)),
    ("p. iva", "VAT", |text| is_vat(text) || is_number(text, 11)),
    ("partita iva", "VAT", |text| is_vat(text) || is_number(text, 11)),
    ("siren", "SIREN", |text| is_number(text, 9)),
    ("siret", "SIRET", |text| is_number(text, 14)),
    ("hrb", "HRB", |text| (2..=7).any(|digits| is_number(text, digits))),
    ("kvk", "KVK", |text| is_number(text, 8)),
];

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two letters of a country, then 8 to 12 signs, most of them digits.
fn is_vat(text: &str) -> bool {
    const COUNTRIES: &[&str] = &[
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GB", "HR", "HU", "IE", "IT",
        "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
    ];
    let (country, number) = text.split_at_checked(2).unwrap_or(("", ""));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    COUNTRIES.contains(&country)
        && (8..=12).contains(&number.len())
        && digits + 3 >= number.len()
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A label with a well-formed number behind it.
const LABELLED: f32 = 0.9;

/// Every number that a label of the text announces.
pub(crate) fn find(text: &str, found: &mut Vec<Sighting<Registration>>) {
    let lower = text.to_ascii_lowercase();
    for (label, kind, check) in RULES {
        for at in memchr::memmem::find_iter(lower.as_bytes(), label) {
            let free = !lower
                .get(..at)
                .is_some_and(|before| before.ends_with(char::is_alphanumeric));
            if free && let Some((value, span)) = value_after(text, at + label.len(), *check) {
                let registration = Registration::new(*kind, &value);
                found.push(Sighting::new(
                    registration,
                    LABELLED,
                    Method::VisibleText,
                    Spot::Text(span),
                ));
            }
        }
    }
}

/// The first well-formed number behind a label: at most a few words and signs between, spaces and dots within allowed.
fn value_after(text: &str, from: usize, check: fn(&str) -> bool) -> Option<(String, std::ops::Range<usize>)> {
    let window = head(text.get(from..)?, 64);
    let window = window
        .split('\n')
        .find(|line| line.bytes().any(|byte| byte.is_ascii_digit()))?;
    let starts = window.char_indices().filter(|(at, c)| {
        c.is_ascii_alphanumeric()
            && !window
                .get(..*at)
                .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()))
    });
    for (start, _) in starts.take(6) {
        let mut value = String::new();
        for (at, c) in window.char_indices().skip_while(|(at, _)| *at < start) {
            if c.is_ascii_alphanumeric() {
                value.push(c);
            } else if !matches!(c, ' ' | '.' | '-' | '\u{a0}') {
                break;
            }
            let end = at + c.len_utf8();
            let ends = !window
                .get(end..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
            if ends && check(&value) {
                let first = window.as_ptr().addr() - text.as_ptr().addr();
                return Some((value, first + start..first + end));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_announce_numbers() {
        for (text, kind, value) in [
            ("USt-IdNr.: DE 123 456 789", "VAT", "DE123456789"),
            (
                "Umsatzsteuer-Identifikationsnummer gemäß § 27a: DE123456789",
                "VAT",
                "DE123456789",
            ),
            ("P.IVA 01234567890", "VAT", "01234567890"),
            ("SIRET : 123 456 789 00012", "SIRET", "12345678900012"),
            ("Amtsgericht Beispiel HRB 12345", "HRB", "12345"),
            ("VAT No. GB123456789", "VAT", "GB123456789"),
        ] {
            let mut found = Vec::new();
            find(text, &mut found);
            let got = found
                .first()
                .map(|hit: &Sighting<Registration>| (hit.value.kind.as_str(), hit.value.value.as_str()));
            assert_eq!(got, Some((kind, value)), "{text}");
        }
        let mut found = Vec::new();
        find("Prices include VAT at 20 %. Private 12345.", &mut found);
        assert!(found.is_empty());
    }
}
