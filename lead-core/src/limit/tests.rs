use std::time::Duration;

use tokio::time::Instant;

use super::{Outcome, PaceConfig, Pacer, Rate};
use crate::ErrorKind;

fn pacer(change: impl FnOnce(&mut PaceConfig)) -> Pacer {
    let mut config = PaceConfig::default();
    change(&mut config);
    Pacer::new(config)
}

/// The time `count` requests to `host` take, each answered at once.
async fn time_of(pacer: &Pacer, host: &str, count: usize) -> Duration {
    let started = Instant::now();
    for _ in 0..count {
        pacer.acquire(host).await.unwrap().report(Outcome::Success);
    }
    started.elapsed()
}

fn assert_about(time: Duration, expected: Duration) {
    let slack = Duration::from_millis(20);
    assert!(
        time + slack >= expected && time <= expected + slack,
        "{time:?} instead of {expected:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_host_is_asked_once_a_second_and_others_meanwhile() {
    let pacer = Pacer::default();
    let started = Instant::now();
    tokio::join!(time_of(&pacer, "a.test", 4), time_of(&pacer, "b.test", 4));
    assert_about(started.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn rates_are_by_host_and_off_is_off() {
    let pacer = pacer(|config| {
        config.rate = Rate::Off;
        config.hosts.insert("slow.test".to_owned(), Rate::PerSecond(0.5));
    });
    assert_about(time_of(&pacer, "fast.test", 1000).await, Duration::ZERO);
    assert_about(time_of(&pacer, "slow.test", 3).await, Duration::from_secs(4));
}

#[tokio::test(start_paused = true)]
async fn requests_under_way_are_capped_by_host_and_in_all() {
    let pacer = pacer(|config| {
        config.rate = Rate::Off;
        config.max_per_host = 2;
        config.max_in_flight = 3;
    });
    let first = pacer.acquire("a.test").await.unwrap();
    let _second = pacer.acquire("a.test").await.unwrap();
    let soon = Duration::from_secs(1);
    assert!(
        tokio::time::timeout(soon, pacer.acquire("a.test")).await.is_err(),
        "two to one host"
    );
    let _third = pacer.acquire("b.test").await.unwrap();
    assert!(
        tokio::time::timeout(soon, pacer.acquire("c.test")).await.is_err(),
        "three in all"
    );
    drop(first);
    let third = tokio::time::timeout(soon, pacer.acquire("c.test")).await;
    assert!(third.unwrap().is_ok(), "room again");
}

#[tokio::test(start_paused = true)]
async fn turns_come_in_the_order_of_asking() {
    let pacer = Pacer::default();
    let order = std::sync::Mutex::new(Vec::new());
    let one = |number: usize| {
        let (pacer, order) = (&pacer, &order);
        async move {
            let permit = pacer.acquire("a.test").await.unwrap();
            order.lock().unwrap().push(number);
            permit.report(Outcome::Success);
        }
    };
    futures::future::join_all((0..10).map(one)).await;
    assert_eq!(*order.lock().unwrap(), (0..10).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_takes_no_turn() {
    let pacer = Pacer::default();
    pacer.acquire("a.test").await.unwrap().report(Outcome::Success);
    let started = Instant::now();
    for _ in 0..5 {
        let gave_up = tokio::time::timeout(Duration::from_millis(100), pacer.acquire("a.test")).await;
        assert!(gave_up.is_err());
    }
    pacer.acquire("a.test").await.unwrap().report(Outcome::Success);
    assert_about(started.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_slow_down_halves_the_rate_once_and_successes_bring_it_back() {
    let pacer = pacer(|config| config.rate = Rate::PerSecond(10.0));
    let (first, second) = (
        pacer.acquire("a.test").await.unwrap(),
        pacer.acquire("a.test").await.unwrap(),
    );
    first.report(Outcome::SlowDown(None));
    // Sent before the host's answer was known: the same news, not worse news.
    second.report(Outcome::SlowDown(None));
    let slow = time_of(&pacer, "a.test", 2).await;
    assert!(slow > Duration::from_millis(250), "{slow:?}");
    time_of(&pacer, "a.test", 20).await;
    assert_about(time_of(&pacer, "a.test", 10).await, Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn retry_after_holds_a_host_even_when_pace_is_off() {
    let pacer = pacer(|config| config.rate = Rate::Off);
    let wait = Duration::from_secs(7);
    pacer
        .acquire("a.test")
        .await
        .unwrap()
        .report(Outcome::SlowDown(Some(wait)));
    assert_about(time_of(&pacer, "b.test", 1).await, Duration::ZERO);
    assert_about(time_of(&pacer, "a.test", 1).await, wait);
}

#[tokio::test(start_paused = true)]
async fn a_long_hold_is_an_error_not_a_wait() {
    let pacer = Pacer::default();
    let day = Duration::from_hours(24);
    pacer
        .acquire("a.test")
        .await
        .unwrap()
        .report(Outcome::SlowDown(Some(day)));
    let started = Instant::now();
    let error = pacer.acquire("a.test").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(error.is_retryable() && error.retry_after().unwrap() > Duration::from_hours(23));
    assert_eq!(started.elapsed(), Duration::ZERO);
    tokio::time::advance(day).await;
    pacer.acquire("a.test").await.unwrap().report(Outcome::Success);
}

#[tokio::test(start_paused = true)]
async fn a_crawl_delay_is_heeded_up_to_its_cap() {
    let pacer = Pacer::default();
    pacer.crawl_delay("a.test", Duration::from_secs(5));
    pacer.crawl_delay("b.test", Duration::from_hours(1));
    assert_about(time_of(&pacer, "a.test", 3).await, Duration::from_secs(10));
    assert_about(time_of(&pacer, "b.test", 2).await, Duration::from_secs(30));
    let pacer = self::pacer(|config| config.rate = Rate::Off);
    pacer.crawl_delay("own.test", Duration::from_secs(5));
    assert_about(time_of(&pacer, "own.test", 3).await, Duration::ZERO);
}

/// The pace of a host whose answers take `latency` at so many requests a second, after so many requests.
async fn rate_of(pacer: &Pacer, requests: usize, latency: impl Fn(f64) -> Duration) -> f64 {
    let mut times = std::collections::VecDeque::from([Instant::now()]);
    let mut rate = 1.0;
    for _ in 0..requests {
        let permit = pacer.acquire("a.test").await.unwrap();
        times.push_back(Instant::now());
        if times.len() > 5 {
            let first = times.pop_front().unwrap();
            #[expect(clippy::cast_precision_loss, reason = "five")]
            let count = times.len() as f64;
            rate = count / first.elapsed().as_secs_f64().max(0.001);
        }
        tokio::time::sleep(latency(rate)).await;
        permit.report(Outcome::Success);
    }
    rate
}

#[tokio::test(start_paused = true)]
async fn auto_grows_while_latency_is_flat_and_not_past_its_ceiling() {
    let quick = |_| Duration::from_millis(20);
    let slow_start = pacer(|config| config.auto_ceiling = 10.0);
    assert!(rate_of(&slow_start, 8, quick).await < 5.0, "it starts low");
    let rate = rate_of(&slow_start, 200, quick).await;
    assert!((9.0..=10.1).contains(&rate), "{rate}");
}

#[tokio::test(start_paused = true)]
async fn auto_stays_where_a_host_can_follow() {
    let pacer = pacer(|config| config.auto_ceiling = 50.0);
    // Past six requests a second this host takes its time.
    let tired = |rate: f64| Duration::from_millis(if rate > 6.0 { 900 } else { 50 });
    rate_of(&pacer, 100, tired).await;
    let started = Instant::now();
    rate_of(&pacer, 100, tired).await;
    let rate = 100.0 / started.elapsed().as_secs_f64();
    assert!((0.8..9.0).contains(&rate), "{rate}");
}

#[tokio::test(start_paused = true)]
async fn a_host_that_fails_on_and_on_is_left_alone_and_given_up() {
    let pacer = pacer(|config| config.rate = Rate::Off);
    let started = Instant::now();
    let mut asked = 0;
    let error = loop {
        match pacer.acquire("a.test").await {
            Ok(permit) => permit.report(Outcome::Failure),
            Err(error) => break error,
        }
        asked += 1;
        tokio::time::advance(Duration::from_millis(1)).await;
    };
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(asked, 14, "ten in a row, then one a time");
    assert!(
        started.elapsed() >= Duration::from_secs(75),
        "{:?}",
        started.elapsed()
    );
    let now = Instant::now();
    assert!(pacer.ready_at("a.test", now) <= now, "a refusal costs no wait");
    assert_about(time_of(&pacer, "b.test", 3).await, Duration::ZERO);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]

    /// Whatever hosts answer and whoever gives up, requests to one host are never closer together than its rate allows.
    #[test]
    fn no_two_requests_are_closer_than_the_rate_allows(
        steps in proptest::collection::vec((0_u8..5, 0_u64..400), 1..60),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let pacer = pacer(|config| config.rate = Rate::PerSecond(4.0));
            let mut last: Option<Instant> = None;
            for (step, millis) in steps {
                let asked = tokio::time::timeout(Duration::from_millis(millis), pacer.acquire("a.test")).await;
                let Ok(permit) = asked else { continue };
                let permit = permit.unwrap();
                if let Some(last) = last.replace(Instant::now()) {
                    // The clock of the runtime counts whole milliseconds.
                    assert!(last.elapsed() >= Duration::from_millis(249), "{:?}", last.elapsed());
                }
                match step {
                    0 => permit.report(Outcome::SlowDown(None)),
                    1 => permit.report(Outcome::SlowDown(Some(Duration::from_millis(millis)))),
                    2 => drop(permit),
                    _ => permit.report(Outcome::Success),
                }
            }
        });
    }
}
