//! Each figure of fetching moves, with the labels the table says.

use std::collections::BTreeMap;
use std::time::Duration;

use lead_core::fetch::{FetchConfig, StandardStack};
use lead_core::seam::{Purpose, Request, State};
use lead_core::telemetry::{METRICS, Metric, MetricKind, describe};
use lead_core::{Error, ErrorKind};
use metrics_util::MetricKind as Moved;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

use crate::fake::{Fake, answer, clock, url};
use crate::server::{Step, serve};
use crate::transport;

async fn use_everything() {
    let server = serve(|_| vec![Step::Send(crate::server::answer(200, &[], b"page"))]).await;
    let http = lead_core::seam::Fetcher::http(&transport::config(&server)).unwrap();
    http.fetch(Request::get(url("http://bakery.test/")).purpose(Purpose::Api))
        .await
        .unwrap();
    let _ = http
        .fetch(Request::get(url("http://nowhere.invalid/")).purpose(Purpose::Api))
        .await;

    tokio::time::pause();
    let fake = Fake::new(
        |request, before| match (request.purpose, request.url.as_url().path()) {
            (Purpose::Robots, _) if request.url.host() == "down.test" => (
                Duration::ZERO,
                Err(Error::new(ErrorKind::Network, "fetch", "down")),
            ),
            (Purpose::Robots, _) if request.url.host() == "none.test" => answer(request, 404, &[], ""),
            (Purpose::Robots, _) => answer(request, 200, &[], "User-agent: *\nDisallow: /no"),
            (_, "/moved") => answer(request, 301, &[("location", "/")], ""),
            (_, "/busy") if before == 0 => answer(request, 429, &[("retry-after", "1")], ""),
            (_, "/broken") => answer(request, 500, &[], ""),
            (_, "/slow") => (
                Duration::from_hours(1),
                Err(Error::new(ErrorKind::Internal, "fetch", "never")),
            ),
            _ => answer(
                request,
                200,
                &[("cache-control", "max-age=1"), ("etag", "\"1\"")],
                "page",
            ),
        },
    );
    let mut config = FetchConfig::default();
    config.retry.max_attempts = 2;
    let state = State::memory();
    let build = || {
        StandardStack::new(&config)
            .clock(clock())
            .state(state.clone())
            .build(fake.clone())
    };
    let fetcher = build();
    for target in [
        "http://a.test/busy",
        "http://a.test/moved",
        "http://a.test/",
        "http://a.test/",
        "http://none.test/",
        "http://a.test/no",
        "http://down.test/",
        "http://10.0.0.1/",
        "http://a.test/slow",
    ] {
        let _ = fetcher.fetch(Request::get(url(target))).await;
    }
    for _ in 0..12 {
        let _ = fetcher.fetch(Request::get(url("http://a.test/broken"))).await;
    }
    let _ = fetcher
        .fetch(Request::get(url("http://a.test/slow")).deadline(Duration::from_secs(1)))
        .await;
    let _ = build().fetch(Request::get(url("http://a.test/"))).await;
}

#[test]
fn every_figure_of_fetch_and_pace_moves() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    metrics::with_local_recorder(&recorder, || {
        describe();
        runtime.block_on(use_everything());
    });
    let mut moved: BTreeMap<String, (Moved, Vec<String>)> = BTreeMap::new();
    for (key, _, description, value) in snapshotter.snapshot().into_vec() {
        let (kind, key) = key.into_parts();
        let labels = key.labels().map(|label| label.key().to_owned()).collect();
        assert!(description.is_some(), "{} is not described", key.name());
        let still = matches!(value, DebugValue::Counter(0));
        if !still {
            moved.insert(key.name().to_owned(), (kind, labels));
        }
    }
    let ours =
        |metric: &&Metric| metric.name.starts_with("lead_fetch_") || metric.name.starts_with("lead_pace_");
    for metric in METRICS.iter().filter(ours) {
        let (kind, labels) = moved
            .get(metric.name)
            .unwrap_or_else(|| panic!("{} did not move", metric.name));
        let expected = match metric.kind {
            MetricKind::Counter => Moved::Counter,
            MetricKind::Gauge => Moved::Gauge,
            MetricKind::Histogram => Moved::Histogram,
        };
        assert_eq!(*kind, expected, "{}", metric.name);
        assert_eq!(labels, metric.labels, "{}", metric.name);
    }
    for name in moved.keys() {
        assert!(
            METRICS.iter().any(|metric| metric.name == name),
            "{name} is not in the table"
        );
    }
}
