//! Platforms and search engines as sources, over the generated web's imitations of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code"
)]

use std::collections::BTreeSet;

use e2e::platform;
use fixture_web::{FixtureServer, Truth};
use lead_core::ErrorKind;
use lead_core::collect::RunState;
use lead_core::prelude::*;
use lead_core::record::RunId;
use lead_core::seam::{Context, Failure, Search, Summary};
use lead_core::source::adapter::{Adapter, AdapterSource, Outcome, ParseRequest, Quarantine, SourceOptions};
use lead_core::source::web_search::{WebSearch, WebSearchOptions};

const WHY: &str = "the operator of the generated web agreed";

fn collector(web: &FixtureServer, store: &Store) -> Collector {
    let fetcher = Fetcher::http(&e2e::fetch_config(web)).unwrap();
    Collector::new(store.clone())
        .query("dentists")
        .near("Lyon")
        .fetcher(fetcher)
}

/// Runs to the end: the run, what it came to, and what failed.
async fn run(collector: Collector) -> (RunId, Summary, Vec<Failure>) {
    let mut run = collector.start().await.unwrap();
    let (id, mut failures) = (run.id(), Vec::new());
    while let Some(event) = run.next().await {
        match event {
            Event::Failed(failure) | Event::Blocked(failure) => failures.push(failure),
            Event::Done(summary) => return (id, summary, failures),
            _ => {}
        }
    }
    unreachable!("a run ends with Done")
}

async fn leads(store: &Store) -> Vec<Lead> {
    store
        .page(LeadQuery::default().limit(10_000))
        .await
        .unwrap()
        .leads
}

