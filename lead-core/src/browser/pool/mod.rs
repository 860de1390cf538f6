//! Browsers at hand: started when needed, shared, looked after, replaced, ended.

mod ways;
mod worker;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::ways::Ways;
use self::worker::Worker;
use super::BrowserConfig;
use super::child::Spawner;
use super::identity::Drawn;
use super::live::{Feed, LiveView};
use super::tab::{Order, Tab};
use crate::fetch::{FetchConfig, Proxy, ProxyPolicy, ProxyUse};
use crate::record::SafeUrl;
use crate::seam::{Request, Response};
use crate::{Error, ErrorKind, Result};

/// How often one is tried to be started before it is given up.
const STARTS: usize = 3;

/// Browsers that render pages. Cheaply cloned; the last one dropped kills them.
///
/// No browser runs before the first page is asked for. Pages are opened in contexts of their own, so that nothing one keeps is
/// seen by another.
#[derive(Clone, Debug)]
pub struct Browser(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    config: BrowserConfig,
    fetch: FetchConfig,
    ways: Ways,
    feed: Arc<Feed>,
    drawn: Option<Drawn>,
    spawner: Spawner,
    places: Arc<Semaphore>,
    workers: Mutex<Vec<Arc<Worker>>>,
    /// One is started at a time.
    starting: tokio::sync::Mutex<()>,
}

/// How the browsers are doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrowserStats {
    /// Browsers that run.
    pub browsers: usize,
    /// Pages open in them.
    pub pages: usize,
}

impl Browser {
    /// Browsers with these settings; the guard, the hosts whose address is given, and who asks, are those of `fetch`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when a setting cannot be.
    pub fn new(config: BrowserConfig, fetch: &FetchConfig) -> Result<Self> {
        Self::through(config, fetch, &[])
    }

    /// The same, with everything pages ask for going through proxies, if there are any: one after the other, each page through one of
    /// them with all it asks for. Names are the proxies' to look up.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when a setting cannot be.
    pub fn through(config: BrowserConfig, fetch: &FetchConfig, proxies: &[Proxy]) -> Result<Self> {
        Self::through_by(config, fetch, proxies, ProxyPolicy::default())
    }

    /// The same, the proxy of a page chosen by `policy`. One that leads nowhere is left alone for a while.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when a setting cannot be.
    pub fn through_by(
        config: BrowserConfig,
        fetch: &FetchConfig,
        proxies: &[Proxy],
        policy: ProxyPolicy,
    ) -> Result<Self> {
        config.check_values()?;
        let drawn = config.identity.drawn()?;
        Ok(Self(Arc::new(Pool {
            ways: Ways::new(fetch, proxies, policy)?,
            feed: Feed::new(config.live.clone()),
            spawner: Spawner::new(config.clone(), drawn.clone())?,
            drawn,
            places: Arc::new(Semaphore::new(config.processes.saturating_mul(config.pages))),
            workers: Mutex::default(),
            starting: tokio::sync::Mutex::default(),
            fetch: fetch.clone(),
            config,
        })))
    }

    /// Its settings.
    pub fn config(&self) -> &BrowserConfig {
        &self.0.config
    }

    /// The settings of fetching it goes by.
    pub(super) fn fetch_config(&self) -> &FetchConfig {
        &self.0.fetch
    }

    /// Fetches what is no page.
    pub(super) async fn plain(&self, request: Request) -> Result<Response> {
        let (way, used) = self.0.ways.choose(request.url.host())?;
        let answered = way.plain.fetch(request).await;
        ways::settle(used, answered.as_ref().err().map(Error::kind));
        answered
    }

    /// How the browsers are doing.
    pub fn stats(&self) -> BrowserStats {
        let workers = self.0.workers();
        BrowserStats {
            browsers: workers
                .iter()
                .filter(|worker| !worker.connection.is_ended())
                .count(),
            pages: workers.iter().map(|worker| worker.open()).sum(),
        }
    }

    /// Looks at pages while they are rendered, from now on.
    pub fn live(&self) -> LiveView {
        LiveView::new(&self.0.feed)
    }

    /// The process groups of those that run, for those who try out what happens when one is killed.
    #[doc(hidden)]
    pub fn groups(&self) -> Vec<u32> {
        let workers = self.0.workers();
        let running = workers.iter().filter(|worker| !worker.connection.is_ended());
        running.map(|worker| worker.group()).collect()
    }

