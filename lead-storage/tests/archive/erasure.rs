//! Whoever must not be kept is not kept in archives either.

use std::path::PathBuf;

use lead_core::record::filter::Filter;
use lead_core::record::{LeadId, Link, MatchKey, Subject, Suppression};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::archive::{Retention, cleanse, erase, restore};

use crate::support::{all, stores};

/// A pair that is one lead by its number, and two others; all archived.
async fn archived(store: &Store, folder: &std::path::Path) -> Vec<PathBuf> {
    let number = Some("+33478000001");
    let seen = [
        sighting("a", minute(0), findings("Acme", number, None, None)),
        sighting("b", minute(0), findings("Acme", number, None, Some("Lyon"))),
        sighting(
            "c",
            minute(0),
            findings("Bakery", Some("+33478000002"), None, None),
        ),
        sighting(
            "d",
            minute(0),
            findings("Café", None, Some("info@cafe.test"), None),
        ),
    ];
    let because = MatchKey::Phone("+33478000001".parse().unwrap());
    let link = Link::new(record("a"), record("b"), because);
    let batch = WriteBatch::of(seen.to_vec()).links(vec![link]);
    store.commit(batch).await.unwrap();
    let done = Retention::archive(minute(5), folder).run(store, |_| ()).await;
    let done = done.unwrap();
    assert_eq!((done.leads, done.files.len()), (3, 1));
    done.files
}

async fn suppress(store: &Store, subject: &str) {
    let subject: Subject = subject.parse().unwrap();
    let entry = Suppression::new(subject, "objection", minute(9));
    store.suppress(vec![entry]).await.unwrap();
}

fn bytes(files: &[PathBuf]) -> Vec<u8> {
    std::fs::read(&files[0]).unwrap()
}

/// What the archive holds, as a store that bars nobody reads it.
async fn held(files: &[PathBuf]) -> Store {
    let store = Store::memory();
    restore(&store, files, |_| ()).await.unwrap();
    store
}

#[tokio::test]
async fn the_suppressed_do_not_come_back_and_what_was_one_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    for (number, store) in stores().await.into_iter().enumerate() {
        let files = archived(&store, &folder.path().join(number.to_string())).await;
        suppress(&store, "phone:+33478000001").await;
        suppress(&store, "domain:cafe.test").await;
        let back = restore(&store, &files, |_| ()).await.unwrap();
        assert_eq!((back.leads, back.suppressed), (3, 0));
        let leads = all(&store).await;
        assert_eq!(leads.len(), 3, "the pair is one although its number is gone");
        let told = serde_json::to_string(&leads).unwrap();
        assert!(
            !told.contains("+33478000001") && !told.contains("cafe.test"),
            "{told}"
        );
        let links = store.links(record("a").into()).await.unwrap();
        assert!(!format!("{links:?}").contains("33478000001"), "{links:?}");
        // The same with the file itself.
        let done = cleanse(&store, &files).await.unwrap();
        assert_eq!((done.files, done.leads, done.stripped), (1, 0, 2));
        let told = serde_json::to_string(&all(&held(&files).await).await).unwrap();
        assert!(
            !told.contains("+33478000001") && !told.contains("cafe.test"),
            "{told}"
        );
        let before = bytes(&files);
        let again = cleanse(&store, &files).await.unwrap();
        assert_eq!((again.files, again.stripped), (0, 0));
        assert_eq!(bytes(&files), before, "a file where nothing changes stays");
    }
}

#[tokio::test]
async fn the_erased_do_not_come_back_and_are_taken_out_of_files() {
    let folder = tempfile::tempdir().unwrap();
    for (number, store) in stores().await.into_iter().enumerate() {
        let files = archived(&store, &folder.path().join(number.to_string())).await;
        let copy = folder.path().join(format!("copy-{number}.parquet"));
        std::fs::copy(&files[0], &copy).unwrap();
        // By a record the lead is not named after.
        let id = LeadId::from(record("a").max(record("b")));
        let done = erase(&store, &files, &[id, record("nobody").into()])
            .await
            .unwrap();
        assert_eq!((done.files, done.leads), (1, 1));
        assert_eq!(held(&files).await.count(Filter::All).await.unwrap(), 2);
        // A copy nobody thought of does not bring it back.
        let back = restore(&store, std::slice::from_ref(&copy), |_| ())
            .await
            .unwrap();
        assert_eq!((back.leads, back.erased), (2, 1));
        assert!(store.get(record("a").into()).await.unwrap().is_none());
        // Erased while it was in the store: the same.
        store.erase(vec![record("c").into()]).await.unwrap();
        let back = restore(&store, &files, |_| ()).await.unwrap();
        assert_eq!((back.leads, back.erased), (1, 1));
        let done = cleanse(&store, &files).await.unwrap();
        assert_eq!((done.files, done.leads), (1, 1));
        // Nothing left is no file left.
        let done = erase(&store, &files, &[record("d").into()]).await.unwrap();
        assert_eq!((done.files, done.leads), (1, 1));
        assert!(!files[0].exists());
    }
}

/// What was found anew after an erasure and archived later is another matter.
#[tokio::test]
async fn what_was_found_anew_after_it_was_erased_may_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::memory();
    let seen = || sighting("a", minute(0), findings("Acme", None, None, Some("Lyon")));
    store.commit(WriteBatch::of(vec![seen()])).await.unwrap();
    store.erase(vec![record("a").into()]).await.unwrap();
    store.commit(WriteBatch::of(vec![seen()])).await.unwrap();
    let done = Retention::archive(minute(5), folder.path())
        .run(&store, |_| ())
        .await
        .unwrap();
    let back = restore(&store, &done.files, |_| ()).await.unwrap();
    assert_eq!((back.leads, back.erased), (1, 0));
}
