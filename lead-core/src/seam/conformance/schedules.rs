//! Promises of [`Dispatch`](crate::seam::Dispatch) about jobs that are pushed again and again.

use std::time::Duration;

use serde_json::json;

use super::sample::HandClock;
use crate::clock::Clock;
use crate::record::TenantId;
use crate::seam::{Group, JobQuery, Missed, NewJob, NewSchedule, Queue, Schedule, ScheduleState};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

fn hourly(name: &str) -> NewSchedule {
    let job = NewJob::new("export", "", json!({ "name": name }));
    NewSchedule::new(name, Schedule::cron("0 * * * *", "Europe/Vienna").unwrap(), job).unwrap()
}

/// The keys of the jobs that wait, without their day, which is the first of 2026.
async fn keys(queue: &Queue) -> Vec<String> {
    let jobs = queue.jobs(JobQuery::new().limit(5000)).await.unwrap();
    let keys = jobs.into_iter().map(|job| job.new.key.replace("2026-01-01T", ""));
    keys.collect()
}

async fn turn(queue: &Queue) -> usize {
    queue.turn_schedules().await.unwrap().pushed
}

async fn named(queue: &Queue, name: &str) -> ScheduleState {
    let all = queue.schedules().await.unwrap();
    all.into_iter().find(|state| state.new.name == name).unwrap()
}

/// Each time a schedule is due gives one job, with all that was said of it, at that time and not before.
pub async fn each_due_time_gives_one_job(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    assert_eq!(queue.turn_schedules().await.unwrap().next_in, None);
    let mut new = hourly("a");
    new.job = new
        .job
        .priority(3)
        .version(2)
        .max_attempts(7)
        .group(Group::new("account", 2).spacing(MINUTE));
    let set = queue.set_schedule(new.clone()).await.unwrap();
    let due = hand.clock().now().checked_add(HOUR).unwrap();
    assert_eq!(set, ScheduleState::kept(new.clone(), Some(due), None, false));
    assert_eq!(queue.schedules().await.unwrap(), [set]);
    hand.advance(59 * MINUTE);
    let turned = queue.turn_schedules().await.unwrap();
    assert_eq!((turned.pushed, turned.next_in), (0, Some(MINUTE)));
    hand.advance(MINUTE);
    let turned = queue.turn_schedules().await.unwrap();
    assert_eq!((turned.pushed, turned.next_in), (1, Some(HOUR)));
    assert_eq!(turn(&queue).await, 0, "it was pushed");
    let job = queue.jobs(JobQuery::new()).await.unwrap().remove(0);
    assert_eq!(job.new, new.job_at(due));
    assert_eq!(
        (job.new.key.as_str(), job.new.priority),
        ("a@2026-01-01T01:00:00Z", 3)
    );
    let state = named(&queue, "a").await;
    assert_eq!((state.last, state.due), (Some(due), due.checked_add(HOUR).ok()));
    // Done or not, the next time is another job.
    hand.advance(HOUR);
    assert_eq!(turn(&queue).await, 1);
    assert_eq!(keys(&queue).await, ["a@01:00:00Z", "a@02:00:00Z"]);
}

/// Times that passed while nobody looked give one job, none, or one each up to a bound, as the schedule says.
pub async fn missed_runs_are_made_up_for_as_it_is_said(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    for (name, missed) in [
        ("all", Missed::All(9)),
        ("last two", Missed::All(2)),
        ("once", Missed::Once),
        ("skip", Missed::Skip),
    ] {
        queue.set_schedule(hourly(name).missed(missed)).await.unwrap();
    }
    hand.advance(4 * HOUR + 30 * MINUTE);
    assert_eq!(turn(&queue).await, 7);
    let mut told = keys(&queue).await;
    told.sort_unstable();
    let all = ["all@01:00:00Z", "all@02:00:00Z", "all@03:00:00Z", "all@04:00:00Z"];
    assert_eq!(told[..4], all);
    assert_eq!(
        told[4..],
        ["last two@03:00:00Z", "last two@04:00:00Z", "once@04:00:00Z"]
    );
    let skipped = named(&queue, "skip").await;
    assert_eq!(skipped.last, None);
    assert_eq!(skipped.due, named(&queue, "once").await.due);
    // Half a minute late is not missed.
    hand.advance(30 * MINUTE + MINUTE / 2);
    assert_eq!(turn(&queue).await, 4);
    assert!(named(&queue, "skip").await.last.is_some());
}

