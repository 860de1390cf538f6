use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use super::*;
use crate::clock::Timestamp;

const SECOND: Duration = Duration::from_secs(1);

/// A clock that stands where it is put, in nanoseconds since 2026 began.
fn hand() -> (Arc<AtomicU64>, Clock) {
    let hand = Arc::new(AtomicU64::new(0));
    let shown = Arc::clone(&hand);
    let clock = Clock::from_fn(move || {
        let nanos = i128::from(shown.load(Ordering::SeqCst));
        Timestamp::from_nanosecond(1_767_225_600_000_000_000 + nanos).unwrap()
    });
    (hand, clock)
}

fn pass(limiter: &MemoryLimiter, policies: &[Policy]) -> u32 {
    let passed = (0..).take_while(|_| limiter.check_now(policies).unwrap().is_allowed());
    u32::try_from(passed.count()).unwrap()
}

#[test]
fn threads_get_no_more_than_one_after_another() {
    let limiter = MemoryLimiter::new(Clock::fixed(Timestamp::UNIX_EPOCH));
    let (passed, start) = (AtomicU32::new(0), Barrier::new(8));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (limiter, passed, start) = (&limiter, &passed, &start);
            scope.spawn(move || {
                // Half of them ask the other way round: parts of the table are held in one order all the same.
                let mut policies = vec![
                    Policy::new("user:1", 5000, SECOND),
                    Policy::new("host:a", 1000, SECOND),
                ];
                policies.extend((0..6).map(|number| Policy::new(format!("more:{number}"), 9000, SECOND)));
                if thread % 2 == 0 {
                    policies.reverse();
                }
                start.wait();
                for _ in 0..500 {
                    let allowed = limiter.check_now(&policies).unwrap().is_allowed();
                    passed.fetch_add(u32::from(allowed), Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(passed.into_inner(), 1000);
    let left = limiter
        .check_now(&[Policy::new("user:1", 5000, SECOND).cost(0)])
        .unwrap();
    assert_eq!(
        left.states[0].remaining, 4000,
        "who was refused was charged nothing"
    );
}

#[test]
fn a_thread_that_panics_leaves_the_limiter_in_use() {
    let limiter = MemoryLimiter::new(Clock::fixed(Timestamp::UNIX_EPOCH));
    let policy = [Policy::new("k", 1, SECOND)];
    for shard in &limiter.shards {
        std::thread::scope(|scope| {
            let broken = scope.spawn(|| {
                let _held = shard.0.lock().unwrap();
                panic!("while it held a part of the table");
            });
            assert!(broken.join().is_err());
        });
    }
    assert!(limiter.shards.iter().all(|part| part.0.is_poisoned()));
    assert_eq!(pass(&limiter, &policy), 1);
}

#[test]
fn keys_that_are_whole_again_are_forgotten() {
    let (hand, clock) = hand();
    let limiter = MemoryLimiter::new(clock);
    for number in 0..300_000_u64 {
        hand.store(number * 1_000_000, Ordering::SeqCst);
        let policy = Policy::new(format!("user:{number}"), 10, 10 * SECOND).burst(2);
        limiter.check_now(&[policy]).unwrap();
    }
    // A thousand of them are in use at any time.
    assert!(limiter.len() < 2 * SHARDS * 1024, "{}", limiter.len());
}

#[test]
fn a_full_table_forgets_whoever_used_the_least() {
    let (_, clock) = hand();
    let limiter = MemoryLimiter::new(clock).max_keys(6400);
    let policy = |number: u32| [Policy::new(format!("user:{number}"), 5, 3600 * SECOND)];
    assert_eq!(pass(&limiter, &policy(0)), 5);
    for number in 1..100_000 {
        limiter.check_now(&policy(number)).unwrap();
        assert!(limiter.len() <= 6400);
    }
    assert!(limiter.len() > 3000, "{}", limiter.len());
    assert_eq!(
        pass(&limiter, &policy(0)),
        0,
        "whoever used all of it is remembered"
    );
}

#[test]
fn a_clock_that_is_set_back_costs_one_burst_at_most() {
    let (hand, clock) = hand();
    let limiter = MemoryLimiter::new(clock);
    let policy = [Policy::new("k", 4, 4 * SECOND)];
    hand.store(3_600_000_000_000, Ordering::SeqCst);
    assert_eq!(pass(&limiter, &policy), 4);
    hand.store(0, Ordering::SeqCst);
    assert_eq!(limiter.check_now(&policy).unwrap().retry_after, Some(SECOND));
    assert_eq!(limiter.snapshot_now(1)[0].reset_after, 4 * SECOND);
}

#[test]
fn who_only_looks_leaves_no_trace() {
    let limiter = MemoryLimiter::new(Clock::fixed(Timestamp::UNIX_EPOCH));
    let looks = [
        Policy::new("a", 1, SECOND).cost(0),
        Policy::new("b", 1, SECOND).cost(0),
    ];
    assert!(limiter.check_now(&looks).unwrap().is_allowed());
    assert!(limiter.check_now(&looks[..1]).unwrap().is_allowed());
    assert!(limiter.is_empty());
}

#[test]
fn a_snapshot_shows_who_has_the_least_left() {
    let limiter = MemoryLimiter::new(Clock::fixed(Timestamp::UNIX_EPOCH));
    for (key, quota, uses) in [
        ("user:a", 10, 1),
        ("user:b", 4, 3),
        ("user:c", 1000, 999),
        ("user:d", 10, 5),
    ] {
        let policy = [Policy::new(key, quota, 10 * SECOND).cost(uses)];
        assert!(limiter.check_now(&policy).unwrap().is_allowed());
    }
    let shown = limiter.snapshot_now(3);
    let keys: Vec<_> = shown
        .iter()
        .map(|one| (one.key.as_str(), one.remaining))
        .collect();
    assert_eq!(keys, [("user:c", 1), ("user:b", 1), ("user:d", 5)]);
    assert_eq!(shown[1].reset_after, Duration::from_millis(7500));
    assert_eq!(limiter.snapshot_now(0), []);
    assert_eq!(limiter.snapshot_now(9).len(), 4);
    let json = serde_json::to_value(&shown[1]).unwrap();
    assert_eq!(json["window"], "10s");
}

#[test]
fn no_policies_are_no_limit() {
    let limiter = MemoryLimiter::default();
    assert_eq!(limiter.check_now(&[]).unwrap(), Decision::new(Vec::new(), None));
}
