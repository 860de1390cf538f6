//! Limits in memory.

mod key;
mod shard;
mod standings;
#[cfg(test)]
mod tests;

use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use foldhash::SharedSeed;
use foldhash::quality::SeedableRandomState;

use super::locked;
use crate::Result;
use crate::clock::{Clock, Ticks};
use crate::seam::limit::decided;
use crate::seam::{Decide, Decision, Gcra, Limit, Limiter, Policy, PolicyState, Standing, States};
use crate::telemetry::LIMIT_KEYS;
use shard::Shard;
use standings::Standings;

/// Parts of the table, each behind a lock of its own; a power of two.
const SHARDS: usize = 64;

/// Keys that are remembered unless told otherwise; some hundred bytes each.
const KEYS: usize = 1_000_000;

/// Limits in memory: one theoretical arrival time a key (GCRA, ITU-T I.371 annex A).
///
/// A key whose quota is whole again is forgotten: nothing is lost. When as many keys as may be remembered are in use, those that
/// would be whole again the soonest are forgotten before their time, which gives them back what they had used.
///
/// The time of the system's clock is counted in ticks of the processor where it has such that keep pace: nobody sets them back, and the
/// first limiter of a process takes up to 0.2 s to learn their pace. Another clock that is set back keeps a key waiting no longer than
/// its burst takes to come back.
#[derive(Debug)]
pub struct MemoryLimiter {
    ticks: Ticks,
    hasher: SeedableRandomState,
    shards: Box<[Part]>,
}

/// A part of the table behind its lock, which shares no line of the processors' caches with another.
#[derive(Debug)]
#[repr(align(64))]
struct Part(Mutex<Shard>);

/// A policy that is to be checked.
#[derive(Debug)]
struct Asked<'a> {
    policy: &'a Policy,
    hash: u64,
    /// Known when its key was looked for.
    gcra: Gcra,
    /// How far ahead of now its key stands without this use, and with it; in nanoseconds.
    before: u64,
    after: u64,
    /// Where its part of the table has it.
    slot: Option<usize>,
}

/// A part of the table that is held, and which.
type Held<'a> = (usize, MutexGuard<'a, Shard>);

impl Default for MemoryLimiter {
    fn default() -> Self {
        Self::new(Clock::system())
    }
}

impl MemoryLimiter {
    /// Limits that go by `clock`, of a million keys at most.
    pub fn new(clock: Clock) -> Self {
        Self {
            ticks: clock.into_ticks(),
            hasher: hasher(),
            shards: shards(KEYS),
        }
    }

    /// Remembers about so many keys at most, at least 64. Those remembered so far are forgotten.
    pub fn max_keys(mut self, keys: usize) -> Self {
        LIMIT_KEYS.shift(-figure(self.len()), &[]);
        self.shards = shards(keys);
        self
    }

    /// How many keys are remembered.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| locked(&shard.0).len()).sum()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// [`Limit::check`] without waiting: for code that is not asynchronous.
    ///
    /// ```
    /// use lead_core::seam::{Policy, memory::MemoryLimiter};
    /// use std::time::Duration;
    ///
    /// let limiter = MemoryLimiter::default();
    /// let policy = [Policy::new("user:42", 60, Duration::from_secs(60)).burst(1)];
    /// assert!(limiter.check_now(&policy)?.is_allowed());
    /// assert!(limiter.check_now(&policy)?.retry_after.is_some());
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) as [`Gcra::of`].
    pub fn check_now(&self, policies: &[Policy]) -> Result<Decision> {
        decided(self, policies)
    }

    /// [`Limit::snapshot`] without waiting. The parts of the table are held one after another, each for as long as it takes to
    /// look through it.
    pub fn snapshot_now(&self, top: usize) -> Vec<Standing> {
        let now = self.ticks.now();
        let mut standings = Standings::new(top.min(Limiter::MOST_SHOWN));
        for shard in &self.shards {
            for entry in locked(&shard.0).entries() {
                standings.see(entry, now);
            }
        }
        standings.into_sorted()
    }

    /// So few that what is noted of them has its place on the stack.
    fn few<const N: usize>(&self, policies: [&Policy; N]) -> Result<Decision> {
        let mut asked = policies.map(|policy| self.asked(policy));
        self.settle(&mut asked, &mut [const { None }; N])
    }

    fn many(&self, policies: &[Policy]) -> Result<Decision> {
        let mut asked: Vec<_> = policies.iter().map(|policy| self.asked(policy)).collect();
        let mut held: Vec<_> = asked.iter().map(|_| None).collect();
        self.settle(&mut asked, &mut held)
    }

    #[inline]
    fn asked<'a>(&self, policy: &'a Policy) -> Asked<'a> {
        Asked {
            policy,
            hash: hash_of(&self.hasher, policy.key.as_bytes(), policy.quota, policy.window),
            gcra: Gcra::NOTHING,
            before: 0,
            after: 0,
            slot: None,
        }
    }

    /// Charges all, or none. `held` has a place for each policy's part of the table.
    #[expect(
        clippy::inline_always,
        reason = "for each small number of policies there is code without loops: a fifth less time"
    )]
    #[inline(always)]
    fn settle<'a>(&'a self, asked: &mut [Asked<'_>], held: &mut [Option<Held<'a>>]) -> Result<Decision> {
        let now = self.ticks.now();
        self.hold(asked, held);
        let wait = weigh(asked, held, now)?;
        if wait.is_none() {
            self.charge(asked, held, now);
        }
        held.fill_with(|| None);
        let mut states = States::default();
        for asked in asked {
            states.push(asked.state(wait));
        }
        Ok(Decision {
            states,
            retry_after: wait,
        })
    }

    /// Holds every part that is needed, in the order of the table, so that nobody waits for each other in a ring.
    #[inline]
    fn hold<'a>(&'a self, asked: &[Asked<'_>], held: &mut [Option<Held<'a>>]) {
        let mut wanted = asked
            .iter()
            .fold(0_u64, |wanted, asked| wanted | 1 << place(asked.hash));
        for held in held {
            if wanted == 0 {
                break;
            }
            let at = wanted.trailing_zeros() as usize;
            *held = self.shards.get(at).map(|part| (at, locked(&part.0)));
            wanted &= wanted - 1;
        }
    }

    #[inline]
    fn charge(&self, asked: &[Asked<'_>], held: &mut [Option<Held<'_>>], now: u64) {
        let mut fresh = false;
        for asked in asked {
            fresh |= shard_of(held, asked).is_some_and(|shard| !shard.renew(asked, now));
        }
        // Only now, as those that are new move the others.
        if fresh {
            for asked in asked.iter().filter(|asked| asked.slot.is_none()) {
                if let Some(shard) = shard_of(held, asked) {
                    shard.enter(asked, now, &self.hasher);
                }
            }
        }
    }
}

