//! Watch a crawl: `cargo run --release -p lead-live -- https://www.bakery.example/`, then open <http://127.0.0.1:8090/>.
//!
//! Every page is rendered; what it looks like, and where the numbers on it stand, is shown as it happens. With networks to allow
//! and hosts to resolve after the addresses it shows the generated web too:
//!
//! ```sh
//! lead serve-fixtures --port 8080 &
//! cargo run -p lead-live -- http://beacon-hotel.test.client.localhost:8080/ 127.0.0.0/8 '*.localhost=127.0.0.1:8080'
//! ```
#![allow(clippy::print_stderr, reason = "an example tells what it does")]

use std::convert::Infallible;

use futures::{SinkExt as _, StreamExt as _};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_tungstenite::HyperWebsocket;
use hyper_tungstenite::tungstenite::Message;
use hyper_util::rt::TokioIo;
use lead_core::browser::{Browser, BrowserConfig, BrowserFetch};
use lead_core::crawl::{CrawlEvent, CrawlFetcher, Crawler, Hybrid};
use lead_core::fetch::{FetchConfig, HttpTransport, StandardStack};
use lead_core::{Error, ErrorKind, Result};
use tokio::net::TcpListener;

const AT: &str = "127.0.0.1:8090";
const PAGE: &str = include_str!("page.html");

#[tokio::main]
async fn main() -> Result<()> {
    let mut fetch = FetchConfig::default();
    let mut seeds = Vec::new();
    for word in std::env::args().skip(1) {
        match word.parse() {
            Ok(network) => fetch.guard = fetch.guard.allow(network),
            Err(_) if word.starts_with("http") => seeds.push(word.parse()?),
            Err(_) => fetch.resolve.push(word.parse()?),
        }
    }
    let settings = BrowserConfig::default();
    fetch.timeout = settings.attempt(fetch.timeout);
    let browser = Browser::new(settings, &fetch)?;
    tokio::spawn(serve(browser.clone()));
    crawl(seeds, &fetch, &browser).await?;
    browser.close().await;
    Ok(())
}

/// Renders every page of the sites of `seeds`.
async fn crawl(seeds: Vec<lead_core::record::SafeUrl>, fetch: &FetchConfig, browser: &Browser) -> Result<()> {
    let transport = Hybrid::always(HttpTransport::new(fetch)?, BrowserFetch::new(browser.clone()));
    let fetcher = CrawlFetcher::stacked(StandardStack::new(fetch), transport);
    let mut crawl = Crawler::new(seeds).fetcher(fetcher).start().await?;
    while let Some(event) = crawl.next().await {
        if let CrawlEvent::Page(page) = event {
            let phones = page.contacts.map_or(0, |contacts| contacts.findings.phones.len());
            eprintln!("{} {} {phones} numbers", page.outcome, page.input);
        }
    }
    Ok(())
}

/// The page and the web socket it listens to.
async fn serve(browser: Browser) -> Result<()> {
    let failed = |cause| Error::new(ErrorKind::Io, "live", "no page to watch is served").because(cause);
    let listener = TcpListener::bind(AT).await.map_err(failed)?;
    eprintln!("watch at http://{AT}/");
    loop {
        let (stream, _) = listener.accept().await.map_err(failed)?;
        let browser = browser.clone();
        let answer = service_fn(move |request| {
            let browser = browser.clone();
            async move { Ok::<_, Infallible>(answer(&browser, request)) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades();
        tokio::spawn(connection);
    }
}

fn answer(browser: &Browser, mut request: Request<Incoming>) -> Response<Full<Bytes>> {
    if hyper_tungstenite::is_upgrade_request(&request)
        && let Ok((response, socket)) = hyper_tungstenite::upgrade(&mut request, None)
    {
        tokio::spawn(show(browser.clone(), socket));
        return response;
    }
    let mut response = Response::new(Full::from(PAGE));
    let html = hyper::header::HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(hyper::header::CONTENT_TYPE, html);
    response
}

/// Sends what is seen until nobody looks.
async fn show(browser: Browser, socket: HyperWebsocket) {
    let Ok(mut socket) = socket.await else { return };
    let mut messages = std::pin::pin!(browser.live().messages());
    while let Some(message) = messages.next().await {
        if socket.send(Message::Binary(message)).await.is_err() {
            return;
        }
    }
}
