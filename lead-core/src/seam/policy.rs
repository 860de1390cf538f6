//! What a limit is, and how one stands.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Serialize;

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
    /// When all of them are back.
    pub reset_after: Duration,
}

impl PolicyState {
    /// So many left, all back after so long.
    pub const fn new(remaining: u32, reset_after: Duration) -> Self {
        Self {
            remaining,
            reset_after,
        }
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
            reset_after: state.reset_after,
        }
    }
}
