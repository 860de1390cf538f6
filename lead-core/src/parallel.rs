//! Work spread over the cores.

use std::any::Any;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::{Error, ErrorKind, Result};

/// How many threads can work at a time.
pub(crate) fn cores() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// What `work` makes of each item, in the items' order. Threads take the next item when they are done with one, so a slow
/// item holds up no others.
pub(crate) fn in_order<T: Sync, U: Send>(
    items: &[T],
    threads: Option<NonZero<usize>>,
    work: impl Fn(&T) -> Result<U> + Sync,
) -> Vec<Result<U>> {
    let threads = threads.unwrap_or_else(cores).get().min(items.len());
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else { return done };
            done.push((place, guarded(|| work(item))));
        }
    };
    let mut done = if threads <= 1 {
        take_turns()
    } else {
        thread::scope(|scope| {
            // The caller's thread works too: one fewer is begun.
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(take_turns)).collect();
            let mut done = take_turns();
            // Work is guarded, so no thread panics and loses what it has done.
            done.extend(
                others
                    .into_iter()
                    .flat_map(|other| other.join().unwrap_or_default()),
            );
            done
        })
    };
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, answer)| answer).collect()
}

/// A fault in one item takes none of the others with it.
pub(crate) fn guarded<U>(work: impl FnOnce() -> Result<U>) -> Result<U> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| {
        let error = Error::new(ErrorKind::Internal, "work", "a part of the work failed");
        Err(match message(&*cause) {
            Some(message) => error.with("panic", message),
            None => error,
        })
    })
}

fn message(cause: &(dyn Any + Send)) -> Option<&str> {
    let owned = cause.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| cause.downcast_ref::<&str>().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_their_places_whatever_the_threads() {
        let numbers: Vec<usize> = (0..1000).collect();
        for threads in [1, 2, 7, 5000] {
            let squares = in_order(&numbers, NonZero::new(threads), |n| Ok(n * n));
            assert!(
                squares
                    .iter()
                    .zip(&numbers)
                    .all(|(square, n)| square.as_ref().unwrap() == &(n * n))
            );
            assert_eq!(squares.len(), numbers.len());
        }
        assert!(in_order(&[], None, |n: &usize| Ok(*n)).is_empty());
    }

    /// Guards against a fault that takes the whole batch with it.
    #[test]
    fn a_fault_is_an_error_of_its_item() {
        let answers = in_order(&[1, 2, 3], NonZero::new(2), |n| {
            assert!(*n != 2, "two is at fault");
            Ok(*n)
        });
        assert_eq!(answers[0].as_ref().unwrap(), &1);
        assert_eq!(answers[2].as_ref().unwrap(), &3);
        let error = answers[1].as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(
            error
                .context()
                .any(|(_, value)| value.contains("two is at fault"))
        );
    }
}
