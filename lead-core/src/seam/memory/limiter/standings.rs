//! The keys that have the least left.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::shard::Entry;
use crate::seam::{Gcra, Policy, Standing};

/// How much of its burst a key has used, in billionths, and which it is; the rest goes along.
type Used = (
    u64,
    Reverse<Box<str>>,
    Reverse<(u32, std::time::Duration)>,
    u32,
    u64,
);

/// The keys that have the least left of all that were seen; the heap's top is the first to go.
pub(super) struct Standings {
    most: usize,
    heap: BinaryHeap<Reverse<Used>>,
}

impl Standings {
    /// So many at most.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            heap: BinaryHeap::new(),
        }
    }

    pub(super) fn see(&mut self, entry: &Entry, now: u64) {
        let Ok(gcra) = Gcra::of(&policy_of(entry)) else {
            return;
        };
        let ahead = entry.arrival.saturating_sub(now).min(gcra.tolerance());
        let share = u128::from(ahead) * 1_000_000_000 / u128::from(gcra.tolerance().max(1));
        let share = u64::try_from(share).unwrap_or(u64::MAX);
        let full = self.heap.len() >= self.most;
        if ahead == 0
            || self.most == 0
            || full && self.heap.peek().is_some_and(|Reverse(least)| share < least.0)
        {
            return;
        }
        let which = Reverse((entry.quota, entry.window));
        let used = (share, Reverse(entry.key.text().into()), which, entry.burst, ahead);
        self.heap.push(Reverse(used));
        if self.heap.len() > self.most {
            self.heap.pop();
        }
    }

    /// Those with the least left first; by their keys where they stand alike.
    pub(super) fn into_sorted(self) -> Vec<Standing> {
        let shown = |Reverse(used): Reverse<Used>| {
            let (_, Reverse(key), Reverse((quota, window)), burst, ahead) = used;
            let policy = Policy::new(key.into_string(), quota, window).burst(burst).cost(0);
            let gcra = Gcra::of(&policy).ok()?;
            Some(Standing::new(&policy, &gcra.state(ahead)))
        };
        self.heap
            .into_sorted_vec()
            .into_iter()
            .filter_map(shown)
            .collect()
    }
}

/// The figures of an entry, without its key.
fn policy_of(entry: &Entry) -> Policy {
    Policy::new(String::new(), entry.quota, entry.window)
        .burst(entry.burst)
        .cost(0)
}
