//! What the queue should do, written down without a queue: jobs, leases and times as numbers.

/// How long a lease is.
pub(super) const TTL: i64 = 2;
/// How long a job waits that failed.
pub(super) const DELAY: i64 = 1;
pub(super) const MOST_ATTEMPTS: u32 = 2;
/// So many jobs there are at once, dead ones included.
pub(super) const MOST_JOBS: usize = 2;
pub(super) const KEYS: [&str; 2] = ["a", "b"];
pub(super) const WORKERS: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
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

pub(super) fn acts() -> Vec<Act> {
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
pub(super) enum Told {
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
pub(super) enum Dead {
    Cancelled,
    Spent,
    Failed,
}

impl Dead {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Spent => "every attempt ended without a word from its worker",
            Self::Failed => "failed",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) id: u64,
    pub(super) key: usize,
    turn: i64,
    pub(super) due: i64,
    until: i64,
    pub(super) attempts: u32,
    token: u64,
    pub(super) cancelled: bool,
    pub(super) dead: Option<Dead>,
}

/// What a model may be wrong in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
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
pub(super) struct Model {
    pub(super) now: i64,
    pub(super) last: u64,
    pub(super) paused: bool,
    pub(super) jobs: Vec<Job>,
    /// Which job a worker believes to have, by which token.
    pub(super) held: [Option<(u64, u64)>; WORKERS],
    pub(super) slip: Option<Slip>,
}

impl Model {
    fn slips(&self, slip: Slip) -> bool {
        self.slip == Some(slip)
    }

    pub(super) fn runs(&self, job: &Job) -> bool {
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
    pub(super) fn may(&self, act: Act) -> bool {
        match act {
            Act::Push(_) => self.jobs.len() < MOST_JOBS,
            Act::Renew(worker) | Act::Complete(worker) | Act::Retry(worker) | Act::GiveUp(worker) => {
                self.held[worker].is_some()
            }
            _ => true,
        }
    }

    pub(super) fn act(&mut self, act: Act) -> Told {
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
    pub(super) fn shape(&self) -> Vec<i64> {
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