/// What comes each so-long keeps its beat, however late it was looked at.
pub async fn each_so_long_keeps_its_beat(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    hand.advance(7 * MINUTE);
    let mut new = hourly("beat");
    new.when = Schedule::every(10 * MINUTE);
    queue.set_schedule(new).await.unwrap();
    assert_eq!(turn(&queue).await, 0, "the first is ten minutes away");
    hand.advance(34 * MINUTE);
    assert_eq!(turn(&queue).await, 1);
    let turned = queue.turn_schedules().await.unwrap();
    assert_eq!(turned.next_in, Some(6 * MINUTE));
    assert_eq!(keys(&queue).await, ["beat@00:37:00Z"]);
}

/// Set again with the same times, a schedule is due when it was; with others, when those say. The last word on all else holds.
pub async fn a_schedule_that_is_set_again_keeps_its_time(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    let mut new = hourly("a");
    new.when = Schedule::every(HOUR);
    let first = queue.set_schedule(new.clone()).await.unwrap();
    queue.pause_schedules(vec!["a".into()]).await.unwrap();
    hand.advance(20 * MINUTE);
    new.job.payload = json!({ "other": true });
    let again = queue.set_schedule(new.clone()).await.unwrap();
    assert_eq!((again.due, again.paused), (first.due, true));
    assert_eq!(again.new.job.payload, json!({ "other": true }));
    new.when = Schedule::every(2 * HOUR);
    let other = queue.set_schedule(new).await.unwrap();
    assert_eq!(other.due, hand.clock().now().checked_add(2 * HOUR).ok());
    assert_eq!(queue.schedules().await.unwrap(), [other]);
}

/// A paused schedule pushes nothing, and makes up for nothing afterwards; one that was removed is gone, its jobs are not.
pub async fn schedules_are_paused_and_removed(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    for name in ["a", "b"] {
        queue
            .set_schedule(hourly(name).missed(Missed::All(9)))
            .await
            .unwrap();
    }
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(queue.pause_schedules(names(&["a", "none"])).await.unwrap(), 1);
    assert_eq!(queue.pause_schedules(names(&["a"])).await.unwrap(), 0);
    assert!(named(&queue, "a").await.paused);
    hand.advance(2 * HOUR + MINUTE);
    assert_eq!(turn(&queue).await, 2);
    assert_eq!(queue.resume_schedules(names(&["a", "b"])).await.unwrap(), 1);
    assert_eq!(turn(&queue).await, 0, "it makes up for nothing");
    hand.advance(HOUR);
    assert_eq!(turn(&queue).await, 2);
    assert_eq!(queue.remove_schedules(names(&["a", "none"])).await.unwrap(), 1);
    hand.advance(HOUR);
    assert_eq!(turn(&queue).await, 1);
    let mut told = keys(&queue).await;
    told.sort_unstable();
    let wanted = [
        "a@03:00:00Z",
        "b@01:00:00Z",
        "b@02:00:00Z",
        "b@03:00:00Z",
        "b@04:00:00Z",
    ];
    assert_eq!(told, wanted);
}

/// However many ask at once, each time gives one job.
pub async fn a_due_time_is_turned_once_however_many_ask(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    for number in 0..20 {
        queue.set_schedule(hourly(&format!("{number:02}"))).await.unwrap();
    }
    for round in 1..=5 {
        hand.advance(HOUR);
        let turned = futures::future::join_all((0..10).map(|_| queue.turn_schedules())).await;
        let mut pushed: usize = turned.into_iter().map(|turned| turned.unwrap().pushed).sum();
        // Whom another kept from a row comes to it the next time.
        pushed += turn(&queue).await;
        assert_eq!(pushed, 20);
        assert_eq!(keys(&queue).await.len(), 20 * round);
    }
}

/// Schedules of one tenant are none of another's, and of a name there is one in each.
pub async fn schedules_of_tenants_are_apart(make: impl Fn(Clock) -> Queue) {
    let hand = HandClock::default();
    let queue = make(hand.clock());
    let other = queue.tenant(TenantId::new("other").unwrap());
    queue.set_schedule(hourly("a")).await.unwrap();
    assert!(other.schedules().await.unwrap().is_empty());
    assert_eq!(other.remove_schedules(vec!["a".into()]).await.unwrap(), 0);
    assert_eq!(other.pause_schedules(vec!["a".into()]).await.unwrap(), 0);
    hand.advance(HOUR);
    assert_eq!(turn(&other).await, 0);
    other.set_schedule(hourly("a")).await.unwrap();
    assert_eq!(turn(&queue).await, 1);
    assert_eq!(other.depth().await.unwrap(), (0, 0, 0));
    assert_eq!(other.schedules().await.unwrap().len(), 1);
}
