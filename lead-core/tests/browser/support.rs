//! A small server, and browsers that reach it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use lead_core::browser::{Browser, BrowserConfig, BrowserFetch, Wait};
use lead_core::fetch::FetchConfig;
use lead_core::seam::{Fetch, Request, Response};
use tokio::net::TcpListener;

/// What the server answers: status, content type and other fields, body.
#[derive(Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
    pub(crate) after: Duration,
}

pub(crate) fn html(body: impl Into<String>) -> Answer {
    Answer {
        status: 200,
        headers: vec![("content-type", "text/html; charset=utf-8".into())],
        body: Bytes::from(body.into()),
        after: Duration::ZERO,
    }
}

impl Answer {
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn after(mut self, after: Duration) -> Self {
        self.after = after;
        self
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) method: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
}

/// Answers pages by path, and remembers who asked what.
pub(crate) struct Server {
    pub(crate) addr: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    _serving: tokio::task::JoinSet<()>,
}

impl Server {
    pub(crate) async fn start(pages: impl IntoIterator<Item = (&'static str, Answer)>) -> Self {
        let pages: Arc<HashMap<&str, Answer>> = Arc::new(pages.into_iter().collect());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let mut serving = tokio::task::JoinSet::new();
        serving.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (pages, log) = (Arc::clone(&pages), Arc::clone(&log));
                let answer = service_fn(move |request| answer(Arc::clone(&pages), Arc::clone(&log), request));
                tokio::spawn(
                    hyper_util::server::conn::auto::Builder::new(TokioExecutor::new())
                        .serve_connection(TokioIo::new(stream), answer)
                        .into_owned(),
                );
            }
        });
        Self {
            addr,
            asked,
            _serving: serving,
        }
    }

    /// The address of a page on a host of ours.
    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.addr.port())
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    /// Every host under `.test` and `.localhost` is this server.
    pub(crate) fn fetch_config(&self) -> FetchConfig {
        let mut config = FetchConfig::default();
        config.guard = config.guard.allow("127.0.0.0/8".parse().unwrap());
        for hosts in ["*.test", "*.localhost"] {
            config
                .resolve
                .push(format!("{hosts}={}", self.addr).parse().unwrap());
        }
        config
    }

    pub(crate) fn browser(&self, config: BrowserConfig) -> Browser {
        Browser::new(config, &self.fetch_config()).unwrap()
    }
}

async fn answer(
    pages: Arc<HashMap<&str, Answer>>,
    log: Arc<Mutex<Vec<Asked>>>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, std::convert::Infallible> {
    let (head, body) = request.into_parts();
    let asked = Asked {
        path: head
            .uri
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
        method: head.method.to_string(),
        body: body
            .collect()
            .await
            .map(http_body_util::Collected::to_bytes)
            .unwrap_or_default(),
        headers: head.headers.clone(),
    };
    let page = pages.get(asked.path.as_str()).cloned();
    log.lock().unwrap().push(asked);
    let page = page.unwrap_or_else(|| html("nothing here").status(404));
    tokio::time::sleep(page.after).await;
    let mut response = hyper::Response::builder().status(page.status);
    for (name, value) in page.headers {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(page.body)).unwrap())
}

/// Settings for tests: quick. `LEAD_TEST_CHROMIUM` names the program where it is not in its usual place; with
/// `LEAD_TEST_SANDBOX=off` pages run outside the sandbox, where user namespaces are forbidden.
pub(crate) fn config() -> BrowserConfig {
    let level = std::env::var("LEAD_TEST_LOG")
        .ok()
        .and_then(|level| level.parse().ok());
    let log = tracing_subscriber::fmt().with_max_level(level.unwrap_or(tracing::Level::WARN));
    let _ = log.with_test_writer().try_init();
    let mut config = BrowserConfig::default();
    config.executable = std::env::var_os("LEAD_TEST_CHROMIUM").map(Into::into);
    config.sandbox = std::env::var_os("LEAD_TEST_SANDBOX").is_none_or(|sandbox| sandbox != "off");
    config.wait.quiet = Duration::from_millis(150);
    config.page = Duration::from_secs(15);
    config
}

/// Renders one page.
pub(crate) async fn render(browser: &Browser, url: &str) -> lead_core::Result<Response> {
    BrowserFetch::new(browser.clone())
        .fetch(Request::get(url.parse().unwrap()))
        .await
}

/// Renders one page, and waits in another way.
pub(crate) async fn render_until(browser: &Browser, url: &str, wait: Wait) -> lead_core::Result<Response> {
    BrowserFetch::new(browser.clone())
        .wait(wait)
        .fetch(Request::get(url.parse().unwrap()))
        .await
}

/// What stands on a page, without its scripts.
pub(crate) fn shown(response: &Response) -> String {
    let text = text(response);
    let parts = text.split("<script").enumerate().map(|(place, part)| {
        if place == 0 {
            part
        } else {
            part.split_once("</script>").map_or("", |(_, after)| after)
        }
    });
    parts.collect()
}

pub(crate) fn text(response: &Response) -> String {
    String::from_utf8(response.body.to_vec()).unwrap()
}
