//! Leaving a host alone that fails again and again.

use std::time::Duration;

use tokio::time::Instant;

/// Failures in a row, none of them a retry's own bad luck, after which a host is left alone.
const FAILURES: u32 = 10;
/// For how long the first time; twice as long each further time in a row.
const FIRST: Duration = Duration::from_secs(5);
/// Times in a row after which a host is given up …
const TIMES: u32 = 4;
/// … for this long.
const GIVEN_UP: Duration = Duration::from_mins(10);

/// A circuit breaker: closed while answers come, open for a while after failures in a row. The first answer closes it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    times: u32,
    opened: Option<Instant>,
    until: Option<Instant>,
}

impl Breaker {
    /// An answer came.
    pub(super) fn success(&mut self) {
        *self = Self::default();
    }

    /// A request that started at `started` failed. Whether that opened it. What was sent before it last opened is old news.
    pub(super) fn failure(&mut self, started: Instant, now: Instant) -> bool {
        if self.opened.is_some_and(|opened| started <= opened) {
            return false;
        }
        self.failures += 1;
        // Once opened, one failure is enough: the first request after the wait is a trial.
        if self.failures < FAILURES && self.times == 0 {
            return false;
        }
        self.failures = 0;
        self.times += 1;
        let wait = if self.times > TIMES {
            GIVEN_UP
        } else {
            FIRST * 2_u32.pow(self.times - 1)
        };
        self.opened = Some(now);
        self.until = now.checked_add(wait);
        true
    }

    /// Until when the host is left alone.
    pub(super) fn open_until(&self) -> Option<Instant> {
        self.until
    }

    /// Whether the host is not asked for so long that there is no use in waiting.
    pub(super) fn is_given_up(&self, now: Instant) -> bool {
        self.times > TIMES && self.until.is_some_and(|until| until > now)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.times == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_failures_in_a_row_for_longer_each_time() {
        let mut breaker = Breaker::default();
        for _ in 1..FAILURES {
            assert!(!breaker.failure(Instant::now(), Instant::now()));
        }
        breaker.success();
        let mut waits = Vec::new();
        for _ in 0..FAILURES {
            tokio::time::advance(Duration::from_secs(1)).await;
            breaker.failure(Instant::now(), Instant::now());
        }
        while !breaker.is_given_up(Instant::now()) {
            let now = Instant::now();
            let wait = breaker.open_until().unwrap() - now;
            assert!(!breaker.failure(now - Duration::from_secs(1), now), "old news");
            waits.push(wait.as_secs());
            tokio::time::advance(wait + Duration::from_secs(1)).await;
            assert!(breaker.failure(Instant::now(), Instant::now()));
        }
        assert_eq!(waits, [5, 10, 20, 40]);
        tokio::time::advance(GIVEN_UP).await;
        assert!(!breaker.is_given_up(Instant::now()));
        breaker.success();
        assert!(breaker.is_closed() && breaker.open_until().is_none());
    }
}
