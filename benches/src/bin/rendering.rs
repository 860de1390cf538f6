//! Pages rendered, beside rivals that render the same (`peers/browser`).
//!
//! ```text
//! rendering serve PORT PAGES URLS     the generated web on a port, and the addresses of so many pages that scripts fill
//! rendering mixed PORT PAGES URLS     the same, three quarters of them plain
//! rendering render URLS N             renders them, N at a time; with `live` after it while somebody looks; with `bare` without a
//!                                     sandbox, as root if we are, as the rival does
//! rendering detect URL WHO            opens a page that looks at browsers, honest, coherent or noisy
//! rendering hybrid URLS N             asks by HTTP, and renders what is a shell
//! rendering frames URLS               renders them one after the other, and tells how long the first frame takes
//! ```
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints its figures, dies on what should not happen, and rounds"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use fixture_web::{FixtureServer, ServerConfig, SiteState, World, WorldConfig};
use futures::StreamExt as _;
use lead_core::browser::{
    Browser, BrowserConfig, BrowserFetch, Coherent, Identity, LiveEvent, Noise, Until, Wait,
};
use lead_core::contacts::ExtractOptions;
use lead_core::crawl::Hybrid;
use lead_core::fetch::{FetchConfig, HttpTransport};
use lead_core::seam::{Fetch as _, Fetcher, Request};
use rustix::time::{ClockId, clock_gettime};

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().expect("a number");
    match words.as_slice() {
        ["serve", port, pages, urls] => serve(number(port), number(pages), urls, 1).await,
        ["mixed", port, pages, urls] => serve(number(port), number(pages), urls, 4).await,
        ["render", urls, width, more @ ..] => run(urls, number(width), false, more).await,
        ["frames", urls] => frames(urls).await,
        ["detect", url, who] => detect(url, who).await,
        ["hybrid", urls, width, more @ ..] => run(urls, number(width), true, more).await,
        _ => panic!("serve, mixed, render, detect or hybrid: see the head of this file"),
    }
}

/// Serves for ever. Of the pages, one in `share` is filled by a script.
async fn serve(port: usize, pages: usize, urls: &str, share: usize) {
    let world = World::generate(&WorldConfig::new(3, pages * 2));
    let config = ServerConfig::pure().on(format!("127.0.0.1:{port}").parse().expect("a port"));
    let server = FixtureServer::start(world, config).await.expect("a free port");
    let world = server.world();
    let hosts = world.hosts().filter(|host| {
        world
            .site(host)
            .is_some_and(|site| site.host() == *host && site.state() == SiteState::Live)
    });
    let mut list = String::new();
    for (place, host) in hosts.take(pages).enumerate() {
        // `plain` is no way to bring a page, so it is the page itself under a name that leads to loopback.
        let way = if place % share == 0 { "client" } else { "plain" };
        writeln!(list, "http://{host}.{way}.localhost:{port}/").expect("memory");
    }
    std::fs::write(urls, list).expect("a file of addresses");
    eprintln!("serving on {}; stop with Ctrl-C", server.addr());
    std::future::pending::<()>().await;
}

fn fetch_config() -> FetchConfig {
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.0/8".parse().expect("a network"));
    config
        .resolve
        .push("*.localhost=127.0.0.1".parse().expect("a host"));
    config.timeout = Duration::from_secs(90);
    config
}

