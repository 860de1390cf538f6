//! Bad input, a row each: the typed error on standard error, the exit code, and nothing lost.

use crate::support::{assert_error, file, folder, run};
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
