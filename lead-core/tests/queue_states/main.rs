//! The queue's core, explored: every state that two workers and two jobs, dead ones included, can bring about, each step taken by the
//! queue in memory and by a model of it, which must agree.
//!
//! States are the same when they differ in nothing but how late it is and what numbers jobs and leases have; so there is an end of them,
//! and all are visited, breadth first. That the comparison notices anything is tried with models that are wrong in one thing each.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod model;

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::time::Duration;

use futures::FutureExt as _;
use lead_core::ErrorKind;
use lead_core::seam::conformance::sample::HandClock;
use lead_core::seam::memory::MemoryQueue;
use lead_core::seam::{JobId, JobQuery, JobState, Lease, NewJob, Phase, Queue};
use serde_json::json;

use model::{Act, DELAY, Job, KEYS, MOST_ATTEMPTS, Model, Slip, TTL, Told, WORKERS, acts};

/// What time is counted in.
const TICK: Duration = Duration::from_mins(1);

/// A state of both.
#[derive(Clone)]
struct Both {
    model: Model,
    queue: MemoryQueue,
    hand: HandClock,
    leases: [Option<Lease>; WORKERS],
}

fn ready<T>(act: impl Future<Output = T>) -> T {
    act.now_or_never().expect("a queue in memory never waits")
}

impl Both {
    fn new(slip: Option<Slip>) -> Self {
        let hand = HandClock::default();
        Self {
            model: Model {
                slip,
                ..Model::default()
            },
            queue: MemoryQueue::new(hand.clock()),
            hand,
            leases: [const { None }; WORKERS],
        }
    }

    /// The same, going its own way.
    fn fork(&self) -> Self {
        let hand = HandClock::default();
        hand.advance(TICK * u32::try_from(self.model.now).unwrap());
        Self {
            queue: self.queue.fork(hand.clock()),
            hand,
            ..self.clone()
        }
    }

    fn handle(&self) -> Queue {
        Queue::new(self.queue.clone())
    }

    /// What the queue says to an act.
    fn act(&mut self, act: Act) -> Told {
        let queue = self.handle();
        let kind = || vec!["work".to_owned()];
        let ticks = |ticks: i64| TICK * u32::try_from(ticks).unwrap();
        let ids = |key: usize| -> Vec<JobId> {
            let all = ready(queue.jobs(JobQuery::new())).unwrap();
            all.iter()
                .filter(|job| job.new.key == KEYS[key])
                .map(|job| job.job)
                .collect()
        };
        let done = match act {
            Act::Tick => {
                self.hand.advance(TICK);
                return Told::Nothing;
            }
            Act::Pause => ready(queue.pause(kind())),
            Act::Resume => ready(queue.resume(kind())),
            Act::Push(key) => {
                let job = NewJob::new("work", KEYS[key], json!({})).max_attempts(MOST_ATTEMPTS);
                return Told::Count(ready(queue.push(vec![job])).unwrap());
            }
            Act::Cancel(key) => return Told::Count(ready(queue.cancel(ids(key))).unwrap()),
            Act::Revive(key) => return Told::Count(ready(queue.revive(ids(key))).unwrap()),
            Act::Take(worker) => {
                let lease = ready(queue.lease(Vec::new(), 1, ticks(TTL))).unwrap().pop();
                let told = lease.as_ref().map(|lease| (lease.job.0, lease.attempt));
                if lease.is_some() {
                    self.leases[worker] = lease;
                }
                return Told::Taken(told);
            }
            Act::Renew(worker) => match ready(queue.renew(self.held(worker), ticks(TTL))) {
                Ok(lease) => {
                    let cancelled = lease.cancelled;
                    self.leases[worker] = Some(lease);
                    return Told::Renewed(cancelled);
                }
                Err(error) => Err(error),
            },
            Act::Complete(worker) => ready(queue.complete(self.held(worker))),
            Act::Retry(worker) => ready(queue.fail(self.held(worker), "failed".into(), Some(ticks(DELAY)))),
            Act::GiveUp(worker) => ready(queue.fail(self.held(worker), "failed".into(), None)),
        };
        if let Act::Renew(worker) | Act::Complete(worker) | Act::Retry(worker) | Act::GiveUp(worker) = act {
            self.leases[worker] = None;
        }
        match done {
            Ok(()) => Told::Nothing,
            Err(error) if error.kind() == ErrorKind::StaleLease => Told::Stale,
            Err(error) => panic!("{act:?}: {error}"),
        }
    }

    fn held(&self, worker: usize) -> Lease {
        self.leases[worker].clone().unwrap()
    }

    /// How jobs stand in the queue, and what must hold of them whatever the model says.
    fn check(&self) -> Result<(), String> {
        let queue = self.handle();
        let jobs = ready(queue.jobs(JobQuery::new())).unwrap();
        // None is lost, and all stand as they should.
        let (told, wanted): (Vec<_>, Vec<_>) = (
            jobs.iter().map(stands).collect(),
            self.model.jobs.iter().map(|job| self.should_stand(job)).collect(),
        );
        if told != wanted {
            return Err(format!("{told:?} is not {wanted:?}"));
        }
        if jobs.iter().any(|job| job.attempts > MOST_ATTEMPTS) {
            return Err("too many attempts".to_owned());
        }
        let live = |key: &&str| {
            jobs.iter()
                .filter(|job| job.new.key == *key && job.phase != Phase::Dead)
                .count()
        };
        if KEYS.iter().any(|key| live(key) > 1) {
            return Err("a key lives twice".to_owned());
        }
        Ok(())
    }

