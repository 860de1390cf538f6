//! Promises of [`Dispatch`](crate::seam::Dispatch) to those who steer and look: turns, groups, pauses, cancelling, reports.

use std::time::Duration;

use serde_json::json;

use super::sample::HandClock;
use crate::ErrorKind;
use crate::clock::Clock;
use crate::record::TenantId;
use crate::seam::{DeadJob, Group, JobId, JobLine, JobQuery, Lease, NewJob, Phase, Queue};

const MINUTE: Duration = Duration::from_mins(1);

fn job(key: &str) -> NewJob {
    NewJob::new("crawl", key, json!({ "key": key }))
}

async fn take(queue: &Queue, max: usize) -> Vec<Lease> {
    queue.lease(Vec::new(), max, MINUTE).await.unwrap()
}

fn keys(leases: &[Lease]) -> Vec<&str> {
    leases.iter().map(|lease| lease.key.as_str()).collect()
}

/// What is urgent goes first, but not for ever: who has waited ten minutes longer goes before one step of priority.
pub async fn who_waits_long_goes_before_who_is_urgent(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    queue.push(vec![job("old")]).await.unwrap();
    hand.advance(9 * MINUTE);
    queue.push(vec![job("urgent").priority(1)]).await.unwrap();
    hand.advance(2 * MINUTE);
    queue
        .push(vec![job("late").priority(1), job("usual")])
        .await
        .unwrap();
    assert_eq!(keys(&take(&queue, 9).await), ["urgent", "old", "late", "usual"]);
}

/// What a payload's form is called is kept, and so is everything else that was pushed.
pub async fn a_job_is_listed_as_it_was_pushed(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    let later = hand.clock().now().checked_add(5 * MINUTE).unwrap();
    let group = Group::new("host:a.test", 3).spacing(Duration::from_millis(250));
    let new = job("a")
        .version(7)
        .priority(-2)
        .max_attempts(9)
        .not_before(later)
        .group(group);
    queue.push(vec![new.clone(), job("b")]).await.unwrap();
    let listed = queue.jobs(JobQuery::new()).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!((&listed[0].new, listed[0].phase), (&new, Phase::Delayed));
    assert_eq!(
        (listed[0].attempts, listed[0].until, &listed[0].reason),
        (0, None, &None)
    );
    hand.advance(5 * MINUTE);
    let lease = take(&queue, 9)
        .await
        .into_iter()
        .find(|lease| lease.key == "a")
        .unwrap();
    assert_eq!(
        (lease.version, lease.attempt, &lease.payload),
        (7, 1, &new.payload)
    );
    let running = queue
        .jobs(JobQuery::new().phase(Phase::Running).limit(1))
        .await
        .unwrap();
    assert_eq!(
        (running[0].job, running[0].attempts, running[0].until),
        (lease.job, 1, Some(lease.until))
    );
}

