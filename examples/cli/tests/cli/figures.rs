//! Facets and figures of a store.

use std::path::Path;

use serde_json::Value;

use crate::support::{file, folder, run};

const OLD: &str = "Platform,Profile URL,Display Name,Phone,Email,City,extracted_at
yelp,https://yelp.test/biz/a,Boulangerie A,04 78 00 00 01,a@firm.test,Lyon,2026-01-05T10:00:00
yelp,https://yelp.test/biz/b,Boulangerie B,04 78 00 00 02,,Lyon,2026-02-05T10:00:00
google_maps,https://maps.test/c,Boulangerie C,,c@firm.test,Bron,2026-02-06T10:00:00
";

/// A store with three leads.
fn fill(path: &Path) {
    file(path, "all_platforms.csv", OLD);
    run(path, &["import", "all_platforms.csv", "--region", "FR"]).expect(0);
}

fn json(path: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&run(path, args).expect(0).out).unwrap()
}

#[test]
fn facets_are_counted_under_a_filter() {
    let folder = folder();
    let path = folder.path();
    fill(path);
    let told = json(path, &["facets", "city", "confidence", "--format", "json"]);
    let city = &told[0];
    assert_eq!(
        (&city["field"], &city["leads"], &city["distinct"]),
        (&"city".into(), &3.into(), &2.into())
    );
    assert_eq!(
        (&city["counts"][0]["value"], &city["counts"][0]["leads"]),
        (&"lyon".into(), &2.into())
    );
    let condition = city["counts"][0]["filter"].as_str().unwrap();
    assert_eq!(
        run(path, &["count", "--filter", condition]).expect(0).out.trim(),
        "2"
    );
    assert_eq!(told[1]["field"], "confidence");
    let told = json(
        path,
        &[
            "facets",
            "city",
            "--filter",
            "has:email",
            "--limit",
            "1",
            "--format",
            "json",
        ],
    );
    assert_eq!(
        (&told[0]["leads"], &told[0]["counts"].as_array().unwrap().len()),
        (&2.into(), &1)
    );
    let shown = run(path, &["facets", "city"]).expect(0).out;
    assert!(
        shown.contains("lyon") && shown.contains("66.7 %") && shown.contains("3 of 3 leads"),
        "{shown}"
    );
    let usual = json(path, &["facets", "--format", "json"]);
    assert_eq!(usual.as_array().unwrap().len(), 6);
    run(path, &["facets", "colour"]).expect(2);
    run(path, &["facets", "city", "--limit", "0"]).expect(2);
    run(path, &["facets", "seen", "--by", "fortnight"]).expect(2);
}

#[test]
fn figures_are_told_as_tables_and_as_json() {
    let folder = folder();
    let path = folder.path();
    fill(path);
    let report = json(path, &["stats", "--format", "json"]);
    assert_eq!(
        (&report["leads"], &report["stages"][1]["name"]),
        (&3.into(), &"reachable".into())
    );
    let points = report["series"]["points"].as_array().unwrap();
    let new: Vec<&Value> = points.iter().take(2).map(|point| &point["new"]).collect();
    assert_eq!(new, [1, 2]);
    assert_eq!(points[0]["label"], "2026-01");
    let only = [
        "stats",
        "--since",
        "2026-02-01",
        "--until",
        "2026-02-15",
        "--format",
        "json",
    ];
    let report = json(path, &only);
    assert_eq!(report["leads"], 2);
    let change = &report["comparison"]["changes"][0];
    assert_eq!((&change["before"], &change["now"]), (&0.into(), &2.into()));
    let own = [
        "stats",
        "--stage",
        "lyon=city:Lyon",
        "--stage",
        "mail=has:email",
        "--format",
        "json",
    ];
    let stages = &json(path, &own)["stages"];
    assert_eq!((&stages[0]["leads"], &stages[1]["leads"]), (&2.into(), &1.into()));
    let shown = run(path, &["stats", "--by", "year"]).expect(0).out;
    for part in ["3 leads", "phone", "yelp", "reachable", "2026", "No forecast"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    run(path, &["stats", "--stage", "nameless"]).expect(2);
    run(path, &["stats", "--zone", "Europe/Nowhere"]).expect(2);
}

#[test]
fn filters_are_kept_by_name() {
    let folder = folder();
    let path = folder.path();
    fill(path);
    let count = |filter: &str| run(path, &["count", "--filter", filter]).expect(0).out;
    assert_eq!(count("@with-phone").trim(), "2");
    assert_eq!(count("@with-phone has:email").trim(), "1");
    run(path, &["filter", "save", "lyon", "city:Lyon"]).expect(0);
    assert_eq!(count("@lyon").trim(), "2");
    let facets = json(
        path,
        &[
            "facets",
            "city",
            "--filter",
            "@lyon has:email",
            "--format",
            "json",
        ],
    );
    assert_eq!(facets[0]["leads"], 1);
    assert_eq!(
        run(path, &["filter", "show", "lyon"]).expect(0).out.trim(),
        "city:\"lyon\""
    );
    let listed = run(path, &["filter", "list"]).expect(0).out;
    assert!(
        listed.contains("@lyon") && listed.contains("@new-this-week"),
        "{listed}"
    );
    let other = ["count", "--filter", "@lyon", "--tenant", "other"];
    run(path, &other).expect(1);
    run(path, &["filter", "save", "with-phone", "has:email"]).expect(2);
    run(path, &["filter", "remove", "lyon"]).expect(0);
    run(path, &["filter", "remove", "lyon"]).expect(1);
    run(path, &["count", "--filter", "@lyon"]).expect(1);
    run(path, &["count", "--filter", "@Not A Name"]).expect(2);
}
