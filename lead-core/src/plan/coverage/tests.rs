//! Worlds whose size is known.

use super::*;

/// A small generator, so that the seeds below always make the same worlds (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let part = ((z ^ (z >> 31)) >> 11) as f64;
        part / 9_007_199_254_740_992.0
    }
}

const WORLD: u32 = 1_000;
const SEEDS: u64 = 200;

/// What `requests` requests show of a world in which each business is shown by a request with its own chance.
fn shown(seed: u64, requests: u32, chance: impl Fn(u32, f64) -> f64) -> Captures<u32> {
    let mut random = Random(seed);
    let chances: Vec<f64> = (0..WORLD)
        .map(|business| chance(business, random.next()))
        .collect();
    let mut captures = Captures::default();
    for _ in 0..requests {
        captures.request((0..WORLD).filter(|business| random.next() < chances[*business as usize]));
    }
    captures
}

fn within(estimate: &Estimate) -> bool {
    (estimate.low..=estimate.high).contains(&f64::from(WORLD))
}

#[test]
fn the_interval_holds_on_even_worlds() {
    for (requests, chance) in [(10, 0.1), (20, 0.1), (40, 0.05)] {
        let worlds = (0..SEEDS).map(|seed| shown(seed, requests, |_, _| chance));
        let held = worlds
            .filter(|world| within(&world.by_requests().unwrap()))
            .count();
        assert!(held >= 180, "{requests} requests: {held} of {SEEDS}");
    }
    for showings in [1_000, 2_000, 3_000] {
        let held = (0..SEEDS).filter(|seed| {
            let (mut random, mut captures) = (Random(*seed), Captures::default());
            for _ in 0..showings {
                captures.request([(random.next() * f64::from(WORLD)).floor().to_bits()]);
            }
            within(&captures.by_showings().unwrap())
        });
        let held = held.count();
        assert!(held >= 180, "{showings} showings: {held} of {SEEDS}");
    }
}

#[test]
fn the_lower_bound_holds_on_uneven_worlds() {
    // A third is shown ten times as often as the rest; chances spread over three orders of magnitude.
    let uneven: [fn(u32, f64) -> f64; 3] = [
        |business, _| if business % 3 == 0 { 0.3 } else { 0.03 },
        |_, random| 0.5 * 10_f64.powf(-3.0 * random),
        |business, _| 1.0 / (1.0 + f64::from(business) / 20.0),
    ];
    for (which, chance) in uneven.into_iter().enumerate() {
        for requests in [5, 20] {
            let worlds = (0..SEEDS).map(|seed| shown(seed, requests, chance));
            let held = worlds
                .filter(|world| world.by_requests().unwrap().low <= f64::from(WORLD))
                .count();
            assert!(
                held >= 190,
                "world {which}, {requests} requests: {held} of {SEEDS}"
            );
        }
    }
}

#[test]
fn as_many_requests_as_foretold_find_the_part_foretold() {
    let mut off = Vec::new();
    for seed in 0..40 {
        let first = shown(seed, 20, |_, _| 0.08);
        let more = first.requests_to(0.97).unwrap();
        let all = shown(seed, 20 + u32::try_from(more).unwrap(), |_, _| 0.08);
        off.push(f64::from(u32::try_from(all.found()).unwrap()) / f64::from(WORLD) - 0.97);
    }
    let mean = off.iter().sum::<f64>() / 40.0;
    assert!(mean.abs() < 0.01, "off by {mean}");
}

#[test]
fn two_independent_sources_tell_how_many_there_are() {
    let held = (0..SEEDS).filter(|seed| {
        let mut random = Random(*seed);
        let (mut first, mut second, mut both) = (0, 0, 0);
        for _ in 0..WORLD {
            let (one, other) = (random.next() < 0.6, random.next() < 0.4);
            first += u64::from(one);
            second += u64::from(other);
            both += u64::from(one && other);
        }
        within(&recaptured(first, second, both))
    });
    let held = held.count();
    assert!(held >= 180, "{held} of {SEEDS}");
}

#[test]
fn the_ends_are_told_as_they_are() {
    assert!(Captures::<u32>::default().by_requests().is_none());
    let mut all_twice = Captures::default();
    all_twice.request([1, 2, 3]);
    all_twice.request([1, 2, 3]);
    let estimate = all_twice.by_requests().unwrap();
    assert_eq!((estimate.found, estimate.total, estimate.high), (3, 3.0, 3.0));
    assert_eq!(all_twice.requests_to(1.0), Some(0));
    let mut all_once = Captures::default();
    all_once.request([1, 2, 3]);
    all_once.request([4, 5, 6]);
    assert!(all_once.by_requests().unwrap().total > 6.0);
    assert_eq!(
        all_once.requests_to(0.99),
        None,
        "nothing tells how rare the others are"
    );
    let none = recaptured(0, 0, 0);
    assert_eq!((none.found, none.coverage()), (0, 1.0));
    assert!(
        recaptured(10, 10, 30).total >= 10.0,
        "more than there are is as many as there are"
    );
}
