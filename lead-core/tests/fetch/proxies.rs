//! Fetching through proxies on loopback.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::StreamExt;
use futures::stream;
use lead_core::ErrorKind;
use lead_core::fetch::{AddressPolicy, FetchConfig, Proxy, ProxyPolicy, ProxyTransport};
use lead_core::limit::Rate;
use lead_core::seam::{Fetch, Fetcher, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::fake::url;
use crate::server::{Server, Step, serve};

/// A proxy that answers for every server: `page of PATH`. Behind it nothing comes of `/down`.
async fn proxy(wait: Duration) -> Server {
    serve(move |head| {
        let path = head
            .split(' ')
            .nth(1)
            .and_then(|url| url.rsplit('/').next())
            .unwrap_or_default();
        if path == "down" {
            return vec![Step::Reset];
        }
        let body = format!("page of {path}");
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        vec![Step::Wait(wait), Step::Send(answer.into_bytes())]
    })
    .await
}

fn at(server: &Server) -> Proxy {
    format!("http://{}", server.address).parse().unwrap()
}

/// Names under `.test` lead to a public address, as far as we know.
fn config() -> FetchConfig {
    let mut config = FetchConfig::default();
    config.resolve = vec!["*.test=1.1.1.1".parse().unwrap()];
    config.pace.rate = Rate::Off;
    config.connect_timeout = Duration::from_secs(2);
    config
}

fn through(proxies: &[Proxy], policy: ProxyPolicy) -> ProxyTransport {
    ProxyTransport::new(&config(), proxies, policy).unwrap()
}

/// Two of five die while a hundred pages are fetched and one is slow: no page is lost, and the others share the work as
/// their policy says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_is_lost_to_dead_and_slow_proxies() {
    for policy in [
        ProxyPolicy::RoundRobin,
        ProxyPolicy::LeastUsed,
        ProxyPolicy::Sticky,
    ] {
        let mut servers = Vec::new();
        for number in 0..5 {
            servers.push(proxy(Duration::from_millis(if number == 4 { 40 } else { 2 })).await);
        }
        let proxies: Vec<Proxy> = servers.iter().map(at).collect();
        let transport = Arc::new(through(&proxies, policy));
        let done = Arc::new(AtomicUsize::new(0));
        let mut dying: Vec<Server> = servers.drain(..2).collect();
        let pages = stream::iter(0..200).map(|number| {
            let (transport, done) = (Arc::clone(&transport), Arc::clone(&done));
            async move {
                let request = Request::get(url(&format!("http://host{}.test/{number}", number % 40)));
                let answer = transport.fetch(request).await.unwrap();
                assert_eq!(answer.body, format!("page of {number}"));
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut pages = std::pin::pin!(pages.buffer_unordered(8));
        while pages.next().await.is_some() {
            if done.load(Ordering::Relaxed) > 40 {
                dying.clear();
            }
        }
        let report = transport.report();
        let answers: Vec<u64> = report.iter().map(|one| one.answers).collect();
        assert_eq!(answers.iter().sum::<u64>(), 200, "{policy}: {report:?}");
        assert!(report[2..].iter().all(|one| !one.resting), "{policy}: {report:?}");
        let (good, slow) = (answers[2] + answers[3], answers[4]);
        match policy {
            ProxyPolicy::RoundRobin => {
                let spread = answers[2].abs_diff(answers[3]).max(answers[3].abs_diff(slow));
                assert!(spread <= 12, "equal shares: {report:?}");
            }
            ProxyPolicy::LeastUsed => assert!(slow * 4 < good, "the slow one has less: {report:?}"),
            ProxyPolicy::Sticky => assert!(answers[2..].iter().all(|one| *one > 10), "{report:?}"),
        }
    }
}

#[tokio::test]
async fn a_page_whose_server_is_down_blames_no_proxy() {
    let (one, other) = (proxy(Duration::ZERO).await, proxy(Duration::ZERO).await);
    let broken = serve(|_| vec![Step::Reset]).await;
    let proxies = [at(&broken), at(&one), at(&other)];
    let transport = through(&proxies, ProxyPolicy::RoundRobin);
    for number in 0..9 {
        transport
            .fetch(Request::get(url(&format!("http://a.test/{number}"))))
            .await
            .unwrap();
    }
    let report = transport.report();
    assert!(report[0].resting && report[0].failures >= 2, "{report:?}");
    assert_eq!(report[1].answers + report[2].answers, 9);
    let error = transport
        .fetch(Request::get(url("http://a.test/down")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    let report = transport.report();
    assert!(
        report[1..].iter().all(|one| one.failures == 0),
        "all failed alike: {report:?}"
    );
}

#[tokio::test]
async fn passwords_are_sent_and_refusals_told() {
    let asking = serve(|head| {
        let answer = if head
            .to_lowercase()
            .contains("proxy-authorization: basic bwu6ahvudgvymg==")
        {
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nin"
        } else {
            "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"
        };
        vec![Step::Send(answer.into())]
    })
    .await;
    let with: Proxy = format!("http://me:hunter2@{}", asking.address).parse().unwrap();
    let get = || Request::get(url("http://a.test/"));
    let answer = through(&[with], ProxyPolicy::Sticky).fetch(get()).await.unwrap();
    assert_eq!(answer.body, "in");
    let error = through(&[at(&asking)], ProxyPolicy::Sticky)
        .fetch(get())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Blocked);
}

#[tokio::test]
async fn the_guard_holds_behind_a_proxy_and_its_own_address_is_ours() {
    let server = proxy(Duration::ZERO).await;
    let mut config = config();
    config.resolve.insert(0, "inside.test=10.0.0.1".parse().unwrap());
    assert_eq!(
        config.guard,
        AddressPolicy::default(),
        "loopback is not allowed, its proxy is"
    );
    let fetcher = Fetcher::standard(
        ProxyTransport::new(&config, &[at(&server)], ProxyPolicy::Sticky).unwrap(),
        &config,
    );
    for inside in [
        "http://inside.test/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest",
    ] {
        let error = fetcher.fetch(Request::get(url(inside))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::GuardRefused, "{inside}");
    }
    assert!(server.requests.lock().unwrap().is_empty());
    let error = ProxyTransport::new(&config, &[], ProxyPolicy::Sticky).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

/// RFC 1928 with the login of RFC 1929, as far as a client goes; answers for every server.
async fn socks(mut stream: TcpStream) -> std::io::Result<String> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).await?;
    let mut methods = vec![0; head[1].into()];
    stream.read_exact(&mut methods).await?;
    assert!(methods.contains(&2), "a login is offered: {methods:?}");
    stream.write_all(&[5, 2]).await?;
    let mut login = vec![0; 2 + 2 + 1 + 7];
    stream.read_exact(&mut login).await?;
    assert_eq!(login, *b"\x01\x02me\x07hunter2");
    stream.write_all(&[1, 0]).await?;
    let mut asked = [0; 5];
    stream.read_exact(&mut asked).await?;
    assert_eq!(asked[..4], [5, 1, 0, 3], "a name, for the proxy to look up");
    let mut host = vec![0; usize::from(asked[4]) + 2];
    stream.read_exact(&mut host).await?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    let mut request = [0; 1024];
    let _ = stream.read(&mut request).await?;
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nsocks")
        .await?;
    host.truncate(host.len() - 2);
    Ok(String::from_utf8(host).unwrap())
}

#[tokio::test]
async fn socks_proxies_look_names_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { socks(listener.accept().await.unwrap().0).await.unwrap() });
    let proxy: Proxy = format!("socks5://me:hunter2@{address}").parse().unwrap();
    let transport = through(&[proxy], ProxyPolicy::RoundRobin);
    let answer = transport
        .fetch(Request::get(url("http://bakery.test/")))
        .await
        .unwrap();
    assert_eq!(answer.body, "socks");
    assert_eq!(server.await.unwrap(), "bakery.test");
}
