//! How much of something one may use.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;

use super::{Policy, PolicyState, Standing, States};
use crate::telemetry::{LIMIT_CHECKS, LIMIT_FAILURES, LIMIT_REFUSALS};
use crate::{Error, ErrorKind, Result};

/// Whether a use was let through.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// How each policy stands, in the order asked.
    pub states: States,
    /// `None` when it was let through, and every policy was charged; else when to come back, and none was.
    pub retry_after: Option<Duration>,
}

impl Decision {
    /// A decision.
    pub fn new(states: impl IntoIterator<Item = PolicyState>, retry_after: Option<Duration>) -> Self {
        Self {
            states: states.into_iter().collect(),
            retry_after,
        }
    }

    /// Whether it was let through.
    pub const fn is_allowed(&self) -> bool {
        self.retry_after.is_none()
    }

    /// Those of the policies it was asked of, with their states, that have not enough left for this use: the ones that refused.
    /// None when it was let through.
    pub fn refused_by<'a>(
        &'a self,
        policies: &'a [Policy],
    ) -> impl Iterator<Item = (&'a Policy, &'a PolicyState)> {
        let refused = !self.is_allowed();
        policies
            .iter()
            .zip(self.states.iter())
            .filter(move |(policy, state)| refused && state.remaining < policy.cost)
    }
}

/// Decides without waiting.
pub trait Decide: Send + Sync {
    /// Charges every policy, or none.
    ///
    /// # Errors
    /// As [`Limit::check`].
    fn decide(&self, policies: &[Policy]) -> Result<Decision>;
}

/// Checks uses against policies, all or nothing.
///
/// Requires of an implementation: a use that any policy refuses charges none; the generic cell rate algorithm ([`Gcra`](super::Gcra))
/// decides each policy; policies that [count together](Policy::counts_with) in one check stand for their sum; whoever asks at the same
/// time gets no more than who asks one after another.
pub trait Limit: Send + Sync + Debug + 'static {
    /// Charges every policy, or none.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] as [`Gcra::of`](super::Gcra::of); those of the backend.
    fn check(&self, policies: &[Policy]) -> impl Future<Output = Result<Decision>> + Send;

    /// Whoever decides the same without waiting, where that can be done: a handle asks them, which spares it a future.
    fn at_once(&self) -> Option<&dyn Decide> {
        None
    }

    /// The keys that have the least left of what they may use, those with the least first; `top` at most, and never more than
    /// [`Limiter::MOST_SHOWN`]. Keys that have all of it are not shown.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] when the backend cannot tell; those of the backend.
    fn snapshot(&self, top: usize) -> impl Future<Output = Result<Vec<Standing>>> + Send {
        let _ = top;
        async {
            let message = "this limiter cannot tell how its keys stand";
            Err(Error::new(ErrorKind::Unsupported, "limit.snapshot", message))
        }
    }
}

trait LimitDyn: Send + Sync + Debug {
    fn check<'a>(&'a self, policies: &'a [Policy]) -> BoxFuture<'a, Result<Decision>>;
    fn at_once(&self) -> Option<&dyn Decide>;
    fn snapshot(&self, top: usize) -> BoxFuture<'_, Result<Vec<Standing>>>;
}

impl<T: Limit> LimitDyn for T {
    fn check<'a>(&'a self, policies: &'a [Policy]) -> BoxFuture<'a, Result<Decision>> {
        Box::pin(Limit::check(self, policies))
    }

    fn at_once(&self) -> Option<&dyn Decide> {
        Limit::at_once(self)
    }

    fn snapshot(&self, top: usize) -> BoxFuture<'_, Result<Vec<Standing>>> {
        Box::pin(Limit::snapshot(self, top))
    }
}

/// A cheaply cloned handle to any [`Limit`].
///
/// ```
/// use lead_core::seam::{Limiter, Policy};
/// use std::time::Duration;
///
/// # futures::executor::block_on(async {
/// let limiter = Limiter::memory();
/// let policies = [
///     Policy::new("user:42", 10, Duration::from_secs(1)),
///     Policy::new("host:example.com", 1, Duration::from_secs(1)),
/// ];
/// assert!(limiter.check(&policies).await?.is_allowed());
/// let refused = limiter.check(&policies).await?;
/// assert!(!refused.is_allowed());
/// assert_eq!(refused.states[0].remaining, 9, "the host refused, so the user was not charged");
/// # Ok::<(), lead_core::Error>(())
/// # }).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct Limiter(Arc<dyn LimitDyn>);

impl Limiter {
    /// The most keys that a snapshot shows.
    pub const MOST_SHOWN: usize = 1000;

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
        if let Some(limit) = self.0.at_once() {
            return decided(limit, policies);
        }
        let outcome = self.0.check(policies).await;
        count(&outcome);
        outcome
    }

    /// The keys that have the least left.
    ///
    /// # Errors
    /// As [`Limit::snapshot`].
    pub async fn snapshot(&self, top: usize) -> Result<Vec<Standing>> {
        self.0.snapshot(top.min(Self::MOST_SHOWN)).await
    }
}

impl Limit for Limiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        self.0.check(policies).await
    }

    fn at_once(&self) -> Option<&dyn Decide> {
        self.0.at_once()
    }

    async fn snapshot(&self, top: usize) -> Result<Vec<Standing>> {
        self.0.snapshot(top).await
    }
}

/// Asks, and counts.
pub(super) fn decided(limit: &dyn Decide, policies: &[Policy]) -> Result<Decision> {
    let outcome = limit.decide(policies);
    count(&outcome);
    outcome
}

/// Moves the figures. Two of them, as labels cost an allocation each time, and a check in memory takes no longer than one.
#[inline]
fn count(outcome: &Result<Decision>) {
    LIMIT_CHECKS.add(1, &[]);
    match outcome {
        Ok(decision) if decision.is_allowed() => {}
        Ok(_) => LIMIT_REFUSALS.add(1, &[]),
        Err(_) => LIMIT_FAILURES.add(1, &[]),
    }
}
