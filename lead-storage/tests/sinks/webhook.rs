//! Webhooks: what is sent, how it is signed, and what answers mean.

use std::time::Duration;

use lead_core::clock::Clock;
use lead_core::seam::conformance::sample::minute;
use lead_storage::sink::{Settings, Sinks, Verifier, fetcher};

use crate::support::{Parts, Server, in_memory, local, put, put_three, reasons, reply, serve};

/// Two keys: while one is changed for the other both sign.
const KEYS: [(&str, &str); 2] = [
    ("NEW", "whsec_bmV3LWtleS1vZi0zMi1ieXRlcy0wMTIzNDU2Nzg5MDE="),
    ("OLD", "whsec_b2xkLWtleS1vZi0zMi1ieXRlcy0wMTIzNDU2Nzg5MDE="),
];

fn hooked(parts: &Parts, server: &Server) -> Sinks {
    let settings: Settings = format!(
        "[[sink]]\nname = 'hook'\nkind = 'webhook'\nurl = '{}/leads'\nsecrets = ['env:NEW', 'env:OLD']\n\
         headers = {{ x-team = 'env:TEAM' }}\n[[rule]]\nname = 'all'\nsink = 'hook'\n",
        server.url
    )
    .parse()
    .unwrap();
    let secret = |name: &str| {
        let known = KEYS.iter().find(|(known, _)| *known == name);
        known.map_or_else(|| Some("blue".to_owned()), |(_, key)| Some((*key).to_owned()))
    };
    let (store, queue, state) = parts.clone();
    let sinks = Sinks::new(store, queue, state);
    sinks
        .with_clock(Clock::fixed(minute(90)))
        .with(&settings, &local(), secret)
        .unwrap()
}

#[tokio::test]
async fn a_lead_is_a_signed_message() {
    let (parts, server) = (in_memory().await, serve(|_| reply(204, "")).await);
    let id = put(&parts.0, "a", "Bäckerei A", "+33478000001").await;
    assert_eq!(hooked(&parts, &server).once().await.unwrap().delivered, 1);
    let seen = &server.seen()[0];
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/leads"));
    assert_eq!(
        (seen.header("content-type"), seen.header("x-team")),
        ("application/json", "blue")
    );
    let body = seen.json();
    assert_eq!(body["type"], "lead.created");
    assert_eq!(body["timestamp"], "2026-01-01T01:30:00Z");
    assert_eq!(
        (&body["data"]["rule"], &body["data"]["lead"]["id"]),
        (&"all".into(), &id.to_string().into())
    );
    assert_eq!(body["data"]["lead"]["name"], "Bäckerei A");
    let signatures: Vec<&str> = seen.header("webhook-signature").split(' ').collect();
    let at = seen.header("webhook-timestamp");
    assert_eq!(at, minute(90).as_second().to_string());
    let message = [seen.header("webhook-id"), ".", at, "."].concat().into_bytes();
    let message = [message.as_slice(), &seen.body].concat();
    assert_eq!(signatures.len(), 2);
    for ((_, key), signature) in KEYS.iter().zip(signatures) {
        // Another implementation of HMAC and of base64 than the one that signed.
        let key = data_encoding::BASE64
            .decode(key.trim_start_matches("whsec_").as_bytes())
            .unwrap();
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key);
        let given = data_encoding::BASE64
            .decode(signature.strip_prefix("v1,").unwrap().as_bytes())
            .unwrap();
        ring::hmac::verify(&key, &message, &given).unwrap();
    }
}

#[tokio::test]
async fn a_receiver_tells_messages_from_others() {
    let (parts, server) = (in_memory().await, serve(|_| reply(200, "")).await);
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    hooked(&parts, &server).once().await.unwrap();
    let seen = &server.seen()[0];
    let [id, at, signatures] =
        ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|name| seen.header(name));
    for (_, key) in KEYS {
        let verifier = Verifier::new([key]).unwrap();
        verifier
            .verify(id, at, signatures, &seen.body, minute(94))
            .unwrap();
        let bad = [
            verifier.verify(id, at, signatures, &seen.body, minute(96)),
            verifier.verify(id, at, signatures, &seen.body, minute(84)),
            verifier.verify("evt_other", at, signatures, &seen.body, minute(90)),
            verifier.verify(id, at, signatures, b"{}", minute(90)),
            verifier.verify(id, at, "v1,AAAA v2,AAAA", &seen.body, minute(90)),
            verifier.verify(id, "soon", signatures, &seen.body, minute(90)),
        ];
        assert!(bad.iter().all(Result::is_err), "{bad:?}");
    }
    let other = Verifier::new(["whsec_b3RoZXIta2V5LW9mLTMyLWJ5dGVzLTAxMjM0NTY3ODk="]).unwrap();
    assert!(other.verify(id, at, signatures, &seen.body, minute(90)).is_err());
    assert!(Verifier::new(["whsec_c2hvcnQ="]).is_err(), "a short key");
}

