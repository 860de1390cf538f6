use std::collections::HashMap;
use std::sync::Mutex;

use http::{HeaderMap, StatusCode};

use super::*;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Request, Response};
use crate::{Error, ErrorKind, Result};

/// A site in memory that remembers what it was asked for.
#[derive(Debug, Default)]
struct Pages {
    pages: HashMap<&'static str, &'static str>,
    asked: std::sync::Arc<Mutex<Vec<String>>>,
}

impl Fetch for Pages {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.asked.lock().unwrap().push(request.url.to_string());
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let (url, path) = (request.url.clone(), request.url.as_url().path().to_owned());
        match self.pages.get(path.as_str()) {
            Some(&"reset") => Err(Error::new(ErrorKind::Network, "fetch", "reset")),
            Some(page) => Ok(Response::new(
                url,
                StatusCode::OK,
                HeaderMap::new(),
                page.to_string().into(),
                at,
            )),
            None => Ok(Response::new(
                url,
                StatusCode::NOT_FOUND,
                HeaderMap::new(),
                "".into(),
                at,
            )),
        }
    }
}

async fn visit(pages: &[(&'static str, &'static str)], start: &str, max: usize) -> (SiteVisit, Vec<String>) {
    let pages = Pages {
        pages: pages.iter().copied().collect(),
        ..Pages::default()
    };
    let asked = pages.asked.clone();
    let start = SafeUrl::parse(start).unwrap();
    let seen = visit_site(&Fetcher::new(pages), &start, SitePolicy::default().max_pages(max)).await;
    let asked = asked.lock().unwrap().clone();
    (seen, asked)
}

#[tokio::test]
async fn reads_the_listed_page_home_and_what_they_link_to_each_once() {
    let home = "<a href='/contact'>Contact</a><a href='/impressum'>Impressum</a><a href='/news'>News</a>";
    let pages = [
        ("/", home),
        ("/lyon", "<a href='/contact'>Contact</a><a href='/'>Home</a>"),
        ("/contact", "x"),
        ("/impressum", "reset"),
    ];
    let (seen, asked) = visit(&pages, "http://a.test/lyon", 8).await;
    assert_eq!(
        asked,
        [
            "http://a.test/lyon",
            "http://a.test/",
            "http://a.test/contact",
            "http://a.test/impressum"
        ]
    );
    assert_eq!((seen.pages.len(), seen.requests), (3, 3));
    assert_eq!(seen.failures[0].1.kind(), ErrorKind::Network);
}

#[tokio::test]
async fn stops_at_its_budget() {
    let home = "<a href='/contact/1'>x</a><a href='/contact/2'>x</a><a href='/contact/3'>x</a>";
    let (seen, asked) = visit(
        &[("/", home), ("/contact/1", "x"), ("/contact/2", "x")],
        "http://a.test/",
        2,
    )
    .await;
    assert_eq!((asked.len(), seen.pages.len()), (2, 2));
}

/// A page that is not there is a typed failure, never an empty page.
#[tokio::test]
async fn a_missing_page_is_a_failure() {
    let (seen, _) = visit(&[("/", "home")], "http://a.test/gone", 8).await;
    assert_eq!(seen.pages.len(), 1);
    assert_eq!(seen.failures[0].1.kind(), ErrorKind::NotFound);
}
