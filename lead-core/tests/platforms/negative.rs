//! Pages that have no listings, each known for what it is.

use lead_core::ErrorKind;
use lead_core::source::adapter::{Outcome, PageKind, ParseRequest};

const SAVED: &[(&str, PageKind)] = &[
    (
        "google_maps/gosom__gmaps_testdata_review_native_with_reply.json",
        PageKind::Reviews,
    ),
    (
        "google_maps/gosom__gmaps_testdata_review_aggregator.json",
        PageKind::Reviews,
    ),
    (
        "google_places_api/googlemaps__est_resources_com_google_maps_PlaceDetailsResponseForPermanentlyClosedPlace.json",
        PageKind::Closed,
    ),
    (
        "serp_google/karust__google_testdata_search_captcha.html",
        PageKind::Captcha,
    ),
    (
        "serp_google/karust__google_testdata_search_captcha_new.html",
        PageKind::Captcha,
    ),
    (
        "serp_google/karust__google_testdata_search_no_results.html",
        PageKind::NoResults,
    ),
    (
        "serp_google/karust__google_testdata_search_soft_block.html",
        PageKind::SoftBlock,
    ),
    (
        "serp_yandex/karust__yandex_testdata_search_captcha.html",
        PageKind::Captcha,
    ),
    (
        "serp_yandex/karust__yandex_testdata_search_no_results.html",
        PageKind::NoResults,
    ),
    (
        "serp_ecosia/karust__ecosia_testdata_search_captcha.html",
        PageKind::Captcha,
    ),
    (
        "serp_ecosia/karust__ecosia_testdata_search_no_results.html",
        PageKind::NoResults,
    ),
    (
        "serp_baidu/karust__baidu_testdata_search_captcha.html",
        PageKind::Captcha,
    ),
    (
        "serp_baidu/karust__baidu_testdata_search_no_results.html",
        PageKind::NoResults,
    ),
    ("nominatim/geocoderphp__c338ce0ea3f4.json", PageKind::NoResults),
    ("overpass/DinoTools__tests_json_area-01.json", PageKind::NoResults),
    (
        "overpass/DinoTools__tests_json_remark-runtime-error-01.json",
        PageKind::Unavailable,
    ),
    (
        "overpass/DinoTools__tests_json_remark-unknown-01.json",
        PageKind::NoResults,
    ),
    (
        "linkedin/microlinkhq__packages_metascraper_test_integration_linkedin-pulse_input.html",
        PageKind::Reviews,
    ),
    (
        "serp_qwant/sanguinary-bus__tests_fixtures_qwant.html",
        PageKind::Unavailable,
    ),
];

#[test]
fn saved_pages_without_listings_are_known_for_what_they_are() {
    for (file, kind) in SAVED {
        let Some(outcome) = super::parse(file) else { return };
        match outcome.unwrap_or_else(|error| panic!("{file}: {error}")) {
            Outcome::Negative { kind: ours, .. } => assert_eq!(ours, *kind, "{file}"),
            other => panic!("{file}: {other:?}"),
        }
    }
}

#[test]
fn a_page_that_no_rule_knows_is_never_an_empty_success() {
    for id in lead_core::source::adapters() {
        let adapter = lead_core::source::adapter(id).unwrap();
        for page in [
            "",
            "{}",
            "[]",
            "null",
            "<html><body><p>Hello</p></body></html>",
            "\u{0}\u{1}",
        ] {
            if (id, page) == ("nominatim", "[]") {
                continue; // its own way to say that there is no such place
            }
            let error = adapter.parse(page.as_bytes(), &ParseRequest::new()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnrecognisedPage, "{id}: {page:?}");
        }
    }
}
