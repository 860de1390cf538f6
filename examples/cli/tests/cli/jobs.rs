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

#[test]
fn jobs_are_listed_shown_and_steered() {
    let folder = folder();
    let path = folder.path();
    let none = run(path, &["jobs"]).expect(1);
    assert!(none.err.contains("no store yet"), "{}", none.err);
    with_queue(path, async |queue| {
        let host = job("b").group(Group::new("host:a.test", 2));
        queue
            .push(vec![job("a"), host, NewJob::new("export", "c", json!({}))])
            .await
            .unwrap();
        let lease = queue
            .lease(vec!["geocode".into()], 1, HOUR)
            .await
            .unwrap()
            .remove(0);
        queue.log(lease.clone(), "asked\nfor it".into()).await.unwrap();
        queue.report(lease.clone(), json!({ "done": 3 })).await.unwrap();
        queue.fail(lease, "no such place".into(), None).await.unwrap();
    });
    let listed = run(path, &["jobs", "--json"]).expect(0).objects();
    let phases: Vec<_> = listed.iter().map(|job| (&job["key"], &job["phase"])).collect();
    assert_eq!(
        phases,
        [
            (&json!("a"), &json!("dead")),
            (&json!("b"), &json!("waiting")),
            (&json!("c"), &json!("waiting"))
        ]
    );
    let table = run(path, &["jobs", "list", "--kind", "geocode", "--phase", "dead"]).expect(0);
    assert!(
        table.out.contains("no such place") && !table.out.contains("export"),
        "{}",
        table.out
    );
    let shown = run(path, &["jobs", "show", "1"]).expect(0).out;
    for part in [
        "Job 1: geocode, a",
        "tried 1 of 5",
        "Why: no such place",
        "asked for it",
        r#"{"done":3}"#,
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(
        run(path, &["jobs", "show", "2"])
            .expect(0)
            .out
            .contains("Group: host:a.test, 2 at once")
    );
    assert!(
        run(path, &["jobs", "show", "99"])
            .expect(1)
            .err
            .contains("no such job")
    );
    assert!(
        run(path, &["jobs", "retry", "1"])
            .expect(0)
            .out
            .contains("1 of 1")
    );
    assert!(
        run(path, &["jobs", "retry", "1"])
            .expect(1)
            .out
            .contains("0 of 1")
    );
    assert!(
        run(path, &["jobs", "retry", "--all"])
            .expect(0)
            .out
            .contains("0 of 0")
    );
    assert_eq!(
        run(path, &["jobs", "pause", "geocode"]).expect(0).out.trim(),
        "Paused: geocode"
    );
    with_queue(path, async |queue| {
        let leases = queue.lease(Vec::new(), 9, HOUR).await.unwrap();
        assert_eq!((leases.len(), leases[0].key.as_str()), (1, "c"));
    });
    assert_eq!(
        run(path, &["jobs", "resume", "geocode"]).expect(0).out.trim(),
        "No kind is paused"
    );
    assert!(
        run(path, &["jobs", "cancel", "1", "2", "77"])
            .expect(3)
            .out
            .contains("2 of 3")
    );
    with_queue(path, async |queue| {
        let dead = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
        assert!(dead.len() == 2 && dead.iter().all(|dead| dead.reason == "cancelled"));
    });
    let wrong = run(path, &["jobs", "--phase", "asleep"]).expect(2);
    assert!(
        wrong
            .err
            .contains("waiting, delayed, running, cancelling or dead"),
        "{}",
        wrong.err
    );
}
