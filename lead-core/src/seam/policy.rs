//! What a limit is, and how one stands.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Serialize;
use smallvec::SmallVec;

/// A quota: `quota` units a `window`, spread evenly, of which `burst` may be used at once.
///
/// What was used is counted by key, quota and window together. So ten a second and a thousand an hour of one user are two policies
/// of one key, each with a count of its own, and whoever gets another quota begins anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Policy {
    /// What is limited: a name, a colon, and who or what: `host:example.com`, `user:42`. The name is told to clients.
    pub key: String,
    /// Units a window; at least 1.
    pub quota: u32,
    /// The window.
    pub window: Duration,
    /// Units that may be used at once; at least 1.
    pub burst: u32,
    /// Units this use costs; 0 only looks.
    pub cost: u32,
}

impl Policy {
    /// `quota` units a `window`, all at once if need be, this use costing one.
    pub fn new(key: impl Into<String>, quota: u32, window: Duration) -> Self {
        let quota = quota.max(1);
        Self {
            key: key.into(),
            quota,
            window,
            burst: quota,
            cost: 1,
        }
    }

    /// At most so many at once.
    pub fn burst(mut self, burst: u32) -> Self {
        self.burst = burst.max(1);
        self
    }

    /// This use costs so much.
    pub fn cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    /// The time one unit takes to come back.
    pub fn interval(&self) -> Duration {
        self.window / self.quota.max(1)
    }

    /// What may be told of it: its key up to the first colon, without who or what is limited.
    ///
    /// ```
    /// # use lead_core::seam::Policy;
    /// # use std::time::Duration;
    /// assert_eq!(Policy::new("user:42", 10, Duration::from_secs(1)).name(), "user");
    /// ```
    pub fn name(&self) -> &str {
        self.key
            .split_once(':')
            .map_or(self.key.as_str(), |(name, _)| name)
    }

    /// Whether both are counted together.
    pub fn counts_with(&self, other: &Self) -> bool {
        self.key == other.key && self.quota == other.quota && self.window == other.window
    }
}

/// How one policy stands after a check.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyState {
    /// Units left at once.
    pub remaining: u32,
    /// When all of them are back, in nanoseconds: half the size of a [`Duration`] with what it needs around it.
    reset: u64,
}

impl PolicyState {
    /// So many left, all back after so long; no longer than 584 years, which is more than any policy may take.
    pub fn new(remaining: u32, reset_after: Duration) -> Self {
        let reset = u64::try_from(reset_after.as_nanos()).unwrap_or(u64::MAX);
        Self::in_nanos(remaining, reset)
    }

    #[inline]
    pub(super) const fn in_nanos(remaining: u32, reset: u64) -> Self {
        Self { remaining, reset }
    }

    /// When all of them are back.
    pub const fn reset_after(&self) -> Duration {
        Duration::from_nanos(self.reset)
    }
}

/// How several policies stand, in the order asked: a slice. Those of up to four take no memory of their own.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct States(SmallVec<[PolicyState; 4]>);

impl States {
    #[inline]
    pub(super) fn push(&mut self, state: PolicyState) {
        self.0.push(state);
    }
}

impl Deref for States {
    type Target = [PolicyState];

    fn deref(&self) -> &[PolicyState] {
        &self.0
    }
}

impl FromIterator<PolicyState> for States {
    fn from_iter<I: IntoIterator<Item = PolicyState>>(states: I) -> Self {
        Self(states.into_iter().collect())
    }
}

impl From<Vec<PolicyState>> for States {
    fn from(states: Vec<PolicyState>) -> Self {
        Self(states.into())
    }
}

impl<'a> IntoIterator for &'a States {
    type Item = &'a PolicyState;
    type IntoIter = std::slice::Iter<'a, PolicyState>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// How one key stands, for who looks after the whole: see [`Limit::snapshot`](super::Limit::snapshot).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// What is limited. It may name a person of the application's: for its own eyes.
    pub key: String,
    /// Units a window.
    pub quota: u32,
    /// The window.
    #[serde(with = "friendly")]
    pub window: Duration,
    /// Units that may be used at once.
    pub burst: u32,
    /// Units left at once.
    pub remaining: u32,
    /// When all of them are back.
    #[serde(with = "friendly")]
    pub reset_after: Duration,
}

impl Standing {
    /// How the key of `policy` stands.
    pub fn new(policy: &Policy, state: &PolicyState) -> Self {
        Self {
            key: policy.key.clone(),
            quota: policy.quota,
            window: policy.window,
            burst: policy.burst,
            remaining: state.remaining,
            reset_after: state.reset_after(),
        }
    }
}
