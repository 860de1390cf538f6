//! Bad input, a row each: the typed error on standard error, the exit code, and nothing lost.

use std::path::Path;

use crate::support::{Ran, file, folder, run};
use crate::web::Web;

const NUMBER: &str = "+33 4 78 00 00 01";

/// What a document must come to.
enum Comes {
    /// The number in it is found.
    Found,
    /// It is read, and nothing stands in it.
    Empty,
    /// A typed error and this exit code.
    Error(&'static str, i32),
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

fn documents() -> Vec<(&'static str, Vec<u8>, Comes)> {
    let page = format!("<html><body><p>电话 {NUMBER}</p></body></html>");
    let mut cut = format!("<p>{NUMBER}, café").into_bytes();
    cut.pop();
    let gb18030 = [b"<meta charset=gb18030><p>\xB5\xE7\xBB\xB0 ", NUMBER.as_bytes()].concat();
    let mut random = fastrand::Rng::with_seed(7);
    let deep = ["<div>".repeat(10_000), NUMBER.to_owned(), "</div>".repeat(10_000)].concat();
    vec![
        ("empty", Vec::new(), Comes::Empty),
        (
            "picture",
            b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec(),
            Comes::Error("DECODE", 1),
        ),
        (
            "random bytes",
            (0..10_000).map(|_| random.u8(..)).collect(),
            Comes::Error("DECODE", 1),
        ),
        ("zeros", vec![0; 10_000], Comes::Error("DECODE", 1)),
        (
            "100 MB",
            b"<p>x</p>".repeat(100 * 1024 * 1024 / 8),
            Comes::Error("TOO_LARGE", 1),
        ),
        ("truncated UTF-8", cut, Comes::Found),
        ("UTF-16", utf16(&page), Comes::Found),
        ("GB18030", gb18030, Comes::Found),
        ("10,000 deep", deep.into_bytes(), Comes::Found),
    ]
}

#[test]
fn documents_are_read_or_refused_and_the_next_one_is_read_all_the_same() {
    for (name, bytes, comes) in documents() {
        let folder = folder();
        file(folder.path(), "bad.html", bytes);
        file(folder.path(), "good.html", format!("<p>{NUMBER}"));
        let alone = run(folder.path(), &["extract", "bad.html", "--format", "jsonl"]);
        match comes {
            Comes::Found => {
                let objects = alone.expect(0).objects();
                assert_eq!(objects[0]["phones"][0]["e164"], "+33478000001", "{name}");
            }
            Comes::Empty => assert_eq!(
                alone.expect(0).objects()[0]["phones"],
                serde_json::json!([]),
                "{name}"
            ),
            Comes::Error(code, exit) => {
                assert_error(&alone.expect(exit), code, name);
                let both = run(
                    folder.path(),
                    &["extract", "bad.html", "good.html", "--format", "jsonl"],
                )
                .expect(3);
                assert_eq!(both.objects()[0]["phones"][0]["e164"], "+33478000001", "{name}");
            }
        }
    }
}

/// One line with the code; never more than a hint beside it.
fn assert_error(ran: &Ran, code: &str, name: &str) {
    let lines: Vec<&str> = ran.err.lines().collect();
    assert!(
        lines[0].starts_with(&format!("error: {code} at ")),
        "{name}: {}",
        ran.err
    );
    assert!(
        lines.len() <= 2 && lines[1..].iter().all(|line| line.starts_with("  hint: ")),
        "{name}: {}",
        ran.err
    );
}

#[test]
fn addresses_that_must_not_be_fetched_are_refused() {
    let (web, folder) = (Web::new(20), folder());
    file(folder.path(), "good.html", format!("<p>{NUMBER}"));
    for (address, code, exit) in [
        ("http://me:hunter2@bakery.test/", "INVALID_INPUT", 2),
        ("file:///etc/passwd", "INVALID_INPUT", 2),
        ("gopher://bakery.test/", "INVALID_INPUT", 2),
        ("http://169.254.169.254/latest/meta-data/", "GUARD_REFUSED", 1),
        ("http://127.0.0.2:1/", "GUARD_REFUSED", 1),
        ("http://[::1]:1/", "GUARD_REFUSED", 1),
        ("http://2130706434:1/", "GUARD_REFUSED", 1),
        ("http://redirect.trap.test/to-private", "GUARD_REFUSED", 1),
        ("http://redirect.trap.test/to-private/ten", "GUARD_REFUSED", 1),
        ("http://redirect.trap.test/to-private/v6", "GUARD_REFUSED", 1),
        ("http://redirect.trap.test/to-file", "REDIRECT", 1),
        ("http://redirect.trap.test/loop", "REDIRECT", 1),
        ("http://bomb.trap.test/gzip", "TOO_LARGE", 1),
        ("http://bomb.trap.test/double", "TOO_LARGE", 1),
        ("http://huge.trap.test/", "TOO_LARGE", 1),
    ] {
        let mut args = vec![
            "extract".to_owned(),
            address.to_owned(),
            "--format".to_owned(),
            "jsonl".to_owned(),
        ];
        args.extend(web.flags());
        let alone = run(folder.path(), &args).expect(exit);
        assert_error(&alone, code, address);
        assert!(
            alone.out.is_empty() && !alone.err.contains("hunter2"),
            "{alone:?}"
        );
        args.push("good.html".to_owned());
        assert_eq!(
            run(folder.path(), &args).expect(3).objects().len(),
            1,
            "{address}"
        );
    }
}

/// A host that resolves to 127.0.0.1 is refused unless that network is allowed.
#[test]
fn a_name_does_not_get_past_the_guard() {
    let (web, folder) = (Web::new(20), folder());
    let mut args = vec!["extract".to_owned(), "http://directory.test/".to_owned()];
    args.extend(web.resolved());
    assert_error(&run(folder.path(), &args).expect(1), "GUARD_REFUSED", "resolved");
    args.extend(["--allow-net".to_owned(), "127.0.0.1/32".to_owned()]);
    run(folder.path(), &args).expect(0);
}

#[test]
fn bad_queries_are_bad_usage_and_leave_no_store_behind() {
    let folder = folder();
    let long = "x".repeat(10_000);
    for (args, code) in [
        (vec!["a\u{1}b", "--near", "Lyon"], "INVALID_INPUT"),
        (vec!["\u{7f}", "--near", "Lyon"], "INVALID_INPUT"),
        (vec![&long, "--near", "Lyon"], "INVALID_INPUT"),
        (vec!["--near", "Lyon", "--", "--"], "INVALID_INPUT"),
        (vec!["dentists", "--near", &long], "INVALID_INPUT"),
        (
            vec!["dentists", "--near", "Lyon", "--source", "osmm"],
            "INVALID_INPUT",
        ),
        (vec!["dentists"], "INVALID_INPUT"),
        (vec!["dentists", "--sites", "none.txt"], "NOT_FOUND"),
        (
            vec!["dentists", "--near", "Lyon", "--overpass-url", "ftp://a.test/"],
            "CONFIG",
        ),
        (
            vec!["dentists", "--near", "Lyon", "--store", "mysql://a.test/"],
            "INVALID_INPUT",
        ),
        (
            vec![
                "dentists",
                "--near",
                "Lyon",
                "--store",
                "sqlite://no/such/folder/leads.db",
            ],
            "IO",
        ),
    ] {
        let mut all = vec!["collect"];
        all.extend(&args);
        let usage = matches!(code, "INVALID_INPUT" | "CONFIG");
        let ran = run(folder.path(), &all).expect(if usage { 2 } else { 1 });
        assert_error(&ran, code, &format!("{:.80}", format!("{args:?}")));
    }
    assert!(!folder.path().join("leads.db").exists());
}

#[test]
fn honest_queries_are_taken() {
    let (web, folder) = (Web::new(200), folder());
    for query in [
        "C# developers in Berlin",
        "Hot dogs #1",
        "rock -- climbing gym",
        "O'Neill & Sons",
        "Robert'); DROP TABLE leads;--",
    ] {
        let mut args = vec![
            "collect".to_owned(),
            query.to_owned(),
            "--near".to_owned(),
            "Berlin".to_owned(),
        ];
        args.extend(web.flags());
        args.extend(Web::osm());
        run(folder.path(), &args).expect(0);
        let runs = run(folder.path(), &["runs", "--json", "--limit", "1"])
            .expect(0)
            .objects();
        assert_eq!(runs[0]["state"]["query"]["text"], query);
    }
}

/// What cannot be read in a list of sites is kept aside; the rest is visited.
#[test]
fn bad_lines_of_a_list_are_told_by_their_number() {
    let (web, folder) = (Web::new(20), folder());
    file(
        folder.path(),
        "sites.txt",
        "http://me:hunter2@a.test/\nfixtures.test:80\nfile:///etc/passwd\nhttp://fixtures.test/\n",
    );
    let mut args = ["collect", "anything", "--sites", "sites.txt"]
        .map(str::to_owned)
        .to_vec();
    args.extend(web.flags());
    let ran = run(folder.path(), &args).expect(3);
    assert!(
        ran.err.contains("sites.txt line 1")
            && ran.err.contains("sites.txt line 3")
            && ran.err.contains("Of this run 3 failed"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("hunter2"));
    let ran = run(folder.path(), &["collect", "x", "--sites", "/dev/null"]).expect(2);
    assert!(ran.err.contains("no site"), "{}", ran.err);
}

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

/// By flag, by the environment and by the settings file.
#[test]
fn a_password_in_an_address_is_never_shown() {
    let folder = crate::support::folder();
    let file = |name, text| crate::support::file(folder.path(), name, text);
    file("p.html", "<p>");
    file("proxy.toml", "proxy = ['http://me:hunter2@proxy.test:x']");
    for (args, code) in [
        (
            &["extract", "p.html", "--proxy", "ftp://me:hunter2@proxy.test"][..],
            2,
        ),
        (&["extract", "p.html", "--proxy", "me:hunter2@proxy.test:1"], 2),
        (
            &["extract", "p.html", "--proxy", "http://me:hun/ter2@proxy.test:1"],
            2,
        ),
        (
            &["extract", "p.html", "--base-url", "http://me:hunter2@a.test/"],
            2,
        ),
        (&["extract", "http://me:hunter2@a.test/"], 2),
        (&["extract", "p.html", "--config", "proxy.toml"], 2),
        (&["crawl", "http://me:hunter2@a.test/"], 2),
        (
            &["crawl", "http://a.test/", "--rate", "http://me:hunter2@a.test/"],
            2,
        ),
        (
            &["crawl", "http://a.test/", "--no-such=http://me:hunter2@a.test/"],
            2,
        ),
        (
            &[
                "extract",
                "http://a.test/",
                "-v",
                "--rate",
                "off",
                "--proxy",
                "http://me:hunter2@127.0.0.1:9",
            ],
            1,
        ),
    ] {
        let ran = crate::support::run(folder.path(), args).expect(code);
        for part in ["hunter2", "ter2"] {
            assert!(
                !ran.err.contains(part) && !ran.out.contains(part),
                "{args:?}: {}",
                ran.err
            );
        }
    }
    let ran = crate::support::lead(folder.path())
        .args(["extract", "p.html"])
        .env("LEAD_PROXY", "htp://me:hunter2@proxy.test")
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(
        !String::from_utf8_lossy(&ran.stderr).contains("hunter2"),
        "{ran:?}"
    );
}
