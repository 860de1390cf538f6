//! The promises of [`Dispatch`](crate::seam::Dispatch). Each case is handed a maker of queues that go by a given clock.

use std::time::Duration;

use serde_json::json;

pub use super::jobs::{
    a_group_runs_no_more_than_it_may, a_job_is_listed_as_it_was_pushed, cancelled_jobs_end,
    jobs_are_listed_by_kind_and_phase, jobs_of_a_group_keep_their_distance, many_are_done_in_one_go,
    paused_kinds_wait, reports_and_lines_outlive_their_worker, who_waits_long_goes_before_who_is_urgent,
};
use super::sample::HandClock;
use crate::ErrorKind;
use crate::clock::Clock;
use crate::record::TenantId;
use crate::seam::{JobId, NewJob, Queue};

const MINUTE: Duration = Duration::from_mins(1);

fn job(key: &str) -> NewJob {
    NewJob::new("crawl", key, json!({ "key": key }))
}

/// While a job waits or runs, its key is not pushed again; afterwards it is.
pub async fn a_live_key_is_not_pushed_twice(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    assert_eq!(queue.push(vec![job("a"), job("a"), job("b")]).await.unwrap(), 2);
    let lease = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    assert_eq!(queue.push(vec![job(&lease.key)]).await.unwrap(), 0);
    queue.complete(lease.clone()).await.unwrap();
    assert_eq!(queue.push(vec![job(&lease.key)]).await.unwrap(), 1);
    assert_eq!(queue.depth().await.unwrap(), (2, 0, 0));
}

/// The highest priority goes first, then the oldest; other kinds stay.
pub async fn higher_priorities_go_first(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let mut urgent = job("urgent");
    urgent.priority = 9;
    let other = NewJob::new("export", "other", json!({}));
    queue
        .push(vec![job("first"), other, job("second"), urgent])
        .await
        .unwrap();
    let leases = queue.lease(vec!["crawl".into()], 9, MINUTE).await.unwrap();
    let keys: Vec<_> = leases.iter().map(|lease| lease.key.as_str()).collect();
    assert_eq!(keys, ["urgent", "first", "second"]);
    assert_eq!(leases[0].payload, json!({ "key": "urgent" }));
}

/// A lease that ran out goes to another worker, and the first is refused from then on.
pub async fn a_lost_lease_is_given_again_and_fenced(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    queue.push(vec![job("a")]).await.unwrap();
    let slow = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    let slow = queue.renew(slow, 2 * MINUTE).await.unwrap();
    hand.advance(MINUTE + MINUTE / 2);
    assert!(
        queue.lease(Vec::new(), 1, MINUTE).await.unwrap().is_empty(),
        "the renewed lease still holds"
    );
    hand.advance(MINUTE);
    let quick = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    assert!(quick.token > slow.token && quick.attempt == 2);
    assert_eq!(
        queue.complete(slow.clone()).await.unwrap_err().kind(),
        ErrorKind::StaleLease
    );
    assert_eq!(
        queue.renew(slow.clone(), MINUTE).await.unwrap_err().kind(),
        ErrorKind::StaleLease
    );
    assert_eq!(
        queue.fail(slow, "late".into(), None).await.unwrap_err().kind(),
        ErrorKind::StaleLease
    );
    queue.complete(quick.clone()).await.unwrap();
    assert_eq!(
        queue.complete(quick).await.unwrap_err().kind(),
        ErrorKind::StaleLease
    );
    assert_eq!(queue.depth().await.unwrap(), (0, 0, 0));
}

/// A job that kills its workers is dead after its last attempt, and stays for inspection.
pub async fn attempts_run_out_also_when_workers_die(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    let mut poison = job("poison");
    poison.max_attempts = 3;
    queue.push(vec![poison]).await.unwrap();
    for attempt in 1..=3 {
        assert_eq!(
            queue.lease(Vec::new(), 1, MINUTE).await.unwrap()[0].attempt,
            attempt
        );
        hand.advance(2 * MINUTE);
    }
    assert!(queue.lease(Vec::new(), 1, MINUTE).await.unwrap().is_empty());
    assert_eq!(queue.depth().await.unwrap(), (0, 0, 1));
}

/// A failed job comes back after its delay, not before.
pub async fn a_failed_job_waits_its_delay(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    queue.push(vec![job("a")]).await.unwrap();
    let lease = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    queue.fail(lease, "busy".into(), Some(5 * MINUTE)).await.unwrap();
    assert!(queue.lease(Vec::new(), 1, MINUTE).await.unwrap().is_empty());
    hand.advance(5 * MINUTE);
    let lease = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    queue.fail(lease, "hopeless".into(), None).await.unwrap();
    assert_eq!(queue.depth().await.unwrap(), (0, 0, 1));
}

