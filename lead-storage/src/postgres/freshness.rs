//! How old what a replica shows can be, told by positions in the primary's write-ahead log.
//!
//! A replica that has replayed a position shows everything that was committed before the primary was asked for it. So its age is known
//! without comparing clocks, and also where nothing is written, the stream is cut, or replay stands still, where the time of the last
//! replayed transaction says nothing.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So many times the primary is asked in the time a replica may be behind: an answer that is nearly too old leaves the replica
/// the least to catch up with.
const MARKS: u32 = 4;

/// Positions of the primary, and when they were its newest.
#[derive(Debug)]
pub(super) struct Freshness {
    most: Duration,
    /// Oldest first.
    marks: VecDeque<(Instant, i64)>,
    /// The end of the last write that was ours, and when it was done.
    written: Option<(Instant, i64)>,
}

impl Freshness {
    /// For a replica that may be `most` behind.
    pub(super) fn new(most: Duration) -> Self {
        Self {
            most,
            marks: VecDeque::new(),
            written: None,
        }
    }

    /// Whether the primary should be asked where it is.
    pub(super) fn wants_mark(&self, now: Instant) -> bool {
        let newest = self.marks.back();
        newest.is_none_or(|(at, _)| now.duration_since(*at) >= self.most / MARKS)
    }

    /// What was committed before `at` ends at `position` or before.
    pub(super) fn mark(&mut self, at: Instant, position: i64) {
        while self.marks.front().is_some_and(|(old, _)| self.is_old(*old, at)) {
            self.marks.pop_front();
        }
        self.marks.push_back((at, position));
    }

    /// A write of ours ended at `position` or before.
    pub(super) fn wrote(&mut self, at: Instant, position: i64) {
        let before = self.written.filter(|(then, _)| !self.is_old(*then, at));
        let position = before.map_or(position, |(_, there)| there.max(position));
        self.written = Some((at, position));
    }

    /// What a replica must have replayed to be asked; `None` when nothing is known that is new enough.
    ///
    /// That is the oldest mark that is new enough, and the last write of ours. A write that is older than that needs no more care:
    /// every mark there is was made after it.
    pub(super) fn floor(&self, now: Instant) -> Option<i64> {
        let mark = self.marks.iter().find(|(at, _)| !self.is_old(*at, now))?;
        let written = self.written.filter(|(at, _)| !self.is_old(*at, now));
        Some(written.map_or(mark.1, |(_, position)| position.max(mark.1)))
    }

    /// How old at most what a replica shows is that has replayed `position`; `None` when that is more than it may be.
    pub(super) fn age(&self, now: Instant, position: i64) -> Option<Duration> {
        let (at, _) = self.marks.iter().rev().find(|(_, mark)| *mark <= position)?;
        Some(now.duration_since(*at)).filter(|age| *age <= self.most)
    }

    fn is_old(&self, at: Instant, now: Instant) -> bool {
        now.duration_since(at) > self.most
    }
}

/// The end of the last record, of the place where the next begins: at the head of a page that place is behind the page's own head, which
/// no replica says it has replayed before something follows. A head has 24 or 40 bytes, and no record is so short that it could
/// have begun behind one and ended there
/// (<https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/access/xlog_internal.h>).
pub(super) fn end_of_last(next: i64) -> i64 {
    const PAGE: i64 = 8192;
    const HEAD: i64 = 40;
    match next.rem_euclid(PAGE) {
        into @ 0..=HEAD => next - into,
        _ => next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    #[test]
    fn a_replica_may_be_as_far_behind_as_was_said_and_no_further() {
        let start = Instant::now();
        let mut known = Freshness::new(Duration::from_secs(1));
        assert!(known.wants_mark(start));
        assert_eq!(known.floor(start), None);
        for (at, position) in [(0, 100), (300, 200), (600, 300)] {
            known.mark(after(start, at), position);
        }
        assert!(!known.wants_mark(after(start, 800)) && known.wants_mark(after(start, 850)));
        assert_eq!(known.floor(after(start, 1000)), Some(100));
        assert_eq!(known.floor(after(start, 1001)), Some(200));
        assert_eq!(known.floor(after(start, 1301)), Some(300));
        assert_eq!(known.floor(after(start, 1601)), None);
        let at = after(start, 700);
        assert_eq!(known.age(at, 300), Some(Duration::from_millis(100)));
        assert_eq!(known.age(at, 299), Some(Duration::from_millis(400)));
        assert_eq!(known.age(at, 99), None);
        known.mark(after(start, 1500), 400);
        assert_eq!(known.marks.len(), 2, "what is too old is dropped");
    }

    #[test]
    fn what_was_written_is_waited_for() {
        let start = Instant::now();
        let mut known = Freshness::new(Duration::from_secs(1));
        known.mark(start, 100);
        known.wrote(after(start, 10), 150);
        // Two writes end in another order than they are told.
        known.wrote(after(start, 11), 140);
        assert_eq!(known.floor(after(start, 20)), Some(150));
        known.mark(after(start, 500), 160);
        assert_eq!(known.floor(after(start, 900)), Some(150));
        assert_eq!(known.floor(after(start, 1100)), Some(160));
        // A server that took the place of another may be at an earlier position.
        known.mark(after(start, 1200), 50);
        known.wrote(after(start, 1300), 60);
        assert_eq!(known.floor(after(start, 2000)), Some(60));
    }

    #[test]
    fn a_place_behind_the_head_of_a_page_is_the_end_of_the_page_before() {
        for (next, end) in [
            (0x0200_0028, 0x0200_0000),
            (0x0200_2018, 0x0200_2000),
            (0x0200_2000, 0x0200_2000),
            (0x0200_2030, 0x0200_2030),
            (0x0200_1ff8, 0x0200_1ff8),
        ] {
            assert_eq!(end_of_last(next), end, "{next:x}");
        }
    }
}
