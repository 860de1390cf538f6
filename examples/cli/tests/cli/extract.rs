//! `lead extract`

use std::process::Stdio;

use crate::support::{file, folder, lead, run, run_with};

const PAGE: &str =
    "<title>Bakery</title><p>Ring +1 415-555-2671, <a href='mailto:info@bakery.test'>write</a></p>";

#[test]
fn prints_an_object_a_document_in_the_order_of_the_inputs() {
    let folder = folder();
    let names: Vec<String> = (0..200).map(|number| format!("{number:03}.html")).collect();
    for name in &names {
        file(folder.path(), name, PAGE);
    }
    let mut args = vec!["extract".to_owned(), "--format".to_owned(), "jsonl".to_owned()];
    args.extend(names.iter().rev().cloned());
    let objects = run(folder.path(), &args).expect(0).objects();
    let inputs: Vec<&str> = objects
        .iter()
        .map(|object| object["input"].as_str().unwrap())
        .collect();
    assert!(inputs.iter().copied().eq(names.iter().rev().map(String::as_str)));
    assert_eq!(objects[7]["phones"][0]["e164"], "+14155552671");
    assert_eq!(objects[7]["emails"][0]["address"], "info@bakery.test");
    let ran = run(folder.path(), &["extract", ".", "--format", "jsonl"]).expect(0);
    assert_eq!(ran.objects().len(), 200, "a folder stands for its pages");
    assert!(
        ran.out.starts_with("{\"input\":\"./000.html\",\"url\":null,"),
        "the input stands first"
    );
}

#[test]
fn reads_standard_input_and_prints_indented_json_or_a_table() {
    let ran = run_with(
        &["extract", "--base-url", "https://bakery.test/"],
        PAGE.as_bytes(),
    )
    .expect(0);
    assert!(
        ran.out
            .starts_with("{\n  \"input\": \"-\",\n  \"url\": \"https://bakery.test/\","),
        "{}",
        ran.out
    );
    let ran = run_with(&["extract", "-", "--format", "table"], PAGE.as_bytes()).expect(0);
    assert!(ran.out.contains("+14155552671 (0."), "{}", ran.out);
}

#[test]
fn what_fails_is_kept_aside() {
    let folder = folder();
    file(folder.path(), "good.html", PAGE);
    let args = [
        "extract",
        "none.html",
        "good.html",
        "http://me:hunter2@a.test/",
        "--format",
        "jsonl",
    ];
    let ran = run(folder.path(), &args).expect(3);
    assert_eq!(ran.objects().len(), 1);
    assert!(
        ran.err.contains("error: NOT_FOUND") && ran.err.contains("none.html"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("error: INVALID_INPUT") && !ran.err.contains("hunter2"),
        "{}",
        ran.err
    );
    run(folder.path(), &["extract", "none.html"]).expect(1);
    run(folder.path(), &["extract", "--region", "XX", "good.html"]).expect(2);
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let ran = run(folder.path(), &["extract", "empty"]).expect(1);
    assert!(ran.err.contains("no web page"), "{}", ran.err);
}

/// `lead extract … | head -1` is no error.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = folder();
    file(folder.path(), "page.html", PAGE);
    let mut args = vec!["extract", "--format", "jsonl"];
    args.extend(std::iter::repeat_n("page.html", 2_000));
    let mut child = lead(folder.path())
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
