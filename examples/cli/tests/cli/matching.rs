//! Companies in a list: their sites and contacts out.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Ran, file, folder, kill_after, run, run_with};
use crate::web::Web;

fn args(web: &Web, list: &str, more: &[&str]) -> Vec<String> {
    let mut args = vec!["match".to_owned(), list.to_owned()];
    args.extend(web.flags());
    args.extend(Web::searched());
    args.extend(more.iter().map(|arg| (*arg).to_owned()));
    args
}

fn matched(web: &Web, folder: &Path, more: &[&str]) -> Ran {
    run(folder, &args(web, "companies.csv", more))
}

fn host(url: &str) -> &str {
    url.trim_start_matches("http://")
        .trim_start_matches("https://")
        .trim_end_matches('/')
}

#[test]
fn a_list_comes_back_with_sites_contacts_and_its_own_columns() {
    let (web, folder) = (Web::new(300), folder());
    let sites = web.companies(folder.path(), 20);
    let ran = matched(&web, folder.path(), &["--format", "jsonl"]).expect(0);
    let rows = ran.objects();
    assert_eq!(rows.len(), 20);
    let (mut found, mut right) = (0, 0);
    for (number, (row, site)) in rows.iter().zip(&sites).enumerate() {
        assert_eq!(row["row"], number);
        let columns = &row["company"]["columns"];
        assert!(columns["internal"].is_string() && columns["Phone"] == "", "{row}");
        match row["site"]["url"].as_str() {
            None => assert!(row["reason"].is_string(), "{row}"),
            Some(url) => {
                found += 1;
                right += usize::from(site.as_deref() == Some(host(url)));
                assert!(row["site"]["confidence"].as_f64().unwrap() >= 0.8);
                assert!(
                    row["filled"]["website"]["evidence"][0]["url"].is_string(),
                    "{row}"
                );
            }
        }
    }
    assert!(found >= 10 && right * 100 >= found * 95, "{right} of {found}");
    assert!(rows.iter().any(|row| row["filled"]["phone"]["value"].is_string()));
    assert!(
        ran.err.contains("20 rows") && ran.err.contains("\nCost: "),
        "{}",
        ran.err
    );

    let csv = matched(&web, folder.path(), &["--format", "csv"]).expect(0).out;
    let mut lines = csv.lines();
    let heading = lines.next().unwrap();
    assert!(
        heading.starts_with("internal,Company name,City,Phone,lead_site,lead_confidence,lead_reason"),
        "{heading}"
    );
    assert_eq!(lines.count(), 20);
    let json: Value =
        serde_json::from_str(&matched(&web, folder.path(), &["--format", "json"]).expect(0).out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 20);
    let table = matched(&web, folder.path(), &["--limit", "5"]).expect(0);
    assert!(table.err.contains("5 of 20 rows shown"), "{}", table.err);
}

#[test]
fn a_row_that_cannot_be_read_is_kept_aside_and_the_rest_goes_on() {
    let (web, folder) = (Web::new(200), folder());
    web.companies(folder.path(), 3);
    let list = std::fs::read_to_string(folder.path().join("companies.csv")).unwrap() + "x,,Lyon,\n";
    file(folder.path(), "companies.csv", &list);
    let ran = matched(&web, folder.path(), &["--format", "jsonl"]).expect(3);
    let rows = ran.objects();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[3]["reason"], "failed");
    assert!(
        ran.err.contains("line 5") && ran.err.contains("a name"),
        "{}",
        ran.err
    );
    // The same from standard input.
    let ran = run_with(&args(&web, "-", &["--format", "jsonl"]), list.as_bytes()).expect(3);
    assert_eq!(ran.objects().len(), 4);
}

#[test]
fn killed_it_goes_on_and_asks_nothing_twice() {
    let (web, folder) = (Web::new(400), folder());
    web.companies(folder.path(), 24);
    let whole = matched(&web, folder.path(), &["--format", "jsonl"])
        .expect(0)
        .objects();
    let more = ["--format", "jsonl", "--resume", "run", "--concurrency", "4"];
    let all = args(&web, "companies.csv", &more);
    kill_after(folder.path(), &all, Duration::from_millis(900));
    let before = web.requests();
    let ran = run(folder.path(), &all).expect(0);
    let rows = ran.objects();
    assert_eq!(rows.len(), 24);
    for (one, two) in whole.iter().zip(&rows) {
        assert_eq!(one["site"]["url"], two["site"]["url"]);
    }
    // A third time everything is known.
    let asked = web.requests();
    let third = run(folder.path(), &all).expect(0);
    assert_eq!(web.requests(), asked);
    assert!(asked >= before && third.objects().iter().all(|row| row["resumed"] == true));
    assert!(third.err.contains("24 from the journal"), "{}", third.err);
}

