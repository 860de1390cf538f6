//! Each figure of limits moves.

use std::collections::BTreeMap;
use std::time::Duration;

use lead_core::clock::{Clock, Timestamp};
use lead_core::seam::memory::MemoryLimiter;
use lead_core::seam::{Limiter, Policy};
use lead_core::telemetry::{METRICS, describe};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

const HOUR: Duration = Duration::from_hours(1);

/// What moved, and to where.
fn moved_by(work: impl FnOnce()) -> BTreeMap<String, f64> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        describe();
        work();
    });
    let value = |value: &DebugValue| match value {
        DebugValue::Counter(count) => f64::from(u32::try_from(*count).unwrap()),
        DebugValue::Gauge(level) => level.into_inner(),
        DebugValue::Histogram(_) => panic!("none of these is a distribution"),
    };
    let figures = snapshotter.snapshot().into_vec();
    figures
        .iter()
        .map(|(key, _, _, at)| (key.key().name().to_owned(), value(at)))
        .collect()
}

#[test]
fn every_figure_of_limits_moves() {
    let policy = |key: &str| [Policy::new(key, 1, HOUR)];
    let moved = moved_by(|| {
        let limiter = MemoryLimiter::new(Clock::fixed(Timestamp::UNIX_EPOCH)).max_keys(64);
        for key in ["user:1", "user:1"] {
            limiter.check_now(&policy(key)).unwrap();
        }
        limiter
            .check_now(&[Policy::new("user:1", 1, HOUR).cost(2)])
            .unwrap_err();
        let limiter = Limiter::new(limiter);
        for number in 0..1000 {
            let checked = futures::executor::block_on(limiter.check(&policy(&format!("user:{number}"))));
            assert!(checked.is_ok());
        }
        // Remembered as long as the limiter is.
        std::mem::forget(limiter);
    });
    assert!(
        (moved["lead_limit_checks_total"] - 1003.0).abs() < 0.1,
        "{moved:?}"
    );
    assert!(
        (moved["lead_limit_failures_total"] - 1.0).abs() < 0.1,
        "{moved:?}"
    );
    assert!(moved["lead_limit_refusals_total"] >= 1.0, "{moved:?}");
    assert!(moved["lead_limit_keys_dropped_total"] >= 900.0, "{moved:?}");
    assert!((1.0..=64.0).contains(&moved["lead_limit_keys"]), "{moved:?}");
    // That of Redis is moved where Redis is asked.
    let ours = |name: &str| name.starts_with("lead_limit_") && name != "lead_limit_away_total";
    for metric in METRICS.iter().filter(|metric| ours(metric.name)) {
        assert!(moved.contains_key(metric.name), "{} did not move", metric.name);
    }
}

#[test]
fn keys_are_no_longer_counted_when_their_limiter_is_gone() {
    let moved = moved_by(|| {
        let limiter = MemoryLimiter::default();
        limiter.check_now(&[Policy::new("k", 1, HOUR)]).unwrap();
        assert_eq!(limiter.len(), 1);
    });
    assert!(moved["lead_limit_keys"].abs() < 0.1, "{moved:?}");
}