async fn run(urls: &str, width: usize, hybrid: bool, more: &[&str]) {
    let urls: Vec<String> = std::fs::read_to_string(urls)
        .expect("addresses")
        .lines()
        .map(str::to_owned)
        .collect();
    let fetch = fetch_config();
    let mut settings = BrowserConfig::default();
    settings.pages = width;
    settings.recycle_pages = usize::MAX;
    settings.wait.scrolls = 0; // the rival does not scroll
    settings.sandbox = !more.contains(&"bare");
    let browser = Browser::new(settings, &fetch).expect("a browser");
    if more.contains(&"live") {
        let mut view = browser.live();
        tokio::spawn(async move { while view.next().await.is_some() {} });
    }
    let rendering = BrowserFetch::new(browser.clone());
    let fetcher = if hybrid {
        Fetcher::new(Hybrid::new(
            HttpTransport::new(&fetch).expect("a client"),
            rendering,
        ))
    } else {
        Fetcher::new(rendering)
    };
    // The browser is started before the time begins, as the rival's is.
    fetcher
        .fetch(Request::get(urls[0].parse().expect("an address")))
        .await
        .expect("a first page");
    let (begun, before) = (Instant::now(), cpu());
    let pages = futures::stream::iter(&urls).map(|url| {
        let fetcher = fetcher.clone();
        async move {
            fetcher
                .fetch(Request::get(url.parse().expect("an address")))
                .await
        }
    });
    let (mut bodies, mut bytes, mut failed) = (Vec::new(), 0, 0);
    let mut pages = std::pin::pin!(pages.buffer_unordered(width));
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => {
                bytes += page.body.len();
                bodies.push(page.body);
            }
            Err(error) => {
                eprintln!("{error}");
                failed += 1;
            }
        }
    }
    let (seconds, spent) = (begun.elapsed().as_secs_f64(), cpu() - before);
    browser.close().await;
    // Read when the time is over: the rival reads nothing.
    let contacts: usize = bodies.iter().map(|body| contacts_in(body)).sum();
    let report = serde_json::json!({
        "pages": urls.len(), "failed": failed, "seconds": seconds, "pages_per_s": urls.len() as f64 / seconds,
        "driver_cpu_s": spent, "contacts": contacts, "contacts_per_s": contacts as f64 / seconds,
        "bytes": bytes,
    });
    println!("{report}");
}

/// Opens a page until it says what it has found.
/// How long it takes from the order to open a page to the first frame of it.
async fn frames(urls: &str) {
    let mut settings = BrowserConfig::default();
    settings.recycle_pages = usize::MAX;
    let browser = Browser::new(settings, &fetch_config()).expect("a browser");
    let mut view = browser.live();
    let seeing = tokio::spawn(async move {
        let (mut opened, mut times) = (None, Vec::new());
        while let Some(event) = view.next().await {
            match event {
                LiveEvent::Opened { .. } => opened = Some(Instant::now()),
                LiveEvent::Frame(_) => times.extend(opened.take().map(|at| at.elapsed())),
                _ => {}
            }
        }
        times
    });
    for url in std::fs::read_to_string(urls).expect("addresses").lines() {
        let request = Request::get(url.parse().expect("an address"));
        BrowserFetch::new(browser.clone())
            .fetch(request)
            .await
            .expect("a page");
    }
    browser.close().await;
    let mut times = seeing.await.expect("times");
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_millis();
    println!(
        "first frame of {} pages: {} ms in the median, {} at 95 %, {} at most",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

async fn detect(url: &str, who: &str) {
    let mut settings = BrowserConfig::default();
    settings.block.clear();
    settings.wait = Wait::until(Until::Selector("#result:not(:empty)".to_owned()));
    let mut coherent = Coherent::new(1);
    settings.identity = match who {
        "coherent" => Identity::Coherent(coherent),
        "noisy" => {
            coherent.noise = vec![Noise::Canvas, Noise::WebGl];
            Identity::Coherent(coherent)
        }
        _ => Identity::Honest,
    };
    let browser = Browser::new(settings, &fetch_config()).expect("a browser");
    let request = Request::get(url.parse().expect("an address"));
    let page = BrowserFetch::new(browser.clone())
        .fetch(request)
        .await
        .expect("a page");
    browser.close().await;
    println!("{}", String::from_utf8_lossy(&page.body));
}

fn contacts_in(body: &[u8]) -> usize {
    let found = lead_core::extract(body, &ExtractOptions::new())
        .expect("a page")
        .findings;
    found.phones.len() + found.emails.len() + found.socials.len()
}

/// Seconds of processor time of this process.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
