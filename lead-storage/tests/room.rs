//! Disks that are really full: a small file system in memory, filled up, and emptied again. Only root may mount one.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "test code fails by panicking, and says when it is skipped"
)]

mod server;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{someone, town};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::export::{Export, Format, Layout};
use lead_storage::import::Import;
use server::own::OwnServer;
use sqlx::Connection as _;

/// A file system of so many MiB, gone when this is dropped.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m"), "tmpfs"]);
        let mounted = command.arg(folder.path()).output();
        if mounted.is_ok_and(|done| done.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("SKIPPED: no file system can be mounted here (that takes root), so no disk was filled");
        None
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Leaves about so many KiB.
    fn fill_but(&self, kibibytes: usize) {
        let mut ballast = std::fs::File::create(self.at("ballast")).unwrap();
        while ballast.write_all(&[1; 4096]).is_ok() {}
        let length = ballast.metadata().unwrap().len();
        ballast.set_len(length - (kibibytes as u64) * 1024).unwrap();
    }

    fn make_room(&self) {
        std::fs::remove_file(self.at("ballast")).unwrap();
    }

    fn files(&self) -> usize {
        self.0.path().read_dir().unwrap().count()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

async fn filled(count: u32) -> Store {
    let store = lead_storage::open("memory://").await.unwrap();
    store.commit(WriteBatch::of(town(count))).await.unwrap();
    store
}

#[tokio::test]
async fn an_export_that_finds_no_room_says_so_and_goes_on_when_there_is() {
    let Some(disk) = Disk::mount(8) else { return };
    let store = filled(1000).await;
    let formats = [
        Format::Csv(Layout::Full),
        Format::JsonLines,
        Format::Xlsx(Layout::Full),
        Format::Parquet,
    ];
    for format in formats {
        // Smaller forms need a smaller hole.
        let small = matches!(format, Format::Xlsx(_) | Format::Parquet);
        disk.fill_but(if small { 16 } else { 100 });
        let export = Export::new(format).page_size(50);
        let error = export
            .to_path(&store, &disk.at("leads"), |_| ())
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.is_retryable()),
            (ErrorKind::StorageFull, false),
            "{format:?}"
        );
        assert_eq!(
            disk.files(),
            1,
            "nothing but the ballast is there after {format:?}"
        );
    }
    disk.fill_but(200);
    let export = Export::new(Format::JsonLines).page_size(50).resume("memory://");
    for _ in 0..2 {
        let error = export
            .to_path(&store, &disk.at("leads"), |_| ())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull, "{error:?}");
        assert!(!disk.at("leads").exists() && disk.at(".leads.part").exists());
    }
    disk.make_room();
    let exported = export.to_path(&store, &disk.at("leads"), |_| ()).await.unwrap();
    assert!(exported.resumed >= 50 && exported.leads == 1000, "{exported:?}");
    let mut whole = Vec::new();
    export.to_writer(&store, &mut whole, |_| ()).await.unwrap();
    assert!(std::fs::read(disk.at("leads")).unwrap() == whole);
    assert_eq!(disk.files(), 1);
}

/// A batch of 50 that nobody has.
fn batch(number: u32) -> WriteBatch {
    let one = |index: u32| someone(&format!("{number}/{index}"));
    WriteBatch::of((0..50).map(one).collect())
}

/// Commits until there is no room; how many batches were stored.
async fn committed_until_full(store: &Store) -> u32 {
    for number in 0..20_000 {
        if let Err(error) = store.commit(batch(number)).await {
            assert_eq!(
                (error.kind(), error.is_retryable()),
                (ErrorKind::StorageFull, false),
                "{error:?}"
            );
            return number;
        }
    }
    unreachable!("the disk is never full")
}

