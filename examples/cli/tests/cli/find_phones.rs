//! `lead find-phones`

use serde_json::json;

use crate::support::run_with;

#[test]
fn answers_each_line_in_order_and_keeps_bad_ones_aside() {
    let line = |id: u32| format!("{{\"id\": {id}, \"text\": \"Ring 0478 00 00 01\", \"region\": \"FR\"}}\n");
    let mut input = "\u{feff}".to_owned();
    input.extend((0..2_000).map(line));
    input.push_str(
        "not JSON\n\n{\"id\": \"é\", \"text\": \"😀 +1 415-555-2671\", \"leniency\": \"STRICT_GROUPING\"}\n",
    );
    input.push_str("{\"id\": 1, \"text\": \"x\", \"region\": \"XX\"}\n{\"id\": 2, \"txt\": \"x\"}\n");
    let ran = run_with(&["find-phones"], input.as_bytes()).expect(3);
    let answers = ran.objects();
    assert_eq!(answers.len(), 2_001);
    for (number, answer) in answers.iter().take(2_000).enumerate() {
        assert_eq!(answer["id"], json!(number));
    }
    assert_eq!(
        answers[2_000],
        json!({"id": "é", "matches": [{"start": 2, "end": 17, "raw": "+1 415-555-2671", "e164": "+14155552671", "extension": null}]})
    );
    let errors: Vec<serde_json::Value> = ran
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = errors
        .iter()
        .map(|error| (error["line"].as_u64().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [(2_001, "DECODE"), (2_004, "INVALID_INPUT"), (2_005, "DECODE")]
    );
}

#[test]
fn counts_what_is_asked_for() {
    let line = "{\"id\": 0, \"text\": \"😀é +1 415-555-2671\"}\n".as_bytes();
    for (unit, start) in [("chars", 3), ("utf16", 4), ("bytes", 7)] {
        let ran = run_with(&["find-phones", "--offsets", unit], line).expect(0);
        assert_eq!(ran.objects()[0]["matches"][0]["start"], start, "{unit}");
    }
}

#[test]
fn bad_options_are_bad_usage_and_bad_bytes_are_a_bad_line() {
    run_with(&["find-phones", "--region", "XX"], b"").expect(2);
    run_with(&["find-phones", "--leniency", "loose"], b"").expect(2);
    run_with(&["find-phones"], b"").expect(0);
    run_with(&["find-phones"], b"{\"text\": \"\xff\"}\n").expect(1);
}
