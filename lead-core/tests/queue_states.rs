//! The queue's core, explored: every state that two workers and two jobs of two keys can bring about (three in a long test), each step taken by the
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

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::time::Duration;

use futures::FutureExt as _;
use lead_core::ErrorKind;
use lead_core::seam::conformance::sample::HandClock;
use lead_core::seam::memory::MemoryQueue;
use lead_core::seam::{JobId, JobQuery, JobState, Lease, NewJob, Phase, Queue};
use serde_json::json;

/// What time is counted in.
const TICK: Duration = Duration::from_mins(1);
/// How long a lease is.
const TTL: i64 = 2;
/// How long a job waits that failed.
const DELAY: i64 = 1;
const MOST_ATTEMPTS: u32 = 2;
const KEYS: [&str; 2] = ["a", "b"];
const WORKERS: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Tick,
    Push(usize),
    Take(usize),
    Renew(usize),
    Complete(usize),
    Retry(usize),
    GiveUp(usize),
    Cancel(usize),
    Revive(usize),
    Pause,
    Resume,
}

fn acts() -> Vec<Act> {
    use Act::{Cancel, Complete, GiveUp, Pause, Push, Renew, Resume, Retry, Revive, Take, Tick};
    let mut all = vec![Tick, Pause, Resume];
    for key in 0..KEYS.len() {
        all.extend([Push(key), Cancel(key), Revive(key)]);
    }
    for worker in 0..WORKERS {
        all.extend([
            Take(worker),
            Renew(worker),
            Complete(worker),
            Retry(worker),
            GiveUp(worker),
        ]);
    }
    all
}

/// What an act came to, as its caller is told.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    /// How many jobs it was about.
    Count(usize),
    /// Which job was taken, on which attempt.
    Taken(Option<(u64, u32)>),
    /// Whether it was cancelled.
    Renewed(bool),
    Stale,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Dead {
    Cancelled,
    Spent,
    Failed,
}

impl Dead {
    fn reason(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Spent => "every attempt ended without a word from its worker",
            Self::Failed => "failed",
        }
    }
}

#[derive(Clone, Debug)]
struct Job {
    id: u64,
    key: usize,
    turn: i64,
    due: i64,
    until: i64,
    attempts: u32,
    token: u64,
    cancelled: bool,
    dead: Option<Dead>,
}

/// What a model may be wrong in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    TakesLateTokens,
    RenewsWhatRanOut,
    ForgetsAttempts,
    PushesTwice,
    TakesPaused,
    LosesTheFailed,
    RetriesTheCancelled,
    TakesTheNewest,
}

#[derive(Clone, Debug, Default)]
struct Model {
    now: i64,
    last: u64,
    paused: bool,
    jobs: Vec<Job>,
    /// Which job a worker believes to have, by which token.
    held: [Option<(u64, u64)>; WORKERS],
    /// So many jobs there are at once, dead ones included.
    most: usize,
    slip: Option<Slip>,
}

impl Model {
    fn slips(&self, slip: Slip) -> bool {
        self.slip == Some(slip)
    }

    fn runs(&self, job: &Job) -> bool {
        job.dead.is_none() && job.until > self.now
    }

    fn live(&self, key: usize) -> Option<usize> {
        self.jobs
            .iter()
            .position(|job| job.key == key && job.dead.is_none())
    }

    /// The job a worker still has.
    fn own(&self, worker: usize) -> Option<usize> {
        let (id, token) = self.held[worker]?;
        self.jobs.iter().position(|job| {
            let newest = job.token == token || self.slips(Slip::TakesLateTokens);
            job.id == id && newest && (self.runs(job) || self.slips(Slip::RenewsWhatRanOut))
        })
    }

    /// Whether there is any sense in an act.
    fn may(&self, act: Act) -> bool {
        match act {
            Act::Push(_) => self.jobs.len() < self.most,
            Act::Renew(worker) | Act::Complete(worker) | Act::Retry(worker) | Act::GiveUp(worker) => {
                self.held[worker].is_some()
            }
            _ => true,
        }
    }

    fn act(&mut self, act: Act) -> Told {
        match act {
            Act::Tick => self.now += 1,
            Act::Pause => self.paused = true,
            Act::Resume => self.paused = false,
            Act::Push(key) => return Told::Count(self.push(key)),
            Act::Take(worker) => return Told::Taken(self.take(worker)),
            Act::Cancel(key) => return Told::Count(self.cancel(key)),
            Act::Revive(key) => return Told::Count(self.revive(key)),
            Act::Renew(worker) => {
                let Some(at) = self.own(worker) else {
                    return self.stale(worker);
                };
                self.jobs[at].until = self.now + TTL;
                return Told::Renewed(self.jobs[at].cancelled);
            }
            Act::Complete(worker) => {
                let Some(at) = self.own(worker) else {
                    return self.stale(worker);
                };
                self.jobs.remove(at);
                self.held[worker] = None;
            }
            Act::Retry(worker) => return self.fail(worker, Some(DELAY)),
            Act::GiveUp(worker) => return self.fail(worker, None),
        }
        Told::Nothing
    }

    /// Who hears that it is no longer his lets go.
    fn stale(&mut self, worker: usize) -> Told {
        self.held[worker] = None;
        Told::Stale
    }

