mod city;
mod limits;
mod pictures;
mod sources;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::*;
use crate::ErrorKind;
use crate::record::filter::Filter;
use crate::record::{Lead, Query, SafeUrl, SourceId};
use crate::seam::{
    Batch, Context, Cursor, Event, Fetch, Fetcher, LeadQuery, Request, Response, Search, Source, SourceInfo,
    Store, Summary, Terms,
};
use crate::source::sites::Sites;
use crate::{Error, Result};

/// Sites in memory, each with a home page and a contact page; site 3 is broken, site 6 forbids visits, and site 9 shows the
/// number of site 8.
#[derive(Clone, Debug, Default)]
struct Town {
    fetched: Arc<AtomicUsize>,
    delay: Duration,
    /// Whether the network is out.
    out: Arc<AtomicBool>,
}

impl Fetch for Town {
    async fn fetch(&self, request: Request) -> Result<Response> {
        tokio::time::sleep(self.delay).await;
        self.fetched.fetch_add(1, Ordering::SeqCst);
        if self.out.load(Ordering::SeqCst) {
            return Err(Error::new(ErrorKind::Network, "fetch", "the network is out"));
        }
        let number: u32 = request
            .url
            .host()
            .trim_start_matches("site")
            .trim_end_matches(".test")
            .parse()
            .unwrap();
        match number {
            3 => return Err(Error::new(ErrorKind::Network, "fetch", "reset")),
            6 => return Err(Error::new(ErrorKind::RobotsDenied, "fetch", "no")),
            _ => {}
        }
        let line = if number == 9 { 8 } else { number };
        let page = match request.url.as_url().path() {
            "/" => format!(
                "<title>Bakery {number}</title><h1>Bakery {number}</h1><a href='/contact'>Contact</a>"
            ),
            _ => {
                format!("<p>Phone <a href='tel:+3347800{line:04}'>ring us</a>, info@site{number}.test</p>")
            }
        };
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        Ok(Response::new(
            request.url,
            StatusCode::OK,
            HeaderMap::new(),
            page.into(),
            at,
        ))
    }
}

fn list(count: u32) -> Source {
    let urls = (0..count).map(|number| SafeUrl::parse(&format!("http://site{number}.test/")).unwrap());
    Source::new(Sites::new(urls.collect()))
}

fn collection(store: &Store, town: &Town, sites: u32) -> Collector {
    Collector::new(store.clone())
        .source(list(sites))
        .query("bakeries")
        .fetcher(Fetcher::new(town.clone()))
}

async fn to_the_end(mut run: Run) -> (Vec<Event>, Summary) {
    let mut events = Vec::new();
    while let Some(event) = run.next().await {
        events.push(event);
    }
    match events.pop() {
        Some(Event::Done(summary)) => (events, summary),
        last => panic!("the last event is {last:?}"),
    }
}

/// What leads say, without the times of the run.
async fn said(store: &Store) -> BTreeMap<String, (Option<String>, Vec<String>)> {
    let leads = store.page(LeadQuery::default().limit(1000)).await.unwrap().leads;
    let numbers = |lead: &Lead| {
        lead.findings
            .phones
            .iter()
            .map(|phone| phone.e164.to_string())
            .collect()
    };
    leads
        .into_iter()
        .map(|lead| (lead.id.to_string(), (lead.name.clone(), numbers(&lead))))
        .collect()
}

#[tokio::test]
async fn a_collection_brings_one_lead_a_site_and_keeps_failures_aside() {
    let store = Store::memory();
    let run = collection(&store, &Town::default(), 20).start().await.unwrap();
    let (events, summary) = to_the_end(run).await;
    assert!(matches!(events[0], Event::Planned { resumed: false, .. }));
    assert_eq!(
        (
            summary.listings,
            summary.created,
            summary.merged,
            summary.failed,
            summary.blocked
        ),
        (20, 17, 0, 1, 1)
    );
    assert!(!summary.stopped);
    assert_eq!(summary.pages, 18 * 2);
    let failed = events
        .iter()
        .filter(|event| matches!(event, Event::Failed(failure) if failure.what.contains("site3")));
    assert_eq!(failed.count(), 1);
    let with_phone = store
        .count(Filter::Has(crate::record::filter::Field::Phone))
        .await
        .unwrap();
    assert_eq!(with_phone, 17);
    assert!(matches!(
        events.last(),
        Some(Event::Progress {
            done: 20,
            known: 20,
            growing: false
        })
    ));
    let notes = store.audit(0, 10).await.unwrap();
    assert_eq!(
        notes.iter().map(|entry| &*entry.note.action).collect::<Vec<_>>(),
        ["run.started", "run.done"]
    );
}

