//! A crawl over many hosts of the generated web, some of them slow, failing or limiting.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests: a panic is how they fail"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fixture_web::{FixtureServer, LogEntry, ServerConfig, World, WorldConfig};
use lead_core::crawl::{CrawlConfig, CrawlEvent, CrawlFetcher, Crawler, Outcome};
use lead_core::fetch::{FetchConfig, HttpTransport};
use lead_core::limit::Rate;
use lead_core::record::SafeUrl;

/// Requests a second to one host.
const RATE: f64 = 10.0;

/// Hosts asked, and businesses enough for them.
const HOSTS: usize = 1_000;
const BUSINESSES: usize = 1_500;

/// Pages of one host.
const A_HOST: u32 = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_hosts_are_asked_no_faster_than_they_may_be_and_none_holds_up_the_others() {
    // What the work takes here when nothing is in its way.
    let plain = crawl(ServerConfig::pure(), Rate::Off).await;
    let mut served = ServerConfig::pure();
    (served.slow_share, served.error_share, served.limit_share) = (0.05, 0.05, 0.02);
    let faulty = crawl(served, Rate::per(RATE).unwrap()).await;
    let mut asked: BTreeMap<&str, Vec<&LogEntry>> = BTreeMap::new();
    for entry in &faulty.log {
        asked.entry(&entry.host).or_default().push(entry);
    }
    for (host, entries) in &asked {
        // A second has its rate of requests, and one at its edge; robots.txt included.
        let mut windows = entries.windows(12);
        let faster = windows.any(|window| window[11].at - window[0].at < Duration::from_millis(950));
        assert!(!faster, "{host} was asked faster than {RATE} a second");
    }
    let own = asked.values().map(|entries| own_time(entries)).max().unwrap();
    println!(
        "{} pages of {} hosts in {:.1?}; the work alone {:.1?}, the slowest host alone {own:.1?}",
        faulty.pages,
        asked.len(),
        faulty.took,
        plain.took
    );
    assert!(asked.len() >= HOSTS, "{} hosts", asked.len());
    assert_eq!(faulty.given_up, 0, "what clears is fetched");
    assert_eq!(faulty.pages, plain.pages, "no page is lost to a fault");
    assert!(
        faulty.took <= plain.took.max(own).mul_f64(1.5),
        "{:?}",
        faulty.took
    );
}

/// What came of a crawl.
struct Came {
    pages: usize,
    /// Pages given up after 429s or 503s.
    given_up: usize,
    took: Duration,
    log: Vec<LogEntry>,
}

async fn crawl(served: ServerConfig, rate: Rate) -> Came {
    let world = World::generate(&WorldConfig::new(1, BUSINESSES));
    let seeds: Vec<SafeUrl> = world
        .sites(None)
        .map(|site| SafeUrl::parse(&site).unwrap())
        .take(HOSTS)
        .collect();
    let server = FixtureServer::start(world, served).await.unwrap();
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.1/32".parse().unwrap());
    config
        .resolve
        .push(format!("*.test={}", server.addr()).parse().unwrap());
    config.pace.rate = rate;
    config.pace.max_per_host = 4;
    let transport = HttpTransport::new(&config).unwrap();
    let mut settings = CrawlConfig::default();
    settings.max_pages_a_host = A_HOST;
    settings.contacts = false;
    let begun = Instant::now();
    let fetcher = CrawlFetcher::standard(transport, &config, None);
    let mut crawl = Crawler::new(seeds)
        .config(settings)
        .fetcher(fetcher)
        .start()
        .await
        .unwrap();
    let mut summary = None;
    while let Some(event) = crawl.next().await {
        if let CrawlEvent::Done(done) = event {
            summary = Some(done);
        }
    }
    let summary = summary.unwrap();
    let came = Came {
        pages: usize::try_from(summary.count(Outcome::Page)).unwrap(),
        given_up: usize::try_from(summary.count(Outcome::RateLimited)).unwrap(),
        took: begun.elapsed(),
        log: server.log(),
    };
    server.stop().await;
    came
}

/// What a host's requests take at its rate, one after the other: each as slow as a slow site's, each refusal with its wait.
fn own_time(entries: &[&LogEntry]) -> Duration {
    let count = u32::try_from(entries.len()).unwrap();
    let refused = entries
        .iter()
        .filter(|entry| matches!(entry.status, 429 | 503))
        .count();
    let refused = u32::try_from(refused).unwrap();
    Duration::from_secs_f64(1.0 / RATE) * count
        + Duration::from_millis(600) * count
        + Duration::from_millis(1_500) * refused
}
