//! Stores that cannot be written, or are none: the typed error, and nothing lost.

use std::path::Path;

use crate::support::{assert_error, file, folder, run};
use crate::web::Web;

/// A folder on a file system of its own size; `None` where this user may not mount one.
pub(crate) struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    pub(crate) fn new(folder: &'a Path, size: &str) -> Option<Self> {
        let mounted = mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], folder);
        if !mounted {
            eprintln!("SKIPPED: a small disk cannot be mounted by this user; run the tests as root");
        }
        mounted.then_some(Self(folder))
    }

    fn remount(&self, options: &str) {
        assert!(
            mount(&["-o", &format!("remount,{options}")], self.0),
            "remount {options}"
        );
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0).status();
    }
}

fn mount(args: &[&str], folder: &Path) -> bool {
    let status = std::process::Command::new("mount")
        .args(args)
        .arg(folder)
        .stderr(std::process::Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

fn collect(web: &Web, sites: &Path, store: &str) -> Vec<String> {
    let mut args = [
        "collect", "dentists", "--near", "Lyon", "--source", "osm", "--store", store,
    ]
    .map(str::to_owned)
    .to_vec();
    args.extend(["--sites".to_owned(), sites.display().to_string()]);
    args.extend(web.flags());
    args.extend(Web::osm());
    args
}

#[test]
fn a_full_disk_loses_nothing_that_was_stored_and_the_run_goes_on_when_there_is_room() {
    let (web, home, disk) = (Web::new(200), folder(), folder());
    let sites = web.sites(home.path());
    let Some(small) = SmallDisk::new(disk.path(), "640k") else {
        return;
    };
    let ran = run(disk.path(), &collect(&web, &sites, "sqlite://leads.db")).expect(1);
    assert!(
        ran.err.contains("error: STORAGE_FULL at ") && ran.err.contains("--resume last"),
        "{}",
        ran.err
    );
    let kept = count(disk.path());
    assert!(kept > 0, "something was stored before: {}", ran.err);
    small.remount("size=64m");
    let mut resume = [
        "collect",
        "--resume",
        "last",
        "--sites",
        &sites.display().to_string(),
    ]
    .map(str::to_owned)
    .to_vec();
    resume.extend(web.flags());
    resume.extend(Web::osm());
    let ran = run(disk.path(), &resume);
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    let ran = run(home.path(), &collect(&web, &sites, "sqlite://leads.db"));
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    assert_eq!(count(disk.path()), count(home.path()));
    assert!(count(home.path()) > kept);
}

fn count(folder: &Path) -> u64 {
    run(folder, &["count"]).expect(0).out.trim().parse().unwrap()
}

#[test]
fn a_store_that_may_only_be_read_is_read_and_not_written() {
    let folder = folder();
    run(folder.path(), &["suppress", "add", "domain:a.test"]).expect(0);
    let ran = run(
        folder.path(),
        &[
            "suppress",
            "add",
            "domain:b.test",
            "--store",
            "sqlite://leads.db?mode=ro",
        ],
    )
    .expect(1);
    assert_error(&ran, "READ_ONLY", "mode=ro");
    let disk = crate::support::folder();
    if let Some(small) = SmallDisk::new(disk.path(), "8m") {
        run(disk.path(), &["suppress", "add", "domain:a.test"]).expect(0);
        small.remount("ro");
        assert_error(
            &run(disk.path(), &["suppress", "add", "domain:b.test"]).expect(1),
            "READ_ONLY",
            "read-only disk",
        );
        assert!(
            run(disk.path(), &["suppress", "list"])
                .expect(0)
                .out
                .contains("domain:a.test")
        );
        run(disk.path(), &["count"]).expect(0);
    }
    assert!(
        !run(folder.path(), &["suppress", "list"])
            .expect(0)
            .out
            .contains("domain:b.test")
    );
}

#[test]
fn a_store_somebody_else_writes_to_is_told_as_locked() {
    let folder = folder();
    run(folder.path(), &["suppress", "add", "domain:a.test"]).expect(0);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let held = runtime.block_on(async {
        use sqlx::{ConnectOptions, Executor};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("leads.db"));
        let mut connection = options.connect().await.unwrap();
        connection.execute("BEGIN IMMEDIATE").await.unwrap();
        connection
    });
    let store = "sqlite://leads.db?busy_timeout=100ms";
    assert_error(
        &run(
            folder.path(),
            &["suppress", "add", "domain:b.test", "--store", store],
        )
        .expect(1),
        "LOCKED",
        "suppress",
    );
    let ran = run(
        folder.path(),
        &[
            "collect",
            "x",
            "--near",
            "y",
            "--resolve",
            "*=127.0.0.1:9",
            "--store",
            store,
        ],
    )
    .expect(1);
    assert!(ran.err.contains("error: LOCKED at "), "{}", ran.err);
    assert!(
        run(folder.path(), &["suppress", "list"])
            .expect(0)
            .out
            .contains("domain:a.test"),
        "reading goes on"
    );
    drop(held);
    run(
        folder.path(),
        &["suppress", "add", "domain:b.test", "--store", store],
    )
    .expect(0);
}

#[test]
fn a_file_that_is_no_store_is_told_as_such() {
    let folder = folder();
    file(
        folder.path(),
        "leads.db",
        "this is no database, but long enough to be looked at as one".repeat(100),
    );
    for args in [&["count"][..], &["suppress", "add", "domain:a.test"]] {
        assert_error(&run(folder.path(), args).expect(1), "CORRUPT", "text file");
    }
    assert_error(
        &run(folder.path(), &["count", "--store", "sqlite://none.db"]).expect(1),
        "NOT_FOUND",
        "no file",
    );
    assert!(!folder.path().join("none.db").exists());
    file(folder.path(), "begun.db", "");
    let ran = run(folder.path(), &["count", "--store", "sqlite://begun.db"]).expect(0);
    assert_eq!(ran.out, "0\n", "a store whose making was cut short is made anew");
}
