//! Built-in platforms are well formed; hostile pages never panic.

use proptest::prelude::*;

use super::search::Ask;
use super::{Adapter, Outcome, ParseRequest};

const HEAD: &str = "id = \"guide\"\nname = \"Guide\"\nversion = 1\nterms = \"open\"\n";
const PAGE: &str = "[[page]]\nname = \"p\"\nall = [{ json = \"/id\" }]\n";

#[test]
fn every_built_in_platform_is_well_formed_and_goes_by_its_folder() {
    for id in crate::source::adapters() {
        let adapter = crate::source::adapter(id).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(adapter.id().as_str(), id);
        assert!(
            adapter
                .pages
                .iter()
                .any(|page| page.kind == super::PageKind::Listings),
            "{id}"
        );
    }
    assert!(crate::source::adapters().is_sorted());
}

#[test]
fn ids_are_captured_from_addresses() {
    let id = |platform, url| crate::source::adapter(platform).unwrap().id_of(url);
    assert_eq!(
        id("yelp_api", "https://api.yelp.com/v3/businesses/rossi-roma?x=1").as_deref(),
        Some("rossi-roma")
    );
    assert_eq!(
        id("linkedin", "https://it.linkedin.com/company/rossi/about").as_deref(),
        Some("rossi")
    );
    assert_eq!(id("linkedin", "https://it.linkedin.com/in/rossi"), None);
}

#[test]
fn the_second_reader_wins_where_the_first_finds_nothing_that_can_be_taken() {
    let file = HEAD.to_owned()
        + PAGE
        + "[[field]]\nto = \"key\"\nread = [{ json = \"/id\" }]\n[[field]]\nto = \"website\"\nread = [{ json = \"/site\" }, { json = \"/more/*/url\" }]\n";
    let adapter = Adapter::from_toml(&file).unwrap();
    let page = br#"{"id": 1, "site": "not a site", "more": [{"url": "https://rossi.test/"}]}"#;
    let Outcome::Listings(reading) = adapter.parse(page, &ParseRequest::new()).unwrap() else {
        panic!()
    };
    let site = &reading.listings[0].findings.websites[0];
    assert_eq!(
        site.evidence()[0].locator.as_deref(),
        Some("json = \"/more/*/url\"#/more/0/url")
    );
    assert_eq!(reading.fields[1].readers[1].1, 1);
}

#[test]
fn a_search_asks_for_a_browser_and_for_buttons_to_be_pressed() {
    let search =
        "[search]\nurl = \"https://guide.test/?q={query}\"\nrendered = true\nreveal = [\".number\"]\n";
    let file = HEAD.to_owned() + search + PAGE + "[[field]]\nto = \"key\"\nread = [{ json = \"/id\" }]\n";
    let adapter = Adapter::from_toml(&file).unwrap();
    let query = crate::record::Query::new("bakeries").unwrap();
    let ask = Ask {
        query: &query,
        page: 0,
        token: None,
        key: None,
        host: None,
    };
    let request = adapter.search.unwrap().request(&ask).unwrap();
    assert_eq!(
        (request.rendered, &*request.reveal),
        (true, &[".number".to_owned()][..])
    );
}

/// For a region that is none every national number would be lost.
#[test]
fn a_region_that_is_none_is_an_error() {
    let file = HEAD.to_owned()
        + PAGE
        + "[[field]]\nto = \"key\"\nread = [{ json = \"/id\" }]\n[[field]]\nto = \"phone\"\nread = [{ json = \"/tel\" }]\n";
    let adapter = Adapter::from_toml(&file).unwrap();
    let page = br#"{"id": 1, "tel": "06 555 0117"}"#;
    let phones = |region: &str| match adapter.parse(page, &ParseRequest::new().region(region))? {
        Outcome::Listings(reading) => Ok(reading.listings[0].findings.phones.len()),
        other => panic!("{other:?}"),
    };
    let error: crate::Error = phones("Italy").unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::InvalidInput);
    assert_eq!((phones("IT").unwrap(), phones("it").unwrap()), (1, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_a_platform_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), which in 0_usize..64) {
        let ids: Vec<_> = crate::source::adapters().collect();
        let adapter = crate::source::adapter(ids[which % ids.len()]).unwrap();
        let _ = adapter.parse(&bytes, &ParseRequest::new());
    }

    #[test]
    fn no_nested_numbers_make_google_maps_panic(numbers in proptest::collection::vec(0_u32..300, 1..40)) {
        let mut json = "null".to_owned();
        for number in numbers {
            json = match number % 4 {
                0 => format!("[{json},{number}]"),
                1 => format!("[[{json}],\"0x1:0x{number}\",[[[{number}],[]]]]"),
                2 => format!("[null,null,null,{json},null,null,[1,2,3,4,5,6,7,8,9,10,11,\"x\",{json}]]"),
                _ => format!("{{\"a\":{json}}}"),
            };
        }
        let maps = crate::source::adapter("google_maps").unwrap();
        let _ = maps.parse(json.as_bytes(), &ParseRequest::new());
    }
}
