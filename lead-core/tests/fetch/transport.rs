//! The plain HTTP client, alone.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use http::HeaderName;
use lead_core::fetch::{FetchConfig, HttpTransport};
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetch, Fetcher, Purpose, Request, Response};
use lead_core::{ErrorKind, ErrorStatus, Result};

use crate::server::{Server, Step, answer, serve};

/// Settings that let loopback pass and lead every `*.test` to `server`.
pub(crate) fn config(server: &Server) -> FetchConfig {
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.0/8".parse().unwrap());
    config.resolve = vec![format!("*.test={}", server.address).parse().unwrap()];
    config.timeout = Duration::from_secs(5);
    config
}

pub(crate) fn url(text: &str) -> SafeUrl {
    SafeUrl::parse(text).unwrap()
}

async fn ask(server: &Server, request: Request) -> Result<Response> {
    HttpTransport::new(&config(server)).unwrap().fetch(request).await
}

async fn get(steps: Vec<Step>) -> Result<Response> {
    let server = serve(move |_| steps.clone()).await;
    ask(&server, Request::get(url("http://bakery.test/"))).await
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

async fn coded(coding: &str, body: Vec<u8>) -> Result<Response> {
    get(vec![Step::Send(answer(
        200,
        &[("Content-Encoding", coding)],
        &body,
    ))])
    .await
}

#[tokio::test]
async fn says_who_asks_and_hands_the_bytes_over_untouched() {
    // Latin-1 bytes that are no UTF-8: the charset is the page's matter.
    let body = b"B\xe4ckerei".to_vec();
    let sent = body.clone();
    let server = serve(move |_| {
        vec![Step::Send(answer(
            404,
            &[
                ("Content-Type", "text/html; charset=iso-8859-1"),
                ("Set-Cookie", "a=b"),
            ],
            &sent,
        ))]
    })
    .await;
    let transport = HttpTransport::new(&config(&server)).unwrap();
    let response = transport
        .fetch(Request::get(url("http://bakery.test/a?b=c#d")))
        .await
        .unwrap();
    assert_eq!(response.status, 404);
    assert_eq!(response.body, body);
    assert_eq!(response.content_type(), Some("text/html; charset=iso-8859-1"));
    assert_eq!(response.identity, None);
    transport
        .fetch(Request::get(url("http://bakery.test/again")))
        .await
        .unwrap();

    let requests = server.requests.lock().unwrap().clone();
    let head = requests[0].to_ascii_lowercase();
    assert!(head.starts_with("get /a?b=c http/1.1\r\n"), "{head}");
    assert!(head.contains("host: bakery.test\r\n"), "{head}");
    assert!(head.contains("user-agent: lead/0."), "{head}");
    assert!(
        head.contains("accept-encoding: gzip, deflate, br, zstd"),
        "{head}"
    );
    assert!(
        !requests[1].to_ascii_lowercase().contains("cookie"),
        "no cookie is kept"
    );
    let connections = server.connections.load(std::sync::atomic::Ordering::Relaxed);
    assert_eq!(connections, 1, "a connection is used again");
}

#[tokio::test]
async fn a_request_may_bring_its_own_name_which_is_told() {
    let server = serve(|_| vec![Step::Send(answer(200, &[], b""))]).await;
    let request = Request::get(url("http://bakery.test/"));
    let request = request.header(HeaderName::from_static("user-agent"), "Other/1".parse().unwrap());
    let response = ask(&server, request).await.unwrap();
    assert_eq!(response.identity.as_deref(), Some("Other/1"));
    assert!(server.requests.lock().unwrap()[0].contains("Other/1"));
}

#[tokio::test]
async fn posts_a_form() {
    let server = serve(|_| vec![Step::Send(answer(200, &[], b""))]).await;
    let request = Request::post_form(url("http://bakery.test/"), [("q", "a b")]);
    ask(&server, request).await.unwrap();
    let head = server.requests.lock().unwrap()[0].to_ascii_lowercase();
    assert!(
        head.starts_with("post / ") && head.contains("content-length: 5\r\n"),
        "{head}"
    );
    assert!(head.contains("application/x-www-form-urlencoded"), "{head}");
}

#[tokio::test]
async fn every_coding_is_undone() {
    let text = "Bäckerei".repeat(50);
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(text.as_bytes()).unwrap();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::best());
    raw.write_all(text.as_bytes()).unwrap();
    let mut members = gzip(&text.as_bytes()[..100]);
    members.extend(gzip(&text.as_bytes()[100..]));
    members.extend(b"trailing rubbish");
    // Made by the reference implementations.
    let brotli = hex("1bc101f81da9539f3b5e0b8d910ecbb435b9280bde8281739c0d");
    let zstd = hex(ZSTD);
    for (coding, body) in [
        ("gzip", gzip(text.as_bytes())),
        ("X-GZIP", members),
        ("deflate", zlib.finish().unwrap()),
        ("deflate", raw.finish().unwrap()),
        ("br", brotli),
        ("zstd", zstd),
        ("identity", text.clone().into_bytes()),
        ("gzip, identity,gzip", gzip(&gzip(text.as_bytes()))),
    ] {
        let response = coded(coding, body)
            .await
            .unwrap_or_else(|error| panic!("{coding}: {error:?}"));
        assert_eq!(response.body, text, "{coding}");
        if coding != "identity" {
            assert!(
                !response.headers.contains_key("content-encoding"),
                "the body no longer is {coding}"
            );
        }
    }
}

