//! The promises of [`Keep`](crate::seam::Keep). Each case is handed a maker of states that go by a given clock.

use std::time::Duration;

use super::sample::HandClock;
use crate::clock::Clock;
use crate::record::TenantId;
use crate::seam::State;

/// What was put is read back, with a version that grows; what was removed is gone.
pub async fn a_write_is_read_back(make: impl Fn(Clock) -> State) {
    let state = make(Clock::system());
    assert!(state.get("k".into()).await.unwrap().is_none());
    let first = state.put("k".into(), "one".into(), None).await.unwrap();
    let second = state.put("k".into(), "two".into(), None).await.unwrap();
    assert!(second > first && first > 0);
    let entry = state.get("k".into()).await.unwrap().unwrap();
    assert_eq!((&entry.value[..], entry.version), (&b"two"[..], second));
    state.remove("k".into()).await.unwrap();
    state.remove("k".into()).await.unwrap();
    assert!(state.get("k".into()).await.unwrap().is_none());
}

/// An entry past its time to live is as if it were never written.
pub async fn an_entry_past_its_time_is_gone(make: impl Fn(Clock) -> State) {
    let hand = HandClock::default();
    let state = make(hand.clock());
    state
        .put("k".into(), "v".into(), Some(Duration::from_secs(10)))
        .await
        .unwrap();
    hand.advance(Duration::from_secs(9));
    assert!(state.get("k".into()).await.unwrap().is_some());
    hand.advance(Duration::from_secs(1));
    assert!(state.get("k".into()).await.unwrap().is_none());
    assert!(
        state
            .compare_and_set("k".into(), 0, "w".into(), None)
            .await
            .unwrap()
            .is_some()
    );
}

/// Of two who saw the same version one wins.
pub async fn compare_and_set_lets_one_win(make: impl Fn(Clock) -> State) {
    let state = make(Clock::system());
    let version = state
        .compare_and_set("k".into(), 0, "a".into(), None)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        state
            .compare_and_set("k".into(), 0, "b".into(), None)
            .await
            .unwrap(),
        None
    );
    assert!(
        state
            .compare_and_set("k".into(), version, "c".into(), None)
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(
        state
            .compare_and_set("k".into(), version, "d".into(), None)
            .await
            .unwrap(),
        None
    );
    assert_eq!(&state.get("k".into()).await.unwrap().unwrap().value[..], b"c");
}

/// Lines of a log are numbered from 1 and read in pieces.
pub async fn logs_keep_their_order(make: impl Fn(Clock) -> State) {
    let state = make(Clock::system());
    for (number, line) in (1..).zip(["a", "b", "c", "d"]) {
        assert_eq!(state.append("log".into(), line.into()).await.unwrap(), number);
    }
    let piece = state.read_log("log".into(), 1, 2).await.unwrap();
    assert_eq!(piece, [(2, "b".into()), (3, "c".into())]);
    assert!(state.read_log("log".into(), 4, 9).await.unwrap().is_empty());
    assert!(state.read_log("other".into(), 0, 9).await.unwrap().is_empty());
}

/// Keys and logs of one tenant are not those of another.
pub async fn states_of_tenants_are_apart(make: impl Fn(Clock) -> State) {
    let state = make(Clock::system());
    let other = state.tenant(TenantId::new("other").unwrap());
    state.put("k".into(), "v".into(), None).await.unwrap();
    state.append("log".into(), "line".into()).await.unwrap();
    assert!(other.get("k".into()).await.unwrap().is_none());
    assert!(other.read_log("log".into(), 0, 9).await.unwrap().is_empty());
    other.remove("k".into()).await.unwrap();
    assert!(state.get("k".into()).await.unwrap().is_some());
}
