//! A check of one policy and of three at once, in memory, beside the keyed check of the crate governor, which knows one quota a
//! limiter: three of them are asked one after another there, which charges the first though the last refuses. And in a Redis.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use futures::executor::block_on;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use lead_core::seam::memory::MemoryLimiter;
use lead_core::seam::{Limiter, Policy};
use lead_storage::redis::{RedisConfig, RedisLimiter};

use crate::quantile::quantile;

/// Keys in use: as many as a processor's caches hold, and more.
const KEYS: [usize; 2] = [1_000, 10_000];

/// Checks a turn; turns of each in alternation, of which the median counts.
const CHECKS: usize = 100_000;
const TURNS: usize = 41;

/// Units a second: so many that most checks pass, as they do in a service.
const QUOTA: u32 = 1_000_000;

const KINDS: [&str; 3] = ["user", "host", "tenant"];

/// Checks that are under way in a Redis at any time, and how many are made.
const AT_ONCE: usize = 64;
const ASKED: usize = 100_000;

/// Checks keys by their places; how many were let through.
type Check<'a> = Box<dyn Fn(&[usize]) -> usize + Sync + 'a>;

/// A way to check, over keys in this order, and what it costs: nanoseconds a check in each turn.
struct Way<'a> {
    name: &'static str,
    check: Check<'a>,
    nanos: Vec<f64>,
}

fn way<'a>(name: &'static str, check: impl Fn(&[usize]) -> usize + Sync + 'a) -> Way<'a> {
    Way {
        name,
        check: Box::new(check),
        nanos: Vec::new(),
    }
}

pub(crate) fn run(redis: Option<&str>) {
    for keys in KEYS {
        memory(keys);
    }
    if let Some(uri) = redis {
        shared(uri);
    }
}

fn memory(keys: usize) {
    let ones: Vec<[Policy; 1]> = (0..keys).map(|number| [policy("user", number)]).collect();
    let threes: Vec<[Policy; 3]> = (0..keys)
        .map(|number| KINDS.map(|kind| policy(kind, number)))
        .collect();
    let name = |number: usize, kind: &str| format!("{kind}:{number}");
    let one_name: Vec<String> = (0..keys).map(|number| name(number, "user")).collect();
    let three_names: Vec<[String; 3]> = (0..keys)
        .map(|number| KINDS.map(|kind| name(number, kind)))
        .collect();
    // A limiter each, so that none pays for keys of another.
    let (now, later) = (limiters(), limiters().map(Limiter::new));
    let alone = governor();
    let apart = [governor(), governor(), governor()];
    let mut ways = [
        way("governor, one keyed limiter", |order| {
            let passes = |at: &&usize| alone.check_key(&one_name[**at]).is_ok();
            order.iter().filter(passes).count()
        }),
        way("`check_now`, one policy", |order| all(&now[0], &ones, order)),
        way("`Limiter::check`, one policy", |order| {
            block_on(all_later(&later[0], &ones, order))
        }),
        way("governor, three keyed limiters", |order| {
            let passes = |at: &&usize| {
                let mut each = apart.iter().zip(&three_names[**at]);
                each.all(|(limiter, key)| limiter.check_key(key).is_ok())
            };
            order.iter().filter(passes).count()
        }),
        way("`check_now`, three policies", |order| {
            all(&now[1], &threes, order)
        }),
        way("`Limiter::check`, three policies", |order| {
            block_on(all_later(&later[1], &threes, order))
        }),
    ];
    let order: Vec<usize> = (0..CHECKS).map(|number| number * 7919 % keys).collect();
    for _ in 0..TURNS {
        for way in &mut ways {
            let nanos = turn(&way.check, &order);
            way.nanos.push(nanos);
        }
    }
    let two: Vec<f64> = ways
        .iter()
        .map(|way| on_two_threads(&way.check, &order))
        .collect();
    let base = quantile(&ways[0].nanos, 0.5);
    println!("| {keys} keys | ns a check | times governor's one | checks/s on two threads |");
    println!("|---|---|---|---|");
    for (way, two) in ways.iter().zip(two) {
        let nanos = quantile(&way.nanos, 0.5);
        println!("| {} | {nanos:.0} | {:.2} | {two:.0} |", way.name, nanos / base);
    }
    println!();
}

fn policy(kind: &str, number: usize) -> Policy {
    Policy::new(format!("{kind}:{number}"), QUOTA, Duration::from_secs(1))
}

fn limiters() -> [MemoryLimiter; 2] {
    std::array::from_fn(|_| MemoryLimiter::default())
}

fn governor() -> DefaultKeyedRateLimiter<String> {
    RateLimiter::keyed(Quota::per_second(NonZeroU32::new(QUOTA).expect("a quota")))
}

fn all<const N: usize>(limiter: &MemoryLimiter, policies: &[[Policy; N]], order: &[usize]) -> usize {
    let passes = |at: &&usize| {
        let decision = limiter.check_now(&policies[**at]);
        decision.expect("a decision").is_allowed()
    };
    order.iter().filter(passes).count()
}

async fn all_later<const N: usize>(limiter: &Limiter, policies: &[[Policy; N]], order: &[usize]) -> usize {
    let mut passed = 0;
    for at in order {
        let decision = limiter.check(&policies[*at]).await;
        passed += usize::from(decision.expect("a decision").is_allowed());
    }
    passed
}

/// Nanoseconds a check.
fn turn(check: &dyn Fn(&[usize]) -> usize, order: &[usize]) -> f64 {
    let start = Instant::now();
    let passed = check(order);
    let nanos = start.elapsed().as_nanos() as f64 / order.len() as f64;
    assert!(passed > order.len() / 2, "{passed} passed");
    nanos
}

fn on_two_threads(check: &(dyn Fn(&[usize]) -> usize + Sync), order: &[usize]) -> f64 {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| turn(check, order));
        }
    });
    2.0 * order.len() as f64 / start.elapsed().as_secs_f64()
}

/// Checks in a Redis, many at once over one connection: the server is what limits them.
fn shared(uri: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let config = RedisConfig::from_uri(uri).expect("the URI of a Redis");
    let config = config.prefix("bench").timeout(Duration::from_secs(10));
    let limiter = Limiter::new(RedisLimiter::new(config));
    println!("| in a Redis, {AT_ONCE} at once | checks/s |");
    println!("|---|---|");
    for kinds in [1, 3] {
        let policies: Vec<Vec<Policy>> = (0..KEYS[1])
            .map(|number| KINDS[..kinds].iter().map(|kind| policy(kind, number)).collect())
            .collect();
        let worker = async |first: usize| {
            for number in (first..ASKED).step_by(AT_ONCE) {
                let policies = &policies[number * 7919 % policies.len()];
                limiter.check(policies).await.expect("a decision");
            }
        };
        let rounds = (0..3).map(|_| {
            let start = Instant::now();
            runtime.block_on(futures::future::join_all((0..AT_ONCE).map(worker)));
            ASKED as f64 / start.elapsed().as_secs_f64()
        });
        let rounds: Vec<f64> = rounds.collect();
        println!("| {kinds} policies | {:.0} |", quantile(&rounds, 0.5));
    }
}
