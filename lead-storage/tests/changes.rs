//! What is new and what says something else since a run or a moment, the same in every store.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

mod server;

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::record::{Change, ChangeKind, ChangedField, RunId, Subject, Suppression};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{CheckpointDelta, Store, WriteBatch};
use lead_storage::changes::{Changes, Compared};

/// Every kind of store there is, empty.
async fn stores() -> Vec<Store> {
    let mut stores = vec![
        Store::memory(),
        lead_storage::open("sqlite://:memory:").await.unwrap(),
    ];
    if let Some(uri) = server::fresh() {
        stores.push(lead_storage::open(&uri).await.unwrap());
    }
    stores
}

async fn all(changes: &Changes, store: &Store) -> (Vec<Change>, Compared) {
    let mut walk = changes.walk(store);
    let mut all = Vec::new();
    while let Some(change) = walk.next().await.unwrap() {
        all.push(change);
    }
    (all, walk.compared())
}

async fn see(store: &Store, key: &str, at: i64, phone: Option<&str>, email: Option<&str>) {
    let seen = sighting(key, minute(at), findings(key, phone, email, Some("Lyon")));
    store.commit(WriteBatch::of(vec![seen])).await.unwrap();
}

/// Four leads of before; since then one is new, one has another number, one lost its mailbox, one says the same, and one was not
/// seen.
async fn filled(store: &Store) -> RunId {
    for (key, phone) in [
        ("other", "+33478000001"),
        ("poorer", "+33478000002"),
        ("same", "+33478000003"),
        ("unseen", "+33478000004"),
    ] {
        see(store, key, 0, Some(phone), Some("info@acme.test")).await;
    }
    let run = RunId::start(minute(10));
    let delta = CheckpointDelta::new(run).put("query", "x");
    store
        .commit(WriteBatch::default().checkpoint(delta))
        .await
        .unwrap();
    see(store, "new", 11, Some("+33478000009"), None).await;
    see(store, "other", 12, Some("+33478000008"), Some("info@acme.test")).await;
    see(store, "poorer", 13, Some("+33478000002"), None).await;
    see(store, "same", 14, Some("+33478000003"), Some("info@acme.test")).await;
    run
}

#[tokio::test]
async fn what_a_run_brought_is_told_field_by_field() {
    for store in stores().await {
        let run = filled(&store).await;
        let since = Changes::since_run(&store, run).await.unwrap();
        assert_eq!(since.moment(), minute(10));
        let (changes, compared) = all(&since, &store).await;
        assert_eq!(
            (compared.seen, compared.new, compared.changed, compared.unchanged),
            (4, 1, 2, 1)
        );
        let of = |key: &str| {
            let found = changes.iter().find(|change| change.id == record(key).into());
            found.expect(key)
        };
        assert_eq!(changes.len(), 3);
        assert_eq!(of("new").kind, ChangeKind::New);
        let other = &of("other").fields;
        assert_eq!((other.len(), other[0].field), (1, ChangedField::Phones));
        assert_eq!(other[0].added[0].text, "+33478000008");
        assert_eq!(other[0].removed[0].text, "+33478000001");
        let poorer = &of("poorer").fields;
        assert_eq!((poorer.len(), poorer[0].field), (1, ChangedField::Emails));
        assert_eq!(poorer[0].removed[0].text, "info@acme.test");
        assert!(poorer[0].added.is_empty());
    }
}

#[tokio::test]
async fn a_run_its_latest_a_day_and_a_time_name_a_moment() {
    for store in stores().await {
        let none = Changes::since_text(&store, "last").await.unwrap_err();
        assert_eq!(none.kind(), ErrorKind::NotFound);
        let run = filled(&store).await;
        for text in [&*run.to_string(), "last", "2026-01-01T00:10:00Z"] {
            let since = Changes::since_text(&store, text).await.unwrap();
            assert_eq!(since.moment(), minute(10), "{text}");
        }
        let day = Changes::since_text(&store, "2026-01-01").await.unwrap();
        let (changes, compared) = all(&day, &store).await;
        assert_eq!((changes.len(), compared.new), (5, 5), "all is new since then");
        let stranger = RunId::start(minute(1)).to_string();
        for (text, kind) in [
            (&*stranger, ErrorKind::NotFound),
            ("yesterday", ErrorKind::InvalidInput),
        ] {
            let refused = Changes::since_text(&store, text).await.unwrap_err();
            assert_eq!(refused.kind(), kind, "{text}");
        }
    }
}

#[tokio::test]
async fn a_filter_is_of_leads_as_they_are_and_the_suppressed_are_not_told() {
    for store in stores().await {
        let run = filled(&store).await;
        let since = Changes::since_run(&store, run).await.unwrap();
        let reached: Filter = "has:email".parse().unwrap();
        let (changes, compared) = all(&since.clone().filter(reached), &store).await;
        assert_eq!(
            (changes.len(), compared.seen),
            (1, 2),
            "who lost the mailbox does not pass"
        );
        let subject: Subject = "phone:+33478000001".parse().unwrap();
        let entry = Suppression::new(subject, "objection", minute(20));
        store.suppress(vec![entry]).await.unwrap();
        let (changes, _) = all(&since, &store).await;
        let told = serde_json::to_string(&changes).unwrap();
        assert!(
            told.contains("+33478000008") && !told.contains("+33478000001"),
            "{told}"
        );
    }
}

/// Guards: pages are walked by key, so that many leads are each told once.
#[tokio::test]
async fn many_leads_are_each_told_once() {
    for store in stores().await {
        store.commit(WriteBatch::of(town(450))).await.unwrap();
        let (changes, compared) = all(&Changes::since(minute(30)), &store).await;
        let ids: std::collections::BTreeSet<_> = changes.iter().map(|change| change.id).collect();
        assert_eq!((changes.len(), ids.len(), compared.seen), (420, 420, 420));
    }
}
