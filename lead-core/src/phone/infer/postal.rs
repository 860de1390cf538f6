//! Postal codes whose form names a country: a US state with a ZIP, a Canadian, British or Dutch code, an Australian state.

use std::ops::Range;

use super::super::region::Region;
use super::super::scan::AllRuns;
use super::Votes;

/// US states, the federal district and the territories with ZIP codes (USPS Publication 28, appendix B).
pub(crate) const US_STATES: &[&str] = &[
    "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL",
    "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH",
    "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI",
    "VT", "WA", "WI", "WV", "WY",
];
/// Australian states and territories.
const AU_STATES: &[&str] = &["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"];

/// At most so many codes of one country count.
const CAP: u8 = 3;

/// `runs` are those of `text`.
pub(super) fn vote(text: &str, runs: &AllRuns, votes: &mut Votes) {
    let bytes = text.as_bytes();
    let mut tally = [0u8; 5];
    for Range { start, end } in runs.iter() {
        let length = end - start;
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        let kind = match length {
            5 if us_state(before) && !after.starts_with(|c: char| c.is_alphanumeric()) => 0,
            1 if canadian(before, after, bytes.get(start).copied()) => 1,
            1 if british(before, after) => 2,
            4 if dutch(before, after) => 3,
            4 if australian(before) => 4,
            _ => continue,
        };
        if let Some(count) = tally.get_mut(kind) {
            *count = (*count + 1).min(CAP);
        }
    }
    for (code, count) in ["US", "CA", "GB", "NL", "AU"].iter().zip(tally) {
        if let Ok(region) = Region::new(code)
            && count > 0
        {
            votes.add(region, 1.5 + f32::from(count));
        }
    }
}

fn last_word(before: &str) -> Option<&str> {
    let trimmed = before.trim_end_matches([' ', ',', '.', '\u{a0}', '\t']);
    if trimmed.len() == before.len() || before.len() - trimmed.len() > 4 {
        return None;
    }
    let start = crate::sighting::tail(trimmed, 16)
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + 1);
    crate::sighting::tail(trimmed, 16).get(start..)
}

fn us_state(before: &str) -> bool {
    last_word(before).is_some_and(|word| US_STATES.contains(&word) || word.len() > 3 && is_state_name(word))
}

/// The last words of the names of the states.
fn is_state_name(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "Alabama",
        "Alaska",
        "Arizona",
        "Arkansas",
        "California",
        "Calif",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Georgia",
        "Hawaii",
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
        "Maryland",
        "Massachusetts",
        "Mass",
        "Michigan",
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "Hampshire",
        "Jersey",
        "Mexico",
        "York",
        "Carolina",
        "Dakota",
        "Ohio",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Tennessee",
        "Texas",
        "Utah",
        "Vermont",
        "Virginia",
        "Washington",
        "Wisconsin",
        "Wyoming",
    ];
    NAMES.contains(&word)
}

/// `A1A 1A1`: called at each digit; the middle one decides. D, F, I, O, Q, U never occur, W and Z not first.
fn canadian(before: &str, after: &str, digit: Option<u8>) -> bool {
    let head = before.as_bytes();
    let (Some(letter), free) = (
        head.last(),
        head.len() < 2 || !head.get(head.len() - 2).is_some_and(u8::is_ascii_alphanumeric),
    ) else {
        return false;
    };
    if !(b"ABCEGHJKLMNPRSTVXY".contains(letter) && free && digit.is_some()) {
        return false;
    }
    let gap = after
        .as_bytes()
        .get(1)
        .is_some_and(|byte| matches!(byte, b' ' | b'-'));
    let any = |byte: u8| b"ABCEGHJKLMNPRSTVWXYZ".contains(&byte);
    let mut rest = after.bytes().filter(|byte| !matches!(byte, b' ' | b'-'));
    gap && rest.next().is_some_and(any)
        && rest.next().is_some_and(|byte| byte.is_ascii_digit())
        && rest.next().is_some_and(any)
        && rest.next().is_some_and(|byte| byte.is_ascii_digit())
}

/// The inward half of a British code: ` 1AA` behind an outward half such as `SW1A` or `M1`.
fn british(before: &str, after: &str) -> bool {
    let inward = match after.as_bytes() {
        [a, b] => a.is_ascii_uppercase() && b.is_ascii_uppercase(),
        [a, b, c, ..] => a.is_ascii_uppercase() && b.is_ascii_uppercase() && !c.is_ascii_alphanumeric(),
        _ => false,
    };
    let Some(rest) = before.strip_suffix(' ').filter(|_| inward) else {
        return false;
    };
    let outward = crate::sighting::tail(rest, 5);
    let outward = outward
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let bytes = outward.as_bytes();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    (2..=4).contains(&bytes.len())
        && (1..=2).contains(&letters)
        && bytes.get(letters).is_some_and(u8::is_ascii_digit)
}

/// `1234 AB Town`, or the code at the end of a line.
fn dutch(before: &str, after: &str) -> bool {
    let free = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/'));
    let letters = after.strip_prefix(' ').and_then(|rest| rest.get(..2));
    let Some(letters) = letters.filter(|two| two.bytes().all(|byte| byte.is_ascii_uppercase())) else {
        return false;
    };
    let rest = after.get(3..).unwrap_or_default();
    let town = rest.trim_start_matches([' ', ',']);
    let ends = rest.is_empty() || rest.starts_with('\n');
    let named = town.len() < rest.len() && town.starts_with(char::is_uppercase);
    free && !matches!(letters, "AM" | "PM") && (ends || named)
}

fn australian(before: &str) -> bool {
    last_word(before).is_some_and(|word| AU_STATES.contains(&word) && !matches!(word, "SA" | "WA" | "NT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_name_their_country() {
        for (text, code) in [
            ("12 Main St, Springfield, IL 62701", Some("US")),
            ("Portland, Oregon 97201", Some("US")),
            ("Ottawa ON K1A 0B1", Some("CA")),
            ("London SW1A 1AA", Some("GB")),
            ("1012 AB Amsterdam", Some("NL")),
            ("Sydney NSW 2000", Some("AU")),
            ("since 1984 WE bake 12345 loaves", None),
            ("opens 1130 AM daily", None),
        ] {
            let mut votes = Votes::default();
            vote(text, &AllRuns::of(text), &mut votes);
            assert_eq!(
                votes.best().map(|region| region.to_string()),
                code.map(ToOwned::to_owned),
                "{text}"
            );
        }
    }
}
