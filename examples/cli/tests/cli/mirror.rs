//! The documented road: a file, a database with the file beside it, the database.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::support::{assert_error, file, folder, kill_after, lead, run};

const MIRROR: &str = "csv://kept.csv?layout=legacy";

/// A file of the predecessor's, with so many businesses, each with its time: one without has the file's, which moves.
fn old_file(folder: &Path, count: u32) {
    let mut rows = "Platform,Profile URL,Display Name,Phone,Email,City,extracted_at\n".to_owned();
    for number in 0..count {
        writeln!(
            rows,
            "yelp,https://yelp.test/biz/{number},Place {number},+3347800{number:04},info@place-{number}.test,Lyon,2026-01-05T10:00:00"
        )
        .unwrap();
    }
    file(folder, "all_leads.csv", rows);
}

/// Rows of the mirror by the id of their lead.
fn rows(folder: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join("kept.csv")).unwrap();
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn found(folder: &Path, args: &[&str], code: i32) -> Value {
    let all = [&["mirror"], args, &["--mirror", MIRROR, "--json"]].concat();
    let ran = run(folder, &all).expect(code);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn from_a_file_to_a_database_with_the_file_beside_it() {
    let home = folder();
    let path = home.path();
    old_file(path, 30);
    run(path, &["import", "all_leads.csv", "--mirror", MIRROR]).expect(0);
    assert_eq!(rows(path).len(), 30);
    assert_eq!(
        run(path, &["mirror", "status", "--mirror", MIRROR]).expect(0).out,
        "The mirror has everything.\n"
    );
    assert_eq!(found(path, &["check"], 0)["found"]["checked"], 30);

    // The setting may stand in the environment, so that no command forgets it.
    let subject = "phone:+33478000007";
    let suppressed = lead(path)
        .env("LEAD_MIRROR", MIRROR)
        .args(["suppress", "add", subject])
        .status()
        .unwrap();
    assert!(suppressed.success());
    let text = std::fs::read_to_string(path.join("kept.csv")).unwrap();
    assert!(!text.contains("+33478000007") && text.contains("+33478000008"));
    run(
        path,
        &[
            "erase",
            "--filter",
            "phone:+33478000008",
            "--yes",
            "--mirror",
            MIRROR,
        ],
    )
    .expect(0);
    assert_eq!(rows(path).len(), 29);

    // Who forgets it all the same is told by the check, and mends it.
    run(path, &["erase", "--filter", "phone:+33478000009", "--yes"]).expect(0);
    old_file(path, 31);
    run(path, &["import", "all_leads.csv"]).expect(0);
    let status = run(path, &["mirror", "status", "--mirror", MIRROR]).expect(3).out;
    assert!(status.contains("notes of the audit log: 1"), "{status}");
    let apart = found(path, &["check"], 3);
    assert_eq!(apart["found"]["only_primary"], 2, "{apart}");
    assert_eq!(apart["found"]["only_mirror"], 0, "{apart}");
    let mended = found(path, &["repair"], 0);
    assert_eq!(
        (&mended["found"]["mended"], &mended["found"]["only_mirror"]),
        (&2.into(), &0.into())
    );
    assert_eq!(found(path, &["check"], 0)["found"]["checked"], 31);
    assert_eq!(rows(path).len(), 31);

    // The file is one that the predecessor's readers know, the database the one that answered all along.
    let again = [
        "import",
        "kept.csv",
        "--store",
        "sqlite://again.db",
        "--format",
        "json",
    ];
    assert_eq!(run(path, &again).expect(0).objects()[0]["rejected"], 0);
    assert_eq!(run(path, &["count"]).expect(0).out, "31\n");
}

#[test]
fn an_import_killed_anywhere_leaves_a_mirror_that_catches_up() {
    let home = folder();
    let path = home.path();
    old_file(path, 6_000);
    let import = [
        "import",
        "all_leads.csv",
        "--resume",
        "--mirror",
        "sqlite://mirror.db",
    ];
    for moment in [60, 150, 300, 500, 800, 1_200] {
        kill_after(path, &import, Duration::from_millis(moment));
    }
    run(path, &import).expect(0);
    let check = ["mirror", "check", "--mirror", "sqlite://mirror.db"];
    let told = run(path, &check).expect(0).out;
    assert!(
        told.starts_with("6000 leads compared: 0 only in the store, 0 only in the mirror, 0 different"),
        "{told}"
    );
    assert_eq!(
        run(path, &["count", "--store", "sqlite://mirror.db"])
            .expect(0)
            .out,
        "6000\n"
    );
}

#[test]
fn a_mirror_that_is_away_is_told_and_nothing_is_lost() {
    let home = folder();
    let path = home.path();
    old_file(path, 5);
    let away = "sqlite://no/such/folder/mirror.db";
    let ran = run(path, &["import", "all_leads.csv", "--mirror", away]).expect(0);
    assert!(ran.err.contains("lead mirror drain goes on"), "{}", ran.err);
    run(path, &["mirror", "status", "--mirror", away]).expect(3);
    std::fs::create_dir_all(path.join("no/such/folder")).unwrap();
    run(path, &["mirror", "drain", "--mirror", away]).expect(0);
    assert_eq!(run(path, &["count", "--store", away]).expect(0).out, "5\n");
    for wrong in ["leads.csv", "sqlite://leads.db", "csv://kept.csv?layout=other"] {
        assert_error(
            &run(path, &["mirror", "check", "--mirror", wrong]).expect(2),
            "INVALID_INPUT",
            wrong,
        );
    }
    let none = run(
        path,
        &["mirror", "check", "--store", "sqlite://none.db", "--mirror", away],
    )
    .expect(1);
    assert_error(&none, "NOT_FOUND", "a store that is not there");
    assert!(!path.join("none.db").exists());
}