/// The numbers that the directory shows.
fn shown(web: &FixtureServer) -> BTreeSet<String> {
    let numbers = |truth: Truth| {
        let own = truth
            .phones
            .into_iter()
            .filter(|phone| phone.on.iter().any(|on| on.source == "directory"));
        own.map(|phone| phone.e164).collect::<Vec<_>>()
    };
    web.world()
        .query_truth("dentist", "Lyon")
        .into_iter()
        .flat_map(numbers)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directory_is_asked_page_by_page_with_its_entries_own_pages_and_the_reason_is_kept() {
    let web = e2e::web(7, 1500).await;
    let store = Store::memory();
    let source = platform(
        &web,
        "yellow_pages",
        "directory.test",
        SourceOptions::new().accept_terms(WHY),
    )
    .unwrap();
    let (id, summary, failures) = run(collector(&web, &store)
        .source(Source::new(source))
        .visit_sites(false))
    .await;
    assert!(failures.is_empty(), "{failures:?}");
    let known = web
        .world()
        .businesses_in("dentist", "Lyon")
        .filter(|business| business.directory().is_some())
        .count();
    assert!(known > 20, "more than a page: {known}");
    assert_eq!(summary.listings, known as u64);
    let found: BTreeSet<String> = leads(&store)
        .await
        .iter()
        .flat_map(|lead| lead.findings.phones.iter().map(|phone| phone.e164.to_string()))
        .collect();
    assert_eq!(
        found,
        shown(&web),
        "numbers stand on the entries' own pages alone"
    );
    let state = RunState::read(&store.checkpoint(id).await.unwrap().unwrap()).unwrap();
    assert_eq!(state.accepted("yellow_pages"), Some(WHY));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_alone_are_read_when_asked_for_and_a_limit_holds() {
    let web = e2e::web(7, 1500).await;
    let store = Store::memory();
    let options = SourceOptions::new().accept_terms(WHY).list_only();
    let source = platform(&web, "yellow_pages", "directory.test", options).unwrap();
    let (_, summary, _) = run(collector(&web, &store)
        .source(Source::new(source))
        .max(5)
        .visit_sites(false))
    .await;
    assert_eq!(summary.listings, 5);
    let details = web
        .log()
        .iter()
        .filter(|entry| entry.path.starts_with("/listing/"))
        .count();
    assert_eq!(details, 0);
}

#[tokio::test]
async fn a_restricted_platform_is_not_asked_without_a_reason() {
    let web = e2e::web(7, 40).await;
    for options in [SourceOptions::new(), SourceOptions::new().accept_terms("  ")] {
        let error = platform(&web, "yellow_pages", "directory.test", options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let searched = AdapterSource::new(
        lead_core::source::adapter("linkedin").unwrap(),
        SourceOptions::new().accept_terms(WHY),
    );
    assert_eq!(searched.unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(web.hits("directory.test"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_robots_txt_forbids_stays_forbidden_whatever_was_accepted() {
    let web = e2e::web(7, 200).await;
    let store = Store::memory();
    let source = platform(
        &web,
        "serp_ecosia",
        "ecosia.test",
        SourceOptions::new().accept_terms(WHY),
    )
    .unwrap();
    let (_, summary, failures) = run(collector(&web, &store).source(Source::new(source))).await;
    assert_eq!((summary.listings, failures.len()), (0, 1));
    assert_eq!(failures[0].kind(), ErrorKind::RobotsDenied);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn engines_are_asked_by_their_health_and_their_results_sorted() {
    let web = e2e::web(7, 1200).await;
    let store = Store::memory();
    let engine =
        |id: &str, host: &str| platform(&web, id, host, SourceOptions::new().accept_terms(WHY)).unwrap();
    let engines = vec![
        engine("serp_brave", "brave.test"),
        engine("serp_bing", "bing.test"),
        engine("serp_ecosia", "ecosia.test"),
        engine("serp_mojeek", "mojeek.test"),
        engine("searxng", "searx.test"),
    ];
    let options = WebSearchOptions::new().directory("directory.test");
    let search = WebSearch::new(engines, options).unwrap();
    let (id, summary, failures) = run(collector(&web, &store).source(Source::new(search))).await;
    let of = |engine: &str| {
        failures
            .iter()
            .filter(|one| one.what.ends_with(engine))
            .map(Failure::kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("serp_brave"),
        [ErrorKind::Blocked],
        "it rests after its captcha"
    );
    assert_eq!(of("serp_ecosia"), [ErrorKind::RobotsDenied]);
    let asked = |host: &str| {
        web.log()
            .iter()
            .filter(|entry| entry.host == host && entry.path.starts_with("/search"))
            .count()
    };
    assert_eq!(
        (asked("brave.test"), asked("bing.test"), asked("ecosia.test")),
        (2, 1, 0)
    );
    assert!(
        asked("mojeek.test") >= 3 && asked("searx.test") >= 3,
        "the healthy ones go on to their ends"
    );
    // Both healthy engines know four of five sites each, so together nearly all.
    let sites: BTreeSet<String> = web
        .world()
        .query_truth("dentist", "Lyon")
        .into_iter()
        .filter_map(|truth| truth.site.map(|site| site.host))
        .collect();
    let visited = sites.iter().filter(|host| web.hits(host) > 0).count();
    assert!(
        visited * 100 >= sites.len() * 90,
        "{visited} of {} sites",
        sites.len()
    );
    assert!(summary.created > 0);
    let state = RunState::read(&store.checkpoint(id).await.unwrap().unwrap()).unwrap();
    let aside = &state.aside[&lead_core::record::SourceId::new("web_search").unwrap()];
    assert!(
        aside["pages of directories"] > 0 && aside["pages for everybody"] > 0,
        "{aside:?}"
    );
    let profiles = leads(&store)
        .await
        .iter()
        .filter(|lead| !lead.findings.socials.is_empty())
        .count();
    assert!(profiles > 0, "profiles are profiles, not sites");
    assert!(state.accepted("web_search").unwrap().contains("serp_mojeek: "));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn platforms_without_saved_pages_read_the_generated_webs_imitations() {
    let web = e2e::web(7, 300).await;
    let fetcher = Fetcher::http(&e2e::fetch_config(&web)).unwrap();
    for (id, host, path) in [
        ("facebook", "pages.test", "/"),
        ("tripadvisor", "places.test", "/Restaurant_Review-g1-d"),
        ("crunchbase", "funding.test", "/organization/"),
        ("indeed", "jobs.test", "/cmp/"),
    ] {
        let adapter = lead_core::source::adapter(id).unwrap();
        let known = web
            .world()
            .businesses()
            .iter()
            .filter(|business| business.maps().is_some());
        let mut numbers = 0;
        for business in known.take(25) {
            let url =
                SafeUrl::parse(&web.url(host, &format!("{path}{}", business.id().trim_start_matches('b'))))
                    .unwrap();
            let page = fetcher.fetch(Request::get(url.clone())).await.unwrap();
            let parsed = adapter.parse(&page.body, &ParseRequest::new().url(url.as_str()));
            let Ok(Outcome::Listings(reading)) = parsed else {
                panic!("{id}: {parsed:?}")
            };
            let [listing] = reading.listings.as_slice() else {
                panic!("{id}: one entry")
            };
            assert_eq!(
                listing.findings.organizations[0].name,
                business.names().maps,
                "{id}"
            );
            assert!(!listing.findings.addresses.is_empty(), "{id}");
            numbers += listing.findings.phones.len();
        }
        assert!(numbers > 0 || id == "indeed", "{id}");
    }
}

#[tokio::test]
async fn a_page_nobody_knows_is_kept_and_the_error_says_where() {
    let web = e2e::web(7, 40).await;
    let folder = std::env::temp_dir().join(format!("lead-quarantine-{}", std::process::id()));
    let file = "id = \"strange\"\nname = \"Strange\"\nversion = 3\nterms = \"open\"\n[search]\nurl = \"http://directory.test/?q={query}\"\n\
        [[page]]\nname = \"p\"\nall = [{ css = \"b.none\" }]\n[[field]]\nto = \"key\"\nread = [{ css = \"b.none\" }]\n";
    let base = SafeUrl::parse(&web.url("directory.test", "/")).unwrap();
    let options = SourceOptions::new()
        .base_url(base)
        .quarantine(Quarantine::new(&folder));
    let source = AdapterSource::new(Adapter::from_toml(file).unwrap(), options).unwrap();
    let cx = Context::new(Fetcher::http(&e2e::fetch_config(&web)).unwrap());
    let query = Query::new("dentists").unwrap();
    for _ in 0..2 {
        let error = source.step(&cx, &query, None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnrecognisedPage);
        let kept = error
            .context()
            .find(|(key, _)| *key == "kept")
            .unwrap()
            .1
            .to_owned();
        assert!(std::fs::read_to_string(kept).unwrap().contains("The directory"));
    }
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        2,
        "the same page is kept once, with its address"
    );
    std::fs::remove_dir_all(folder).unwrap();
}
