//! Files that are no archives, or are no more.

use std::path::Path;

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::seam::Store;
use lead_core::seam::conformance::sample::minute;
use lead_storage::archive::{Retention, files_in, restore};
use lead_storage::export::{Export, Format};

use crate::support::filled;

async fn refused(path: &Path) -> ErrorKind {
    let store = Store::memory();
    let outcome = restore(&store, &[path.to_owned()], |_| ()).await;
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    outcome.unwrap_err().kind()
}

#[tokio::test]
async fn what_is_no_archive_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert_eq!(refused(&at("missing")).await, ErrorKind::NotFound);
    std::fs::write(at("text"), "no Parquet").unwrap();
    assert_eq!(refused(&at("text")).await, ErrorKind::Corrupt);
    let store = Store::memory();
    filled(&store, 5).await;
    let export = Export::new(Format::Parquet);
    export
        .to_path(&store, &at("export.parquet"), |_| ())
        .await
        .unwrap();
    assert_eq!(refused(&at("export.parquet")).await, ErrorKind::InvalidInput);
    let done = Retention::archive(minute(9_999), folder.path())
        .run(&store, |_| ())
        .await
        .unwrap();
    let bytes = std::fs::read(&done.files[0]).unwrap();
    std::fs::write(at("cut"), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(refused(&at("cut")).await, ErrorKind::Corrupt);
}

/// A file that cannot be written leaves the store as it is.
#[tokio::test]
async fn without_a_folder_to_write_to_nothing_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    std::fs::write(&blocked, "").unwrap();
    let store = Store::memory();
    filled(&store, 20).await;
    let outcome = Retention::archive(minute(9_999), &blocked)
        .run(&store, |_| ())
        .await;
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Io);
    assert_eq!(store.count(Filter::All).await.unwrap(), 20);
}

/// What a killed writer left is cleared away, what another is writing is not.
#[tokio::test]
async fn half_files_of_the_dead_are_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (dead, alive) = (at(".leads-x.parquet.1.part"), at(".leads-y.parquet.2.part"));
    std::fs::write(&dead, "half").unwrap();
    let held = std::fs::File::create(&alive).unwrap();
    held.lock().unwrap();
    let retention = Retention::archive(minute(0), folder.path());
    retention.run(&Store::memory(), |_| ()).await.unwrap();
    assert!(!dead.exists() && alive.exists());
    assert!(files_in(folder.path()).await.unwrap().is_empty());
    assert!(files_in(&at("nowhere")).await.unwrap().is_empty());
}
