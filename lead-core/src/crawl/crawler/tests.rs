use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode};

use super::*;
use crate::crawl::{Outcome, Reach};
use crate::fetch::FetchConfig;
use crate::limit::Rate;
use crate::seam::{Fetch, Rendering, Request, Response};
use crate::{Error, ErrorKind};

/// A web in memory: what each address answers, and what was asked.
#[derive(Clone, Debug, Default)]
struct Web {
    answers: Arc<BTreeMap<&'static str, Answer>>,
    asked: Arc<Mutex<Vec<String>>>,
    delay: Duration,
}

type Answer = (u16, &'static [(&'static str, &'static str)], &'static str);

impl Web {
    fn new(answers: &[(&'static str, Answer)]) -> Self {
        Self {
            answers: Arc::new(answers.iter().copied().collect()),
            ..Self::default()
        }
    }

    fn page(pages: &[(&'static str, &'static str)]) -> Self {
        let answers: Vec<_> = pages
            .iter()
            .map(|(url, html)| (*url, (200, &[("content-type", "text/html")][..], *html)))
            .collect();
        Self::new(&answers)
    }

    /// How often each address was asked, robots.txt files aside.
    fn asked(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for url in self
            .asked
            .lock()
            .unwrap()
            .iter()
            .filter(|url| !url.ends_with("/robots.txt"))
        {
            *counts.entry(url.clone()).or_default() += 1;
        }
        counts
    }
}

impl Fetch for Web {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.asked.lock().unwrap().push(request.url.to_string());
        tokio::time::sleep(self.delay).await;
        let (status, headers, body) = match self.answers.get(request.url.as_str()) {
            Some(answer) => *answer,
            None if request.url.host() == "down.test" => {
                return Err(Error::new(ErrorKind::Network, "fetch", "reset"));
            }
            None => (404, &[][..], "nothing here"),
        };
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    name.parse::<http::HeaderName>().unwrap(),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        Ok(Response::new(
            request.url,
            StatusCode::from_u16(status).unwrap(),
            headers,
            body.into(),
            at,
        ))
    }
}

fn config() -> FetchConfig {
    let mut config = FetchConfig::default();
    config.pace.rate = Rate::Off;
    config.retry.base = Duration::from_millis(1);
    config
}

fn crawler(web: &Web, seed: &str) -> Crawler {
    Crawler::new([SafeUrl::parse(seed).unwrap()]).fetcher(CrawlFetcher::standard(
        web.clone(),
        &config(),
        None,
    ))
}

async fn to_the_end(mut crawl: Crawl) -> (BTreeMap<String, CrawledPage>, CrawlSummary) {
    let mut pages = BTreeMap::new();
    while let Some(event) = crawl.next().await {
        match event {
            CrawlEvent::Page(page) => assert!(
                pages.insert(page.input.to_string(), *page).is_none(),
                "a page twice"
            ),
            CrawlEvent::Done(summary) => return (pages, summary),
            CrawlEvent::Failed(failure) => panic!("{failure:?}"),
            CrawlEvent::Progress { .. } => {}
        }
    }
    panic!("no last event")
}

async fn outcomes(web: &Web, seed: &str) -> BTreeMap<String, Outcome> {
    let (pages, _) = to_the_end(crawler(web, seed).start().await.unwrap()).await;
    pages.into_iter().map(|(url, page)| (url, page.outcome)).collect()
}

#[tokio::test]
async fn every_page_is_read_once_and_its_contacts_with_it() {
    let web = Web::page(&[
        (
            "http://a.test/",
            "<a href='/x?utm_source=y#z'>X</a><a href='/x'>X</a><a href='/contact'>Contact</a><a href='http://b.test/'>out</a>",
        ),
        ("http://a.test/x", "<a href='/'>home</a><p>Nothing to see"),
        (
            "http://a.test/contact",
            "<p>Ring us: <a href='tel:+33478000001'>04 78 00 00 01</a>, info@a.test",
        ),
    ]);
    let (pages, summary) = to_the_end(crawler(&web, "http://a.test/").start().await.unwrap()).await;
    assert_eq!(
        pages.keys().collect::<Vec<_>>(),
        ["http://a.test/", "http://a.test/contact", "http://a.test/x"]
    );
    assert!(web.asked().values().all(|times| *times == 1), "{:?}", web.asked());
    let contacts = pages["http://a.test/contact"].contacts.as_ref().unwrap();
    assert_eq!(contacts.findings.phones[0].e164.to_string(), "+33478000001");
    assert_eq!(contacts.findings.emails[0].address.as_str(), "info@a.test");
    assert_eq!(
        (summary.count(Outcome::Page), summary.with_contacts, summary.left),
        (3, 1, 0)
    );
    assert_eq!(
        (pages["http://a.test/"].links, pages["http://a.test/x"].depth),
        (2, 1)
    );
}

#[tokio::test]
async fn redirects_are_followed_by_the_crawl_and_circles_are_told() {
    let html = &[("content-type", "text/html")][..];
    let web = Web::new(&[
        ("http://a.test/", (302, &[("location", "http://www.a.test/")], "")),
        (
            "http://www.a.test/",
            (
                200,
                html,
                "<a href='/r'>r</a><a href='/page'>p</a><a href='/self'>s</a><a href='/one'>1</a><a href='/away'>a</a>",
            ),
        ),
        (
            "http://www.a.test/r",
            (301, &[("location", "/page?utm_source=r")], ""),
        ),
        ("http://www.a.test/page", (200, html, "<p>A page")),
        (
            "http://www.a.test/self",
            (302, &[("location", "/self?PHPSESSID=1")], ""),
        ),
        ("http://www.a.test/one", (302, &[("location", "/two")], "")),
        ("http://www.a.test/two", (302, &[("location", "/one")], "")),
        (
            "http://www.a.test/away",
            (302, &[("location", "http://other.test/")], ""),
        ),
    ]);
    let found = outcomes(&web, "http://a.test/").await;
    let wanted = [
        ("http://a.test/", Outcome::Redirect),
        ("http://www.a.test/", Outcome::Page),
        ("http://www.a.test/away", Outcome::RedirectOut),
        ("http://www.a.test/one", Outcome::Redirect),
        ("http://www.a.test/page", Outcome::Page),
        ("http://www.a.test/r", Outcome::Redirect),
        ("http://www.a.test/self", Outcome::RedirectLoop),
        ("http://www.a.test/two", Outcome::RedirectLoop),
    ];
    assert_eq!(
        found,
        wanted.map(|(url, outcome)| (url.to_owned(), outcome)).into()
    );
    assert_eq!(web.asked()["http://www.a.test/page"], 1);
}

#[tokio::test]
async fn a_host_kept_to_follows_a_site_that_moved_and_no_other() {
    let html = &[("content-type", "text/html")][..];
    let web = Web::new(&[
        ("http://a.test/", (301, &[("location", "http://new.test/")], "")),
        (
            "http://new.test/",
            (
                200,
                html,
                "<a href='/b'>b</a><a href='http://shop.new.test/'>shop</a>",
            ),
        ),
        ("http://new.test/b", (200, html, "b")),
    ]);
    let crawl = crawler(&web, "http://a.test/")
        .scope(Scope::new(Reach::Host))
        .start()
        .await
        .unwrap();
    let (pages, _) = to_the_end(crawl).await;
    assert_eq!(
        pages.keys().collect::<Vec<_>>(),
        ["http://a.test/", "http://new.test/", "http://new.test/b"]
    );
}

/// A site with one of each that is no page.
fn site_of_many_outcomes() -> Web {
    let html = &[("content-type", "text/html")][..];
    Web::new(&[
        (
            "http://a.test/robots.txt",
            (
                200,
                &[],
                "User-agent: *\nDisallow: /private/\nSitemap: http://a.test/map.xml",
            ),
        ),
        (
            "http://a.test/map.xml",
            (
                200,
                &[("content-type", "application/xml")],
                "<urlset><url><loc>http://a.test/mapped</loc></url></urlset>",
            ),
        ),
        ("http://a.test/mapped", (200, html, "<p>Only the map knows me")),
        (
            "http://a.test/",
            (
                200,
                html,
                "<a href='/private/x'>p</a><a href='/gone'>g</a><a href='/busy'>b</a><a href='/err'>e</a><a href='/wall'>w</a>\
            <a href='/shell'>s</a><a href='/data'>d</a><a href='/no'>n</a><a href='/quiet'>q</a><a href='http://127.0.0.1/x'>l</a>",
            ),
        ),
        ("http://a.test/busy", (429, &[], "busy")),
        ("http://a.test/err", (500, &[], "oops")),
        ("http://a.test/no", (403, html, "Forbidden")),
        (
            "http://a.test/wall",
            (200, html, "<h1>Sign in</h1><input type=password>"),
        ),
        (
            "http://a.test/shell",
            (200, html, "<div id=root></div><script src=a.js></script>"),
        ),
        (
            "http://a.test/data",
            (200, &[("content-type", "image/png")], "\u{89}PNG"),
        ),
        (
            "http://a.test/quiet",
            (
                200,
                &[
                    ("content-type", "text/html"),
                    ("x-robots-tag", "nofollow"),
                    ("tdm-reservation", "1"),
                ],
                "<a href='/never'>n</a>",
            ),
        ),
    ])
}

#[tokio::test]
async fn what_is_no_page_has_its_own_outcome() {
    let web = site_of_many_outcomes();
    let (pages, summary) = to_the_end(crawler(&web, "http://a.test/").start().await.unwrap()).await;
    let found: BTreeMap<_, _> = pages
        .iter()
        .map(|(url, page)| (url.trim_start_matches("http://a.test"), page.outcome))
        .collect();
    let wanted = [
        ("/", Outcome::Page),
        ("/busy", Outcome::RateLimited),
        ("/data", Outcome::NotAPage),
        ("/err", Outcome::ServerError),
        ("/gone", Outcome::Gone),
        ("/map.xml", Outcome::List),
        ("/mapped", Outcome::Page),
        ("/no", Outcome::Refused),
        ("/private/x", Outcome::RobotsDenied),
        ("/quiet", Outcome::Page),
        ("/shell", Outcome::Shell),
        ("/wall", Outcome::LoginWall),
    ];
    assert_eq!(found, wanted.into());
    assert!(
        !web.asked()
            .keys()
            .any(|url| url.contains("/private/") || url.contains("/never"))
    );
    assert!(pages["http://a.test/quiet"].directives.tdm_reserved);
    assert_eq!(pages["http://a.test/busy"].attempts, 4);
    assert!(
        pages["http://a.test/private/x"]
            .reason
            .as_ref()
            .unwrap()
            .contains("robots.txt")
    );
    assert_eq!(summary.count(Outcome::Page), 3);
}

#[tokio::test]
async fn budgets_hold() {
    let web = Web::page(&[
        (
            "http://a.test/",
            "<a href='/1'>1</a><a href='/2'>2</a><a href='/3'>3</a>",
        ),
        ("http://a.test/1", "<a href='/1/1'>1</a>"),
        ("http://a.test/1/1", "<a href='/1/1/1'>1</a>"),
        ("http://a.test/1/1/1", "deep"),
    ]);
    let (pages, summary) = to_the_end(
        crawler(&web, "http://a.test/")
            .max_pages(2)
            .start()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((pages.len(), summary.left, summary.stopped), (2, 3, false));
    let (pages, _) = to_the_end(
        crawler(&web, "http://a.test/")
            .max_depth(1)
            .start()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(pages.len(), 4);
}

/// A crawl dropped at any moment and begun again tells what one that was left alone tells, and asks at most what was in
/// flight again.
#[tokio::test]
async fn a_dropped_crawl_goes_on_where_its_journal_ends() {
    let pages: Vec<(&'static str, &'static str)> = (0..60)
        .map(|number| {
            let url: &str = if number == 0 {
                "http://a.test/"
            } else {
                format!("http://a.test/{number}").leak()
            };
            let html = format!(
                "<a href='/{}'>x</a><a href='/{}'>y</a> info{number}@a.test",
                number * 2 + 1,
                number * 2 + 2
            );
            (url, &*html.leak())
        })
        .collect();
    let mut web = Web::page(&pages);
    let (whole, _) = to_the_end(crawler(&web, "http://a.test/").start().await.unwrap()).await;
    let before: usize = web.asked().values().sum();
    web.delay = Duration::from_millis(1);
    let state = State::memory();
    let small = CrawlConfig {
        concurrency: 4,
        ..CrawlConfig::default()
    };
    let again = || {
        crawler(&web, "http://a.test/")
            .config(small.clone())
            .journal(state.clone(), "test")
    };
    let mut drops = 0;
    for events in [1, 0, 7, 20, 3, 60] {
        let mut crawl = again().start().await.unwrap();
        for _ in 0..events {
            crawl.next().await;
        }
        drop(crawl);
        drops += 1;
    }
    let (resumed, summary) = to_the_end(again().start().await.unwrap()).await;
    assert_eq!(resumed, whole);
    assert!(summary.resumed > 0);
    let asked: usize = web.asked().values().sum();
    assert!(
        asked - before <= whole.len() + drops * 4,
        "{} pages, {} requests",
        whole.len(),
        asked - before
    );
    let (told, summary) = to_the_end(again().start().await.unwrap()).await;
    assert_eq!((told.len(), summary.resumed), (whole.len(), whole.len() as u64));
    assert_eq!(
        web.asked().values().sum::<usize>(),
        asked,
        "nothing is left to ask"
    );
}

#[tokio::test]
async fn a_crawl_goes_no_faster_than_its_reader_and_stops_when_asked() {
    let links = (0..2_000)
        .map(|number| format!("<a href='/{number}'>x</a>"))
        .collect::<Vec<_>>()
        .concat();
    let web = Web::page(&[("http://a.test/", links.leak())]);
    let mut crawl = crawler(&web, "http://a.test/").start().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let asked = web.asked().len();
    assert!(asked < 1_000, "{asked} asked though nobody reads");
    crawl.next().await.unwrap();
    crawl.stop();
    let (pages, summary) = to_the_end(crawl).await;
    assert!(
        summary.stopped && pages.len() < 1_000 && summary.left > 900,
        "{summary:?}"
    );
}

#[tokio::test]
async fn there_must_be_somewhere_to_begin() {
    let error = Crawler::new([]).start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let web = Web::default();
    let found = outcomes(&web, "http://down.test/").await;
    assert_eq!(found["http://down.test/"], Outcome::Unreachable);
}

/// Says of all that it was rendered, and what did not come in time.
#[derive(Debug)]
struct Hasty(Web);

impl Fetch for Hasty {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let mut response = self.0.fetch(request).await?;
        let rendering = Rendering {
            unmet: Some("quiet".to_owned()),
            ..Rendering::default()
        };
        response.rendering = Some(Arc::new(rendering));
        Ok(response)
    }
}

#[tokio::test]
async fn a_page_that_was_not_waited_for_says_so() {
    let web = Web::page(&[(
        "http://a.test/",
        "<p>All that there was by then, which is a line or two.",
    )]);
    let fetcher = CrawlFetcher::standard(Hasty(web), &config(), None);
    let crawl = Crawler::new([SafeUrl::parse("http://a.test/").unwrap()]).fetcher(fetcher);
    let (pages, _) = to_the_end(crawl.start().await.unwrap()).await;
    let page = &pages["http://a.test/"];
    assert_eq!((page.outcome, page.rendered), (Outcome::Page, true));
    assert!(page.reason.as_ref().unwrap().ends_with("(quiet)"));
}