/// Lists go page by page, by kind and phase; other tenants have their own.
pub async fn jobs_are_listed_by_kind_and_phase(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let other = queue.tenant(TenantId::new("other").unwrap());
    let outbox = format!("{}mirror", NewJob::OUTBOX);
    let export = NewJob::new("export", "c", json!({}));
    let ours = NewJob::new(outbox.as_str(), "d", json!({}));
    queue.push(vec![job("a"), job("b"), export, ours]).await.unwrap();
    let keys = async |query: JobQuery| {
        let listed = queue.jobs(query).await.unwrap();
        listed.into_iter().map(|state| state.new.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(JobQuery::new()).await, ["a", "b", "c"]);
    assert_eq!(keys(JobQuery::new().kinds([outbox])).await, ["d"]);
    let last = queue
        .jobs(JobQuery::one(JobId(0)).limit(9))
        .await
        .unwrap()
        .pop()
        .unwrap();
    assert_eq!(keys(JobQuery::one(last.job)).await, ["d"]);
    assert_eq!(
        keys(JobQuery::new().kinds(["export", "crawl"]).limit(2)).await,
        ["a", "b"]
    );
    let first = queue.jobs(JobQuery::new().limit(1)).await.unwrap()[0].job;
    assert_eq!(keys(JobQuery::new().after(first)).await, ["b", "c"]);
    assert!(keys(JobQuery::new().phase(Phase::Dead)).await.is_empty());
    assert!(other.jobs(JobQuery::new()).await.unwrap().is_empty());
    for phase in Phase::ALL {
        assert_eq!(phase.as_str().parse::<Phase>().unwrap(), phase);
    }
}

/// Of a group no more run at once than it says, whatever their kinds; a lease that ran out or ended makes room.
pub async fn a_group_runs_no_more_than_it_may(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    let pair = || Group::new("account", 2);
    let export = NewJob::new("export", "d", json!({})).group(pair());
    let (a, b, c) = (
        job("a").group(pair()),
        job("b").group(pair()),
        job("c").group(pair()),
    );
    queue.push(vec![a, b, c, export, job("free")]).await.unwrap();
    let mut first = take(&queue, 9).await;
    first.extend(take(&queue, 9).await);
    first.sort_by_key(|lease| lease.job);
    assert_eq!(keys(&first), ["a", "b", "free"]);
    queue.complete(first.remove(0)).await.unwrap();
    assert_eq!(keys(&take(&queue, 9).await), ["c"]);
    assert!(take(&queue, 9).await.is_empty(), "b and c run");
    hand.advance(2 * MINUTE);
    let mut again = take(&queue, 9).await;
    again.extend(take(&queue, 9).await);
    again.sort_by_key(|lease| lease.job);
    assert_eq!(keys(&again), ["b", "c", "free"], "whose leases ran out");
    // The newest word on a group holds.
    let wide = job("e").group(Group::new("account", 4));
    queue.push(vec![wide]).await.unwrap();
    let mut more = take(&queue, 9).await;
    more.extend(take(&queue, 9).await);
    more.sort_by_key(|lease| lease.job);
    assert_eq!(keys(&more), ["d", "e"]);
}

/// Jobs of a group begin no sooner than so long after each other.
pub async fn jobs_of_a_group_keep_their_distance(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    let paced = |key| job(key).group(Group::new("host", 9).spacing(10 * MINUTE));
    queue
        .push(vec![paced("a"), paced("b"), paced("c")])
        .await
        .unwrap();
    let first = take(&queue, 9).await;
    assert_eq!(keys(&first), ["a"]);
    queue.complete(first[0].clone()).await.unwrap();
    hand.advance(9 * MINUTE);
    assert!(take(&queue, 9).await.is_empty());
    hand.advance(MINUTE);
    assert_eq!(keys(&take(&queue, 9).await), ["b"]);
}

/// Kinds that are paused are not taken until they are resumed; those that run go on.
pub async fn paused_kinds_wait(make: impl Fn(Clock) -> Queue) {
    let queue = make(Clock::system());
    let other = queue.tenant(TenantId::new("other").unwrap());
    let export = NewJob::new("export", "x", json!({}));
    queue.push(vec![job("a")]).await.unwrap();
    other.push(vec![job("a")]).await.unwrap();
    let running = take(&queue, 1).await.remove(0);
    queue.push(vec![job("b"), export]).await.unwrap();
    queue
        .pause(vec!["crawl".into(), "crawl".into(), "idle".into()])
        .await
        .unwrap();
    assert_eq!(queue.paused().await.unwrap(), ["crawl", "idle"]);
    assert_eq!(keys(&take(&queue, 9).await), ["x"]);
    assert!(
        queue
            .lease(vec!["crawl".into()], 9, MINUTE)
            .await
            .unwrap()
            .is_empty()
    );
    queue.complete(running).await.unwrap();
    assert_eq!(take(&other, 9).await.len(), 1, "another tenant's are not paused");
    queue.resume(vec!["crawl".into(), "none".into()]).await.unwrap();
    assert_eq!(queue.paused().await.unwrap(), ["idle"]);
    assert_eq!(keys(&take(&queue, 9).await), ["b"]);
}

/// A job that waits is dead when it is cancelled; one that runs is told, and is dead when its worker fails or falls silent.
pub async fn cancelled_jobs_end(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    queue
        .push(vec![job("a"), job("b"), job("c"), job("d")])
        .await
        .unwrap();
    let [a, b, c] = <[Lease; 3]>::try_from(take(&queue, 3).await).unwrap();
    let waiting = queue.jobs(JobQuery::new().phase(Phase::Waiting)).await.unwrap()[0].job;
    let ids = vec![a.job, b.job, c.job, waiting, waiting, JobId(987_654)];
    let other = queue.tenant(TenantId::new("other").unwrap());
    assert_eq!(other.cancel(ids.clone()).await.unwrap(), 0);
    assert_eq!(queue.cancel(ids).await.unwrap(), 4);
    assert_eq!(queue.depth().await.unwrap(), (0, 3, 1));
    let told = queue
        .jobs(JobQuery::new().phase(Phase::Cancelling))
        .await
        .unwrap();
    assert_eq!(told.len(), 3);
    assert!(!a.cancelled);
    let a = queue.renew(a, MINUTE).await.unwrap();
    assert!(a.cancelled);
    queue
        .fail(a.clone(), "stopped".into(), Some(MINUTE))
        .await
        .unwrap();
    queue.complete(b).await.unwrap();
    hand.advance(2 * MINUTE);
    assert!(take(&queue, 9).await.is_empty(), "c is not tried again");
    let dead = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
    let told: Vec<_> = dead.iter().map(|dead| (dead.job, dead.reason.as_str())).collect();
    let cancelled = DeadJob::CANCELLED;
    assert_eq!(
        told,
        [(a.job, cancelled), (c.job, cancelled), (waiting, cancelled)]
    );
    assert_eq!(queue.cancel(vec![a.job]).await.unwrap(), 0, "it is dead");
    assert_eq!(queue.revive(vec![a.job]).await.unwrap(), 1);
    let again = take(&queue, 9).await.remove(0);
    assert_eq!((again.job, again.attempt, again.cancelled), (a.job, 1, false));
    assert!(!queue.renew(again, MINUTE).await.unwrap().cancelled);
}

/// What a worker reports is shown, and handed to the next; its log keeps the last lines. Both go with the job.
pub async fn reports_and_lines_outlive_their_worker(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    queue.push(vec![job("a")]).await.unwrap();
    let lease = take(&queue, 1).await.remove(0);
    assert_eq!(lease.progress, None);
    queue.report(lease.clone(), json!({ "done": 3 })).await.unwrap();
    queue.log(lease.clone(), "begun".into()).await.unwrap();
    queue
        .log(lease.clone(), "é".repeat(JobLine::LONGEST))
        .await
        .unwrap();
    assert_eq!(
        queue.jobs(JobQuery::new()).await.unwrap()[0].progress,
        Some(json!({ "done": 3 }))
    );
    queue
        .fail(lease.clone(), "busy".into(), Some(MINUTE))
        .await
        .unwrap();
    assert_eq!(
        queue.jobs(JobQuery::new()).await.unwrap()[0].reason.as_deref(),
        Some("busy")
    );
    hand.advance(MINUTE);
    let again = take(&queue, 1).await.remove(0);
    assert_eq!(
        (again.attempt, again.progress.clone()),
        (2, Some(json!({ "done": 3 })))
    );
    for late in [
        queue.report(lease.clone(), json!(9)).await,
        queue.log(lease, "late".into()).await,
    ] {
        assert_eq!(late.unwrap_err().kind(), ErrorKind::StaleLease);
    }
    queue.log(again.clone(), "again".into()).await.unwrap();
    let lines = queue.lines(again.job).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.attempt, line.text.len())).collect();
    assert_eq!(told, [(1, 5), (1, JobLine::LONGEST), (2, 5)]);
    for number in 0..=JobLine::KEPT {
        queue.log(again.clone(), format!("line {number}")).await.unwrap();
    }
    let lines = queue.lines(again.job).await.unwrap();
    assert_eq!((lines.len(), lines[0].text.as_str()), (JobLine::KEPT, "line 1"));
    queue.complete(again.clone()).await.unwrap();
    assert!(queue.lines(again.job).await.unwrap().is_empty());
}

/// Many jobs are done in one go; those whose leases were lost are told, and stay as they are.
pub async fn many_are_done_in_one_go(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    queue
        .push((0..20).map(|number| job(&number.to_string())).collect())
        .await
        .unwrap();
    let late = take(&queue, 5).await;
    hand.advance(2 * MINUTE);
    let mut all = take(&queue, 20).await;
    assert_eq!(all.len(), 20);
    all.extend(late.iter().cloned());
    let mut refused = queue.complete_all(all).await.unwrap();
    refused.sort_unstable();
    let mut lost: Vec<JobId> = late.iter().map(|lease| lease.job).collect();
    lost.sort_unstable();
    assert_eq!(refused, lost);
    assert_eq!(queue.depth().await.unwrap(), (0, 0, 0));
    assert!(queue.complete_all(Vec::new()).await.unwrap().is_empty());
}
