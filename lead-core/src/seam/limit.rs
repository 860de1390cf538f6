//! How much of something one may use.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;

use crate::Result;

/// A quota: `quota` units a `window`, spread evenly, of which `burst` may be used at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Policy {
    /// What is limited: `host:example.com`, `user:42`.
    pub key: String,
    /// Units a window; at least 1.
    pub quota: u32,
    /// The window.
    pub window: Duration,
    /// Units that may be used at once; at least 1.
    pub burst: u32,
    /// Units this use costs.
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

/// Whether a use was let through.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// How each policy stands, in the order asked.
    pub states: Vec<PolicyState>,
    /// `None` when it was let through, and every policy was charged; else when to come back, and none was.
    pub retry_after: Option<Duration>,
}

impl Decision {
    /// A decision.
    pub const fn new(states: Vec<PolicyState>, retry_after: Option<Duration>) -> Self {
        Self { states, retry_after }
    }

    /// Whether it was let through.
    pub const fn is_allowed(&self) -> bool {
        self.retry_after.is_none()
    }
}

/// Checks uses against policies, all or nothing.
///
/// Requires of an implementation: a use that any policy refuses charges none; the generic cell rate algorithm (ITU-T I.371)
/// decides each policy.
pub trait Limit: Send + Sync + Debug + 'static {
    /// Charges every policy, or none.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when a cost exceeds its burst, so no wait would help; those of the backend.
    fn check(&self, policies: &[Policy]) -> impl Future<Output = Result<Decision>> + Send;
}

trait LimitDyn: Send + Sync + Debug {
    fn check<'a>(&'a self, policies: &'a [Policy]) -> BoxFuture<'a, Result<Decision>>;
}

impl<T: Limit> LimitDyn for T {
    fn check<'a>(&'a self, policies: &'a [Policy]) -> BoxFuture<'a, Result<Decision>> {
        Box::pin(Limit::check(self, policies))
    }
}

/// A cheaply cloned handle to any [`Limit`].
#[derive(Clone, Debug)]
pub struct Limiter(Arc<dyn LimitDyn>);

impl Limiter {
    /// Wraps a limiter.
    pub fn new(limit: impl Limit) -> Self {
        Self(Arc::new(limit))
    }

    /// A limiter in memory.
    pub fn memory() -> Self {
        Self::new(super::memory::MemoryLimiter::default())
    }

    /// Charges every policy, or none.
    ///
    /// # Errors
    /// As [`Limit::check`].
    pub async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        self.0.check(policies).await
    }
}
