//! A check of one policy and of three at once, in memory, beside the keyed check of the crate governor, which knows one quota a
//! limiter: three of them are asked one after another there, which charges the first though the last refuses.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use lead_core::seam::memory::MemoryLimiter;
use lead_core::seam::{Limiter, Policy};

use crate::quantile::quantile;

/// Keys that are in use.
const KEYS: usize = 10_000;

/// Checks a turn; turns of each in alternation, of which the median counts.
const CHECKS: usize = 1_000_000;
const TURNS: usize = 7;

/// Units a second: so many that most checks pass, as they do in a service.
const QUOTA: u32 = 1_000_000;

const KINDS: [&str; 3] = ["user", "host", "tenant"];

/// A way to check, and what it costs: nanoseconds a check in each turn.
struct Way<'a> {
    name: &'static str,
    check: Box<dyn Fn(usize) -> bool + Sync + 'a>,
    nanos: Vec<f64>,
}

fn way<'a>(name: &'static str, check: impl Fn(usize) -> bool + Sync + 'a) -> Way<'a> {
    Way {
        name,
        check: Box::new(check),
        nanos: Vec::new(),
    }
}

pub(crate) fn run() {
    let policies: Vec<[Policy; 3]> = (0..KEYS).map(policies).collect();
    let keys: Vec<[String; 3]> = policies
        .iter()
        .map(|each| each.each_ref().map(|policy| policy.key.clone()))
        .collect();
    let (direct, seam) = (MemoryLimiter::default(), Limiter::memory());
    let theirs: [Arc<DefaultKeyedRateLimiter<String>>; 3] = std::array::from_fn(|_| {
        let quota = Quota::per_second(NonZeroU32::new(QUOTA).expect("a quota"));
        Arc::new(RateLimiter::keyed(quota))
    });
    let now = |policies: &[Policy]| direct.check_now(policies).expect("a decision").is_allowed();
    let later = |policies: &[Policy]| {
        let decision = futures::executor::block_on(seam.check(policies));
        decision.expect("a decision").is_allowed()
    };
    let mut ways = [
        way("governor, one keyed limiter", |at: usize| {
            theirs[0].check_key(&keys[at][0]).is_ok()
        }),
        way("`check_now`, one policy", |at: usize| now(&policies[at][..1])),
        way("`Limiter::check`, one policy", |at: usize| {
            later(&policies[at][..1])
        }),
        way("governor, three keyed limiters", |at: usize| {
            theirs
                .iter()
                .zip(&keys[at])
                .all(|(limiter, key)| limiter.check_key(key).is_ok())
        }),
        way("`check_now`, three policies", |at: usize| now(&policies[at])),
        way("`Limiter::check`, three policies", |at: usize| {
            later(&policies[at])
        }),
    ];
    for _ in 0..TURNS {
        for way in &mut ways {
            let nanos = turn(&way.check);
            way.nanos.push(nanos);
        }
    }
    let two: Vec<f64> = ways.iter().map(|way| on_two_threads(&way.check)).collect();
    let base = quantile(&ways[0].nanos, 0.5);
    println!("| | ns a check | times governor's one | checks/s on two threads |");
    println!("|---|---|---|---|");
    for (way, two) in ways.iter().zip(two) {
        let nanos = quantile(&way.nanos, 0.5);
        println!("| {} | {nanos:.0} | {:.2} | {two:.0} |", way.name, nanos / base);
    }
}

fn policies(number: usize) -> [Policy; 3] {
    KINDS.map(|kind| Policy::new(format!("{kind}:{number}"), QUOTA, Duration::from_secs(1)))
}

/// Nanoseconds a check, over keys in an order that jumps.
fn turn(check: &dyn Fn(usize) -> bool) -> f64 {
    let start = Instant::now();
    let passed = (0..CHECKS).filter(|number| check(number * 7919 % KEYS)).count();
    let nanos = start.elapsed().as_nanos() as f64 / CHECKS as f64;
    assert!(passed > CHECKS / 2, "{passed} passed");
    nanos
}

fn on_two_threads(check: &(dyn Fn(usize) -> bool + Sync)) -> f64 {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| turn(check));
        }
    });
    2.0 * CHECKS as f64 / start.elapsed().as_secs_f64()
}
