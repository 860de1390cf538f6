//! Jobs of a queue, looked at and steered.

use std::path::Path;
use std::time::Duration;

use lead_core::seam::{Group, JobId, NewJob, Queue};
use serde_json::json;

use crate::support::{folder, run};

const HOUR: Duration = Duration::from_hours(1);

/// Does something with the queue of the store in `folder`.
fn with_queue<T>(folder: &Path, act: impl AsyncFnOnce(Queue) -> T) -> T {
    let uri = format!("sqlite://{}", folder.join("leads.db").display());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let parts = lead_storage::open_parts(&uri).await.unwrap();
        let given = act(parts.queue).await;
        parts.store.close().await;
        given
    })
}

fn job(key: &str) -> NewJob {
    NewJob::new("geocode", key, json!({ "lead": key }))
}

/// One of three jobs, given up with words of its worker.
fn fill(folder: &Path) {
    with_queue(folder, async |queue| {
        let host = job("b").group(Group::new("host:a.test", 2));
        let export = NewJob::new("export", "c", json!({}));
        queue.push(vec![job("a"), host, export]).await.unwrap();
        let leases = queue.lease(vec!["geocode".into()], 1, HOUR).await.unwrap();
        let lease = leases[0].clone();
        queue.log(lease.clone(), "asked\nfor it".into()).await.unwrap();
        queue.report(lease.clone(), json!({ "done": 3 })).await.unwrap();
        queue.fail(lease, "no such place".into(), None).await.unwrap();
    });
}

/// Whether a command ends so and says so.
fn says(folder: &Path, args: &[&str], code: i32, part: &str) {
    let ran = run(folder, args).expect(code);
    let told = format!("{}{}", ran.out, ran.err);
    assert!(told.contains(part), "{part} in {told}");
}

#[test]
fn jobs_are_listed_and_shown() {
    let folder = folder();
    let path = folder.path();
    says(path, &["jobs"], 1, "no store yet");
    fill(path);
    let listed = run(path, &["jobs", "--json"]).expect(0).objects();
    let told: Vec<_> = listed.iter().map(|job| (&job["key"], &job["phase"])).collect();
    let [dead, waiting] = ["dead", "waiting"].map(|phase| json!(phase));
    let [a, b, c] = ["a", "b", "c"].map(|key| json!(key));
    assert_eq!(told, [(&a, &dead), (&b, &waiting), (&c, &waiting)]);
    let table = run(path, &["jobs", "list", "--kind", "geocode", "--phase", "dead"]).expect(0);
    assert!(!table.out.contains("export"), "{}", table.out);
    assert!(table.out.contains("no such place"), "{}", table.out);
    for part in [
        "Job 1: geocode, a",
        "tried 1 of 5",
        "Why: no such place",
        "asked\\nfor it",
        r#"{"done":3}"#,
    ] {
        says(path, &["jobs", "show", "1"], 0, part);
    }
    says(path, &["jobs", "show", "2"], 0, "Group: host:a.test, 2 at once");
    says(path, &["jobs", "show", "99"], 1, "no such job");
    let phases = "waiting, delayed, running, cancelling or dead";
    says(path, &["jobs", "--phase", "asleep"], 2, phases);
}

#[test]
fn jobs_are_steered() {
    let folder = folder();
    let path = folder.path();
    fill(path);
    says(path, &["jobs", "retry", "1"], 0, "1 of 1");
    says(path, &["jobs", "retry", "1"], 1, "0 of 1");
    says(path, &["jobs", "retry", "--all"], 0, "0 of 0");
    says(path, &["jobs", "pause", "geocode"], 0, "Paused: geocode");
    with_queue(path, async |queue| {
        let leases = queue.lease(Vec::new(), 9, HOUR).await.unwrap();
        assert_eq!((leases.len(), leases[0].key.as_str()), (1, "c"));
    });
    says(path, &["jobs", "resume", "geocode"], 0, "No kind is paused");
    says(path, &["jobs", "cancel", "1", "2", "77"], 3, "2 of 3");
    with_queue(path, async |queue| {
        let dead = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
        assert!(dead.len() == 2 && dead.iter().all(|dead| dead.reason == "cancelled"));
    });
}
