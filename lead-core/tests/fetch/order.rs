//! The order of the layers, by what it does.

use std::time::Duration;

use lead_core::fetch::{FetchConfig, StandardStack};
use lead_core::limit::Rate;
use lead_core::seam::{Fetcher, Purpose, Request};
use lead_core::{Error, ErrorKind};
use tokio::time::Instant;

use crate::fake::{Fake, answer, clock, url};

const SECOND: Duration = Duration::from_secs(1);

/// What the runtime's paused clock, which counts whole milliseconds, may lose.
const ROUNDING: Duration = Duration::from_millis(5);

fn stack(fake: &Fake, change: impl FnOnce(&mut FetchConfig)) -> Fetcher {
    let mut config = FetchConfig::default();
    change(&mut config);
    StandardStack::new(&config).clock(clock()).build(fake.clone())
}

fn get(text: &str) -> Request {
    Request::get(url(text))
}

#[tokio::test(start_paused = true)]
async fn each_hop_passes_the_guard_again() {
    let fake = Fake::new(|request, _| match request.purpose {
        Purpose::Robots => answer(request, 404, &[], ""),
        _ => answer(request, 302, &[("location", "http://127.0.0.1/admin")], ""),
    });
    let error = stack(&fake, |_| {})
        .fetch(get("http://a.test/"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::GuardRefused);
    assert_eq!(fake.log().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn each_hop_passes_robots_again() {
    let fake = Fake::new(|request, _| match (request.purpose, request.url.host()) {
        (Purpose::Robots, "b.test") => answer(request, 200, &[], "User-agent: *\nDisallow: /secret"),
        (Purpose::Robots, _) => answer(request, 404, &[], ""),
        _ => answer(request, 302, &[("location", "http://b.test/secret")], ""),
    });
    let error = stack(&fake, |_| {})
        .fetch(get("http://a.test/"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RobotsDenied);
    assert_eq!(
        fake.urls(),
        [
            "http://a.test/robots.txt",
            "http://a.test/",
            "http://b.test/robots.txt"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_guard_comes_before_anything_is_asked() {
    let fake = Fake::new(|request, _| answer(request, 200, &[], ""));
    stack(&fake, |_| {})
        .fetch(get("http://10.0.0.1/"))
        .await
        .unwrap_err();
    assert!(fake.urls().is_empty(), "not even robots.txt");
}

#[tokio::test(start_paused = true)]
async fn a_hit_of_the_cache_takes_no_permit() {
    let fake = Fake::new(|request, _| answer(request, 200, &[("cache-control", "max-age=60")], "page"));
    let fetcher = stack(&fake, |_| {});
    fetcher.fetch(get("http://a.test/")).await.unwrap();
    let started = Instant::now();
    for _ in 0..100 {
        let response = fetcher.fetch(get("http://a.test/")).await.unwrap();
        assert!(response.from_cache && response.attempts == 0);
    }
    assert_eq!(started.elapsed(), Duration::ZERO);
    assert_eq!(fake.log().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_page_forbidden_since_is_not_taken_from_the_cache() {
    let fake = Fake::new(|request, before| match request.purpose {
        Purpose::Robots if before == 0 => answer(request, 404, &[], ""),
        Purpose::Robots => answer(request, 200, &[], "User-agent: *\nDisallow: /"),
        _ => answer(request, 200, &[("cache-control", "max-age=999999")], "page"),
    });
    let fetcher = stack(&fake, |_| {});
    fetcher.fetch(get("http://a.test/")).await.unwrap();
    tokio::time::advance(Duration::from_hours(25)).await;
    assert_eq!(
        fetcher.fetch(get("http://a.test/")).await.unwrap_err().kind(),
        ErrorKind::RobotsDenied
    );
}

#[tokio::test(start_paused = true)]
async fn each_attempt_pays_a_permit() {
    let fake = Fake::new(|request, before| answer(request, if before < 2 { 500 } else { 200 }, &[], ""));
    let fetcher = stack(&fake, |config| {
        config.pace.rate = Rate::PerSecond(0.1);
        config.retry.base = Duration::from_millis(1);
    });
    let response = fetcher
        .fetch(get("http://a.test/").purpose(Purpose::Api))
        .await
        .unwrap();
    assert_eq!(response.attempts, 3);
    let times: Vec<_> = fake.log().iter().map(|(time, _)| *time).collect();
    for pair in times.windows(2) {
        assert!(
            pair[1] - pair[0] + ROUNDING >= 10 * SECOND,
            "{:?}",
            pair[1] - pair[0]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn each_hop_pays_a_permit() {
    let fake = Fake::new(|request, before| match before {
        0 => answer(request, 302, &[("location", "/b")], ""),
        _ => answer(request, 200, &[], ""),
    });
    let fetcher = stack(&fake, |_| {});
    let response = fetcher
        .fetch(get("http://a.test/a").purpose(Purpose::Api))
        .await
        .unwrap();
    assert_eq!(response.hops, [url("http://a.test/a")]);
    let log = fake.log();
    assert!(log[1].0 - log[0].0 + ROUNDING >= SECOND);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_turn_is_no_timeout() {
    let fake = Fake::new(|request, _| answer(request, 200, &[], ""));
    let fetcher = stack(&fake, |config| {
        config.timeout = SECOND;
        config.pace.rate = Rate::PerSecond(0.1);
    });
    let started = Instant::now();
    for _ in 0..3 {
        fetcher
            .fetch(get("http://a.test/").purpose(Purpose::Api))
            .await
            .unwrap();
    }
    assert!(started.elapsed() + ROUNDING >= 20 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_never_cuts_a_retrys_sleep() {
    let fake = Fake::new(|request, before| match before {
        0 => answer(request, 503, &[("retry-after", "50")], ""),
        _ => answer(request, 200, &[], ""),
    });
    let fetcher = stack(&fake, |config| config.timeout = SECOND);
    let response = fetcher
        .fetch(get("http://a.test/").purpose(Purpose::Api))
        .await
        .unwrap();
    assert_eq!((response.status.as_u16(), response.attempts), (200, 2));
    let log = fake.log();
    assert!(log[1].0 - log[0].0 >= 50 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_is_for_one_attempt_and_is_retried() {
    let fake = Fake::new(|request, before| {
        let (_, result) = answer(request, 200, &[], "");
        (if before == 0 { 60 * SECOND } else { Duration::ZERO }, result)
    });
    let fetcher = stack(&fake, |config| config.timeout = SECOND);
    let response = fetcher
        .fetch(get("http://a.test/").purpose(Purpose::Api))
        .await
        .unwrap();
    assert_eq!(response.attempts, 2);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_for_everything() {
    let fake = Fake::new(|request, _| answer(request, 503, &[("retry-after", "50")], ""));
    let fetcher = stack(&fake, |_| {});
    let started = Instant::now();
    let request = get("http://a.test/").purpose(Purpose::Api).deadline(9 * SECOND);
    let error = fetcher.fetch(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(started.elapsed().as_secs(), 9);
    let fetcher = stack(&fake, |config| config.deadline = Some(2 * SECOND));
    let started = Instant::now();
    fetcher
        .fetch(get("http://b.test/").purpose(Purpose::Api))
        .await
        .unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn robots_txt_is_paced_and_retried_like_a_page() {
    let fake = Fake::new(|request, _| match request.purpose {
        Purpose::Robots => (
            Duration::ZERO,
            Err(Error::new(ErrorKind::Network, "fetch", "reset").temporary()),
        ),
        _ => answer(request, 200, &[], ""),
    });
    let started = Instant::now();
    let error = stack(&fake, |_| {})
        .fetch(get("http://a.test/"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(
        fake.urls().len(),
        4,
        "four attempts at robots.txt, none at the page"
    );
    assert!(started.elapsed() + ROUNDING >= 3 * SECOND);
}
