//! The arithmetic of limits.

use std::time::Duration;

use super::{Policy, PolicyState};
use crate::{Error, Result};

/// What a burst takes to come back at most, in nanoseconds: a hundred years, so that sums of two fit into 63 bits.
const LONGEST: u64 = 100 * 365 * 86_400 * 1_000_000_000;

/// The generic cell rate algorithm (ITU-T I.371, annex A) for one policy, in whole nanoseconds.
///
/// A backend keeps one number a key: its theoretical arrival time, when everything that was used will be back. How far it lies
/// *ahead* of now is all that a decision needs.
///
/// ```
/// # use lead_core::seam::{Gcra, Policy};
/// # use std::time::Duration;
/// let gcra = Gcra::of(&Policy::new("k", 10, Duration::from_secs(10)).burst(2))?;
/// let once = gcra.charged(0);
/// let twice = gcra.charged(once);
/// assert_eq!(gcra.wait(twice), None);
/// assert_eq!(gcra.wait(gcra.charged(twice)), Some(Duration::from_secs(1)));
/// assert_eq!(gcra.state(once).remaining, 1);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gcra {
    interval: u64,
    tolerance: u64,
    charge: u64,
}

impl Gcra {
    /// What lets nothing pass.
    pub(super) const NOTHING: Self = Self {
        interval: 1,
        tolerance: 0,
        charge: 1,
    };

    /// What the policy comes to.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when its cost exceeds its burst, so no wait would help, or when a
    /// burst takes more than a hundred years to come back.
    pub fn of(policy: &Policy) -> Result<Self> {
        let interval = nanos(policy.window) / u64::from(policy.quota.max(1));
        Self::paced(policy, interval.max(1))
    }

    /// What the policy comes to whose units are known to take so long each.
    #[inline]
    pub(super) fn paced(policy: &Policy, interval: u64) -> Result<Self> {
        if policy.cost > policy.burst {
            return Err(costs_too_much(policy));
        }
        match interval.checked_mul(u64::from(policy.burst)) {
            Some(tolerance) if tolerance <= LONGEST => Ok(Self {
                interval,
                tolerance,
                charge: interval * u64::from(policy.cost),
            }),
            _ => Err(takes_too_long(policy)),
        }
    }

    /// How long a unit takes to come back, in nanoseconds.
    pub(super) const fn interval(&self) -> u64 {
        self.interval
    }

    /// How far ahead a key is at most, in nanoseconds; what lies further comes from a clock that was set back, or from a
    /// burst that was greater then.
    pub const fn tolerance(&self) -> u64 {
        self.tolerance
    }

    /// How far ahead this use puts a key, in nanoseconds.
    pub const fn charge(&self) -> u64 {
        self.charge
    }

    /// How far ahead a key is with this use, which was so far ahead before.
    pub const fn charged(&self, ahead: u64) -> u64 {
        ahead.saturating_add(self.charge)
    }

    /// How long to wait before a key may be so far ahead; `None` when it may.
    pub const fn wait(&self, charged: u64) -> Option<Duration> {
        match charged.checked_sub(self.tolerance) {
            None | Some(0) => None,
            Some(wait) => Some(Duration::from_nanos(wait)),
        }
    }

    /// How a key stands that is so far ahead.
    #[inline]
    pub fn state(&self, ahead: u64) -> PolicyState {
        let room = self.tolerance.saturating_sub(ahead) / self.interval;
        PolicyState::in_nanos(u32::try_from(room).unwrap_or(u32::MAX), ahead)
    }
}

#[cold]
fn costs_too_much(policy: &Policy) -> Error {
    Error::invalid("limit", "costs more than may be used at once")
        .with("policy", policy.name())
        .with("cost", policy.cost)
        .with("burst", policy.burst)
}

#[cold]
fn takes_too_long(policy: &Policy) -> Error {
    let message = "what may be used at once takes more than a hundred years to come back";
    Error::invalid("limit", message).with("policy", policy.name())
}

/// A length of time in nanoseconds; the longest that fits when it does not.
fn nanos(time: Duration) -> u64 {
    let whole = time.as_secs().saturating_mul(1_000_000_000);
    whole.saturating_add(u64::from(time.subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn a_policy_that_never_ends_or_never_begins_is_refused() {
        let year = 24 * 365 * HOUR;
        for policy in [
            Policy::new("k", 4, HOUR).cost(5),
            Policy::new("k", 1, 101 * year),
            Policy::new("k", 1, 2 * year).burst(51),
            Policy::new("k", 1, Duration::MAX).burst(u32::MAX),
        ] {
            assert_eq!(
                Gcra::of(&policy).unwrap_err().kind(),
                ErrorKind::InvalidInput,
                "{policy:?}"
            );
        }
        assert!(Gcra::of(&Policy::new("k", 1, 100 * year)).is_ok());
        assert!(Gcra::of(&Policy::new("k", u32::MAX, Duration::ZERO)).is_ok());
    }

    #[test]
    fn an_error_names_the_policy_and_not_who_is_limited() {
        let error = Gcra::of(&Policy::new("user:somebody", 1, HOUR).cost(2)).unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains("user") && !told.contains("somebody"), "{told}");
    }

    #[test]
    fn fields_set_by_hand_divide_by_nothing() {
        let mut policy = Policy::new("k", 1, HOUR);
        (policy.quota, policy.burst, policy.cost) = (0, 0, 0);
        let gcra = Gcra::of(&policy).unwrap();
        assert_eq!(gcra.wait(gcra.charged(0)), None, "a look costs nothing");
        assert_eq!(gcra.state(0).remaining, 0);
    }
}
