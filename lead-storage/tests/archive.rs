//! Leads into archives and back, from and into every store.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

#[path = "archive/damage.rs"]
mod damage;
#[path = "archive/erasure.rs"]
mod erasure;
mod server;
#[path = "archive/support.rs"]
mod support;

use std::sync::atomic::{AtomicU32, Ordering};

use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_core::record::{Link, MatchKey};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting};
use lead_core::seam::{Hiding, Store, WriteBatch};
use lead_storage::archive::{Retention, files_in, restore};

use support::{all, filled, stores, whole};

#[tokio::test]
async fn what_was_archived_comes_back_as_it_was_into_any_store() {
    let folder = tempfile::tempdir().unwrap();
    for (number, store) in stores().await.into_iter().enumerate() {
        let folder = folder.path().join(number.to_string());
        filled(&store, 250).await;
        let before = whole(&store).await;
        let retention = Retention::archive(minute(100), &folder).leads_per_file(60);
        assert_eq!(retention.count(&store).await.unwrap(), 100);
        let done = retention.run(&store, |_| ()).await.unwrap();
        assert_eq!((done.leads, done.passed_over, done.files.len()), (100, 0, 2));
        assert_eq!(files_in(&folder).await.unwrap(), done.files);
        let size: u64 = done.files.iter().map(|file| file.metadata().unwrap().len()).sum();
        assert_eq!(size, done.bytes);
        assert_eq!(store.count(Filter::All).await.unwrap(), 150);
        let left = all(&store).await;
        assert!(left.iter().all(|lead| lead.last_seen >= minute(100)));

        let elsewhere = Store::memory();
        for store in [&store, &elsewhere] {
            for again in [false, true] {
                let back = restore(store, &done.files, |_| ()).await.unwrap();
                assert_eq!((back.leads, back.erased, back.suppressed), (100, 0, 0));
                assert_eq!(back.inserted == 0, again);
            }
        }
        assert_eq!(whole(&store).await, before);
        let kept = whole(&elsewhere).await;
        assert_eq!(kept.len(), 100);
        assert!(kept.iter().all(|lead| before.contains(lead)));
        // Nothing is left to do but what came back.
        assert_eq!(retention.run(&store, |_| ()).await.unwrap().leads, 100);
        assert_eq!(retention.run(&store, |_| ()).await.unwrap().leads, 0);
    }
}

#[tokio::test]
async fn only_what_passes_goes_and_deleting_leaves_no_file() {
    for store in stores().await {
        filled(&store, 60).await;
        let lyon: Filter = "city:Lyon".parse().unwrap();
        let in_lyon = store.count(lyon.clone()).await.unwrap();
        let retention = Retention::delete(minute(9_999)).filter(lyon.clone());
        let done = retention.run(&store, |_| ()).await.unwrap();
        assert_eq!((done.leads, done.files.len()), (in_lyon, 0));
        assert_eq!(store.count(Filter::All).await.unwrap(), 60 - in_lyon);
        assert_eq!(store.count(lyon).await.unwrap(), 0);
        let notes = store.audit(0, 1_000).await.unwrap();
        let count = |action: &str| notes.iter().filter(|entry| entry.note.action == action).count();
        assert_eq!(count("retention.deleted"), 1);
        assert_eq!(u64::try_from(count("lead.withdrawn")).unwrap(), in_lyon);
    }
}

/// Where the time is asked for is where a sighting can come between reading a lead and taking it out.
#[tokio::test(flavor = "multi_thread")]
async fn a_sighting_between_reading_and_taking_out_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    for (number, store) in stores().await.into_iter().enumerate() {
        let folder = folder.path().join(number.to_string());
        filled(&store, 5).await;
        let (racing, asked) = (store.clone(), AtomicU32::new(0));
        let clock = Clock::from_fn(move || {
            // For the run's name, for what is read, and then for the note of the file that is written.
            if asked.fetch_add(1, Ordering::SeqCst) != 2 {
                return minute(600);
            }
            let store = racing.clone();
            let seen = sighting(
                "town/1",
                minute(500),
                findings("Moved Bakery", Some("+33478999999"), None, Some("Lyon")),
            );
            let commit = async move { store.commit(WriteBatch::of(vec![seen])).await.map(drop) };
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(commit)).unwrap();
            minute(600)
        });
        let done = Retention::archive(minute(400), &folder)
            .clock(clock)
            .run(&store, |_| ())
            .await
            .unwrap();
        assert_eq!((done.leads, done.passed_over), (4, 1));
        let lead = store.get(record("town/1").into()).await.unwrap().unwrap();
        assert_eq!(lead.last_seen, minute(500));
        assert_eq!(lead.findings.phones[0].e164.to_string(), "+33478999999");
        // The file holds what was taken, and nothing else.
        let elsewhere = Store::memory();
        let back = restore(&elsewhere, &done.files, |_| ()).await.unwrap();
        assert_eq!(back.leads, 4);
        assert!(elsewhere.get(record("town/1").into()).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn what_was_joined_comes_back_joined() {
    let folder = tempfile::tempdir().unwrap();
    for (number, store) in stores().await.into_iter().enumerate() {
        let folder = folder.path().join(number.to_string());
        let seen = ["a", "b"].map(|key| sighting(key, minute(0), findings(key, None, None, Some("Bron"))));
        let link = Link::new(record("a"), record("b"), MatchKey::Site("acme.test".into()));
        let batch = WriteBatch::of(seen.to_vec()).links(vec![link.clone()]);
        store.commit(batch).await.unwrap();
        let before = all(&store).await;
        let retention = Retention::archive(minute(5), &folder);
        let done = retention.run(&store, |_| ()).await.unwrap();
        assert_eq!(done.leads, 1);
        restore(&store, &done.files, |_| ()).await.unwrap();
        assert_eq!(all(&store).await, before);
        assert_eq!(store.links(before[0].id).await.unwrap(), [link]);
    }
}

/// Hidden leads stay where they are, unless they are asked for: then they can go for good, but not into a file that does not say it.
#[tokio::test]
async fn hidden_leads_are_not_archived() {
    let folder = tempfile::tempdir().unwrap();
    for store in stores().await {
        filled(&store, 20).await;
        let some: Vec<_> = all(&store).await.iter().take(5).map(|lead| lead.id).collect();
        store.set_hidden(Hiding::hide("anna").leads(some)).await.unwrap();
        let (all, hidden) = (minute(100), Filter::parse("is:hidden").unwrap());
        let done = Retention::archive(all, folder.path())
            .run(&store, |_| ())
            .await
            .unwrap();
        assert_eq!((done.leads, done.passed_over), (15, 0));
        let refused = Retention::archive(all, folder.path()).filter(hidden.clone());
        for error in [
            refused.count(&store).await.unwrap_err(),
            refused.run(&store, |_| ()).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput);
        }
        assert_eq!(store.count(hidden.clone()).await.unwrap(), 5);
        let gone = Retention::delete(all).filter(hidden.clone());
        let done = gone.run(&store, |_| ()).await.unwrap();
        assert_eq!((done.leads, done.passed_over), (5, 0));
        assert_eq!(store.count(Filter::parse("is:any").unwrap()).await.unwrap(), 0);
    }
}
