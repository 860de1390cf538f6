//! Browsers that run, so that the end of a program leaves nothing of them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures::future::{join, join_all};
use lead_core::Result;
use lead_core::browser::Browser;
use lead_core::seam::{Fetch, Fetcher, Request, Response};
use tokio::task::JoinHandle;

use crate::batches::Door;

/// How long the end of a program waits for its browsers; then they are killed.
const PATIENCE: Duration = Duration::from_secs(5);

/// All that may run.
static RUNNING: Mutex<Vec<Weak<Running>>> = Mutex::new(Vec::new());

/// Those that nobody needs any more, being ended, and the process they are ended in.
static ENDING: Mutex<Vec<(u32, JoinHandle<()>)>> = Mutex::new(Vec::new());

/// Browsers, as long as somebody needs them.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) browser: Browser,
    pub(crate) door: Door,
}

impl Running {
    /// Notes that they run.
    pub(crate) fn of(browser: Browser) -> Arc<Self> {
        let door = Door::new();
        let running = Arc::new(Self { browser, door });
        let mut all = held(&RUNNING);
        all.retain(|one| one.strong_count() > 0);
        all.push(Arc::downgrade(&running));
        running
    }

    /// Ends them; what they do is told that it is over.
    pub(crate) async fn close(&self) {
        self.door.close();
        self.browser.close().await;
    }
}

impl Drop for Running {
    /// Ended in good order, not on the thread that lets go of it: that may hold up all of Python, or JavaScript's.
    fn drop(&mut self) {
        let browser = self.browser.clone();
        if !self.door.is_at_home() {
            std::mem::forget(browser); // what is in it is the parent's: its threads, its processes
        } else if self.door.close()
            && let Ok(runtime) = crate::runtime()
        {
            let ending = runtime.spawn(async move { browser.close().await });
            let mut all = held(&ENDING);
            all.retain(|(_, one)| !one.is_finished());
            all.push((std::process::id(), ending));
        }
    }
}

fn held<T>(list: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends all browsers of this process, waiting a little: for the end of a program that closed none. They would end without it, but
/// leave their folders to the next program that starts one.
pub fn end_all() {
    let running = std::mem::take(&mut *held(&RUNNING));
    let running = running.iter().filter_map(Weak::upgrade);
    let running: Vec<_> = running.filter(|one| one.door.is_at_home()).collect();
    let ending = std::mem::take(&mut *held(&ENDING)).into_iter();
    let ending: Vec<_> = ending
        .filter(|(process, _)| *process == std::process::id())
        .map(|(_, one)| one)
        .collect();
    if running.is_empty() && ending.is_empty() {
        return;
    }
    if let Ok(runtime) = crate::runtime() {
        let closing = join_all(running.iter().map(|one| one.close()));
        let both = async { join(closing, join_all(ending)).await };
        // Past its time they are killed, with those who hold them.
        let _ = runtime.block_on(async { tokio::time::timeout(PATIENCE, both).await });
    }
}

/// A fetcher, and the browsers that it needs.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) fetcher: Fetcher,
    pub(crate) _running: Arc<Running>,
}

impl Fetch for Kept {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.fetcher.fetch(request).await
    }
}
