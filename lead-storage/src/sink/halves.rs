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
    let mut waiting: Vec<Range<usize>> = std::iter::once(0..count).collect();
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
                    for range in waiting.drain(..) {
                        put(&mut outcomes, range.clone(), vec![outcome.clone(); range.len()]);
                    }
                }
            }
        }
    }
    outcomes
}

/// What an answer leaves out was not answered.
fn put(outcomes: &mut [Outcome], range: Range<usize>, each: Vec<Outcome>) {
    let places = outcomes.get_mut(range).unwrap_or_default();
    for (place, outcome) in places.iter_mut().zip(each) {
        *place = outcome;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn one_bad_part_is_found_and_the_rest_goes_through() {
        let calls = Mutex::new(0);
        let outcomes = in_halves(100, |range| {
            *calls.lock().unwrap() += 1;
            let bad = range.contains(&37);
            async move {
                if bad {
                    Sent::Whole(Outcome::refused("bad"))
                } else {
                    Sent::Each(vec![Outcome::Delivered; range.len()])
                }
            }
        })
        .await;
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

    #[tokio::test]
    async fn a_side_that_is_down_is_asked_once() {
        let calls = Mutex::new(0);
        let outcomes = in_halves(4, |range| {
            *calls.lock().unwrap() += 1;
            async move {
                match range.len() {
                    4 => Sent::Whole(Outcome::refused("bad")),
                    _ => Sent::Whole(Outcome::again("down")),
                }
            }
        })
        .await;
        assert_eq!(outcomes, vec![Outcome::again("down"); 4]);
        assert_eq!(*calls.lock().unwrap(), 2);
    }
}
