//! What looks like a number and is none: dates, prices, order numbers, accounts, coordinates, addresses of machines.
//!
//! The reference already refuses dates, page ranges and timestamps. These rules look at the words before and the signs
//! around; all of them are about *kinds* of text, none about a single page.

use super::find::NumberMatch;
use super::role;
use crate::sighting::{head, tail};

/// Whether the text around `span` says that it is something else.
pub(crate) fn looks_like_one(text: &str, span: &NumberMatch) -> bool {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let before = tail(text.get(..span.start).unwrap_or_default(), 32);
    let after = head(text.get(span.end..).unwrap_or_default(), 16);
    if raw.starts_with('+') {
        return false;
    }
    if is_part_of_number(raw, before, after) || is_labelled(before) || is_list_of_pages(raw) {
        return true;
    }
    // A figure may be called a telephone number, and then is one.
    (is_decimal(raw) || is_dotted_address(raw)) && !role::of(text, &(span.start..span.end), 0).said
}

/// Glued to what makes it a price, a path, an identifier: `€ 2025550123`, `/2025550123/`, `#4155552671`.
fn is_part_of_number(raw: &str, before: &str, after: &str) -> bool {
    let bare = raw.bytes().all(|byte| byte.is_ascii_digit());
    let last = before.chars().next_back();
    let next = after.chars().next();
    if bare && matches!(last, Some('#' | '=' | '_' | '/' | '\\' | '@' | '&' | '%')) {
        return true;
    }
    if bare && matches!(next, Some('_' | '=' | '\\' | '@' | '%')) {
        return true;
    }
    let close = before.trim_end().chars().next_back();
    if matches!(close, Some('€' | '$' | '£' | '¥' | '₹' | '№')) {
        return true;
    }
    let money = after.trim_start();
    matches!(money.chars().next(), Some('€' | '£' | '¥' | '₹'))
        || (bare
            && [" EUR", " USD", " GBP", " CHF"]
                .iter()
                .any(|code| after.starts_with(code)))
}

/// Words that name another kind of number, just before it.
const OTHER_NUMBERS: &[&str] = &[
    "isbn",
    "issn",
    "iban",
    "bic",
    "swift",
    "ean",
    "gtin",
    "upc",
    "asin",
    "sku",
    "vin",
    "imei",
    "order",
    "order no",
    "order number",
    "order id",
    "bestellnummer",
    "bestell-nr",
    "auftragsnummer",
    "commande",
    "pedido",
    "ordine",
    "invoice",
    "rechnungsnummer",
    "rechnung",
    "facture",
    "item",
    "item no",
    "article",
    "artikelnummer",
    "art.-nr",
    "art-nr",
    "ref",
    "reference",
    "license",
    "licence",
    "lic",
    "license no",
    "registration",
    "reg. no",
    "registered number",
    "company number",
    "company no",
    "company reg",
    "company registration",
    "vat",
    "vat no",
    "vat number",
    "ust-idnr",
    "ust-id",
    "ust-idnr.",
    "steuernummer",
    "steuer-nr",
    "tva",
    "p.iva",
    "p. iva",
    "partita iva",
    "cif",
    "nif",
    "siret",
    "siren",
    "kvk",
    "btw",
    "nip",
    "regon",
    "krs",
    "hrb",
    "hra",
    "ein",
    "tax id",
    "duns",
    "abn",
    "acn",
    "npi",
    "account",
    "account no",
    "account number",
    "kontonummer",
    "konto-nr",
    "konto",
    "blz",
    "sort code",
    "routing number",
    "routing",
    "serial",
    "serial number",
    "tracking",
    "tracking number",
    "case no",
    "patent",
    "lat",
    "latitude",
    "long",
    "lng",
    "longitude",
    "gps",
    "ip",
    "version",
    "part no",
    "part number",
    "model",
    "charity no",
    "charity number",
    "registered charity",
    "fein",
    "usdot",
    "dot",
    "mc",
    "mls",
    "nmls",
    "dre",
    "cvr",
    "orgnr",
    "org.nr",
    "org nr",
    "organisationsnummer",
    "inn",
    "инн",
    "огрн",
    "кпп",
    "бик",
    "р/с",
];

fn is_labelled(before: &str) -> bool {
    let cut = before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '#' | '.' | '№' | '-' | '=' | '('))
        .to_lowercase();
    // `order no. 123`, `VAT number: 123`: the word "number" alone says nothing.
    let cut = ["number", "nummer", "no", "nr", "num", "n°", "id"]
        .iter()
        .find_map(|word| {
            cut.strip_suffix(word)
                .filter(|rest| rest.ends_with([' ', '-', '.']))
        })
        .map_or(cut.as_str(), |rest| rest.trim_end_matches([' ', '-', '.', '#']));
    OTHER_NUMBERS.iter().any(|word| {
        cut.strip_suffix(word)
            .is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

/// `40.7127837`: one dot, more than four digits behind it, no other sign.
fn is_decimal(raw: &str) -> bool {
    let Some((whole, fraction)) = raw.split_once(['.', ',']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole) && digits(fraction) && whole.len() <= 3 && fraction.len() >= 5 && !whole.starts_with('0')
}

/// `1 2 3 4 5 6 7`: no number is written digit by digit.
fn is_list_of_pages(raw: &str) -> bool {
    let groups = raw
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty());
    groups.filter(|group| group.len() == 1).count() >= 5
}

/// `192.168.10.100`: four numbers of at most 255, not all of two digits as telephone numbers are written.
fn is_dotted_address(raw: &str) -> bool {
    let parts: Vec<&str> = raw.split('.').collect();
    let number = |part: &&str| part.parse::<u8>().is_ok() && (part.len() == 1 || !part.starts_with('0'));
    parts.len() == 4 && parts.iter().all(number) && parts.iter().any(|part| part.len() != 2)
}

#[cfg(test)]
mod tests {
    use super::super::options::Leniency;
    use super::super::region::Region;
    use super::super::smart;

    fn found(text: &str, region: &str) -> Vec<String> {
        let region = Region::new(region).unwrap();
        smart::find(text, Some(region), Leniency::Valid)
            .iter()
            .map(|span| span.number.e164().unwrap().to_string())
            .collect()
    }

    #[test]
    fn other_kinds_of_numbers_are_dropped() {
        for text in [
            "Order no. 415-555-2671",
            "ISBN: 4155552671",
            "License # 4155552671",
            "https://shop.example/4155552671/",
            "IBAN DE89 3704 0044 0532 0130 00",
            "Price: $ 4155552671",
            "40.7127837, -74.0059413",
            "VAT number 415 555 2671",
        ] {
            assert_eq!(found(text, "US"), [""; 0], "{text}");
        }
    }

    #[test]
    fn real_ones_stay() {
        for text in [
            "Phone number 415-555-2671",
            "no: 415-555-2671",
            "Order by phone: 415-555-2671",
            "Reorder 415-555-2671",
        ] {
            assert_eq!(found(text, "US"), ["+14155552671"], "{text}");
        }
    }
}