const ZSTD: &str = "28b52ffd04688500004842c3a4636b657265690100b654cb11aba87335";

#[tokio::test]
async fn damaged_bodies_are_told() {
    let text = "Bäckerei".repeat(5000);
    let whole = gzip(text.as_bytes());
    let half = whole[..whole.len() / 2].to_vec();
    let mut wrong_sum = whole.clone();
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    for (coding, body) in [
        ("gzip", half),
        ("gzip", wrong_sum),
        ("gzip", b"<html>not gzip at all".to_vec()),
        ("br", b"\xff\xff\xff\xff".to_vec()),
        ("zstd", hex(&ZSTD[..20])),
        ("deflate", vec![0xff; 100]),
        ("compress", b"x".to_vec()),
        ("gzip,gzip,gzip,gzip", whole),
    ] {
        let error = coded(coding, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{coding}: {error:?}");
    }
}

#[tokio::test]
async fn bombs_do_not_go_off() {
    let bombs = [
        ("gzip", gzip(&vec![0; 64 << 20])),
        ("gzip, gzip", gzip(&gzip(&vec![0; 64 << 20]))),
        // 32 MiB of zeros in 27 bytes.
        (
            "br",
            hex("cfffff7ff82700e2b14020f7fe3ffffffff14f00c4610180eefd3f"),
        ),
        // Less than the cap, more than the ratio.
        ("gzip", gzip(&vec![0; 8 << 20])),
    ];
    for (coding, body) in bombs {
        let started = Instant::now();
        let error = coded(coding, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{coding}: {error:?}");
        assert!(
            started.elapsed() < Duration::from_secs(3),
            "it was decoded to the end"
        );
    }
}

#[tokio::test]
async fn a_body_that_announces_or_brings_too_much_is_refused() {
    let head = b"HTTP/1.1 200 X\r\nContent-Length: 99999999999\r\n\r\n".to_vec();
    let error = get(vec![Step::Send(head), Step::Wait(Duration::from_secs(9))])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);

    let head = b"HTTP/1.1 200 X\r\n\r\n".to_vec();
    let error = get(vec![Step::Send(head), Step::Flood(vec![b'x'; 1 << 16])])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn a_robots_file_is_cut_not_refused() {
    let body = b"User-agent: *\nDisallow: /x\n".repeat(400_000);
    let packed = gzip(&body);
    for sent in [
        answer(200, &[], &body),
        answer(200, &[("Content-Encoding", "gzip")], &packed),
    ] {
        let server = serve(move |_| vec![Step::Send(sent.clone())]).await;
        let request = Request::get(url("http://bakery.test/robots.txt")).purpose(Purpose::Robots);
        let response = ask(&server, request).await.unwrap();
        assert_eq!(response.body.len(), 500 * 1024);
    }
}

#[tokio::test]
async fn endless_headers_end() {
    let head = b"HTTP/1.1 200 X\r\n".to_vec();
    let error = get(vec![
        Step::Send(head),
        Step::Flood(b"X-Filler: yes\r\n".repeat(100)),
    ])
    .await
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error:?}");
}

#[tokio::test]
async fn broken_connections_are_temporary() {
    let cut = b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf".to_vec();
    let chunked = b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n".to_vec();
    for steps in [
        vec![Step::Send(cut.clone()), Step::Reset],
        vec![Step::Send(chunked), Step::Reset],
        vec![Step::Reset],
    ] {
        let error = get(steps).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Network, "{error:?}");
        assert_eq!(error.status(), ErrorStatus::Temporary);
    }
    let error = get(vec![Step::Send(b"SSH-2.0-OpenSSH_9\r\n".to_vec())])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network, "{error:?}");
}

