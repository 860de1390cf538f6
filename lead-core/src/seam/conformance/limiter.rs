//! The promises of [`Limit`](crate::seam::Limit). Each case is handed a maker of limiters that go by a given clock.

use std::time::Duration;

use super::sample::HandClock;
use crate::ErrorKind;
use crate::clock::Clock;
use crate::seam::{Limiter, Policy};

const SECOND: Duration = Duration::from_secs(1);

/// As many as the burst pass at once; the next is told when to come back.
pub async fn a_burst_passes_and_the_next_waits(make: impl Fn(Clock) -> Limiter) {
    let hand = HandClock::default();
    let limiter = make(hand.clock());
    let policy = [Policy::new("user:1", 10, 10 * SECOND).burst(3)];
    for left in [2, 1, 0] {
        let decision = limiter.check(&policy).await.unwrap();
        assert!(decision.is_allowed());
        assert_eq!(decision.states[0].remaining, left);
    }
    let refused = limiter.check(&policy).await.unwrap();
    assert_eq!(refused.retry_after, Some(SECOND));
    hand.advance(SECOND);
    assert!(limiter.check(&policy).await.unwrap().is_allowed());
}

/// When one policy refuses, the others are not charged.
pub async fn a_refused_use_charges_nobody(make: impl Fn(Clock) -> Limiter) {
    let limiter = make(HandClock::default().clock());
    let (wide, narrow) = (Policy::new("wide", 5, SECOND), Policy::new("narrow", 1, SECOND));
    assert!(
        limiter
            .check(&[wide.clone(), narrow.clone()])
            .await
            .unwrap()
            .is_allowed()
    );
    for _ in 0..10 {
        assert!(
            !limiter
                .check(&[wide.clone(), narrow.clone()])
                .await
                .unwrap()
                .is_allowed()
        );
    }
    let decision = limiter.check(&[wide]).await.unwrap();
    assert!(decision.is_allowed());
    assert_eq!(decision.states[0].remaining, 3);
}

/// Units come back one by one over the window, and never more than the burst.
pub async fn units_come_back_evenly(make: impl Fn(Clock) -> Limiter) {
    let hand = HandClock::default();
    let limiter = make(hand.clock());
    let policy = [Policy::new("k", 4, 4 * SECOND)];
    let pass = async || {
        let mut passed = 0;
        while limiter.check(&policy).await.unwrap().is_allowed() {
            passed += 1;
        }
        passed
    };
    assert_eq!(pass().await, 4);
    hand.advance(2 * SECOND);
    assert_eq!(pass().await, 2);
    hand.advance(3600 * SECOND);
    assert_eq!(pass().await, 4);
}