/// A run dropped at any moment and resumed gives the leads of one that was not, and does not visit a site twice.
#[tokio::test]
async fn a_dropped_run_goes_on_where_it_stood() {
    let whole = Store::memory();
    to_the_end(collection(&whole, &Town::default(), 40).start().await.unwrap()).await;
    let store = Store::memory();
    let town = Town {
        delay: Duration::from_millis(1),
        ..Town::default()
    };
    let mut id = None;
    for after in [1, 5, 12, 20, 30] {
        let mut collector = collection(&store, &town, 40).concurrency(2);
        if let Some(id) = id {
            collector = collector.resume(id);
        }
        let mut run = collector.start().await.unwrap();
        id = Some(run.id());
        for _ in 0..after {
            run.next().await;
        }
    }
    let run = collection(&store, &town, 40)
        .resume(id.unwrap())
        .start()
        .await
        .unwrap();
    let (events, summary) = to_the_end(run).await;
    assert!(matches!(events[0], Event::Planned { resumed: true, .. }));
    assert!(summary.pages < 76, "sites visited before are not visited again");
    assert_eq!(said(&store).await, said(&whole).await);
    // Once done, only what failed is tried again: the one page of the broken site.
    let before = town.fetched.load(Ordering::SeqCst);
    to_the_end(
        collection(&store, &town, 40)
            .resume(id.unwrap())
            .start()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(town.fetched.load(Ordering::SeqCst), before + 1);
}

/// The network is out for a while: the run stops before it has tried all sites in vain, and loses none of them.
#[tokio::test]
async fn an_outage_stops_the_run_and_loses_no_site() {
    let (whole, store) = (Store::memory(), Store::memory());
    to_the_end(collection(&whole, &Town::default(), 200).start().await.unwrap()).await;
    let town = Town::default();
    let run = collection(&store, &town, 200)
        .concurrency(4)
        .start()
        .await
        .unwrap();
    let id = run.id();
    town.out.store(true, Ordering::SeqCst);
    let (events, summary) = to_the_end(run).await;
    assert!(summary.stopped);
    assert!(
        matches!(events.last(), Some(Event::Failed(failure)) if failure.what == "collect" && failure.code == "NETWORK")
    );
    assert!(town.fetched.load(Ordering::SeqCst) < 100);
    town.out.store(false, Ordering::SeqCst);
    let run = collection(&store, &town, 200).resume(id).start().await.unwrap();
    let (_, summary) = to_the_end(run).await;
    assert!(!summary.stopped);
    assert_eq!(said(&store).await, said(&whole).await);
    let state = RunState::read(&store.checkpoint(id).await.unwrap().unwrap()).unwrap();
    assert!(state.done);
    assert_eq!(
        (state.sites_known, state.sites_done, state.sites_again),
        (200, 200, 1)
    );
    let what: Vec<_> = state
        .failures
        .iter()
        .map(|failure| (&*failure.what, &*failure.code))
        .collect();
    assert_eq!(
        what,
        [
            ("http://site3.test/", "NETWORK"),
            ("http://site6.test/", "ROBOTS_DENIED")
        ]
    );
}

/// Whose site is on the suppression list is not even visited.
#[tokio::test]
async fn suppressed_sites_are_not_visited() {
    let store = Store::memory();
    let since = "2026-01-01T00:00:00Z".parse().unwrap();
    let sites = [1, 2].map(|number| format!("domain:www.site{number}.test").parse().unwrap());
    let entries = sites.map(|subject| crate::record::Suppression::new(subject, "objection", since));
    store.suppress(entries.into()).await.unwrap();
    let town = Town::default();
    let run = collection(&store, &town, 3).start().await.unwrap();
    let (_, summary) = to_the_end(run).await;
    assert_eq!((summary.pages, summary.suppressed, summary.created), (2, 2, 1));
    assert_eq!(town.fetched.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn stopping_ends_the_stream_soon_and_keeps_what_was_done() {
    let store = Store::memory();
    let town = Town {
        delay: Duration::from_millis(5),
        ..Town::default()
    };
    let mut run = collection(&store, &town, 200)
        .concurrency(2)
        .start()
        .await
        .unwrap();
    let id = run.id();
    while !matches!(run.next().await, Some(Event::Fetched { .. })) {}
    run.stop();
    let (_, summary) = to_the_end(run).await;
    assert!(summary.stopped);
    let state = RunState::read(&store.checkpoint(id).await.unwrap().unwrap()).unwrap();
    assert_eq!(state.sites_known, 200, "the listings were committed");
    assert!(!state.done && state.sites_done >= 1);
    assert!(
        store.count(Filter::All).await.unwrap() >= 1,
        "what was read was committed"
    );
}

/// Nobody reads the events, so the run waits: memory stays bounded.
#[tokio::test]
async fn a_run_goes_no_faster_than_its_reader() {
    let town = Town::default();
    let run = collection(&Store::memory(), &town, 3000).start().await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let fetched = town.fetched.load(Ordering::SeqCst);
    assert!(
        fetched < 3000,
        "{fetched} pages were fetched though nobody took an event"
    );
    drop(run);
}

#[tokio::test]
async fn a_maximum_is_kept() {
    let store = Store::memory();
    let run = collection(&store, &Town::default(), 50)
        .max(7)
        .start()
        .await
        .unwrap();
    let (_, summary) = to_the_end(run).await;
    assert_eq!(summary.listings, 7);
}

#[tokio::test]
async fn bad_input_is_refused_at_the_start() {
    let store = Store::memory();
    let kind = async |collector: Collector| collector.start().await.unwrap_err().kind();
    assert_eq!(
        kind(Collector::new(store.clone()).query("x")).await,
        ErrorKind::InvalidInput
    );
    assert_eq!(
        kind(Collector::new(store.clone()).source(list(1))).await,
        ErrorKind::InvalidInput
    );
    assert_eq!(
        kind(collection(&store, &Town::default(), 1).query("\u{0}")).await,
        ErrorKind::InvalidInput
    );
    let unknown = crate::record::RunId::start("2026-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(
        kind(collection(&store, &Town::default(), 1).resume(unknown)).await,
        ErrorKind::NotFound
    );
}

/// Every figure of a collection moves, under the name, kind and labels the table says.
#[test]
fn every_figure_of_a_collection_moves() {
    let recorder = metrics_util::debugging::DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    // One thread: the recorder is this thread's.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let store = Store::memory();
            let subject = "phone:+33478000001".parse().unwrap();
            let since = "2026-01-01T00:00:00Z".parse().unwrap();
            store
                .suppress(vec![crate::record::Suppression::new(subject, "objection", since)])
                .await
                .unwrap();
            let run = collection(&store, &Town::default(), 12).start().await.unwrap();
            let (_, summary) = to_the_end(run).await;
            assert_eq!(summary.suppressed, 1);
        });
    });
    let moved: Vec<(String, Vec<String>)> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, ..)| {
            let labels = key.key().labels().map(|label| label.key().to_owned()).collect();
            (key.key().name().to_owned(), labels)
        })
        .collect();
    for metric in crate::telemetry::METRICS
        .iter()
        .filter(|metric| metric.name.starts_with("lead_collect_"))
    {
        let (_, labels) = moved
            .iter()
            .find(|(name, _)| name == metric.name)
            .expect(metric.name);
        assert_eq!(labels, metric.labels, "{}", metric.name);
    }
}