/// What was acknowledged is there and can be read, nothing else is, and it goes on once there is room.
async fn full_and_on(store: &Store, make_room: impl AsyncFnOnce()) {
    let stored = committed_until_full(store).await;
    assert!(stored > 0);
    assert_eq!(store.count(Filter::All).await.unwrap(), u64::from(stored) * 50);
    let again = store.commit(batch(stored)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::StorageFull, "{again:?}");
    assert_eq!(store.count(Filter::All).await.unwrap(), u64::from(stored) * 50);
    make_room().await;
    for number in stored..stored + 5 {
        let receipt = store.commit(batch(number)).await.unwrap();
        assert_eq!(
            (receipt.inserted, receipt.seen_again),
            (50, 0),
            "nothing of it was there"
        );
    }
    assert_eq!(
        store.count(Filter::All).await.unwrap(),
        u64::from(stored + 5) * 50
    );
}

#[tokio::test]
async fn sqlite_on_a_full_disk_stores_whole_batches_and_goes_on() {
    let Some(disk) = Disk::mount(24) else { return };
    let uri = format!("sqlite://{}", disk.at("leads.db").display());
    let store = lead_storage::open(&uri).await.unwrap();
    store.commit(batch(19_999)).await.unwrap();
    let ids = store
        .page(lead_core::seam::LeadQuery::default())
        .await
        .unwrap()
        .leads;
    store
        .erase(ids.into_iter().map(|lead| lead.id).collect())
        .await
        .unwrap();
    disk.fill_but(2048);
    full_and_on(&store, async || disk.make_room()).await;
    store.close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(disk.at("leads.db"));
    let mut conn = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(sound, "ok");
    conn.close().await.unwrap();
}

/// Its tables lie on the small disk, its log does not: where that is full, a server stops altogether.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_on_a_full_disk_stores_whole_batches_and_goes_on() {
    let Some(disk) = Disk::mount(48) else { return };
    let Some(mut server) = OwnServer::start().await else {
        return;
    };
    // The server is another user.
    let readable = Command::new("chmod").arg("777").arg(disk.0.path()).status();
    assert!(readable.unwrap().success());
    let tables = disk.at("tables");
    std::fs::create_dir(&tables).unwrap();
    let owned = Command::new("chown").arg("postgres").arg(&tables).status();
    assert!(owned.unwrap().success());
    let mut admin = sqlx::PgConnection::connect(&server.uri()).await.unwrap();
    for sql in [
        format!("CREATE TABLESPACE small LOCATION '{}'", tables.display()),
        "CREATE DATABASE small TABLESPACE small".to_owned(),
    ] {
        let made = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await;
        made.unwrap();
    }
    let uri = server.uri();
    let uri = format!("{}/small", uri.rsplit_once('/').unwrap().0);
    let store = lead_storage::open(&uri).await.unwrap();
    disk.fill_but(4096);
    full_and_on(&store, async || disk.make_room()).await;
    store.close().await;
    server.kill().await;
}

/// The note of how far a file is stored lies in the same database.
#[tokio::test]
async fn an_import_that_finds_no_room_goes_on_where_it_was() {
    let Some(disk) = Disk::mount(48) else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("companies.csv");
    std::fs::write(&path, companies(6000)).unwrap();
    let uri = format!("sqlite://{}", disk.at("leads.db").display());
    let (store, state) = (
        lead_storage::open(&uri).await.unwrap(),
        lead_storage::open_state(&uri).await.unwrap(),
    );
    disk.fill_but(6 * 1024);
    let import = Import::new().resume(state);
    let error = import.to_store(&store, &path, |_| ()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageFull, "{error:?}");
    let stored = store.count(Filter::All).await.unwrap();
    assert!(
        stored.is_multiple_of(1000) && (1000..6000).contains(&stored),
        "{stored}"
    );
    disk.make_room();
    let done = import.to_store(&store, &path, |_| ()).await.unwrap();
    assert_eq!((done.read, done.rejected), (6000, 0));
    assert_eq!(done.stored + done.duplicates, 6000);
    assert!(done.duplicates <= 1000, "{done:?}");
    assert_eq!(store.count(Filter::All).await.unwrap(), 6000);
    store.close().await;
}

fn companies(count: u32) -> String {
    let header = "Search Query,Business Name,Category,Address,Phone,Website,Plus Code\n";
    let rows = (0..count).map(|number| {
        format!("cafes,Café {number},Café,\"{number} rue de l'Exemple, Lyon\",,https://cafe-{number}.test,\n")
    });
    header.to_owned() + &rows.collect::<String>()
}
