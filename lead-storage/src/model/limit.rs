//! Limits as databases keep them: a row a key, quota and window, with the time when all that was used will be back.
//!
//! A database is asked how far ahead its rows are and decides by that whether they are charged; from the same numbers the
//! decision is worked out here.

use std::time::Duration;

use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::seam::{Decision, Gcra, Policy, Standing};

pub(crate) const LIMIT: &str = "limit";

/// After so many checks rows that are whole again are swept out.
pub(crate) const SWEEP_EVERY: u64 = 1024;

/// What a check asks of the database.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Each row once.
    pub(crate) rows: Vec<Row>,
    /// Each policy, with the row it stands for, and what it and those before it charge that row.
    policies: Vec<(Gcra, usize, u64)>,
}

/// One row that a check is about; times in nanoseconds.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) quota: i64,
    pub(crate) window: i64,
    pub(crate) burst: i64,
    /// It is no further ahead than this; see [`Gcra::tolerance`].
    pub(crate) tolerance: i64,
    /// How much further ahead it will be.
    pub(crate) charge: i64,
    /// It may be charged if it is no further ahead than this.
    pub(crate) room: i64,
}

impl Asked {
    /// # Errors
    /// As [`Gcra::of`].
    pub(crate) fn of(policies: &[Policy]) -> Result<Self> {
        let mut asked = Self {
            rows: Vec::with_capacity(policies.len()),
            policies: Vec::with_capacity(policies.len()),
        };
        let mut firsts: Vec<&Policy> = Vec::with_capacity(policies.len());
        for policy in policies {
            let gcra = Gcra::of(policy)?;
            let at = firsts.iter().position(|first| first.counts_with(policy));
            let at = at.unwrap_or_else(|| {
                firsts.push(policy);
                asked.rows.push(Row::of(policy, gcra));
                firsts.len() - 1
            });
            if let Some(row) = asked.rows.get_mut(at) {
                row.charge = row.charge.saturating_add(signed(gcra.charge()));
                row.room = row.room.min(signed(gcra.tolerance()).saturating_sub(row.charge));
                row.burst = i64::from(policy.burst);
                asked.policies.push((gcra, at, unsigned(row.charge)));
            }
        }
        Ok(asked)
    }

    /// What was decided, by how far ahead each row was before.
    pub(crate) fn decide(&self, ahead: &[i64]) -> Decision {
        let ahead = |row: usize| unsigned(ahead.get(row).copied().unwrap_or(0));
        let waits = self.policies.iter();
        let waits = waits.filter_map(|(gcra, row, charge)| gcra.wait(ahead(*row).saturating_add(*charge)));
        let wait = waits.max();
        let charged = |row: usize| self.rows.get(row).map_or(0, |row| unsigned(row.charge));
        let states = self.policies.iter().map(|(gcra, row, _)| {
            let charged = if wait.is_none() { charged(*row) } else { 0 };
            gcra.state(ahead(*row).saturating_add(charged))
        });
        Decision::new(states, wait)
    }
}

impl Row {
    fn of(policy: &Policy, gcra: Gcra) -> Self {
        Self {
            key: policy.key.clone(),
            quota: i64::from(policy.quota.max(1)),
            // A window too long for this would have been refused, unless its quota makes up for it: then it still names the row.
            window: i64::try_from(policy.window.as_nanos()).unwrap_or(i64::MAX),
            burst: i64::from(policy.burst),
            tolerance: signed(gcra.tolerance()),
            charge: 0,
            room: signed(gcra.tolerance()),
        }
    }
}

/// A row as a snapshot reads it: key, quota, window, burst, and how far ahead it is.
pub(crate) type Shown = (String, i64, i64, i64, i64);

/// How a row stands; `None` for figures that nobody can have written.
pub(crate) fn standing((key, quota, window, burst, ahead): Shown) -> Option<Standing> {
    let size = |number: i64| u32::try_from(number).ok();
    let policy = Policy::new(key, size(quota)?, Duration::from_nanos(unsigned(window)));
    let policy = policy.burst(size(burst)?).cost(0);
    let gcra = Gcra::of(&policy).ok()?;
    let state = gcra.state(unsigned(ahead).min(gcra.tolerance()));
    Some(Standing::new(&policy, &state))
}

/// Now, in nanoseconds since 1970.
pub(crate) fn now(clock: &Clock) -> i64 {
    i64::try_from(Timestamp::as_nanosecond(clock.now())).unwrap_or(i64::MAX)
}

fn signed(nanos: u64) -> i64 {
    i64::try_from(nanos).unwrap_or(i64::MAX)
}

fn unsigned(nanos: i64) -> u64 {
    u64::try_from(nanos).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Guards that what a database decides by one number is what is decided here.
    #[test]
    fn a_row_has_room_exactly_when_every_policy_lets_it_pass() {
        let policies = [
            Policy::new("k", 10, 10 * SECOND).cost(2),
            Policy::new("k", 10, 10 * SECOND).burst(4),
            Policy::new("other", 1, SECOND).cost(0),
        ];
        let asked = Asked::of(&policies).unwrap();
        assert_eq!(asked.rows.len(), 2);
        for ahead in 0..12 {
            let ahead = ahead * 500_000_000;
            let allowed = asked.decide(&[ahead, 0]).is_allowed();
            assert_eq!(allowed, ahead <= asked.rows[0].room, "{ahead}");
        }
        let decision = asked.decide(&[0, 0]);
        assert_eq!(decision.states[0].remaining, 7);
        assert_eq!(decision.states[1].remaining, 1);
    }
}
