//! Turn by turn: what disturbs the machine for a while disturbs all contenders alike.

use std::time::Duration;

use crate::process::CpuTime;

/// Lets every contender run in each turn; the least processor time of each, as it is the least disturbed, and its result.
pub(crate) fn best<C>(turns: usize, contenders: &[C], run: impl Fn(&C) -> usize) -> Vec<(Duration, usize)> {
    let mut best = vec![(Duration::MAX, 0); contenders.len()];
    for _ in 0..turns {
        for (contender, best) in contenders.iter().zip(&mut best) {
            let start = CpuTime::now();
            let result = run(contender);
            *best = (*best).min((start.elapsed(), result));
        }
    }
    best
}
