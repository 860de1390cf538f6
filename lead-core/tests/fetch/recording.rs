//! What is recorded is answered again.

use std::time::Duration;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use lead_core::clock::Clock;
use lead_core::fetch::{FetchConfig, RecorderLayer, Replay, StandardStack};
use lead_core::limit::Rate;
use lead_core::seam::{Fetch, Fetcher, Purpose, Request};
use lead_core::{Error, ErrorKind, ErrorStatus};
use proptest::prelude::*;

use crate::fake::{Fake, answer, clock, now, url};

fn api(text: &str) -> Request {
    Request::get(url(text)).purpose(Purpose::Api)
}

#[tokio::test(start_paused = true)]
async fn a_replay_answers_as_the_web_did() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bakery.jsonl");
    let fake = Fake::new(|request, before| match (request.url.as_url().path(), before) {
        ("/busy", 0) => answer(request, 429, &[("retry-after", "1")], ""),
        ("/binary", _) => {
            let (time, result) = answer(request, 200, &[("x-latin", "x")], "");
            let mut response = result.unwrap();
            response.body = vec![0xff, 0x00, 0xfe].into();
            response
                .headers
                .insert("x-latin", HeaderValue::from_bytes(b"caf\xe9").unwrap());
            (time, Ok(response))
        }
        ("/down", _) => (
            Duration::ZERO,
            Err(Error::new(ErrorKind::Timeout, "fetch", "slow").temporary()),
        ),
        (path, _) => answer(
            request,
            200,
            &[("set-cookie", "id=secret"), ("content-type", "text/html")],
            path,
        ),
    });
    let recorder = RecorderLayer::append(&file)
        .unwrap()
        .with_clock(Clock::fixed(now()));
    let recording = Fetcher::new(fake).layer(&recorder);
    let mut config = FetchConfig::default();
    config.pace.rate = Rate::Off;
    let live = StandardStack::new(&config).clock(clock()).build(recording);

    let requests = || {
        [
            api("http://a.test/busy"),
            api("http://a.test/binary"),
            api("http://a.test/?q=x&api_key=SECRET#part")
                .header(AUTHORIZATION, HeaderValue::from_static("SECRET")),
            Request::post_form(url("http://a.test/form"), [("q", "a&b"), ("token", "SECRET")])
                .purpose(Purpose::Api),
        ]
    };
    let mut first = Vec::new();
    for request in requests() {
        first.push(live.fetch(request).await.unwrap());
    }
    live.fetch(api("http://a.test/down")).await.unwrap_err();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.to_ascii_lowercase().contains("secret"), "{text}");

    let again = StandardStack::new(&config)
        .clock(clock())
        .build(Replay::open(folder.path()).unwrap());
    for (request, first) in requests().into_iter().zip(first) {
        let second = again.fetch(request).await.unwrap();
        assert_eq!(
            (second.status, &second.body, second.attempts),
            (first.status, &first.body, first.attempts)
        );
        assert_eq!((second.url, second.fetched_at), (first.url, now()));
        assert_eq!(second.headers.get("x-latin"), first.headers.get("x-latin"));
        assert_eq!(
            second.headers.get("content-type"),
            first.headers.get("content-type")
        );
    }
    let error = again.fetch(api("http://a.test/down")).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Timeout, ErrorStatus::Persistent)
    );
}

#[tokio::test]
async fn what_was_not_recorded_is_not_found_but_robots_txt_is_absent() {
    let replay = Replay::parse("\n").unwrap();
    let error = replay
        .fetch(Request::get(url("http://a.test/")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let robots = Request::get(url("http://a.test/robots.txt")).purpose(Purpose::Robots);
    assert_eq!(replay.fetch(robots).await.unwrap().status, 404);
}

#[test]
fn damage_is_told_with_its_line() {
    for text in [
        "{}",
        "\n\nnot json",
        r#"{"method": "GET", "url": "http://a.test/", "at": "2026-01-31T09:30:00Z"}"#,
    ] {
        let error = Replay::parse(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert!(error.context().any(|(key, _)| key == "line"));
    }
    assert_eq!(
        Replay::open(std::path::Path::new("/nowhere/at/all"))
            .unwrap_err()
            .kind(),
        ErrorKind::Io
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text: String) {
        let _ = Replay::parse(&text);
    }
}
