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
    let sites = web.companies(folder.path(), 40);
    let ran = matched(&web, folder.path(), &["--format", "jsonl"]).expect(0);
    let rows = ran.objects();
    assert_eq!(rows.len(), 40);
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
    assert!(found >= 20 && right * 100 >= found * 95, "{right} of {found}");
    assert!(rows.iter().any(|row| row["filled"]["phone"]["value"].is_string()));
    assert!(
        ran.err.contains("40 rows") && ran.err.contains("\nCost: "),
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
    assert_eq!(lines.count(), 40);
    let json: Value =
        serde_json::from_str(&matched(&web, folder.path(), &["--format", "json"]).expect(0).out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 40);
    let table = matched(&web, folder.path(), &["--limit", "5"]).expect(0);
    assert!(table.err.contains("5 of 40 rows shown"), "{}", table.err);
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
    web.companies(folder.path(), 50);
    let whole = matched(&web, folder.path(), &["--format", "jsonl"])
        .expect(0)
        .objects();
    let more = ["--format", "jsonl", "--resume", "run", "--concurrency", "4"];
    let all = args(&web, "companies.csv", &more);
    kill_after(folder.path(), &all, Duration::from_millis(1500));
    let before = web.requests();
    let ran = run(folder.path(), &all).expect(0);
    let rows = ran.objects();
    assert_eq!(rows.len(), 50);
    for (one, two) in whole.iter().zip(&rows) {
        assert_eq!(one["site"]["url"], two["site"]["url"]);
    }
    // A third time everything is known.
    let asked = web.requests();
    let third = run(folder.path(), &all).expect(0);
    assert_eq!(web.requests(), asked);
    assert!(asked >= before && third.objects().iter().all(|row| row["resumed"] == true));
    assert!(third.err.contains("50 from the journal"), "{}", third.err);
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