/// Jobs of one tenant are never leased to another.
pub async fn queues_of_tenants_are_apart(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let other = queue.tenant(TenantId::new("other").unwrap());
    queue.push(vec![job("a")]).await.unwrap();
    assert!(other.lease(Vec::new(), 1, MINUTE).await.unwrap().is_empty());
    assert_eq!(other.push(vec![job("a")]).await.unwrap(), 1);
    let lease = queue.lease(Vec::new(), 9, MINUTE).await.unwrap().remove(0);
    assert_eq!(
        other.complete(lease).await.unwrap_err().kind(),
        ErrorKind::StaleLease
    );
}

/// Who leases any kind of work gets none of the library's own, and its depth does not count it; who names the kind gets it.
pub async fn work_of_the_library_is_given_only_to_who_names_it(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let ours = format!("{}mirror", NewJob::OUTBOX);
    let entry = NewJob::new(ours.as_str(), "1", json!({}));
    queue.push(vec![entry, job("a")]).await.unwrap();
    assert_eq!(queue.depth().await.unwrap(), (1, 0, 0));
    assert_eq!(queue.open_jobs(ours.clone()).await.unwrap(), 1);
    assert_eq!(queue.open_jobs("crawl".to_owned()).await.unwrap(), 1);
    let leases = queue.lease(Vec::new(), 9, MINUTE).await.unwrap();
    assert_eq!(leases.len(), 1);
    assert_eq!(leases[0].kind, "crawl");
    let named = queue
        .lease(vec![ours.clone()], 9, MINUTE)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        queue.open_jobs(ours.clone()).await.unwrap(),
        1,
        "one that runs is not done"
    );
    queue.complete(named).await.unwrap();
    assert_eq!(queue.open_jobs(ours).await.unwrap(), 0);
}

/// Leases the job that is due and gives it up.
async fn bury(queue: &Queue, reason: &str) -> JobId {
    let lease = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    let job = lease.job;
    queue.fail(lease, reason.to_owned(), None).await.unwrap();
    job
}

/// Dead jobs are listed with their reasons, by kind and page by page, and are as good as new when they are revived.
pub async fn the_dead_are_listed_and_revived(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let other = queue.tenant(TenantId::new("other").unwrap());
    let export = NewJob::new("export", "c", json!({}));
    for job in [job("a"), job("b"), export] {
        queue.push(vec![job.clone()]).await.unwrap();
        bury(&queue, &format!("no {}", job.key)).await;
    }
    let all = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|dead| (dead.key.as_str(), dead.reason.as_str()))
        .collect();
    assert_eq!(told, [("a", "no a"), ("b", "no b"), ("c", "no c")]);
    assert_eq!((all[1].attempts, &all[1].payload), (1, &json!({ "key": "b" })));
    let crawls = queue.dead(vec!["crawl".into()], all[0].job, 1).await.unwrap();
    assert_eq!(crawls, all[1..2]);
    let ids: Vec<JobId> = all.iter().map(|dead| dead.job).collect();
    assert!(other.dead(Vec::new(), JobId(0), 9).await.unwrap().is_empty());
    assert_eq!(other.revive(ids).await.unwrap(), 0);
    assert_eq!(queue.revive(vec![all[0].job, JobId(987_654)]).await.unwrap(), 1);
    assert_eq!(queue.depth().await.unwrap(), (1, 0, 2));
    let lease = queue.lease(Vec::new(), 9, MINUTE).await.unwrap().remove(0);
    assert_eq!((lease.key.as_str(), lease.attempt), ("a", 1));
}

/// A job is not revived beside one of its kind and key that waits, and of two dead ones only the newer is.
pub async fn a_revived_job_is_never_twice(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let mut ids = Vec::new();
    for _ in 0..2 {
        queue.push(vec![job("a")]).await.unwrap();
        ids.push(bury(&queue, "no").await);
    }
    queue.push(vec![job("a")]).await.unwrap();
    assert_eq!(queue.revive(ids.clone()).await.unwrap(), 0);
    let lease = queue.lease(Vec::new(), 1, MINUTE).await.unwrap().remove(0);
    queue.complete(lease).await.unwrap();
    assert_eq!(queue.revive(ids.clone()).await.unwrap(), 1);
    let left = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
    assert_eq!(left.iter().map(|dead| dead.job).collect::<Vec<_>>(), ids[..1]);
}