#[test]
fn calls_that_mean_nothing_are_told() {
    let folder = folder();
    file(folder.path(), "list.csv", "Firmma;Ort\nMuster;Köln\n");
    let ran = run(folder.path(), &["match", "list.csv", "--no-osm"]).expect(2);
    assert!(
        ran.err.contains("--name") && ran.err.contains("Firmma"),
        "{}",
        ran.err
    );
    let ran = run(folder.path(), &["match", "list.csv", "--name", "Firma"]).expect(2);
    assert!(ran.err.contains("no such column"), "{}", ran.err);
    file(folder.path(), "empty.csv", "name\n");
    run(folder.path(), &["match", "empty.csv"]).expect(2);
    run(folder.path(), &["match", "missing.csv"]).expect(1);
    run(folder.path(), &["match", "list.csv", "--min-confidence", "2"]).expect(2);
    // Nobody who could be asked: each row failed, and nothing was done.
    let args = [
        "match",
        "list.csv",
        "--name",
        "Firmma",
        "--searxng",
        "http://127.0.0.1:9/",
        "--no-osm",
        "--no-guess",
    ];
    let ran = run(folder.path(), &args).expect(1);
    assert!(
        ran.err.contains("GUARD_REFUSED") || ran.err.contains("--allow-net"),
        "{}",
        ran.err
    );
}

/// A list that nobody is asked about, as it comes back in CSV.
fn handed_back(list: &[u8], code: i32) -> Ran {
    let args = ["match", "-", "--no-osm", "--no-guess", "--format", "csv"].map(str::to_owned);
    run_with(&args, list).expect(code)
}

#[test]
fn columns_come_back_in_their_places_and_our_own_once() {
    let first = |list: &str, line: usize| {
        let out = handed_back(list.as_bytes(), 0).out;
        out.lines().nth(line).unwrap().to_owned()
    };
    assert!(first("name,note,note\nFriseur Lehmann,a,b\n", 1).starts_with("Friseur Lehmann,a,b,"));
    assert!(first("name,note,note\nFriseur Lehmann,a,b\n", 0).starts_with("name,note,note,lead_site,"));
    assert!(first("name,name,city\nA,B,Lyon\n", 1).starts_with("A,B,Lyon,"));
    // One's own output fed in again.
    let once = handed_back(b"name,lead_site,note,note\nA,https://old.example/,x,y\n", 0).out;
    assert!(once.starts_with("name,note,note,lead_site,"), "{once}");
    assert!(!once.contains("old.example"), "{once}");
    assert_eq!(handed_back(once.as_bytes(), 0).out, once);
}

#[test]
fn an_open_quote_is_told_with_its_line_and_takes_no_other_row_with_it() {
    let ran = handed_back(b"name,city,country\n\"unclosed,Lyon,FR\nB,Lyon,FR\n", 3);
    assert!(
        ran.err.contains("line 2") && ran.err.contains("quote"),
        "{}",
        ran.err
    );
    assert!(
        ran.out.lines().nth(2).unwrap().starts_with("B,Lyon,FR,"),
        "{}",
        ran.out
    );
}

#[test]
fn what_no_address_ends_in_is_refused_and_unicode_text_is_read() {
    let args = ["match", "-", "--no-osm", "--tld", "not a tld/../x"].map(str::to_owned);
    let ran = run_with(&args, b"name\nA\n").expect(2);
    assert!(ran.err.contains("not a tld"), "{}", ran.err);
    let text = "\u{feff}name\tcity\r\nB\u{e4}cker\tK\u{f6}ln\r\n".encode_utf16();
    let bytes: Vec<u8> = text.flat_map(u16::to_le_bytes).collect();
    let out = handed_back(&bytes, 0).out;
    assert!(out.contains("\nB\u{e4}cker,K\u{f6}ln,"), "{out}");
}
