//! `lead sources parse` and `lead sources doctor` on the tutorial's platform and on pages nobody knows.

use std::fs;

use crate::support::run;

const DOC: &str = include_str!("../../../../docs/adapters.md");

fn block(language: &str) -> &'static str {
    let (_, rest) = DOC.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn a_saved_page_is_read_by_a_file_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("guide.toml"), block("toml")).unwrap();
    fs::write(folder.path().join("shops.html"), block("html")).unwrap();
    let parsed = run(
        folder.path(),
        &["sources", "parse", "guide.toml", "shops.html", "--format", "json"],
    );
    assert_eq!(parsed.code, Some(0), "{}", parsed.err);
    let json: serde_json::Value = serde_json::from_str(&parsed.out).unwrap();
    assert_eq!(json["outcome"], "listings");
    let phone = &json["listings"][0]["findings"]["phones"][0];
    assert_eq!(phone["e164"], "+39065550117");
    assert!(
        phone["evidence"][0]["locator"]
            .as_str()
            .unwrap()
            .contains("a.tel"),
        "the reader that won"
    );
    let doctor = run(folder.path(), &["sources", "doctor", "guide.toml", "shops.html"]);
    assert_eq!(doctor.code, Some(0), "{}", doctor.err);
    assert!(doctor.out.contains("1 of 2"), "{}", doctor.out);
}

#[test]
fn an_unknown_page_fails_and_an_unknown_platform_is_bad_usage() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), "<p>Hello</p>").unwrap();
    let unknown = run(folder.path(), &["sources", "parse", "yelp_api", "page.html"]);
    assert_eq!(
        (unknown.code, unknown.err.contains("UNRECOGNISED_PAGE")),
        (Some(1), true),
        "{}",
        unknown.err
    );
    let usage = run(folder.path(), &["sources", "parse", "yelp", "page.html"]);
    assert_eq!(usage.code, Some(2), "{}", usage.err);
}