#[tokio::test]
async fn what_may_pass_is_tried_again_with_the_same_id() {
    let parts = in_memory().await;
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let mut answers = vec![
        reply(200, ""),
        reply(503, ""),
        reply(404, ""),
        reply(302, "").header("location", "/other"),
    ];
    let server = serve(move |_| answers.pop().unwrap()).await;
    let (store, queue, state) = parts.clone();
    let hand = lead_core::seam::conformance::sample::HandClock::default();
    let sqlite = lead_storage::sqlite::SqliteStore::open(lead_storage::sqlite::SqliteConfig::memory())
        .await
        .unwrap();
    drop(queue);
    let queue = lead_core::seam::Queue::new(sqlite.queue().with_clock(hand.clock()));
    let sinks = hooked(&(store, queue, state), &server);
    for again in [1, 1, 1, 0] {
        let report = sinks.once().await.unwrap();
        assert_eq!((report.again, report.delivered), (again, 1 - again));
        hand.advance(Duration::from_hours(2));
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 4, "no redirect is followed");
    assert!(
        seen.iter()
            .all(|one| one.header("webhook-id") == seen[0].header("webhook-id"))
    );
    assert!(
        seen.iter().all(|one| one.body == seen[0].body),
        "a repetition is the same to the byte"
    );
}

#[tokio::test]
async fn what_never_will_is_dead_at_once() {
    for status in [400, 410, 413, 422] {
        let parts = in_memory().await;
        put(&parts.0, "a", "Bakery A", "+33478000001").await;
        let server = serve(move |_| reply(status, "no")).await;
        let sinks = hooked(&parts, &server);
        assert_eq!(sinks.once().await.unwrap().dead, 1);
        assert_eq!(reasons(&sinks).await, [format!("status {status}")]);
    }
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_kept() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let server = serve(|_| reply(429, "").header("retry-after", "600")).await;
    let hand = lead_core::seam::conformance::sample::HandClock::default();
    let sqlite = lead_storage::sqlite::SqliteStore::open(lead_storage::sqlite::SqliteConfig::memory())
        .await
        .unwrap();
    let queue = lead_core::seam::Queue::new(sqlite.queue().with_clock(hand.clock()));
    let sinks = hooked(&(parts.0, queue, parts.2), &server);
    assert_eq!(sinks.once().await.unwrap().again, 3);
    hand.advance(Duration::from_secs(599));
    assert_eq!(sinks.deliver().await.unwrap().again, 0);
    hand.advance(Duration::from_secs(62));
    assert_eq!(sinks.deliver().await.unwrap().again, 3);
}

#[tokio::test]
async fn one_that_is_slow_or_gone_is_tried_again() {
    let parts = in_memory().await;
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let slow = serve(|_| reply(200, "").after(Duration::from_secs(5))).await;
    assert_eq!(hooked(&parts, &slow).once().await.unwrap().again, 1);
    let parts = in_memory().await;
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let mut gone = serve(|_| reply(200, "")).await;
    gone.url = "http://127.0.0.1:1".to_owned();
    assert_eq!(hooked(&parts, &gone).once().await.unwrap().again, 1);
}

/// The guard stands before sinks too, and neither an address nor a key is told by what fails.
#[tokio::test]
async fn a_private_address_is_refused_unless_allowed() {
    let parts = in_memory().await;
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let server = serve(|_| reply(200, "")).await;
    let settings: Settings = "[[sink]]\nname = 's'\nkind = 'webhook'\nurl = 'env:URL'\nmax_attempts = 1\n[[rule]]\nname = 'r'\nsink = 's'"
        .parse()
        .unwrap();
    let url = format!("{}/token-in-the-path", server.url);
    let (store, queue, state) = parts;
    let guarded = fetcher(&lead_core::fetch::FetchConfig::default()).unwrap();
    let sinks = Sinks::new(store, queue, state)
        .with(&settings, &guarded, |_| Some(url.clone()))
        .unwrap();
    assert_eq!(sinks.once().await.unwrap().dead, 1);
    assert!(server.seen().is_empty());
    let told = reasons(&sinks).await.remove(0);
    assert!(
        told.starts_with("GUARD_REFUSED") && !told.contains("token-in-the-path"),
        "{told}"
    );
    assert!(!format!("{sinks:?}").contains("token-in-the-path"), "{sinks:?}");
}
