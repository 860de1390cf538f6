//! `docs/adapters.md`: the platform it adds, by its own file and page.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use lead_core::clock::Clock;
use lead_core::record::Query;
use lead_core::seam::{Context, Fetch, Fetcher, Request, Response, Search};
use lead_core::source::adapter::{Adapter, AdapterSource, Outcome, PageKind, ParseRequest, SourceOptions};

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

/// A web on which every search has the tutorial's page first and nothing more after it.
#[derive(Debug)]
struct Guide(Arc<Mutex<Vec<String>>>);

impl Fetch for Guide {
    async fn fetch(&self, request: Request) -> lead_core::Result<Response> {
        let url = request.url.as_str().to_owned();
        let body = if url.contains("page=1") {
            block("html").to_owned()
        } else {
            "<html><head><title>404 page not found</title></head><p>Page not found".to_owned()
        };
        self.0.lock().unwrap().push(url);
        Ok(Response::new(
            request.url,
            StatusCode::OK,
            HeaderMap::new(),
            body.into(),
            Clock::system().now(),
        ))
    }
}

#[tokio::test]
async fn the_platform_of_the_tutorial_is_asked_page_after_page() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let cx = Context::new(Fetcher::new(Guide(Arc::clone(&asked))));
    let source =
        AdapterSource::new(Adapter::from_toml(block("toml")).unwrap(), SourceOptions::new()).unwrap();
    let query = Query::new("bakeries").unwrap().near("Exampletown").unwrap();
    let first = source.step(&cx, &query, None).await.unwrap();
    assert_eq!(first.listings.len(), 2);
    let second = source.step(&cx, &query, first.next.as_ref()).await.unwrap();
    assert!(second.listings.is_empty() && second.next.is_none());
    assert_eq!(
        *asked.lock().unwrap(),
        [
            "https://guide.example/search?what=bakeries&where=Exampletown&page=1",
            "https://guide.example/search?what=bakeries&where=Exampletown&page=2",
        ]
    );
}
