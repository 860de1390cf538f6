//! Ways out: all that a page asks for goes through the proxy, and no name is looked up.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use lead_core::browser::{Browser, BrowserFetch};
use lead_core::fetch::{FetchConfig, Proxy};
use lead_core::seam::{Fetch as _, Request};
use tokio::net::{TcpListener, UdpSocket};

use super::support::*;

/// A proxy that wants a password, writes down what it is asked for, and answers everything itself.
struct LoggingProxy {
    addr: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl LoggingProxy {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let log = Arc::clone(&log);
                let answer = service_fn(move |request| proxied(Arc::clone(&log), request));
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer),
                );
            }
        });
        Self { addr, asked }
    }
}

async fn proxied(
    log: Arc<Mutex<Vec<String>>>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, std::convert::Infallible> {
    let password = request
        .headers()
        .get("proxy-authorization")
        .and_then(|value| value.to_str().ok());
    let known = password == Some("Basic bWU6aHVudGVyMg==");
    log.lock().unwrap().push(format!(
        "{}{} {}",
        if known { "" } else { "stranger: " },
        request.method(),
        request.uri()
    ));
    let mut response = hyper::Response::new(Full::from(PAGE));
    response
        .headers_mut()
        .insert("content-type", "text/html".parse().unwrap());
    if request.method() == hyper::Method::CONNECT {
        *response.status_mut() = hyper::StatusCode::BAD_GATEWAY;
    }
    let _ = request.into_body().collect().await;
    Ok(response)
}

/// A page that tries to reach out in every way a page has.
const PAGE: &str = "<p>bread</p>
    <link rel=dns-prefetch href='//prefetched.test'><link rel=preconnect href='https://connected.test'>
    <script src='http://script.test/x.js'></script><link rel=stylesheet href='http://style.test/x.css'>
    <iframe src='http://frame.test/leaf'></iframe>
    <script>
      if (location.pathname === '/') {
        fetch('http://fetched.test/x', {mode: 'no-cors'}).catch(() => {});
        fetch('https://secure.test/x', {mode: 'no-cors'}).catch(() => {});
        navigator.sendBeacon('http://beacon.test/x', 'x');
        new WebSocket('ws://socket.test/x');
        try {
          const call = new RTCPeerConnection({iceServers: [{urls: 'stun:stun.test:3478'}]});
          call.createDataChannel('x');
          call.createOffer().then(offer => call.setLocalDescription(offer));
        } catch {}
      }
    </script>";

/// What the test below runs where a name server of its own is asked.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the test that watches it"]
async fn behind_a_proxy() {
    let proxy = LoggingProxy::start().await;
    let through = format!("http://me:hunter2@{}", proxy.addr).parse().unwrap();
    let mut fetch = FetchConfig::default();
    fetch.guard = fetch.guard.allow("127.0.0.0/8".parse().unwrap());
    let browser = Browser::through(config(), &fetch, &[through]).unwrap();
    let page = BrowserFetch::new(browser.clone())
        .fetch(Request::get("http://bakery.test/".parse().unwrap()))
        .await
        .unwrap();
    assert!(shown(&page).contains("bread"));
    browser.close().await;
    let asked = proxy.asked.lock().unwrap().clone();
    for wanted in [
        "GET http://bakery.test/",
        "GET http://script.test/x.js",
        "GET http://style.test/x.css",
        "GET http://frame.test/leaf",
        "GET http://fetched.test/x",
        "CONNECT secure.test:443",
        "POST http://beacon.test/x",
        "CONNECT socket.test:80",
    ] {
        assert!(asked.iter().any(|asked| asked == wanted), "{wanted}: {asked:#?}");
    }
    assert!(
        !asked.iter().any(|asked| asked.starts_with("stranger")),
        "{asked:#?}"
    );
    // So that a silent name server is told from one that nobody can reach.
    let _ = tokio::net::lookup_host("asked-on-purpose.test:80").await;
}

fn login_at(addr: SocketAddr) -> Proxy {
    format!("http://me:hunter2@{addr}").parse().unwrap()
}

/// The hosts whose pages were asked for through it.
fn pages_in(proxy: &LoggingProxy) -> Vec<String> {
    let asked = proxy.asked.lock().unwrap();
    asked
        .iter()
        .filter_map(|line| line.strip_suffix(".test/page")?.strip_prefix("GET http://"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_proxies_a_page_goes_through_one() {
    let (one, two) = (LoggingProxy::start().await, LoggingProxy::start().await);
    let proxies = [login_at(one.addr), login_at(two.addr)];
    let browser = Browser::through(config(), &FetchConfig::default(), &proxies).unwrap();
    let fetch = BrowserFetch::new(browser.clone());
    for name in ["a", "b", "c", "d"] {
        let url = format!("http://{name}.test/page").parse().unwrap();
        let page = fetch.fetch(Request::get(url)).await.unwrap();
        assert!(shown(&page).contains("bread"));
    }
    assert_eq!((pages_in(&one), pages_in(&two)), (words("a c"), words("b d")));
    for proxy in [&one, &two] {
        let asked = proxy.asked.lock().unwrap();
        let pages = asked.split(|line| line.ends_with(".test/page")).skip(1);
        let whole = |page: &[String]| page.iter().any(|line| line == "GET http://script.test/x.js");
        assert!(pages.into_iter().all(whole), "{asked:#?}");
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_leads_nowhere_is_left_alone() {
    let alive = LoggingProxy::start().await;
    let nowhere = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let proxies = [login_at(nowhere), login_at(alive.addr)];
    let browser = Browser::through(config(), &FetchConfig::default(), &proxies).unwrap();
    let fetch = BrowserFetch::new(browser.clone());
    let mut failed = 0;
    for turn in 0..7 {
        let url = format!("http://host{turn}.test/page").parse().unwrap();
        failed += usize::from(fetch.fetch(Request::get(url)).await.is_err());
    }
    assert_eq!(failed, 2, "then it rests");
    browser.close().await;
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_sees_all_and_the_name_server_nothing() {
    const SERVER: &str = "127.0.0.77";
    let Ok(socket) = UdpSocket::bind((SERVER, 53)).await else {
        eprintln!("SKIPPED: only root may be a name server");
        return;
    };
    let names = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&names);
    let server = tokio::spawn(async move {
        let mut bytes = [0; 512];
        while let Ok((read, from)) = socket.recv_from(&mut bytes).await {
            log.lock().unwrap().push(name_in(&bytes[..read]));
            // No such name (RFC 1035 §4.1.1: an answer, code 3).
            bytes[2] |= 0x80;
            bytes[3] = 0x83;
            let _ = socket.send_to(&bytes[..read], from).await;
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("resolv.conf");
    std::fs::write(
        &file,
        format!("nameserver {SERVER}\noptions timeout:1 attempts:1\n"),
    )
    .unwrap();
    let script = format!(
        "mount --bind '{}' /etc/resolv.conf && exec '{}' --ignored --exact proxies::behind_a_proxy --nocapture",
        file.display(),
        std::env::current_exe().unwrap().display()
    );
    let ran = tokio::task::spawn_blocking(move || {
        Command::new("unshare")
            .args(["--mount", "sh", "-c", &script])
            .output()
            .unwrap()
    });
    let ran = ran.await.unwrap();
    let said = [ran.stdout, ran.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    assert!(ran.status.success(), "{said}");
    server.abort();
    let mut names = names.lock().unwrap().clone();
    names.sort();
    names.dedup();
    assert_eq!(names, ["asked-on-purpose.test"]);
}

/// The name that is asked for (RFC 1035 §4.1.2).
fn name_in(question: &[u8]) -> String {
    let mut labels = Vec::new();
    let mut at = 12;
    while let Some(length @ 1..) = question.get(at).copied().map(usize::from) {
        labels.push(String::from_utf8_lossy(&question[at + 1..at + 1 + length]).into_owned());
        at += 1 + length;
    }
    labels.join(".").to_ascii_lowercase()
}
