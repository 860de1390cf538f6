//! How two stores are kept in step.

use std::time::Duration;

use lead_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::DUAL;

/// How two stores are kept in step.
///
/// ```
/// # use lead_storage::dual::DualConfig;
/// let config = DualConfig::default().named("archive");
/// assert_eq!((config.name.as_str(), config.bound), ("archive", 10_000));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct DualConfig {
    /// Tells the mirrors of one store apart: 1 to 64 of `a`–`z`, `0`–`9`, `_` and `-`. `mirror`.
    pub name: String,
    /// From so many entries in the outbox on, a write waits for room. 10,000.
    pub bound: usize,
    /// So long at most; then it is done all the same. One second.
    pub hold: Duration,
    /// How long entries that were taken stay with whoever took them; those of a process that was killed wait so long. 15 s.
    pub lease: Duration,
    /// How often to look for entries that other processes wrote. 2 s.
    pub poll: Duration,
    /// How long [`close`](lead_core::seam::Persist::close) waits for the mirror to catch up. 3 s.
    pub patience: Duration,
    /// Whether this process carries entries to the mirror; without, it only writes, and may look. `true`.
    pub carries: bool,
}

impl Default for DualConfig {
    fn default() -> Self {
        Self {
            name: "mirror".to_owned(),
            bound: 10_000,
            hold: Duration::from_secs(1),
            lease: Duration::from_secs(15),
            poll: Duration::from_secs(2),
            patience: Duration::from_secs(3),
            carries: true,
        }
    }
}

impl DualConfig {
    /// For a mirror of this name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// With writes that wait for room from so many entries on, so long at most.
    pub fn bound(mut self, entries: usize, hold: Duration) -> Self {
        self.bound = entries;
        self.hold = hold;
        self
    }

    /// With entries that stay so long with whoever took them.
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// With a look for the entries of others so often.
    pub fn poll(mut self, poll: Duration) -> Self {
        self.poll = poll;
        self
    }

    /// With so long for the mirror to catch up when the store is closed.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// For one that carries nothing to the mirror.
    pub fn at_rest(mut self) -> Self {
        self.carries = false;
        self
    }

    pub(super) fn checked(self) -> Result<Self> {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
        if !(1..=64).contains(&self.name.len()) || !self.name.bytes().all(plain) {
            let message = "the name of a mirror is 1 to 64 of a-z, 0-9, _ and -";
            return Err(Error::invalid(DUAL, message));
        }
        if self.lease < Duration::from_millis(100) || self.poll.is_zero() || self.bound == 0 {
            let message = "a lease of 100 ms or more, a poll and a bound above zero are wanted";
            return Err(Error::invalid(DUAL, message));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_times_have_their_bounds() {
        assert!(DualConfig::default().named("csv-2_a").checked().is_ok());
        for name in ["", "Mirror", "a b", "é", &"x".repeat(65)] {
            assert!(DualConfig::default().named(name).checked().is_err(), "{name}");
        }
        assert!(
            DualConfig::default()
                .lease(Duration::from_millis(9))
                .checked()
                .is_err()
        );
        assert!(DualConfig::default().poll(Duration::ZERO).checked().is_err());
        assert!(DualConfig::default().bound(0, Duration::ZERO).checked().is_err());
    }
}
