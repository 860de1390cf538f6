//! Compat mode against the best port of the reference's matcher, on texts made of what numbers are made of.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test harness")]

use lead_core::phone::{FindOptions, Leniency, Mode, find_phones};
use proptest::prelude::*;
use rlibphonenumber::phonenumber_matcher::{Leniency as Strictness, PHONE_MATCHER_FACTORY};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

type Found = Vec<(usize, usize, String)>;

const LEVELS: &[(Leniency, Strictness)] = &[
    (Leniency::Possible, Strictness::Possible),
    (Leniency::Valid, Strictness::Valid),
];

fn ours(text: &str, region: &str, leniency: Leniency) -> Found {
    let options = FindOptions::new()
        .region(region)
        .leniency(leniency)
        .mode(Mode::Compat);
    let found = find_phones(text, &options).unwrap().into_iter();
    found
        .map(|one| (one.start, one.end, one.e164.to_string()))
        .collect()
}

fn theirs(text: &str, region: &str, leniency: Strictness) -> Found {
    PHONE_MATCHER_FACTORY
        .matcher_builder(text)
        .leniency(leniency)
        .preferred_region(Region::from_code(region).ok())
        .build_fallible()
        .map(|found| {
            let found = found.unwrap();
            let e164 = PHONE_NUMBER_UTIL.format(&found.number, PhoneNumberFormat::E164);
            (found.start, found.end(), e164.into_owned())
        })
        .collect()
}

/// Pieces of numbers and of what stands around them.
///
/// Left out is what this port does otherwise than the original: letters and signs of extensions, parts behind a slash or a
/// dash, regions with rules for what a prefix becomes, groupings. `phone_vectors.rs` and `scripts/numbering/matches`, which
/// asks the Python port that compat mode follows, cover them; the scanners are held against the original's regular
/// expressions in their own tests.
fn piece() -> impl Strategy<Value = String> {
    let words = |words: Vec<&'static str>| prop::sample::select(words).prop_map(str::to_owned);
    prop_oneof![
        6 => "[0-9]{1,5}",
        2 => "[0-9]{6,12}",
        1 => "[0-9]{18,30}",
        8 => words(vec![
            " ", "  ", "-", ".", ". ", "(", ")", "[", "]", ") ", " (", "+", "\u{a0}", "\u{ad}", "\u{200b}", "\u{2060}",
            "\u{3000}", "（", "）", "＋",
        ]),
        2 => words(vec![
            "415 555 2671", "(030) 23125", "+49 30 2312", "0478 00 00 01", "+44 20 7031", "011 15 4321", "3 1234 5678",
            "1 800 ", "00 49 ", "011 44 ", "2012-01-02 08:00", "1234-56(2009)", "800 234 567", "０３-１２３４-５６７８", "٠٢٢٣٤٥٦٧٨٩",
        ]),
        3 => words(vec![
            ", ", "; ", "\n", "\t", "a", "tel ", "é", "€", "$", "%", "電話", "й", ":", ":30", "_", "@", "\u{301}",
        ]),
    ]
}

/// Country calling codes whose plan changed between the two versions of the data: 9.0.43 here, another in the port.
const OTHER_PLANS: &[&str] = &["+229", "+263", "+40", "+593"];

/// Whether both have the same plan for every number that either found.
fn same_plans(found: &[&Found]) -> bool {
    let numbers = || found.iter().copied().flatten().map(|(_, _, e164)| e164);
    !numbers().any(|number| OTHER_PLANS.iter().any(|code| number.starts_with(code)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn compat_finds_what_the_reference_finds(
        pieces in prop::collection::vec(piece(), 0..14),
        region in prop::sample::select(vec!["US", "DE", "GB", "FR", "CN", "AU", "NL"]),
        level in prop::sample::select(LEVELS),
    ) {
        let text = pieces.concat();
        // A hyphen behind a blank begins a number to the port, and spoils another.
        let mut pairs = text.chars().zip(text.chars().skip(1));
        prop_assume!(!pairs.any(|(blank, hyphen)| blank.is_whitespace() && hyphen == '-'));
        let theirs = theirs(&text, region, level.1);
        // Two digits and an extension: a number to the port only.
        prop_assume!(theirs.iter().all(|(_, _, number)| number.len() > 5));
        let ours = ours(&text, region, level.0);
        prop_assume!(same_plans(&[&ours, &theirs]));
        prop_assert_eq!(ours, theirs, "{:?}", text);
    }
}
