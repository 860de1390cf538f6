//! What holds for every document: no panic, valid values, indices in range, order, and the same answer twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test harness")]

use lead_core::contacts::ExtractOptions;
use lead_core::phone::{FindOptions, Leniency, find_phones, is_valid};
use lead_core::record::{Contacts, Found, Trace};
use lead_core::{ErrorKind, extract};
use proptest::prelude::*;

fn ordered<T>(list: &[Found<T, Trace>]) -> bool {
    list.is_sorted_by(|one, other| one.confidence >= other.confidence)
}

fn check(contacts: &Contacts) {
    let found = &contacts.findings;
    assert!(found.phones.iter().all(|phone| is_valid(phone.e164)));
    assert!(
        ordered(&found.phones)
            && ordered(&found.emails)
            && ordered(&found.socials)
            && ordered(&found.addresses)
    );
    assert!(ordered(&found.organizations) && ordered(&found.locations) && ordered(&found.persons));
    for location in &found.locations {
        assert!(location.address.is_none_or(|at| at < found.addresses.len()));
        assert!(location.phones.iter().all(|at| *at < found.phones.len()));
        assert!(location.emails.iter().all(|at| *at < found.emails.len()));
    }
    for person in &found.persons {
        assert!(person.phones.iter().all(|at| *at < found.phones.len()));
        assert!(person.emails.iter().all(|at| *at < found.emails.len()));
    }
    for phone in &found.phones {
        assert!(phone.evidence().iter().all(|trace| {
            trace
                .snippet
                .as_ref()
                .is_none_or(|text| text.chars().count() <= 80)
        }));
    }
    // The answer survives its own JSON.
    let json = serde_json::to_value(contacts).unwrap();
    let again: Contacts = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&again).unwrap(), json);
}

/// Pieces of pages, and what breaks them.
fn page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<div class=vcard><b class=fn>A B</b>",
        "<p class='adr'><i class=street-address>1 Main St</i>",
        "</div>",
        "<td>",
        "<br>",
        "\n",
        "<a href='tel:+14155552671'>",
        "<a href='tel:'>",
        "<a href=\"mailto:a@b.example?cc=%zz\">",
        "</a>",
        "<a href='https://wa.me/14155552671'>",
        "<a href='https://www.facebook.com/x'>",
        "<span data-cfemail='5a29'>",
        "<a href='javascript:linkTo_UnCryptMailto(%27ocknvq,ucngu%27)'>",
        "<script>var a='x'+'@'+\"b.example\"+'\\u00",
        "</script>",
        "<script type='application/ld+json'>{\"@type\":\"Store\",\"name\":\"N\",\"telephone\":\"415-555-2671\",\"address\":{",
        "\"addressLocality\":\"X\"}}",
        "<style>.a::after{content:'@b.example'}.b{unicode-bidi:bidi-override;direction:rtl}</style><i class='a b'>",
        "<i hidden>x</i>",
        "info (at) b (dot) example",
        "info@b.example",
        "{a,b}@c.example",
        "Tel: ",
        "Fax ",
        "(415) 555-2671",
        "415.555.2671x12",
        "1-800-FLOWERS",
        "٠٢١٢٣٤٥٦٧٨",
        "００１１２３４",
        "01634 375552",
        "0",
        "00",
        "+",
        "(",
        ")",
        "-",
        "\u{200b}",
        "é",
        "😀",
        "Springfield, IL 62701",
        "12 Main St, ",
        "M5V 1K4",
        "SW1A 1AA",
        "12345 Berlin",
        "© 2020 X. ",
        "USt-IdNr. DE123456789",
        "&#64;",
        "&",
        "<",
        "'",
        "\"",
        "\u{0}",
        "@",
        "＠",
    ]);
    prop::collection::vec(
        prop_oneof![9 => piece.prop_map(ToOwned::to_owned), 1 => ".{0,8}"],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_page_is_answered(html in page(), region in prop::sample::select(vec!["", "US", "DE", "GB", "NL"])) {
        let mut options = ExtractOptions::new();
        if !region.is_empty() {
            options = options.region(region);
        }
        let contacts = extract(&html, &options).unwrap();
        check(&contacts);
        prop_assert_eq!(&contacts, &extract(&html, &options).unwrap());
    }

    #[test]
    fn any_bytes_are_an_answer_or_a_typed_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        match extract(&bytes, &ExtractOptions::new()) {
            Ok(contacts) => check(&contacts),
            Err(error) => prop_assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::TooLarge)),
        }
    }

    #[test]
    fn matches_lie_apart_in_order_within_the_text(text in "([0-9+() .x/-]{0,12}|[a-zA-Z ]{0,5}|\\PC{0,3}){0,12}", leniency in 0..4usize) {
        let leniency = [Leniency::Possible, Leniency::Valid, Leniency::StrictGrouping, Leniency::ExactGrouping][leniency];
        let found = find_phones(&text, &FindOptions::new().region("US").leniency(leniency)).unwrap();
        let mut end = 0;
        for phone in found {
            prop_assert!(phone.start >= end && phone.end > phone.start);
            prop_assert_eq!(text.get(phone.start..phone.end), Some(phone.raw.as_str()));
            prop_assert!(leniency == Leniency::Possible || is_valid(phone.e164));
            end = phone.end;
        }
    }
}

#[test]
fn settings_that_cannot_be_used_are_typed_errors() {
    for options in [
        ExtractOptions::new().region("ZZZ"),
        ExtractOptions::new().base_url("file:///etc/passwd"),
    ] {
        assert_eq!(extract("", &options).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    let options = FindOptions::new().region("XX");
    assert_eq!(
        find_phones("", &options).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
}