/// A use that no wait would let through is an error, not a wait.
pub async fn a_cost_above_the_burst_is_an_error(make: impl Fn(Clock) -> Limiter) {
    let limiter = make(Clock::system());
    let error = limiter
        .check(&[Policy::new("k", 4, SECOND).cost(5)])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

/// Policies of one key with other figures are counted apart; alike ones in one check stand for their sum.
pub async fn a_key_is_counted_by_its_quota_and_window(make: impl Fn(Clock) -> Limiter) {
    let limiter = make(HandClock::default().clock());
    let both = [Policy::new("k", 2, SECOND), Policy::new("k", 100, 3600 * SECOND)];
    assert!(limiter.check(&both).await.unwrap().is_allowed());
    let second = limiter.check(&both).await.unwrap();
    let left: Vec<u32> = second.states.iter().map(|state| state.remaining).collect();
    assert!(second.is_allowed(), "{second:?}");
    assert_eq!(left, [0, 98]);
    let third = limiter.check(&both).await.unwrap();
    assert_eq!(third.retry_after, Some(SECOND / 2));
    let names: Vec<&Policy> = third.refused_by(&both).map(|(policy, _)| policy).collect();
    assert_eq!(names, [&both[0]]);

    let twice = [
        Policy::new("twice", 5, SECOND).cost(2),
        Policy::new("twice", 5, SECOND),
    ];
    let first = limiter.check(&twice).await.unwrap();
    assert!(first.is_allowed());
    assert!(first.states.iter().all(|state| state.remaining == 2), "{first:?}");
    assert!(!limiter.check(&twice).await.unwrap().is_allowed(), "three of two");
    assert!(
        limiter.check(&twice[..1]).await.unwrap().is_allowed(),
        "two of two"
    );
}

/// A use that costs nothing is let through, shows how things stand, and leaves no trace.
pub async fn a_look_charges_nobody(make: impl Fn(Clock) -> Limiter) {
    let limiter = make(HandClock::default().clock());
    let (use_it, look) = (
        [Policy::new("k", 2, 2 * SECOND).cost(2)],
        [Policy::new("k", 2, 2 * SECOND).cost(0)],
    );
    for left in [2, 2] {
        let decision = limiter.check(&look).await.unwrap();
        let state = &decision.states[0];
        assert_eq!((state.remaining, state.reset_after()), (left, Duration::ZERO));
    }
    assert!(limiter.check(&use_it).await.unwrap().is_allowed());
    let decision = limiter.check(&look).await.unwrap();
    assert!(decision.is_allowed());
    assert_eq!(decision.states[0].remaining, 0);
    assert_eq!(decision.states[0].reset_after(), 2 * SECOND);
}

/// Whoever asks at the same time, in whatever order of policies, gets no more than who asks one after another.
pub async fn uses_at_the_same_time_add_up(make: impl Fn(Clock) -> Limiter) {
    let limiter = make(HandClock::default().clock());
    let (one, other) = (
        Policy::new("one", 7, 3600 * SECOND),
        Policy::new("other", 50, 3600 * SECOND),
    );
    let asks = (0..40).map(|number| {
        let mut policies = vec![one.clone(), other.clone()];
        if number % 2 == 0 {
            policies.reverse();
        }
        let limiter = limiter.clone();
        async move { limiter.check(&policies).await.unwrap().is_allowed() }
    });
    let passed = futures::future::join_all(asks).await;
    assert_eq!(passed.into_iter().filter(|passed| *passed).count(), 7);
    let left = limiter.check(&[other.cost(0)]).await.unwrap();
    assert_eq!(
        left.states[0].remaining, 43,
        "who was refused was charged nothing"
    );
}

/// Any text is a key, and no two are one.
pub async fn any_text_is_a_key(make: impl Fn(Clock) -> Limiter) {
    let limiter = make(HandClock::default().clock());
    let long = "k".repeat(10_000);
    for key in [
        "",
        "'; DROP TABLE limits; --",
        "a\0b",
        "a",
        "A",
        "ключ",
        "\\x00",
        "{\"}",
        "%s$1",
        &long,
        &long[1..],
    ] {
        let decision = limiter.check(&[Policy::new(key, 1, SECOND)]).await.unwrap();
        assert!(decision.is_allowed(), "{key:?}");
        assert!(
            !limiter
                .check(&[Policy::new(key, 1, SECOND)])
                .await
                .unwrap()
                .is_allowed()
        );
    }
}

/// Those with the least left come first, and those that have all of it are not shown. A backend that cannot tell says so.
pub async fn a_snapshot_shows_who_has_the_least_left(make: impl Fn(Clock) -> Limiter) {
    let hand = HandClock::default();
    let limiter = make(hand.clock());
    for (key, quota, cost) in [("user:a", 10, 1), ("user:b", 4, 3), ("user:c", 10, 10)] {
        let policy = Policy::new(key, quota, 10 * SECOND).cost(cost);
        assert!(limiter.check(&[policy]).await.unwrap().is_allowed());
    }
    let shown = match limiter.snapshot(2).await {
        Err(error) if error.kind() == ErrorKind::Unsupported => {
            tracing::warn!("not run: this limiter cannot tell how its keys stand");
            return;
        }
        shown => shown.unwrap(),
    };
    let keys: Vec<(&str, u32)> = shown
        .iter()
        .map(|one| (one.key.as_str(), one.remaining))
        .collect();
    assert_eq!(keys, [("user:c", 0), ("user:b", 1)]);
    assert_eq!(
        (shown[0].quota, shown[0].burst, shown[0].window),
        (10, 10, 10 * SECOND)
    );
    assert_eq!(shown[0].reset_after, 10 * SECOND);
    hand.advance(5 * SECOND);
    let shown = limiter.snapshot(100).await.unwrap();
    let keys: Vec<(&str, u32)> = shown
        .iter()
        .map(|one| (one.key.as_str(), one.remaining))
        .collect();
    // b has used 2.5 of its ten seconds, c five, and a none.
    assert_eq!(keys, [("user:c", 5), ("user:b", 3)]);
    hand.advance(5 * SECOND);
    assert_eq!(limiter.snapshot(100).await.unwrap(), []);
}
