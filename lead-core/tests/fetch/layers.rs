//! Redirects, retries and the cache, one by one.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, IF_NONE_MATCH};
use http::{HeaderValue, Method};
use lead_core::clock::Clock;
use lead_core::fetch::{CacheLayer, FetchConfig, RedirectLayer, RetryConfig, RetryLayer};
use lead_core::seam::{CacheMode, Fetcher, Purpose, Request};
use lead_core::{Error, ErrorKind, ErrorStatus};
use tokio::time::Instant;

use crate::fake::{Fake, answer, clock, now, url};

fn redirecting(fake: &Fake) -> Fetcher {
    Fetcher::new(fake.clone()).layer(&RedirectLayer::new(10))
}

#[tokio::test(start_paused = true)]
async fn methods_change_as_rfc_9110_says() {
    for (method, status, next) in [
        (Method::POST, 301, Method::GET),
        (Method::POST, 302, Method::GET),
        (Method::POST, 303, Method::GET),
        (Method::POST, 307, Method::POST),
        (Method::POST, 308, Method::POST),
        (Method::PUT, 302, Method::PUT),
        (Method::PUT, 303, Method::GET),
        (Method::HEAD, 303, Method::HEAD),
        (Method::GET, 301, Method::GET),
    ] {
        let fake = Fake::new(move |request, before| match before {
            0 => answer(request, status, &[("location", "next?x=1")], ""),
            _ => answer(request, 200, &[], ""),
        });
        let mut request = Request::post_form(url("http://a.test/dir/form#part"), [("a", "b")]);
        request.method = method.clone();
        let response = redirecting(&fake).fetch(request).await.unwrap();
        assert_eq!(
            response.url,
            url("http://a.test/dir/next?x=1#part"),
            "the fragment is kept"
        );
        assert_eq!(response.hops, [url("http://a.test/dir/form#part")]);
        let (_, second) = &fake.log()[1];
        assert_eq!(second.method, next, "{method} {status}");
        let keeps = next == method && method != Method::GET && method != Method::HEAD;
        if keeps {
            assert_eq!(second.body, Bytes::from("a=b"), "{method} {status}");
        } else if next != method {
            assert!(
                second.body.is_empty() && !second.headers.contains_key("content-type"),
                "{method} {status}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_with_their_origin() {
    for (target, kept) in [
        ("/x", true),
        ("http://a.test/x", true),
        ("https://a.test/x", false),
        ("http://a.test:81/x", false),
        ("http://b.test/x", false),
    ] {
        let fake = Fake::new(move |request, before| match before {
            0 => answer(request, 302, &[("location", target)], ""),
            _ => answer(request, 200, &[], ""),
        });
        let mut key = HeaderValue::from_static("k");
        key.set_sensitive(true);
        let own = HeaderName::from_static("x-api-key");
        let request = Request::get(url("http://a.test/"))
            .header(AUTHORIZATION, HeaderValue::from_static("Bearer x"))
            .header(COOKIE, HeaderValue::from_static("a=b"))
            .header(own.clone(), key);
        redirecting(&fake).fetch(request).await.unwrap();
        let (_, second) = &fake.log()[1];
        assert_eq!(second.headers.contains_key(AUTHORIZATION), kept, "{target}");
        assert_eq!(second.headers.contains_key(COOKIE), kept, "{target}");
        assert_eq!(second.headers.contains_key(own), kept, "{target}");
    }
}

#[tokio::test(start_paused = true)]
async fn circles_and_long_ways_end() {
    let circle = Fake::new(|request, _| {
        let next = if request.url.as_url().path() == "/a" {
            "/b"
        } else {
            "/a#again"
        };
        answer(request, 302, &[("location", next)], "")
    });
    let error = redirecting(&circle)
        .fetch(Request::get(url("http://a.test/a")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(circle.log().len(), 2);

    let endless = Fake::new(|request, before| {
        let next = format!("/{before}");
        answer(request, 302, &[("location", &next)], "")
    });
    let error = redirecting(&endless)
        .fetch(Request::get(url("http://a.test/a")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(endless.log().len(), 11, "the first and ten redirects");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_redirect_is_handed_back() {
    for (status, headers) in [
        (304, vec![("location", "/x")]),
        (300, vec![("location", "/x")]),
        (302, vec![]),
    ] {
        let fake = Fake::new(move |request, _| answer(request, status, &headers, ""));
        let response = redirecting(&fake)
            .fetch(Request::get(url("http://a.test/")))
            .await
            .unwrap();
        assert_eq!(response.status, status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_location_may_be_raw_bytes() {
    for (raw, expected) in [
        (&b"/caf\xc3\xa9"[..], "http://a.test/caf%C3%A9"),
        (b"/caf\xe9", "http://a.test/caf%C3%A9"),
    ] {
        let fake = Fake::new(move |request, before| {
            let (time, result) = answer(request, if before == 0 { 301 } else { 200 }, &[], "");
            let mut response = result.unwrap();
            response
                .headers
                .insert("location", HeaderValue::from_bytes(raw).unwrap());
            (time, Ok(response))
        });
        let response = redirecting(&fake)
            .fetch(Request::get(url("http://a.test/")))
            .await
            .unwrap();
        assert_eq!(response.url.as_str(), expected);
    }
}

fn retrying(fake: &Fake) -> Fetcher {
    Fetcher::new(fake.clone()).layer(&RetryLayer::new(RetryConfig::default()).with_clock(clock()))
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again_and_what_may_not_is_not() {
    for (status, attempts) in [
        (200, 1),
        (404, 1),
        (403, 1),
        (400, 1),
        (501, 1),
        (429, 4),
        (500, 4),
        (502, 4),
        (503, 4),
        (504, 4),
    ] {
        let fake = Fake::new(move |request, _| answer(request, status, &[], ""));
        let response = retrying(&fake)
            .fetch(Request::get(url("http://a.test/")))
            .await
            .unwrap();
        assert_eq!(response.status, status, "the last answer is handed back");
        assert_eq!(
            (response.attempts, fake.log().len()),
            (attempts, attempts as usize),
            "{status}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn errors_become_persistent_once_retried() {
    let fake = Fake::new(|_, _| {
        (
            Duration::ZERO,
            Err(Error::new(ErrorKind::Network, "fetch", "reset").temporary()),
        )
    });
    let error = retrying(&fake)
        .fetch(Request::get(url("http://a.test/")))
        .await
        .unwrap_err();
    assert_eq!((error.status(), fake.log().len()), (ErrorStatus::Persistent, 4));
    let fake = Fake::new(|_, _| {
        (
            Duration::ZERO,
            Err(Error::new(ErrorKind::Decode, "fetch", "rubbish")),
        )
    });
    let error = retrying(&fake)
        .fetch(Request::get(url("http://a.test/")))
        .await
        .unwrap_err();
    assert_eq!((error.status(), fake.log().len()), (ErrorStatus::Permanent, 1));
}

#[tokio::test(start_paused = true)]
async fn a_post_is_repeated_only_where_that_does_no_harm() {
    for (status, purpose, attempts) in [
        (500, Purpose::Page, 1),
        (502, Purpose::Page, 1),
        (429, Purpose::Page, 4),
        (503, Purpose::Page, 4),
        (504, Purpose::Api, 4),
    ] {
        let fake = Fake::new(move |request, _| answer(request, status, &[], ""));
        let request = Request::post_form(url("http://a.test/"), []).purpose(purpose);
        assert_eq!(
            retrying(&fake).fetch(request).await.unwrap().attempts,
            attempts,
            "{status} {purpose:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_waited_for_in_both_forms_up_to_a_cap() {
    for (value, seconds, attempts) in [
        ("20", 20, 2),
        ("Sat, 31 Jan 2026 09:30:40 GMT", 40, 2),
        ("Sat, 31 Jan 2026 09:00:00 GMT", 0, 2),
        ("121", 0, 1),
        ("Sun, 01 Feb 2026 09:30:00 GMT", 0, 1),
    ] {
        let fake = Fake::new(move |request, before| match before {
            0 => answer(request, 429, &[("retry-after", value)], ""),
            _ => answer(request, 200, &[], ""),
        });
        let started = Instant::now();
        let response = retrying(&fake)
            .fetch(Request::get(url("http://a.test/")))
            .await
            .unwrap();
        assert_eq!(response.attempts, attempts, "{value}");
        let waited = started.elapsed();
        let expected = Duration::from_secs(seconds);
        assert!(
            waited >= expected && waited <= expected + Duration::from_millis(501),
            "{value}: {waited:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_jittered_and_bounded() {
    let mut longest = Duration::ZERO;
    let mut totals = Vec::new();
    for _ in 0..50 {
        let fake = Fake::new(|request, _| answer(request, 500, &[], ""));
        let started = Instant::now();
        retrying(&fake)
            .fetch(Request::get(url("http://a.test/")))
            .await
            .unwrap();
        // 0.5 + 1 + 2 seconds at most, a half of it on average.
        longest = longest.max(started.elapsed());
        totals.push(started.elapsed());
    }
    assert!(longest <= Duration::from_millis(3510), "{longest:?}");
    totals.sort();
    totals.dedup();
    assert!(totals.len() > 40, "the waits differ");
}

#[tokio::test(start_paused = true)]
async fn a_network_that_is_down_is_not_asked_four_times_for_ever() {
    let fake = Fake::new(|_, _| {
        (
            Duration::ZERO,
            Err(Error::new(ErrorKind::Network, "fetch", "down").temporary()),
        )
    });
    let fetcher = retrying(&fake);
    for _ in 0..200 {
        fetcher
            .fetch(Request::get(url("http://a.test/")))
            .await
            .unwrap_err();
    }
    assert_eq!(fake.log().len(), 200 + 100, "a hundred retries, then none");
}

fn caching(fake: &Fake, clock: &Clock) -> Fetcher {
    Fetcher::new(fake.clone()).layer(&CacheLayer::new(1 << 20).with_clock(clock.clone()))
}

#[tokio::test(start_paused = true)]
async fn fresh_answers_come_from_memory_and_stale_ones_do_not() {
    let fake = Fake::new(|request, _| {
        let age = if request.url.as_url().path() == "/none" {
            "no-store"
        } else {
            "max-age=60"
        };
        answer(request, 200, &[("cache-control", age)], "page")
    });
    let clock = clock();
    let fetcher = caching(&fake, &clock);
    let get = |path: &str| fetcher.fetch(Request::get(url(&format!("http://a.test{path}"))));
    assert!(!get("/a").await.unwrap().from_cache);
    let hit = get("/a#part").await.unwrap();
    assert!(hit.from_cache && hit.attempts == 0 && hit.body == "page");
    assert_eq!(hit.url.as_url().fragment(), Some("part"));
    assert!(
        !get("/a?q").await.unwrap().from_cache,
        "another query is another page"
    );
    tokio::time::advance(Duration::from_secs(61)).await;
    assert!(!get("/a").await.unwrap().from_cache);
    assert!(!get("/none").await.unwrap().from_cache && !get("/none").await.unwrap().from_cache);

    let mut bypass = Request::get(url("http://a.test/a?q"));
    bypass.cache = CacheMode::Bypass;
    assert!(!fetcher.fetch(bypass).await.unwrap().from_cache);
    let mut post = Request::post_form(url("http://a.test/a"), []);
    assert!(!fetcher.fetch(post.clone()).await.unwrap().from_cache);
    post.method = Method::HEAD;
    assert!(!fetcher.fetch(post).await.unwrap().from_cache);
}

#[tokio::test(start_paused = true)]
async fn a_stale_answer_is_asked_about() {
    let fake = Fake::new(|request, _| match request.headers.get(IF_NONE_MATCH) {
        Some(tag) if tag == "\"1\"" => answer(request, 304, &[("etag", "\"1\""), ("x-new", "yes")], ""),
        _ => answer(request, 200, &[("etag", "\"1\""), ("x-new", "no")], "page"),
    });
    let clock = clock();
    let fetcher = caching(&fake, &clock);
    let request = Request::get(url("http://a.test/"));
    fetcher.fetch(request.clone()).await.unwrap();
    let again = fetcher.fetch(request).await.unwrap();
    assert!(again.from_cache && again.attempts == 1 && again.status == 200 && again.body == "page");
    assert_eq!(again.header(&HeaderName::from_static("x-new")), Some("yes"));
    assert_eq!(fake.log().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn variants_are_not_mixed_up() {
    let fake = Fake::new(|request, _| {
        let language = request
            .headers
            .get("accept-language")
            .map_or("none", |value| value.to_str().unwrap());
        answer(
            request,
            200,
            &[("cache-control", "max-age=60"), ("vary", "Accept-Language")],
            language,
        )
    });
    let clock = clock();
    let fetcher = caching(&fake, &clock);
    let ask = |language: &'static str| {
        let request = Request::get(url("http://a.test/"));
        fetcher.fetch(request.header(http::header::ACCEPT_LANGUAGE, HeaderValue::from_static(language)))
    };
    assert_eq!(ask("de").await.unwrap().body, "de");
    assert_eq!(ask("fr").await.unwrap().body, "fr");
    assert!(ask("fr").await.unwrap().from_cache);
}

#[tokio::test]
async fn the_cache_stays_within_its_bytes() {
    let fake = Fake::new(|request, _| {
        answer(
            request,
            200,
            &[("cache-control", "max-age=60")],
            &"x".repeat(100_000),
        )
    });
    let fetcher =
        Fetcher::new(fake.clone()).layer(&CacheLayer::new(1_000_000).with_clock(Clock::fixed(now())));
    let page = |index: usize| Request::get(url(&format!("http://a.test/{index}")));
    for index in 0..50 {
        fetcher.fetch(page(index)).await.unwrap();
    }
    let mut kept = 0;
    for index in (0..50).rev() {
        kept += usize::from(fetcher.fetch(page(index)).await.unwrap().from_cache);
    }
    assert!(kept <= 10, "{kept} of 100 kB within 1 MB");
}

#[test]
fn the_defaults_are_polite() {
    let config = FetchConfig::default();
    assert_eq!(config.pace.rate, lead_core::limit::Rate::Auto);
    assert!(config.guard.allow.is_empty());
    assert_eq!(config.max_redirects, 10);
}
