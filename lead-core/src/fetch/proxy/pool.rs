//! Which proxy is next, and which are left alone.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::{Error, Result};

/// Failures in a row after which a proxy is left alone.
const MOST_FAILURES: u32 = 2;
/// How long it is left alone the first time; twice as long each further time, up to [`LONGEST_REST`].
const FIRST_REST: Duration = Duration::from_secs(30);
const LONGEST_REST: Duration = Duration::from_mins(10);

/// Which of several proxies takes an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyPolicy {
    /// One after the other.
    #[default]
    RoundRobin,
    /// The one with the fewest requests under way, then the one with the fewest so far: slow ones get less.
    LeastUsed,
    /// The same for all requests to a host, as long as it works.
    Sticky,
}

impl ProxyPolicy {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::RoundRobin, "round-robin"),
        (Self::LeastUsed, "least-used"),
        (Self::Sticky, "sticky"),
    ];
}

impl fmt::Display for ProxyPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMES.iter().find(|(policy, _)| policy == self);
        f.write_str(named.map_or("", |(_, name)| name))
    }
}

impl FromStr for ProxyPolicy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let named = Self::NAMES.iter().find(|(_, name)| *name == text);
        let unknown =
            || Error::invalid("proxy", "one of round-robin, least-used, sticky").with("policy", text);
        named.map(|(policy, _)| *policy).ok_or_else(unknown)
    }
}

/// How one proxy has done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProxyReport {
    /// Its address, without user name and password.
    pub proxy: String,
    /// Answers that came through it.
    pub answers: u64,
    /// Attempts that failed through it.
    pub failures: u64,
    /// Whether it is left alone at present.
    pub resting: bool,
}

/// What is known of a proxy.
#[derive(Clone, Debug, Default)]
struct Health {
    under_way: u32,
    answers: u64,
    failures: u64,
    /// Failures since the last answer.
    in_row: u32,
    /// How often it was left alone since the last answer.
    rests: u32,
    rests_until: Option<Instant>,
}

impl Health {
    fn rests_at(&self, now: Instant) -> bool {
        self.rests_until.is_some_and(|until| now < until)
    }

    /// Whether it may be asked: after a rest one attempt has to succeed before there are more.
    fn is_free(&self, now: Instant) -> bool {
        match self.rests_until {
            Some(until) => now >= until && self.under_way == 0,
            None => true,
        }
    }

    fn failed(&mut self, now: Instant) {
        self.failures += 1;
        self.in_row += 1;
        if self.in_row >= MOST_FAILURES || self.rests > 0 {
            let rest = FIRST_REST
                .saturating_mul(2_u32.saturating_pow(self.rests))
                .min(LONGEST_REST);
            self.rests += 1;
            self.rests_until = Some(now + rest);
        }
    }

    fn answered(&mut self) {
        self.answers += 1;
        (self.in_row, self.rests, self.rests_until) = (0, 0, None);
    }
}

/// The state of all proxies.
#[derive(Debug)]
pub(crate) struct Pool {
    policy: ProxyPolicy,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    healths: Vec<Health>,
    /// The one that comes next in turn.
    turn: usize,
}