    /// Whoever may speak for a job is one, and none when it does not run.
    fn check_holders(&self) -> Result<(), String> {
        let jobs = ready(self.handle().jobs(JobQuery::new())).unwrap();
        for job in &jobs {
            let holds = |lease: &&Lease| {
                let apart = self.fork();
                lease.job == job.job && ready(apart.handle().renew((*lease).clone(), TICK)).is_ok()
            };
            let holders = self.leases.iter().flatten().filter(holds).count();
            let runs = matches!(job.phase, Phase::Running | Phase::Cancelling);
            if holders > usize::from(runs) {
                return Err(format!("{holders} hold {job:?}"));
            }
        }
        Ok(())
    }

    fn should_stand(&self, job: &Job) -> (u64, &'static str, Phase, u32, Option<String>) {
        let runs = self.model.runs(job);
        let phase = match () {
            () if job.dead.is_some() => Phase::Dead,
            () if runs && job.cancelled => Phase::Cancelling,
            () if runs => Phase::Running,
            () if job.due <= self.model.now => Phase::Waiting,
            () => Phase::Delayed,
        };
        let dead = job.dead.map(|dead| dead.reason().to_owned());
        (job.id, KEYS[job.key], phase, job.attempts, dead)
    }
}

fn stands(job: &JobState) -> (u64, &'static str, Phase, u32, Option<String>) {
    let key = KEYS.into_iter().find(|key| *key == job.new.key).unwrap();
    let dead = job.reason.clone().filter(|_| job.phase == Phase::Dead);
    (job.job.0, key, job.phase, job.attempts, dead)
}

/// How much was seen.
#[derive(Debug, Default)]
struct Seen {
    states: usize,
    steps: usize,
    depth: usize,
    /// What acts came to.
    outcomes: BTreeSet<String>,
}

/// Visits all states, breadth first; how the two first differ, when they do.
fn explore(slip: Option<Slip>) -> Result<Seen, String> {
    let mut seen = Seen::default();
    let first = Both::new(slip);
    let mut shapes = HashSet::from([first.model.shape()]);
    let mut open = VecDeque::from([(first, 0)]);
    while let Some((state, depth)) = open.pop_front() {
        (seen.states, seen.depth) = (seen.states + 1, depth);
        for act in acts().into_iter().filter(|act| state.model.may(*act)) {
            let mut next = state.fork();
            let (told, wanted) = (next.act(act), next.model.act(act));
            let differ = |what: String| format!("{act:?} after {:?}: {what}", state.model);
            if told != wanted {
                return Err(differ(format!("{told:?} is not {wanted:?}")));
            }
            next.check().map_err(&differ)?;
            seen.steps += 1;
            seen.outcomes.insert(outcome(act, &told));
            if shapes.insert(next.model.shape()) {
                next.check_holders().map_err(&differ)?;
                open.push_back((next, depth + 1));
            }
        }
    }
    Ok(seen)
}

/// An act and its outcome, without numbers.
fn outcome(act: Act, told: &Told) -> String {
    let words = format!(
        "{act:?} {}",
        match told {
            Told::Taken(Some((_, attempt))) => format!("attempt {attempt}"),
            told => format!("{told:?}"),
        }
    );
    let name = words.split('(').next().unwrap_or_default();
    let rest = words.split_once(' ').map_or("", |(_, rest)| rest);
    format!("{} {rest}", name.split(' ').next().unwrap_or_default())
}

#[test]
fn the_queue_does_what_the_model_does_in_every_state() {
    let seen = explore(None).unwrap();
    let (states, steps, depth) = (seen.states, seen.steps, seen.depth);
    // The numbers change when the machine does.
    insta::assert_snapshot!(format!(
        "{states} states, {steps} steps, none further away than {depth}"
    ));
    for wanted in [
        "Push Count(0)",
        "Push Count(1)",
        "Take Taken(None)",
        "Take attempt 1",
        "Take attempt 2",
        "Renew Renewed(false)",
        "Renew Renewed(true)",
        "Renew Stale",
        "Complete Nothing",
        "Complete Stale",
        "Retry Nothing",
        "Retry Stale",
        "GiveUp Stale",
        "Cancel Count(0)",
        "Cancel Count(1)",
        "Revive Count(0)",
        "Revive Count(1)",
    ] {
        assert!(seen.outcomes.contains(wanted), "{wanted} in {:#?}", seen.outcomes);
    }
}

#[test]
fn a_model_that_is_wrong_is_found_out() {
    for slip in [
        Slip::TakesLateTokens,
        Slip::RenewsWhatRanOut,
        Slip::ForgetsAttempts,
        Slip::PushesTwice,
        Slip::TakesPaused,
        Slip::LosesTheFailed,
        Slip::RetriesTheCancelled,
        Slip::TakesTheNewest,
    ] {
        assert!(explore(Some(slip)).is_err(), "{slip:?}");
    }
}
