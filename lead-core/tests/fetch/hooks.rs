//! An application's functions around requests and answers.

use std::sync::{Arc, Mutex};

use http::header::{ACCEPT_LANGUAGE, HeaderValue};
use lead_core::fetch::{FetchConfig, HookLayer, StandardStack};
use lead_core::limit::Rate;
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetcher, Purpose, Request};
use lead_core::{Error, ErrorKind};

use crate::fake::{Fake, answer, clock, url};

fn stack(fake: &Fake, hooks: HookLayer) -> Fetcher {
    let mut config = FetchConfig::default();
    config.pace.rate = Rate::Off;
    StandardStack::new(&config)
        .clock(clock())
        .hooks(hooks)
        .build(fake.clone())
}

fn moving() -> Fake {
    Fake::new(
        |request, _| match (request.purpose, request.url.as_url().path()) {
            (Purpose::Robots, _) => answer(request, 404, &[], ""),
            (_, "/old") => answer(request, 301, &[("location", "/new")], ""),
            _ => answer(request, 200, &[], "page"),
        },
    )
}

#[tokio::test(start_paused = true)]
async fn every_hop_is_shown_and_may_be_changed() {
    let fake = moving();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let hooks = HookLayer::default()
        .on_request(|request| {
            request
                .headers
                .insert(ACCEPT_LANGUAGE, HeaderValue::from_static("fr"));
            Ok(())
        })
        .on_response(move |request, response| {
            let mut log = log.lock().unwrap();
            log.push((request.url.as_url().path().to_owned(), response.status.as_u16()));
            response.identity = Some("seen".to_owned());
            Ok(())
        });
    let response = stack(&fake, hooks)
        .fetch(Request::get(url("http://a.test/old")))
        .await
        .unwrap();
    assert_eq!(response.identity.as_deref(), Some("seen"));
    assert_eq!(
        *seen.lock().unwrap(),
        [("/old".to_owned(), 301), ("/new".to_owned(), 200)]
    );
    assert!(
        fake.log()
            .iter()
            .all(|(_, request)| request.headers[ACCEPT_LANGUAGE] == "fr")
    );
}

#[tokio::test(start_paused = true)]
async fn a_hook_leads_nobody_past_the_guard() {
    let fake = moving();
    let hooks = HookLayer::default().on_request(|request| {
        request.url = SafeUrl::parse("http://10.0.0.1/")?;
        Ok(())
    });
    let error = stack(&fake, hooks)
        .fetch(Request::get(url("http://a.test/")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::GuardRefused);
    assert!(fake.urls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_fails_ends_the_fetch() {
    let fake = moving();
    let hooks = HookLayer::default().on_request(|_| Err(Error::invalid("mine", "not on Sundays")));
    let error = stack(&fake, hooks)
        .fetch(Request::get(url("http://a.test/")))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(fake.urls().is_empty());
}
