//! `docs/adapters.md`: the platform it adds, by its own file and page.

use lead_core::source::adapter::{Adapter, Outcome, PageKind, ParseRequest};

const DOC: &str = include_str!("../../../docs/adapters.md");

fn block(language: &str) -> &'static str {
    let (_, rest) = DOC.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_platform_of_the_tutorial_reads_its_page() {
    let adapter = Adapter::from_toml(block("toml")).unwrap();
    let outcome = adapter
        .parse(block("html").as_bytes(), &ParseRequest::new())
        .unwrap();
    let Outcome::Listings(reading) = outcome else {
        panic!("{outcome:?}")
    };
    let [rossi, bianchi] = reading.listings.as_slice() else {
        panic!("two shops")
    };
    assert_eq!(rossi.natural_key.as_str(), "17");
    assert_eq!(rossi.findings.organizations[0].name, "Rossi & Figli");
    assert_eq!(rossi.findings.phones[0].e164.to_string(), "+39065550117");
    assert_eq!(rossi.findings.attributes[0].value.value.to_string(), "4.5");
    assert_eq!(
        bianchi.findings.websites[0].url.as_str(),
        "https://bianchi.example/"
    );
    let captcha = adapter
        .parse(b"<form class=captcha></form>", &ParseRequest::new())
        .unwrap();
    assert!(matches!(
        captcha,
        Outcome::Negative {
            kind: PageKind::Captcha,
            ..
        }
    ));
    assert_eq!(
        adapter.id_of("https://guide.example/shop/17").as_deref(),
        Some("17")
    );
}
