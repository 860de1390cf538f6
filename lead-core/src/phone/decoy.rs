//! What looks like a number and is none: dates, prices, order numbers, accounts, coordinates, addresses of machines.
//!
//! | file | what tells |
//! |---|---|
//! | `label` | the words before: `ISBN`, `Kundennummer`, `USt-IdNr. DE` |
//! | `figure` | the digits themselves: dates, times, postal codes, coordinates, counting |
//! | `money` | currencies and units beside them |
//!
//! The reference already refuses dates with slashes, page ranges and timestamps. All rules are about *kinds* of text, none
//! about a single page. What digits look like counts only where nobody calls them a telephone number.

mod figure;
mod label;
mod money;

pub(super) use figure::is_one as is_figure;

use super::find::NumberMatch;
use super::role;
use crate::sighting::{head, tail};

/// Whether the text around `span` says that it is something else.
pub(crate) fn looks_like_one(text: &str, span: &NumberMatch) -> bool {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let before = tail(text.get(..span.start).unwrap_or_default(), 48);
    let after = head(text.get(span.end..).unwrap_or_default(), 24);
    if raw.starts_with('+') {
        return false;
    }
    if is_part_of_another(raw, before, after)
        || label::names_another(before, is_bare(raw))
        || money::is_beside(before, after)
    {
        return true;
    }
    figure::is_one(raw) && !role::of(text, &(span.start..span.end), 0).said
}

/// Glued to what makes it a path, an identifier, a file, an account: `/2025550123/`, `#4155552671`, `2025550123.jpg`.
fn is_part_of_another(raw: &str, before: &str, after: &str) -> bool {
    let bare = is_bare(raw);
    let last = before.chars().next_back();
    let next = after.chars().next();
    bare && (matches!(last, Some('#' | '=' | '_' | '/' | '\\' | '@' | '&' | '%'))
        || matches!(next, Some('_' | '=' | '\\' | '@' | '%'))
        || is_file_name(after)
        || is_fraction(before))
        || is_in_iban(before)
}

fn is_bare(raw: &str) -> bool {
    raw.bytes().all(|byte| byte.is_ascii_digit())
}

/// Behind the point of a decimal: `48.85661400`.
fn is_fraction(before: &str) -> bool {
    matches!(before.as_bytes(), [.., digit, b'.' | b','] if digit.is_ascii_digit())
}

/// Endings of files whose names are often bare digits.
const FILES: &[&str] = &[
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".pdf", ".htm", ".php", ".asp", ".mp4", ".mp3", ".zip",
    ".doc", ".xls",
];

fn is_file_name(after: &str) -> bool {
    after.starts_with('.')
        && FILES
            .iter()
            .any(|ending| head(after, ending.len()).eq_ignore_ascii_case(ending))
}

/// Behind the country and check digits of an account, and whole groups of four (ISO 13616): `DE89 3704 …`.
fn is_in_iban(before: &str) -> bool {
    let mut rest = before.trim_end_matches(' ');
    loop {
        if let [.., edge, a, b, c, d] = rest.as_bytes() {
            let country = a.is_ascii_uppercase() && b.is_ascii_uppercase();
            if country && c.is_ascii_digit() && d.is_ascii_digit() && !edge.is_ascii_alphanumeric() {
                return true;
            }
        } else if let [a, b, c, d] = rest.as_bytes() {
            return a.is_ascii_uppercase()
                && b.is_ascii_uppercase()
                && c.is_ascii_digit()
                && d.is_ascii_digit();
        }
        let group = rest.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let Some(shorter) = rest.len().checked_sub(group).and_then(|at| rest.get(..at)) else {
            return false;
        };
        match shorter.strip_suffix(' ') {
            Some(shorter) if group == 4 => rest = shorter,
            _ => return false,
        }
    }
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