#[tokio::test]
async fn a_closed_port_and_bad_tls_are_network_errors() {
    let server = serve(|_| vec![]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let plain = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 no TLS here\r\n\r\n").await
    });
    let error = ask(&server, Request::get(url(&format!("https://{plain}/"))))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network, "{error:?}");
    assert!(
        !format!("{error:?}").contains("https://"),
        "the URL is not in the error"
    );

    let address = server.address;
    drop(server);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let server = serve(|_| vec![]).await;
    let error = ask(&server, Request::get(url(&format!("http://{address}/"))))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network, "{error:?}");
}

#[tokio::test]
async fn without_leave_loopback_is_not_reached_by_any_name() {
    let server = serve(|_| vec![Step::Send(answer(200, &[], b"secret"))]).await;
    let mut config = config(&server);
    config.guard.allow.clear();
    let transport = HttpTransport::new(&config).unwrap();
    let literal = format!("http://{}/", server.address);
    for target in [literal.as_str(), "http://rebound.test/"] {
        let error = transport.fetch(Request::get(url(target))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::GuardRefused, "{error:?}");
        assert_eq!(error.status(), ErrorStatus::Permanent);
    }
    assert_eq!(server.requests.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn a_server_that_drips_is_given_up() {
    let mut config = config(&serve(|_| vec![]).await);
    let drip = vec![
        Step::Send(b"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n".to_vec()),
        Step::Wait(Duration::from_mins(1)),
    ];
    let server = serve(move |_| drip.clone()).await;
    config.resolve = vec![format!("*.test={}", server.address).parse().unwrap()];
    config.timeout = Duration::from_millis(100);
    config.retry.max_attempts = 1;
    let fetcher = Fetcher::http(&config).unwrap();
    let request = Request::get(url("http://bakery.test/")).purpose(Purpose::Api);
    let error = fetcher.fetch(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.status(), ErrorStatus::Persistent);
}

#[tokio::test]
async fn redirects_to_forbidden_places_are_refused() {
    for target in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://metadata.google.internal/",
        "//192.168.0.1/admin",
    ] {
        let sent = answer(302, &[("Location", target)], b"");
        let server = serve(move |_| vec![Step::Send(sent.clone())]).await;
        let fetcher = Fetcher::http(&config(&server)).unwrap();
        let request = Request::get(url("http://bakery.test/")).purpose(Purpose::Api);
        let error = fetcher.fetch(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::GuardRefused, "{target}");
    }
    for target in ["file:///etc/passwd", "http://me:secret@bakery.test/", "http://"] {
        let sent = answer(302, &[("Location", target)], b"");
        let server = serve(move |_| vec![Step::Send(sent.clone())]).await;
        let fetcher = Fetcher::http(&config(&server)).unwrap();
        let request = Request::get(url("http://bakery.test/")).purpose(Purpose::Api);
        let error = fetcher.fetch(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{target}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}
