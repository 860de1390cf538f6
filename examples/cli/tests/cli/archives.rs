//! Web archives in and out.

use serde_json::Value;

use crate::support::{file, folder, lead, run, run_with, stopped};
use crate::web::Web;

/// What stands in an answer beside where it was read from.
fn found(mut object: Value) -> Value {
    object["input"].take();
    object
}

#[test]
fn what_was_fetched_is_read_again_from_the_archive() {
    let (web, folder) = (Web::new(20), folder());
    for name in ["site.warc.gz", "site.warc"] {
        let site = web.site();
        let mut args = vec!["extract", &site, "--warc", name, "--format", "jsonl"];
        let flags = web.flags();
        args.extend(flags.iter().map(String::as_str));
        let live = run(folder.path(), &args).expect(0).objects();
        let again = run(folder.path(), &["extract", name, "--format", "jsonl"])
            .expect(0)
            .objects();
        assert_eq!(again.len(), 1, "robots.txt is in the archive too, and is no page");
        assert_eq!(
            (&again[0]["input"], &again[0]["url"]),
            (&name.into(), &live[0]["url"])
        );
        assert!(!live[0]["phones"].as_array().unwrap().is_empty());
        assert_eq!(found(again[0].clone()), found(live[0].clone()));
    }
}

#[test]
fn a_damaged_archive_gives_what_is_whole_and_says_where_it_broke() {
    let folder = folder();
    let record = |host: &str| {
        let body = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<a href='mailto:info@{host}'>write</a>"
        );
        format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://{host}/\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let archive = format!(
        "{}WARC/1.1\r\nbroken\r\n\r\n{}",
        record("one.test"),
        record("two.test")
    );
    file(folder.path(), "a.warc", &archive);
    let ran = run(folder.path(), &["extract", "a.warc", "--format", "jsonl"]).expect(3);
    let addresses: Vec<Value> = ran
        .objects()
        .iter()
        .map(|object| object["emails"][0]["address"].clone())
        .collect();
    assert_eq!(addresses, ["info@one.test", "info@two.test"]);
    assert!(
        ran.err.contains("CORRUPT") && ran.err.contains("offset: "),
        "{}",
        ran.err
    );
    file(
        folder.path(),
        "cut.warc",
        &archive[..record("one.test").len() - 10],
    );
    run(folder.path(), &["extract", "cut.warc"]).expect(1);
}

#[test]
fn folders_hold_archives_and_standard_input_does_not() {
    let folder = folder();
    let record = "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.test/\r\nContent-Type: text/html\r\n\
                  Content-Length: 3\r\n\r\n<p>\r\n\r\n";
    std::fs::create_dir(folder.path().join("all")).unwrap();
    file(folder.path(), "all/a.warc", record);
    file(folder.path(), "all/b.html", "<p>");
    let ran = run(folder.path(), &["extract", "all", "--format", "jsonl"]).expect(0);
    assert_eq!(ran.objects().len(), 2);
    let ran = run_with(&["extract", "-"], record.as_bytes()).expect(2);
    assert!(ran.err.contains("from a file"), "{}", ran.err);
}

/// Opening a pipe waits for who writes to it: the command must not wait where it cannot be stopped.
#[cfg(unix)]
#[test]
fn a_pipe_is_read_and_who_waits_for_it_can_be_stopped() {
    let folder = folder();
    let pipe = folder.path().join("pipe.html");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let mut waiting = lead(folder.path())
        .args(["extract", "pipe.html"])
        .spawn()
        .unwrap();
    assert_eq!(stopped(&mut waiting), Some(130));
    for args in [
        ["collect", "bakeries", "--sites", "-"],
        ["sources", "parse", "github", "-"],
    ] {
        let mut waiting = lead(folder.path())
            .args(args)
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        assert_eq!(stopped(&mut waiting), Some(130), "{args:?}");
    }
    let writer =
        std::thread::spawn(move || std::fs::write(pipe, "<a href='mailto:info@bakery.test'>write</a>"));
    let ran = run(folder.path(), &["extract", "pipe.html", "--format", "jsonl"]).expect(0);
    writer.join().unwrap().unwrap();
    assert_eq!(ran.objects()[0]["emails"][0]["address"], "info@bakery.test");
}
