//! Jobs that are pushed again and again, set and steered.

use std::path::Path;

use lead_core::seam::{Missed, NewJob, Schedule};
use serde_json::json;

use crate::jobs::{fill, says, with_queue};
use crate::support::{folder, run};

/// Sets one schedule by the clock and one by the hour.
fn set(path: &Path) {
    let nightly = [
        "schedules",
        "set",
        "nightly",
        "--job",
        "export",
        "--cron",
        "30 2 * * MON-FRI",
        "--zone",
        "Europe/Vienna",
        "--payload",
        r#"{"to":"crm"}"#,
        "--priority",
        "-2",
        "--attempts",
        "3",
        "--group",
        "crm",
        "--at-once",
        "2",
        "--spacing",
        "1.5s",
        "--missed",
        "24",
        "--form",
        "4",
    ];
    says(
        path,
        &nightly,
        0,
        "nightly: 30 2 * * MON-FRI in Europe/Vienna, next 2",
    );
    says(
        path,
        &["schedules", "set", "often", "--job", "geocode", "--every", "90m"],
        0,
        "often: every 1h 30m, next 2",
    );
}

#[test]
fn schedules_are_set_and_listed() {
    let folder = folder();
    let path = folder.path();
    says(path, &["schedules"], 1, "no store yet");
    fill(path);
    says(path, &["schedules"], 0, "There are no schedules");
    set(path);
    let table = run(path, &["schedules"]).expect(0).out;
    for part in ["nightly", "export", "in Europe/Vienna", "every 1h 30m"] {
        assert!(table.contains(part), "{part} in {table}");
    }
    let listed = run(path, &["schedules", "list", "--json"]).expect(0).objects();
    assert_eq!(
        listed[0]["when"],
        json!({ "cron": "30 2 * * MON-FRI", "zone": "Europe/Vienna" })
    );
    assert_eq!(
        (&listed[1]["when"]["every"], &listed[1]["paused"]),
        (&json!("1h 30m"), &json!(false))
    );
    let all = with_queue(path, async |queue| queue.schedules().await.unwrap());
    let job = &all[0].new.job;
    assert_eq!((job.priority, job.max_attempts, job.version), (-2, 3, 4));
    assert_eq!(job.payload, json!({ "to": "crm" }));
    let group = job.group.as_ref().unwrap();
    assert_eq!(
        (group.key.as_str(), group.at_once, group.spacing.as_millis()),
        ("crm", 2, 1500)
    );
    assert_eq!(
        (all[0].new.missed, all[1].new.missed),
        (Missed::All(24), Missed::Once)
    );
    assert_eq!(all[1].new.job.kind, "geocode");
}

#[test]
fn what_is_no_schedule_is_told_and_sets_none() {
    let folder = folder();
    let path = folder.path();
    fill(path);
    let set = |more: &[&str], part: &str| {
        let mut args = vec!["schedules", "set"];
        args.extend(more);
        says(path, &args, 2, part);
    };
    set(&["a", "--job", "x", "--cron", "0 25 * * *"], "out of bounds");
    set(
        &["a", "--job", "x", "--cron", "0 0 31 2 *"],
        "no day that there is",
    );
    set(
        &[
            "a",
            "--job",
            "x",
            "--cron",
            "0 3 * * *",
            "--zone",
            "Europe/Nowhere",
        ],
        "Europe/Vienna or UTC",
    );
    set(
        &["a", "--job", "x", "--cron", "@daily", "--every", "1h"],
        "cannot be used with",
    );
    set(&["a", "--job", "x"], "--cron");
    set(&["a", "--cron", "@daily"], "--job");
    set(
        &["a", "--job", "outbox:x", "--every", "1h"],
        "a kind of the application's",
    );
    set(&["", "--job", "x", "--every", "1h"], "a schedule has a name");
    set(&["a", "--job", "x", "--every", "1h", "--payload", "{"], "no JSON");
    set(
        &["a", "--job", "x", "--every", "1h", "--missed", "some"],
        "once, skip or a number",
    );
    set(&["a", "--job", "x", "--every", "soon"], "soon");
    says(path, &["schedules"], 0, "There are no schedules");
}

#[test]
fn schedules_are_steered() {
    let folder = folder();
    let path = folder.path();
    fill(path);
    set(path);
    says(
        path,
        &["schedules", "pause", "nightly", "none"],
        3,
        "1 of 2 are paused",
    );
    says(path, &["schedules"], 0, "paused");
    says(path, &["schedules", "resume", "nightly"], 0, "1 of 1 are resumed");
    says(path, &["schedules", "resume", "nightly"], 1, "not paused");
    says(path, &["schedules", "remove", "often"], 0, "1 of 1 are removed");
    says(path, &["schedules", "remove", "often"], 1, "no others");
    // Who pushes by hand and who is scheduled share a queue.
    with_queue(path, async |queue| {
        let left = queue.schedules().await.unwrap();
        let wanted = Schedule::cron("30 2 * * MON-FRI", "Europe/Vienna").unwrap();
        assert_eq!((left.len(), &left[0].new.when), (1, &wanted));
        queue
            .push(vec![NewJob::new("export", "by hand", json!({}))])
            .await
            .unwrap();
    });
}