impl Asked<'_> {
    fn state(&self, wait: Option<Duration>) -> PolicyState {
        self.gcra
            .state(if wait.is_none() { self.after } else { self.before })
    }
}

/// How far ahead each use would put its key, and how long to wait before all of them may. Policies that count together stand for
/// their sum, so each sees what those before it took, and all show what the last left.
#[inline]
fn weigh(asked: &mut [Asked<'_>], held: &mut [Option<Held<'_>>], now: u64) -> Result<Option<Duration>> {
    let mut longest = None;
    for at in 0..asked.len() {
        let (earlier, rest) = asked.split_at_mut(at);
        let Some(this) = rest.first_mut() else { break };
        let same = |other: &Asked<'_>| other.hash == this.hash && other.policy.counts_with(this.policy);
        let taken = earlier.iter().rposition(same).and_then(|last| earlier.get(last));
        let base = if let Some(last) = taken {
            this.gcra = Gcra::paced(this.policy, last.gcra.interval())?;
            (this.before, this.slot) = (last.before, last.slot);
            last.after
        } else {
            if let Some(shard) = shard_of(held, this) {
                shard.find(this, now)?;
            }
            this.before
        };
        this.after = this.gcra.charged(base);
        longest = longest.max(this.gcra.wait(this.after));
        if taken.is_some() {
            let (hash, policy, after) = (this.hash, this.policy, this.after);
            let same = |other: &&mut Asked<'_>| other.hash == hash && other.policy.counts_with(policy);
            earlier
                .iter_mut()
                .filter(same)
                .for_each(|other| other.after = after);
        }
    }
    Ok(longest)
}

/// The part that a policy's key stands in.
#[inline]
fn shard_of<'a>(held: &'a mut [Option<Held<'_>>], asked: &Asked<'_>) -> Option<&'a mut Shard> {
    let mut held = held.iter_mut().flatten();
    let held = held.find(|(at, _)| *at == place(asked.hash));
    held.map(|(_, shard)| &mut **shard)
}

impl Decide for MemoryLimiter {
    fn decide(&self, policies: &[Policy]) -> Result<Decision> {
        match policies {
            [one] => self.few([one]),
            [one, two] => self.few([one, two]),
            [one, two, three] => self.few([one, two, three]),
            [one, two, three, four] => self.few([one, two, three, four]),
            policies => self.many(policies),
        }
    }
}

impl Limit for MemoryLimiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        self.decide(policies)
    }

    fn at_once(&self) -> Option<&dyn Decide> {
        Some(self)
    }

    async fn snapshot(&self, top: usize) -> Result<Vec<Standing>> {
        Ok(self.snapshot_now(top))
    }
}

impl Drop for MemoryLimiter {
    fn drop(&mut self) {
        LIMIT_KEYS.shift(-figure(self.len()), &[]);
    }
}

fn shards(keys: usize) -> Box<[Part]> {
    let most = keys.div_ceil(SHARDS).max(1);
    (0..SHARDS).map(|_| Part(Mutex::new(Shard::new(most)))).collect()
}

/// Which part a key stands in, by bits that its place within the part does not depend on.
const fn place(hash: u64) -> usize {
    (hash >> 32) as usize % SHARDS
}

/// Keyed anew in each limiter by the system's randomness, as keys may be a stranger's choice: hashes are shown to nobody, so who does not
/// know the key cannot make them meet. A cryptographic one would take as long as the rest of a check.
fn hasher() -> SeedableRandomState {
    let seed = std::hash::RandomState::new().hash_one(0_u64);
    SeedableRandomState::with_seed(seed, SharedSeed::global_random())
}

#[inline]
fn hash_of(hasher: &SeedableRandomState, key: &[u8], quota: u32, window: Duration) -> u64 {
    let mut hash = hasher.build_hasher();
    hash.write(key);
    // Which figures meet is nothing a stranger chooses: two pairs that are one here are told apart in the table.
    let figures = window.as_secs().rotate_left(32)
        ^ u64::from(window.subsec_nanos()).rotate_left(16)
        ^ u64::from(quota);
    hash.write_u64(figures);
    hash.finish()
}

#[expect(clippy::cast_precision_loss, reason = "a number of keys, far below 2^52")]
fn figure(keys: usize) -> f64 {
    keys as f64
}
