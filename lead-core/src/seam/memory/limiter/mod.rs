//! Limits in memory.

mod shard;
mod standings;
#[cfg(test)]
mod tests;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use super::locked;
use crate::clock::{Clock, Timestamp};
use crate::seam::limit::counted;
use crate::seam::{Decision, Gcra, Limit, Limiter, Policy, PolicyState, Standing};
use crate::telemetry::LIMIT_KEYS;
use crate::{Error, ErrorKind, Result};
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
/// A clock that is set back keeps a key waiting no longer than its burst takes to come back.
#[derive(Debug)]
pub struct MemoryLimiter {
    clock: Clock,
    hasher: RandomState,
    shards: Box<[Mutex<Shard>]>,
}

/// A policy that is to be checked.
#[derive(Debug)]
struct Asked<'a> {
    policy: &'a Policy,
    gcra: Gcra,
    hash: u64,
    /// How far ahead of now its key stands without this use, and with it; in nanoseconds.
    before: u64,
    after: u64,
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
            clock,
            hasher: RandomState::new(),
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
        self.shards.iter().map(|shard| locked(shard).len()).sum()
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
        counted(self.decide(policies))
    }

    /// [`Limit::snapshot`] without waiting. The parts of the table are held one after another, each for as long as it takes to
    /// look through it.
    pub fn snapshot_now(&self, top: usize) -> Vec<Standing> {
        let now = nanos(self.clock.now());
        let mut standings = Standings::new(top.min(Limiter::MOST_SHOWN));
        for shard in &self.shards {
            for entry in locked(shard).entries() {
                standings.see(entry, now);
            }
        }
        standings.into_sorted()
    }

    fn decide(&self, policies: &[Policy]) -> Result<Decision> {
        match policies {
            [policy] => self.one(policy),
            policies => self.all(policies),
        }
    }

    fn one(&self, policy: &Policy) -> Result<Decision> {
        let mut asked = self.asked(policy)?;
        let now = nanos(self.clock.now());
        let mut shard = locked(self.shard(place(asked.hash))?);
        asked.before = shard.ahead(&asked, now);
        asked.after = asked.gcra.charged(asked.before);
        let wait = asked.gcra.wait(asked.after);
        if wait.is_none() {
            shard.charge(&asked, now, &self.hasher);
        }
        drop(shard);
        Ok(Decision::new(vec![asked.state(wait)], wait))
    }

    fn all(&self, policies: &[Policy]) -> Result<Decision> {
        let asked = policies.iter().map(|policy| self.asked(policy));
        let mut asked = asked.collect::<Result<Vec<Asked<'_>>>>()?;
        let now = nanos(self.clock.now());
        let mut held = self.hold(&asked)?;
        let wait = weigh(&mut asked, &held, now);
        if wait.is_none() {
            for asked in &asked {
                if let Some((_, shard)) = held.iter_mut().find(|(at, _)| *at == place(asked.hash)) {
                    shard.charge(asked, now, &self.hasher);
                }
            }
        }
        drop(held);
        let states = asked.iter().map(|asked| asked.state(wait)).collect();
        Ok(Decision::new(states, wait))
    }

    fn asked<'a>(&self, policy: &'a Policy) -> Result<Asked<'a>> {
        let gcra = Gcra::of(policy)?;
        Ok(Asked {
            policy,
            gcra,
            hash: hash_of(&self.hasher, &policy.key, policy.quota, policy.window),
            before: 0,
            after: 0,
        })
    }

    /// Every part that is needed, in the order of the table, so that nobody waits for each other in a ring.
    fn hold(&self, asked: &[Asked<'_>]) -> Result<Vec<Held<'_>>> {
        let mut wanted = asked
            .iter()
            .fold(0_u64, |wanted, asked| wanted | 1 << place(asked.hash));
        let mut held = Vec::with_capacity(asked.len().min(SHARDS));
        while wanted > 0 {
            let at = wanted.trailing_zeros() as usize;
            held.push((at, locked(self.shard(at)?)));
            wanted &= wanted - 1;
        }
        Ok(held)
    }

    fn shard(&self, at: usize) -> Result<&Mutex<Shard>> {
        let missing = || Error::new(ErrorKind::Internal, "limit", "a part of the table is missing");
        self.shards.get(at).ok_or_else(missing)
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
fn weigh(asked: &mut [Asked<'_>], held: &[Held<'_>], now: u64) -> Option<Duration> {
    let mut longest = None;
    for at in 0..asked.len() {
        let (earlier, rest) = asked.split_at_mut(at);
        let Some(this) = rest.first_mut() else { break };
        let (hash, policy) = (this.hash, this.policy);
        let same = |other: &&mut Asked<'_>| other.hash == hash && other.policy.counts_with(policy);
        let mut taken = None;
        for other in earlier.iter_mut().filter(same) {
            taken = Some((other.before, other.after));
        }
        let (before, base) = taken.unwrap_or_else(|| {
            let shard = held.iter().find(|(at, _)| *at == place(hash));
            let ahead = shard.map_or(0, |(_, shard)| shard.ahead(this, now));
            (ahead, ahead)
        });
        this.before = before;
        this.after = this.gcra.charged(base);
        longest = longest.max(this.gcra.wait(this.after));
        let after = this.after;
        for other in earlier.iter_mut().filter(same) {
            other.after = after;
        }
    }
    longest
}

impl Limit for MemoryLimiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        self.decide(policies)
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

fn shards(keys: usize) -> Box<[Mutex<Shard>]> {
    let most = keys.div_ceil(SHARDS).max(1);
    (0..SHARDS).map(|_| Mutex::new(Shard::new(most))).collect()
}

/// Which part a key stands in, by bits that its place within the part does not depend on.
const fn place(hash: u64) -> usize {
    (hash >> 32) as usize % SHARDS
}

/// Keyed anew in each limiter (SipHash), as keys may be a stranger's choice.
fn hash_of(hasher: &RandomState, key: &str, quota: u32, window: Duration) -> u64 {
    let mut hash = hasher.build_hasher();
    hash.write(key.as_bytes());
    hash.write_u32(quota);
    hash.write_u64(window.as_secs());
    hash.write_u32(window.subsec_nanos());
    hash.finish()
}

/// Nanoseconds since 1970, which last until 2554; before, there was no time.
fn nanos(at: Timestamp) -> u64 {
    let whole = u64::try_from(at.as_second())
        .unwrap_or(0)
        .saturating_mul(1_000_000_000);
    whole.saturating_add(u64::try_from(at.subsec_nanosecond()).unwrap_or(0))
}

#[expect(clippy::cast_precision_loss, reason = "a number of keys, far below 2^52")]
fn figure(keys: usize) -> f64 {
    keys as f64
}