    /// Opens a page of `url`, in the browser with the most room.
    pub(super) async fn open(&self, url: &SafeUrl, order: Order) -> Result<Lease> {
        let closed = |_| Error::new(ErrorKind::Cancelled, "browser", "the browsers are closed");
        let permit = Arc::clone(&self.0.places).acquire_owned().await.map_err(closed)?;
        let place = Place {
            worker: Pool::worker(&self.0).await?,
            _permit: permit,
        };
        let worker = &place.worker;
        let (way, used) = self.0.ways.choose(url.host())?;
        let opened = Tab::open(
            &worker.connection,
            &self.0.config,
            &way.gateways,
            &self.0.feed,
            &worker.identity,
            order,
        )
        .await;
        if opened
            .as_ref()
            .is_err_and(|error| error.kind() == ErrorKind::Timeout)
        {
            worker.retire("hung"); // it opens no pages any more, whatever else it does
        }
        Ok(Lease {
            tab: Some(opened?),
            place,
            way: Some(used),
        })
    }

    /// Ends all browsers and waits until nothing is left of them. No page is opened any more, and who looks sees no more.
    pub async fn close(&self) {
        self.0.places.close();
        let workers = std::mem::take(&mut *self.0.workers());
        futures::future::join_all(workers.iter().map(|worker| worker.end())).await;
        self.0.feed.end();
    }
}

impl Pool {
    fn workers(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Worker>>> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One with room for a page, which is taken. There is room for as many as there are permits.
    async fn worker(self: &Arc<Self>) -> Result<Arc<Worker>> {
        if let Some(worker) = self.with_room() {
            return Ok(worker);
        }
        let _one_at_a_time = self.starting.lock().await;
        if let Some(worker) = self.with_room() {
            return Ok(worker);
        }
        let worker = Arc::new(self.start().await?);
        worker.enter();
        let mut workers = self.workers();
        workers.push(Arc::clone(&worker));
        if workers.len() == 1 {
            tokio::spawn(look_after(Arc::downgrade(self)));
        }
        drop(workers);
        Ok(worker)
    }

    async fn start(&self) -> Result<Worker> {
        let mut tried = 1;
        loop {
            match Worker::start(
                &self.spawner,
                &self.config,
                &self.fetch.user_agent,
                self.drawn.as_ref(),
            )
            .await
            {
                Err(error) if error.is_retryable() && tried < STARTS => {
                    tracing::warn!(%error, tried, "a browser did not start");
                    tried += 1;
                }
                started => return started,
            }
        }
    }

    fn with_room(&self) -> Option<Arc<Worker>> {
        let workers = self.workers();
        let fit = workers
            .iter()
            .filter(|worker| worker.is_fit() && worker.open() < self.config.pages);
        let worker = fit.min_by_key(|worker| worker.open())?;
        worker.enter();
        Some(Arc::clone(worker))
    }

    /// Those that serve no longer and have no page open, or that nobody has used for a while, taken out.
    fn leaving(&self) -> Vec<Arc<Worker>> {
        let mut workers = self.workers();
        let (staying, leaving) = std::mem::take(&mut *workers).into_iter().partition(|worker| {
            let done = worker.open() == 0 && (!worker.is_fit() || worker.is_idle(&self.config));
            !done
        });
        *workers = staying;
        leaving
    }
}

/// Looks after the browsers until there is none.
async fn look_after(pool: Weak<Pool>) {
    loop {
        let Some(every) = pool.upgrade().map(|pool| pool.config.health) else {
            return;
        };
        tokio::time::sleep(every).await;
        let Some(pool) = pool.upgrade() else {
            return;
        };
        let workers = pool.workers().clone();
        futures::future::join_all(workers.iter().map(|worker| worker.look_after(&pool.config))).await;
        drop(workers);
        for worker in pool.leaving() {
            worker.end().await;
        }
        if pool.workers().is_empty() {
            return;
        }
    }
}

/// A place in a browser, given back when dropped.
#[derive(Debug)]
struct Place {
    worker: Arc<Worker>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.worker.leave();
    }
}

/// A page and its place.
#[derive(Debug)]
pub(super) struct Lease {
    tab: Option<Tab>,
    place: Place,
    way: Option<ProxyUse>,
}

impl Lease {
    /// The page.
    pub(super) fn tab(&mut self) -> Result<&mut Tab> {
        let closed = || Error::new(ErrorKind::Internal, "browser", "the page is closed");
        self.tab.as_mut().ok_or_else(closed)
    }

    /// The identity presented, when it is not the honest one.
    pub(super) fn identity(&self) -> Option<String> {
        self.place.worker.identity.told.clone()
    }

    /// What the browser calls itself.
    pub(super) fn product(&self) -> &str {
        &self.place.worker.product
    }

    /// Tells what came of the page, for the choice of its way out.
    pub(super) fn came(&mut self, failed: Option<ErrorKind>) {
        if let Some(used) = self.way.take() {
            ways::settle(used, failed);
        }
    }

    /// Closes the page. A browser that cannot is no good any more.
    pub(super) async fn close(mut self) {
        if let Some(tab) = self.tab.take()
            && let Err(error) = tab.close().await
        {
            tracing::debug!(%error, "a page did not close");
            if error.kind() == ErrorKind::Timeout {
                self.place.worker.kill();
            }
        }
    }
}
