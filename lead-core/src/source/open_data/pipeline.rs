//! Work spread over the cores while a file is read, answers in the file's order.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::parallel::{cores, guarded};
use crate::{Error, ErrorKind, Result};

/// Pieces of work that may wait for each core: enough that none idles, few enough that memory stays small.
const AHEAD: usize = 2;

/// A piece of work, and where its answer goes.
type Job<J, T> = (J, SyncSender<Result<T>>);

/// Where the thread that reads puts what is to be worked on.
pub(super) struct Feed<J, T> {
    jobs: SyncSender<Job<J, T>>,
    order: SyncSender<Receiver<Result<T>>>,
}

impl<J, T> Feed<J, T> {
    /// Hands over a piece of work; waits while too much is under way. `false` when nobody listens any more.
    pub(super) fn push(&self, job: J) -> bool {
        let (answer, answered) = sync_channel(1);
        self.order.send(answered).is_ok() && self.jobs.send((job, answer)).is_ok()
    }

    /// Tells an error in the place where it happened.
    pub(super) fn fail(&self, error: Error) {
        let (answer, answered) = sync_channel(1);
        let _ = answer.send(Err(error)); // there is room for one
        let _ = self.order.send(answered); // nobody listens: nobody to tell
    }
}

/// The answers, in the order their work was handed over. Dropping it ends all threads.
pub(super) struct Answers<T>(Receiver<Receiver<Result<T>>>);

impl<T> Iterator for Answers<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        let answered = self.0.recv().ok()?;
        let lost = |_| {
            Err(Error::new(
                ErrorKind::Internal,
                "open data",
                "a part of the work was lost",
            ))
        };
        Some(answered.recv().unwrap_or_else(lost))
    }
}

/// Runs `produce` on a thread and `work` on as many as there are cores.
///
/// # Errors
/// [`ErrorKind::Io`] when no thread can be started.
pub(super) fn spread<J: Send + 'static, T: Send + 'static>(
    produce: impl FnOnce(&Feed<J, T>) -> Result<()> + Send + 'static,
    work: impl Fn(J) -> Result<T> + Send + Sync + 'static,
) -> Result<Answers<T>> {
    let threads = cores().get();
    let (jobs, taken) = sync_channel::<Job<J, T>>(threads);
    let (order, answers) = sync_channel(threads.saturating_mul(AHEAD));
    let (taken, work) = (Arc::new(Mutex::new(taken)), Arc::new(work));
    for _ in 0..threads {
        let (taken, work) = (Arc::clone(&taken), Arc::clone(&work));
        start("lead-open-data", move || labour(&taken, &*work))?;
    }
    start("lead-open-data-read", move || {
        let feed = Feed { jobs, order };
        if let Err(error) = guarded(|| produce(&feed)) {
            feed.fail(error);
        }
    })?;
    Ok(Answers(answers))
}

/// Does what is handed over until nothing more comes.
fn labour<J, T>(jobs: &Mutex<Receiver<Job<J, T>>>, work: &impl Fn(J) -> Result<T>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, answer)) = next else { return };
        // A fault in one piece takes none of the others with it.
        let _ = answer.send(guarded(|| work(job)));
    }
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(run);
    let failed = |cause| Error::new(ErrorKind::Io, "open data", "no thread could be started").because(cause);
    started.map(drop).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn produce(count: u64) -> impl FnOnce(&Feed<u64, u64>) -> Result<()> + Send + 'static {
        move |feed| {
            for number in 0..count {
                if !feed.push(number) {
                    return Ok(());
                }
            }
            Err(Error::invalid("test", "the end"))
        }
    }

    #[test]
    fn answers_come_in_order_and_errors_in_their_place() {
        let answers: Vec<_> = spread(produce(1000), |number| Ok(number * 2)).unwrap().collect();
        assert_eq!(answers.len(), 1001);
        let sums = answers.iter().flatten().copied();
        assert!(sums.eq((0..1000).map(|number| number * 2)));
        assert_eq!(answers[1000].as_ref().unwrap_err().message(), "the end");
    }

    #[test]
    fn who_stops_listening_ends_it_and_a_fault_is_an_error() {
        let mut answers = spread(produce(u64::MAX), |number| {
            assert!(number != 1, "one is at fault");
            Ok(number)
        })
        .unwrap();
        assert_eq!(answers.next().unwrap().unwrap(), 0);
        assert_eq!(answers.next().unwrap().unwrap_err().kind(), ErrorKind::Internal);
        assert_eq!(answers.next().unwrap().unwrap(), 2);
    }
}