impl Pool {
    pub(crate) fn new(count: usize, policy: ProxyPolicy) -> Arc<Self> {
        let state = State {
            healths: vec![Health::default(); count],
            turn: 0,
        };
        Arc::new(Self {
            policy,
            state: Mutex::new(state),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The proxy for a request to `host` that `tried` have not answered; the one whose rest ends first when all rest.
    pub(crate) fn choose(self: &Arc<Self>, host: &str, tried: &[usize], now: Instant) -> Option<Use> {
        let mut state = self.state();
        let count = state.healths.len();
        let open = |place: &usize| !tried.contains(place);
        let health = |place: usize| state.healths.get(place);
        let free = |place: &usize| open(place) && health(*place).is_some_and(|health| health.is_free(now));
        let places = 0..count;
        let chosen = match self.policy {
            ProxyPolicy::RoundRobin => {
                let turn = state.turn;
                places.map(|step| (turn + step) % count).find(free)
            }
            ProxyPolicy::LeastUsed => places.filter(free).min_by_key(|place| {
                health(*place).map(|health| (health.under_way, health.answers + health.failures))
            }),
            // Rendezvous hashing: when one rests, only its own hosts move.
            ProxyPolicy::Sticky => places.filter(free).max_by_key(|place| weight(host, *place)),
        };
        let chosen = chosen.or_else(|| {
            let resting = (0..count).filter(open);
            resting.min_by_key(|place| health(*place).and_then(|health| health.rests_until))
        })?;
        state.turn = (chosen + 1) % count;
        if let Some(health) = state.healths.get_mut(chosen) {
            health.under_way += 1;
        }
        Some(Use {
            pool: Arc::clone(self),
            place: chosen,
            settled: false,
        })
    }

    /// A proxy did not answer what another one did.
    pub(super) fn blame(&self, place: usize, now: Instant) {
        self.with(place, |health| health.failed(now));
    }

    fn with(&self, place: usize, act: impl FnOnce(&mut Health)) {
        if let Some(health) = self.state().healths.get_mut(place) {
            act(health);
        }
    }

    /// How each has done, in their order, under these names.
    pub(super) fn report(&self, names: impl Iterator<Item = String>, now: Instant) -> Vec<ProxyReport> {
        let state = self.state();
        let reports = names.zip(&state.healths).map(|(proxy, health)| ProxyReport {
            proxy,
            answers: health.answers,
            failures: health.failures,
            resting: health.rests_at(now),
        });
        reports.collect()
    }
}

fn weight(host: &str, place: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    (host, place).hash(&mut hasher);
    hasher.finish()
}

/// A proxy in use. Dropped without an outcome (its attempt was given up) it counts as failed.
#[derive(Debug)]
pub(crate) struct Use {
    pool: Arc<Pool>,
    pub(crate) place: usize,
    settled: bool,
}

impl Use {
    pub(crate) fn answered(mut self) {
        self.settled = true;
        self.pool.with(self.place, Health::answered);
    }

    /// Nothing came; whose fault it is will be seen.
    pub(crate) fn unanswered(mut self) {
        self.settled = true;
    }
}

impl Drop for Use {
    fn drop(&mut self) {
        let (settled, now) = (self.settled, Instant::now());
        self.pool.with(self.place, |health| {
            health.under_way -= 1;
            if !settled {
                health.failed(now);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(pool: &Arc<Pool>, host: &str) -> usize {
        let used = pool.choose(host, &[], Instant::now()).unwrap();
        let place = used.place;
        used.answered();
        place
    }

    fn fail(pool: &Pool, place: usize, times: u32) {
        (0..times).for_each(|_| pool.blame(place, Instant::now()));
    }

    #[tokio::test(start_paused = true)]
    async fn one_after_the_other_past_those_that_rest() {
        let pool = Pool::new(3, ProxyPolicy::RoundRobin);
        assert_eq!([0; 4].map(|_| take(&pool, "a")), [0, 1, 2, 0]);
        fail(&pool, 1, MOST_FAILURES);
        assert_eq!([0; 3].map(|_| take(&pool, "a")), [2, 0, 2]);
        tokio::time::advance(FIRST_REST).await;
        assert_eq!([0; 3].map(|_| take(&pool, "a")), [0, 1, 2], "rested enough");
    }

    #[tokio::test(start_paused = true)]
    async fn rests_grow_until_there_is_an_answer() {
        let pool = Pool::new(2, ProxyPolicy::RoundRobin);
        fail(&pool, 0, MOST_FAILURES);
        tokio::time::advance(FIRST_REST).await;
        let trial = pool.choose("a", &[1], Instant::now()).unwrap();
        assert_eq!(take(&pool, "a"), 1, "one trial at a time");
        drop(trial);
        tokio::time::advance(FIRST_REST).await;
        assert_eq!(
            [0; 2].map(|_| take(&pool, "a")),
            [1, 1],
            "it failed again: the second rest is longer"
        );
        tokio::time::advance(FIRST_REST).await;
        assert!([0; 2].map(|_| take(&pool, "a")).contains(&0));
        fail(&pool, 0, 1);
        assert!(
            [0; 2].map(|_| take(&pool, "a")).contains(&0),
            "an answer makes good"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn the_least_used_has_the_fewest_under_way() {
        let pool = Pool::new(3, ProxyPolicy::LeastUsed);
        let slow = pool.choose("a", &[], Instant::now()).unwrap();
        let places: Vec<usize> = (0..8).map(|_| take(&pool, "a")).collect();
        assert!(!places.contains(&slow.place), "{places:?}");
        assert_eq!(places.iter().filter(|place| **place == 1).count(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_keeps_its_proxy_as_long_as_it_works() {
        let pool = Pool::new(5, ProxyPolicy::Sticky);
        let hosts: Vec<String> = (0..50).map(|number| format!("{number}.test")).collect();
        let before: Vec<usize> = hosts.iter().map(|host| take(&pool, host)).collect();
        assert_eq!(
            before,
            hosts.iter().map(|host| take(&pool, host)).collect::<Vec<_>>()
        );
        fail(&pool, 2, MOST_FAILURES);
        for (host, before) in hosts.iter().zip(before) {
            let now = take(&pool, host);
            assert!(if before == 2 { now != 2 } else { now == before }, "{host}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn when_all_rest_the_first_to_wake_is_asked() {
        let pool = Pool::new(2, ProxyPolicy::RoundRobin);
        fail(&pool, 1, MOST_FAILURES);
        tokio::time::advance(Duration::from_secs(1)).await;
        fail(&pool, 0, MOST_FAILURES);
        assert_eq!(pool.choose("a", &[], Instant::now()).unwrap().place, 1);
        assert!(pool.choose("a", &[0, 1], Instant::now()).is_none());
        assert!(
            Pool::new(0, ProxyPolicy::Sticky)
                .choose("a", &[], Instant::now())
                .is_none()
        );
    }

    #[test]
    fn policies_have_names() {
        for (policy, name) in ProxyPolicy::NAMES {
            assert_eq!(
                (policy.to_string().as_str(), name.parse().ok()),
                (name, Some(policy))
            );
        }
        assert!("random".parse::<ProxyPolicy>().is_err());
    }
}
