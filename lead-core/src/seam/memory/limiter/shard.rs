//! A part of the table of keys.

use std::time::Duration;

use foldhash::quality::SeedableRandomState;
use hashbrown::HashTable;

use super::key::Key;
use super::{Asked, figure, hash_of};
use crate::Result;
use crate::seam::Gcra;
use crate::telemetry::{LIMIT_KEYS, LIMIT_KEYS_DROPPED};

/// Where keys that are whole again are first swept out.
const SWEEP_AT: usize = 1024;

/// The part of a full table that is forgotten before its time.
const DROPPED: usize = 8;

/// One key, quota and window: one line of a processor's cache.
#[derive(Debug)]
#[repr(align(64))]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) quota: u32,
    pub(super) burst: u32,
    pub(super) window: Duration,
    /// When all that was used will be back, in nanoseconds since 1970.
    pub(super) arrival: u64,
    /// That of its policies ([`Gcra::interval`]): a division that is made once.
    interval: u64,
}

/// A part of the table.
#[derive(Debug)]
pub(super) struct Shard {
    table: HashTable<Entry>,
    sweep_at: usize,
    most: usize,
}

impl Shard {
    /// Of so many keys at most.
    pub(super) fn new(most: usize) -> Self {
        Self {
            table: HashTable::new(),
            sweep_at: SWEEP_AT.min(most),
            most,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.table.len()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.table.iter()
    }

    /// Notes where the key of a policy stands, how far ahead of `now`, and what the policy comes to.
    ///
    /// # Errors
    /// As [`Gcra::of`].
    #[inline]
    pub(super) fn find(&self, asked: &mut Asked<'_>, now: u64) -> Result<()> {
        asked.slot = self
            .table
            .find_bucket_index(asked.hash, |entry| entry.counts(asked));
        if let Some(entry) = asked.slot.and_then(|slot| self.table.get_bucket(slot)) {
            asked.gcra = Gcra::paced(asked.policy, entry.interval)?;
            asked.before = entry.arrival.saturating_sub(now).min(asked.gcra.tolerance());
        } else {
            asked.gcra = Gcra::of(asked.policy)?;
        }
        Ok(())
    }

    /// Notes a use that was let through. `false` when its key is not known yet: it must be [entered](Self::enter).
    #[inline]
    pub(super) fn renew(&mut self, asked: &Asked<'_>, now: u64) -> bool {
        // Who only looks leaves no trace.
        if asked.after <= asked.before {
            return true;
        }
        let entry = asked.slot.and_then(|slot| self.table.get_bucket_mut(slot));
        let Some(entry) = entry else { return false };
        (entry.arrival, entry.burst) = (now.saturating_add(asked.after), asked.policy.burst);
        true
    }

    /// Notes the use of a key that was not known. Others stand elsewhere then.
    #[cold]
    pub(super) fn enter(&mut self, asked: &Asked<'_>, now: u64, hasher: &SeedableRandomState) {
        if asked.after <= asked.before {
            return;
        }
        let arrival = now.saturating_add(asked.after);
        // One that counts with another of the same check was entered with that.
        if let Some(entry) = self.table.find_mut(asked.hash, |entry| entry.counts(asked)) {
            (entry.arrival, entry.burst) = (arrival, asked.policy.burst);
            return;
        }
        if self.table.len() >= self.sweep_at {
            self.sweep(now);
        }
        let entry = Entry {
            key: Key::new(&asked.policy.key),
            quota: asked.policy.quota,
            burst: asked.policy.burst,
            window: asked.policy.window,
            arrival,
            interval: asked.gcra.interval(),
        };
        let hash = |entry: &Entry| hash_of(hasher, entry.key.bytes(), entry.quota, entry.window);
        self.table.insert_unique(asked.hash, entry, hash);
        LIMIT_KEYS.shift(1.0, &[]);
    }

    /// Forgets keys that are whole again. Of what remains, the next sweep comes when that has doubled, so that sweeping stays cheap
    /// on average; when it is all there may be, those go that would be whole again the soonest.
    fn sweep(&mut self, now: u64) {
        let before = self.table.len();
        self.table.retain(|entry| entry.arrival > now);
        if self.table.len() >= self.most {
            let dropped = self.drop_the_soonest();
            LIMIT_KEYS_DROPPED.add(u64::try_from(dropped).unwrap_or(u64::MAX), &[]);
        }
        self.sweep_at = (self.table.len() * 2).max(SWEEP_AT).min(self.most);
        LIMIT_KEYS.shift(-figure(before - self.table.len()), &[]);
    }

    fn drop_the_soonest(&mut self) -> usize {
        let mut arrivals: Vec<u64> = self.table.iter().map(|entry| entry.arrival).collect();
        let wanted = arrivals.len().div_ceil(DROPPED);
        let Some(last) = wanted.checked_sub(1) else {
            return 0;
        };
        let (_, last, _) = arrivals.select_nth_unstable(last);
        let mut left = wanted;
        self.table.retain(|entry| {
            let goes = entry.arrival <= *last && left > 0;
            left -= usize::from(goes);
            !goes
        });
        wanted
    }
}

impl Entry {
    fn counts(&self, asked: &Asked<'_>) -> bool {
        self.quota == asked.policy.quota
            && self.window == asked.policy.window
            && self.key.bytes() == asked.policy.key.as_bytes()
    }
}
