//! How long to wait before the next attempt.

use std::time::Duration;

/// The wait before the second attempt is at most this, before each further one at most twice the last.
const BASE: Duration = Duration::from_secs(10);

/// No wait of our own is longer.
const CAP: Duration = Duration::from_hours(1);

/// Nor is one that the other side asks for.
const MOST_ASKED: Duration = Duration::from_hours(24);

/// The wait after attempt `attempt` (from 1). Our own is a random time in the upper half of a bound that doubles ("equal jitter" of Brooker,
/// "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that it does wait; what the other side asks for is waited for,
/// and up to a tenth more, so that not all come back at once.
pub(super) fn before_next(attempt: u32, asked: Option<Duration>) -> Duration {
    if let Some(asked) = asked {
        let asked = asked.clamp(Duration::from_secs(1), MOST_ASKED);
        return asked + asked.mul_f64(fastrand::f64() * 0.1);
    }
    let doubled = BASE.saturating_mul(1 << attempt.saturating_sub(1).min(16));
    doubled.min(CAP).mul_f64(0.5 + fastrand::f64() * 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_cap_and_keep_to_what_is_asked() {
        for (attempt, least, most) in [(1, 5, 10), (2, 10, 20), (4, 40, 80), (40, 1800, 3600)] {
            let wait = before_next(attempt, None);
            assert!(
                wait >= Duration::from_secs(least) && wait <= Duration::from_secs(most),
                "{wait:?}"
            );
        }
        let asked = before_next(1, Some(Duration::from_mins(10)));
        assert!(
            asked >= Duration::from_mins(10) && asked <= Duration::from_mins(11),
            "{asked:?}"
        );
        assert!(before_next(1, Some(Duration::MAX)) <= MOST_ASKED * 2);
    }
}
