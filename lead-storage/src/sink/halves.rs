//! A batch of which one part is refused does not take the rest with it.

use std::ops::Range;

use super::Outcome;

/// What became of a call.
pub(super) enum Sent {
    /// Of each part, in their order.
    Each(Vec<Outcome>),
    /// Of the call as a whole.
    Whole(Outcome),
}

/// Sends `count` parts in one call; when that is refused as a whole, its halves, down to single parts. Once the other side can not take
/// anything now, what is left is not tried.
pub(super) async fn in_halves<F, Sending>(count: usize, send: F) -> Vec<Outcome>
where
    F: Fn(Range<usize>) -> Sending,
    Sending: Future<Output = Sent>,
{
    let mut outcomes = vec![Outcome::again("it was not tried"); count];
    let mut waiting = vec![0..count];
    while let Some(range) = waiting.pop().filter(|range| !range.is_empty()) {
        match send(range.clone()).await {
            Sent::Each(each) => put(&mut outcomes, range, each),
            Sent::Whole(Outcome::Refused { .. }) if range.len() > 1 => {
                let middle = range.start + range.len() / 2;
                waiting.push(middle..range.end);
                waiting.push(range.start..middle);
            }
            Sent::Whole(outcome) => {
                let stop = matches!(outcome, Outcome::Again { .. });
                put(&mut outcomes, range.clone(), vec![outcome.clone(); range.len()]);
                if stop {
                    let left = waiting.drain(..);
                    left.for_each(|range| {
                        put(&mut outcomes, range.clone(), vec![outcome.clone(); range.len()])
                    });
                }
            }
        }
    }
    outcomes
}

/// What an answer leaves out was not answered.
fn put(outcomes: &mut [Outcome], range: Range<usize>, each: Vec<Outcome>) {
    let places = outcomes.get_mut(range).unwrap_or_default();
    places
        .iter_mut()
        .zip(each)
        .for_each(|(place, outcome)| *place = outcome);
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::executor::block_on;

    use super::*;

    #[test]
    fn one_bad_part_is_found_and_the_rest_goes_through() {
        let calls = Mutex::new(0);
        let outcomes = block_on(in_halves(100, |range| {
            *calls.lock().unwrap() += 1;
            let bad = range.contains(&37);
            async move {
                if bad {
                    Sent::Whole(Outcome::refused("bad"))
                } else {
                    Sent::Each(vec![Outcome::Delivered; range.len()])
                }
            }
        }));
        assert_eq!(outcomes[37], Outcome::refused("bad"));
        assert_eq!(
            outcomes
                .iter()
                .filter(|outcome| **outcome == Outcome::Delivered)
                .count(),
            99
        );
        assert!(*calls.lock().unwrap() <= 15);
    }

    #[test]
    fn a_side_that_is_down_is_asked_once() {
        let calls = Mutex::new(0);
        let outcomes = block_on(in_halves(4, |range| {
            *calls.lock().unwrap() += 1;
            async move {
                match range.len() {
                    4 => Sent::Whole(Outcome::refused("bad")),
                    _ => Sent::Whole(Outcome::again("down")),
                }
            }
        }));
        assert_eq!(outcomes, vec![Outcome::again("down"); 4]);
        assert_eq!(*calls.lock().unwrap(), 2);
    }
}
