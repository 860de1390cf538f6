//! Leads put away and brought back.

use std::path::Path;

use serde_json::Value;

use crate::support::{file, folder, run};

/// A store of three companies.
fn filled(folder: &Path) {
    let header = "CompanyName, CompanyNumber,RegAddress.PostTown,RegAddress.PostCode,CompanyStatus";
    let row = |name: &str, number: &str, town: &str| format!("{name},{number},{town},LS1 1AA,Active\n");
    let rows = [
        row("ALPHA LTD", "00000001", "LEEDS"),
        row("BETA LTD", "00000002", "LEEDS"),
        row("GAMMA LTD", "00000003", "YORK"),
    ];
    file(folder, "leads.csv", format!("{header}\n{}", rows.concat()));
    import(folder);
}

fn import(folder: &Path) {
    run(folder, &["import", "leads.csv", "--layout", "companies-house"]).expect(0);
}

fn told(folder: &Path, filter: &str) -> Vec<Value> {
    let args = [
        "leads",
        "--filter",
        filter,
        "--sort",
        "name",
        "--versions",
        "--format",
        "jsonl",
    ];
    run(folder, &args).expect(0).objects()
}

fn names(folder: &Path, filter: &str) -> Vec<String> {
    let leads = told(folder, filter);
    leads
        .iter()
        .map(|lead| lead["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_hidden_is_nowhere_until_it_is_brought_back() {
    let folder = folder();
    let folder = folder.path();
    filled(folder);
    let all = told(folder, "");
    assert_eq!(all.len(), 3);
    let id = all[1]["id"].as_str().unwrap();
    assert_eq!(all[1]["hidden"], false);
    let ran = run(folder, &["hide", id, "--by", "anna"]).expect(0);
    assert!(ran.err.contains("1 hidden"), "{}", ran.err);
    assert_eq!(names(folder, ""), ["ALPHA LTD", "GAMMA LTD"]);
    assert_eq!(names(folder, "is:hidden"), ["BETA LTD"]);
    assert_eq!(told(folder, "is:hidden")[0]["hidden"], true);
    assert_eq!(run(folder, &["count"]).expect(0).out.trim(), "2");
    run(folder, &["export", "--format", "csv", "--out", "out.csv"]).expect(0);
    let exported = std::fs::read_to_string(folder.join("out.csv")).unwrap();
    assert!(exported.contains("ALPHA") && !exported.contains("BETA"));
    // Seen again, it stays where it is.
    import(folder);
    assert_eq!(names(folder, "is:hidden"), ["BETA LTD"]);
    let ran = run(folder, &["unhide", "--filter", "city:leeds"]).expect(0);
    assert!(ran.err.contains("1 brought back"), "{}", ran.err);
    assert_eq!(names(folder, "").len(), 3);
    let ran = run(folder, &["hide", "--filter", "city:leeds"]).expect(0);
    assert!(ran.err.contains("2 hidden"), "{}", ran.err);
    // Erasing finds them where they are.
    run(folder, &["erase", "--all", "--yes"]).expect(0);
    assert!(names(folder, "is:any").is_empty());
}

#[test]
fn a_version_is_minded_and_what_is_not_there_is_told() {
    let folder = folder();
    let folder = folder.path();
    filled(folder);
    let lead = &told(folder, "name:alpha*")[0];
    let (id, version) = (lead["id"].as_str().unwrap(), lead["version"].as_str().unwrap());
    let hide = ["hide", id, "--if-version", version];
    run(folder, &hide).expect(0);
    run(folder, &["unhide", id]).expect(0);
    run(folder, &hide).expect(0);
    let ran = run(folder, &["unhide", id, "--if-version", version]).expect(1);
    assert!(ran.err.contains("CONFLICT"), "{}", ran.err);
    let nobody = "00000000-0000-5000-8000-000000000000";
    let ran = run(folder, &["unhide", id, nobody]).expect(3);
    assert!(
        ran.err.contains("NOT_FOUND") && ran.err.contains("1 brought back"),
        "{}",
        ran.err
    );
    run(folder, &["hide", nobody]).expect(1);
    run(folder, &["hide"]).expect(2);
    run(folder, &["hide", "--filter", ""]).expect(2);
    run(folder, &["hide", id, nobody, "--if-version", version]).expect(2);
    run(folder, &["hide", id, "--if-version", "old"]).expect(2);
    run(folder, &["leads", "--versions"]).expect(2);
    let ran = run(folder, &["leads", "--filter", "is:gone"]).expect(2);
    assert!(ran.err.contains("hidden, shown or any"), "{}", ran.err);
}
