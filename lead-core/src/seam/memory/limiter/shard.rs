//! A part of the table of keys.

use std::hash::RandomState;
use std::time::Duration;

use hashbrown::HashTable;

use super::{Asked, figure, hash_of};
use crate::telemetry::{LIMIT_KEYS, LIMIT_KEYS_DROPPED};

/// Where keys that are whole again are first swept out.
const SWEEP_AT: usize = 1024;

/// The part of a full table that is forgotten before its time.
const DROPPED: usize = 8;

/// One key, quota and window.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: Box<str>,
    pub(super) quota: u32,
    pub(super) burst: u32,
    pub(super) window: Duration,
    /// When all that was used will be back, in nanoseconds since 1970.
    pub(super) arrival: u64,
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

    /// How far ahead of `now` the key of a policy stands.
    pub(super) fn ahead(&self, asked: &Asked<'_>, now: u64) -> u64 {
        let known = self.table.find(asked.hash, |entry| entry.counts(asked));
        known.map_or(0, |entry| {
            entry.arrival.saturating_sub(now).min(asked.gcra.tolerance())
        })
    }

    /// Notes a use that was let through.
    pub(super) fn charge(&mut self, asked: &Asked<'_>, now: u64, hasher: &RandomState) {
        // Who only looks leaves no trace.
        if asked.after <= asked.before {
            return;
        }
        let arrival = now.saturating_add(asked.after);
        if let Some(entry) = self.table.find_mut(asked.hash, |entry| entry.counts(asked)) {
            (entry.arrival, entry.burst) = (arrival, asked.policy.burst);
            return;
        }
        if self.table.len() >= self.sweep_at {
            self.sweep(now);
        }
        let entry = Entry {
            key: asked.policy.key.as_str().into(),
            quota: asked.policy.quota,
            burst: asked.policy.burst,
            window: asked.policy.window,
            arrival,
        };
        let hash = |entry: &Entry| hash_of(hasher, &entry.key, entry.quota, entry.window);
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
        *self.key == *asked.policy.key
            && self.quota == asked.policy.quota
            && self.window == asked.policy.window
    }
}
