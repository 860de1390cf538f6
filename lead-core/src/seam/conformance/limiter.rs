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
