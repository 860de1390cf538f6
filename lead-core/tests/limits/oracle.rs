//! The memory limiter decides as the crate governor does, use by use.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, FakeRelativeClock};
use governor::{Quota, RateLimiter};
use lead_core::ErrorKind;
use lead_core::clock::{Clock, Timestamp};
use lead_core::seam::Policy;
use lead_core::seam::memory::MemoryLimiter;
use proptest::prelude::*;

/// A use: of which key, at what cost, after how many milliseconds.
type Use = (u8, u32, u64);

fn uses() -> impl Strategy<Value = Vec<Use>> {
    let pause = prop_oneof![Just(0), 0_u64..50, 0_u64..2_000, 0_u64..100_000];
    proptest::collection::vec((0_u8..3, 1_u32..12, pause), 1..200)
}

proptest! {
    #[test]
    fn decisions_and_waits_are_governors(
        period in 1_u64..3_000_000_000,
        burst in 1_u32..10,
        uses in uses(),
    ) {
        let (theirs_now, ours_now) = (FakeRelativeClock::default(), Arc::new(AtomicI64::new(0)));
        let period = Duration::from_nanos(period);
        let quota = Quota::with_period(period).unwrap().allow_burst(NonZeroU32::new(burst).unwrap());
        let theirs = RateLimiter::hashmap_with_clock(quota, theirs_now.clone());
        let shown = Arc::clone(&ours_now);
        let ours = MemoryLimiter::new(Clock::from_fn(move || {
            Timestamp::from_millisecond(1_767_225_600_000 + shown.load(Ordering::SeqCst)).unwrap()
        }));
        for (key, cost, pause) in uses {
            theirs_now.advance(Duration::from_millis(pause));
            ours_now.fetch_add(i64::try_from(pause).unwrap(), Ordering::SeqCst);
            let policy = Policy::new(format!("k:{key}"), 1, period).burst(burst).cost(cost);
            let decision = ours.check_now(&[policy]);
            match theirs.check_key_n(&key, NonZeroU32::new(cost).unwrap()) {
                Err(_) => prop_assert_eq!(decision.unwrap_err().kind(), ErrorKind::InvalidInput),
                Ok(Ok(())) => prop_assert_eq!(decision.unwrap().retry_after, None),
                Ok(Err(until)) => {
                    let wait = until.wait_time_from(theirs_now.now());
                    prop_assert_eq!(decision.unwrap().retry_after, Some(wait));
                }
            }
        }
    }

    /// Several policies at once let through what one limiter a policy would, were each asked first whether it can.
    #[test]
    fn several_at_once_are_each_governors_and_all_or_nothing(
        narrow in 1_u32..4,
        wide in 1_u32..9,
        uses in proptest::collection::vec((0_u8..2, 0_u64..900), 1..150),
    ) {
        let hand = Arc::new(AtomicI64::new(0));
        let shown = Arc::clone(&hand);
        let clock = Clock::from_fn(move || Timestamp::from_millisecond(shown.load(Ordering::SeqCst)).unwrap());
        let together = MemoryLimiter::new(clock.clone());
        let apart = [MemoryLimiter::new(clock.clone()), MemoryLimiter::new(clock)];
        for (key, pause) in uses {
            hand.fetch_add(i64::try_from(pause).unwrap(), Ordering::SeqCst);
            let policies = [
                Policy::new(format!("user:{key}"), 2, Duration::from_secs(1)).burst(narrow),
                Policy::new("all", 3, Duration::from_secs(1)).burst(wide),
            ];
            let can = |at: usize| {
                let look = policies[at].clone().cost(0);
                apart[at].check_now(&[look]).unwrap().states[0].remaining > 0
            };
            let both = can(0) && can(1);
            let decision = together.check_now(&policies).unwrap();
            prop_assert_eq!(decision.is_allowed(), both);
            for at in [0, 1] {
                let cost = u32::from(both);
                let alone = apart[at].check_now(&[policies[at].clone().cost(cost)]).unwrap();
                prop_assert_eq!(&alone.states[0], &decision.states[at]);
            }
        }
    }
}