    fn push(&mut self, key: usize) -> usize {
        if self.live(key).is_some() && !self.slips(Slip::PushesTwice) {
            return 0;
        }
        self.last += 1;
        let (id, turn) = (self.last, self.now);
        let (due, until, attempts, token, cancelled, dead) = (0, 0, 0, 0, false, None);
        self.jobs.push(Job {
            id,
            key,
            turn,
            due,
            until,
            attempts,
            token,
            cancelled,
            dead,
        });
        1
    }

    fn take(&mut self, worker: usize) -> Option<(u64, u32)> {
        if self.paused && !self.slips(Slip::TakesPaused) {
            return None;
        }
        let now = self.now;
        let mut due: Vec<usize> = (0..self.jobs.len()).collect();
        due.retain(|&at| {
            self.jobs[at].dead.is_none() && !self.runs(&self.jobs[at]) && self.jobs[at].due <= now
        });
        due.sort_by_key(|&at| (self.jobs[at].turn, self.jobs[at].id));
        if self.slips(Slip::TakesTheNewest) {
            due.reverse();
        }
        let forgets = self.slips(Slip::ForgetsAttempts);
        for at in due {
            let job = &mut self.jobs[at];
            if job.cancelled || job.attempts >= MOST_ATTEMPTS && !forgets {
                job.dead = Some(if job.cancelled {
                    Dead::Cancelled
                } else {
                    Dead::Spent
                });
                (job.cancelled, job.until) = (false, 0);
                continue;
            }
            (job.attempts, job.token, job.until) = (job.attempts + 1, job.token + 1, now + TTL);
            self.held[worker] = Some((job.id, job.token));
            return Some((job.id, job.attempts));
        }
        None
    }

    fn fail(&mut self, worker: usize, delay: Option<i64>) -> Told {
        let Some(at) = self.own(worker) else {
            return self.stale(worker);
        };
        self.held[worker] = None;
        if self.slips(Slip::LosesTheFailed) {
            self.jobs.remove(at);
            return Told::Nothing;
        }
        let retries = self.slips(Slip::RetriesTheCancelled);
        let job = &mut self.jobs[at];
        (job.until, job.due) = (0, delay.map_or(0, |delay| self.now + delay));
        let spent = delay.is_none() || job.attempts >= MOST_ATTEMPTS;
        job.dead = if job.cancelled && !retries {
            Some(Dead::Cancelled)
        } else {
            spent.then_some(Dead::Failed)
        };
        job.cancelled = false;
        Told::Nothing
    }

    fn cancel(&mut self, key: usize) -> usize {
        let Some(at) = self.live(key) else { return 0 };
        if self.runs(&self.jobs[at]) {
            self.jobs[at].cancelled = true;
        } else {
            let job = &mut self.jobs[at];
            (job.dead, job.cancelled, job.until) = (Some(Dead::Cancelled), false, 0);
        }
        1
    }

    /// The newest of those that are dead.
    fn revive(&mut self, key: usize) -> usize {
        if self.live(key).is_some() {
            return 0;
        }
        let now = self.now;
        let Some(job) = self.jobs.iter_mut().rev().find(|job| job.key == key) else {
            return 0;
        };
        (job.dead, job.due, job.attempts, job.turn) = (None, 0, 0, now);
        1
    }

    /// The state without what makes no difference: times are counted from now, numbers are ranks.
    fn shape(&self) -> Vec<i64> {
        let mut turns: Vec<i64> = self.jobs.iter().map(|job| job.turn).collect();
        turns.sort_unstable();
        turns.dedup();
        let rank = |turn: i64| turns.iter().position(|other| *other == turn).unwrap_or(0);
        let from_now = |at: i64| (at - self.now).max(0);
        let mut shape = vec![i64::from(self.paused)];
        for job in &self.jobs {
            let numbers = [
                job.key,
                rank(job.turn),
                job.attempts as usize,
                job.dead.map_or(0, |dead| dead as usize + 1),
            ];
            shape.extend(numbers.map(|number| i64::try_from(number).unwrap()));
            shape.extend([
                from_now(job.due),
                from_now(job.until),
                i64::from(job.cancelled),
                -1,
            ]);
        }
        for held in self.held {
            // A late token is as good as any other, a job that is gone as another.
            let of = held.and_then(|(id, token)| {
                self.jobs
                    .iter()
                    .position(|job| job.id == id && job.token == token)
            });
            shape.push(match (held, of) {
                (None, _) => -3,
                (Some(_), None) => -2,
                (Some(_), Some(at)) => i64::try_from(at).unwrap(),
            });
        }
        shape
    }
}

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
    fn new(most: usize, slip: Option<Slip>) -> Self {
        let hand = HandClock::default();
        Self {
            model: Model {
                most,
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
        // Whoever may speak for a job is one, and none when it does not run.
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
fn explore(most: usize, slip: Option<Slip>) -> Result<Seen, String> {
    let mut seen = Seen::default();
    let first = Both::new(most, slip);
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
            next.check().map_err(differ)?;
            seen.steps += 1;
            seen.outcomes.insert(outcome(act, &told));
            if shapes.insert(next.model.shape()) {
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
    all_of(2);
}

#[test]
#[ignore = "soak: some minutes"]
fn soak_every_state_of_three_jobs() {
    all_of(3);
}

fn all_of(most: usize) {
    let seen = explore(most, None).unwrap();
    let (states, steps, depth) = (seen.states, seen.steps, seen.depth);
    // The numbers change when the machine does.
    let told = format!("{states} states, {steps} steps, none further away than {depth}");
    insta::assert_snapshot!(format!("{most}_jobs"), told);
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
        assert!(explore(3, Some(slip)).is_err(), "{slip:?}");
    }
}
