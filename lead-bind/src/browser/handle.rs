//! A browser to hold.

use std::sync::Arc;

use lead_core::browser::{Browser as Inner, BrowserStats};
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetcher, Request};
use lead_core::{Error, ErrorKind, Result};

use super::live::LiveStream;
use super::options::BrowserOptions;
use super::page::RenderedPage;
use super::running::Running;

/// Browsers that render pages one by one, and for other work. Nothing runs before the first page; let go of by all who hold them, they
/// end.
#[derive(Clone, Debug)]
pub struct Browser {
    running: Arc<Running>,
    fetcher: Fetcher,
}

impl Browser {
    /// One with these settings. Reads certificates.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when a setting cannot be.
    pub fn new(options: BrowserOptions) -> Result<Self> {
        let BrowserOptions { config, net } = options;
        let browser = Inner::through_by(config, &net.config, &net.proxies, net.policy)?;
        Ok(Self {
            fetcher: browser.fetcher(),
            running: Running::of(browser),
        })
    }

    /// Renders a page, through all layers: robots.txt, guard, redirects and pace hold for it. Any status is a page. Dropped, it is
    /// given up; to be awaited within the [runtime](crate::runtime()).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for what is no address, [`ErrorKind::Cancelled`] once it is closed, and what a
    /// [`Fetcher`] says.
    pub fn fetch(&self, url: &str) -> impl Future<Output = Result<RenderedPage>> + Send + 'static + use<> {
        let url = SafeUrl::parse(url);
        let browser = self.clone();
        async move {
            let request = Request::get(url?);
            let page = async { browser.fetcher.fetch(request).await.map(Some) };
            let page = browser.running.door.unless_closed(page).await?;
            page.map(RenderedPage::new).ok_or_else(closed)
        }
    }

    /// Looks at pages while they are rendered, from now on: those of work that it renders for, too.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] in a process that was forked off.
    pub fn live(&self) -> Result<LiveStream> {
        self.at_home()?;
        Ok(LiveStream::new(&self.running))
    }

    /// How the browsers are doing.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] in a process that was forked off.
    pub fn stats(&self) -> Result<BrowserStats> {
        self.at_home()?;
        Ok(self.running.browser.stats())
    }

    /// Ends what it does, and waits until nothing is left of its processes and folders. Goes on when nobody waits any more.
    pub async fn close(&self) {
        if let Some(closing) = self.closing() {
            // Broken off only with the runtime, and then there is nobody to tell.
            let _ = closing.await;
        }
    }

    /// Begins to close without waiting.
    pub fn leave(&self) {
        drop(self.closing());
    }

    fn closing(&self) -> Option<tokio::task::JoinHandle<()>> {
        let running = Arc::clone(&self.running);
        let runtime = crate::runtime().ok().filter(|_| running.door.is_at_home())?;
        Some(runtime.spawn(async move { running.close().await }))
    }

    /// It, for work that renders with it.
    pub(crate) fn running(&self) -> Result<&Arc<Running>> {
        self.at_home()?;
        Ok(&self.running)
    }

    fn at_home(&self) -> Result<()> {
        if self.running.door.is_at_home() {
            return Ok(());
        }
        let message = "this browser was made before the process was forked: make another";
        Err(Error::new(ErrorKind::Unsupported, "browser", message))
    }
}

fn closed() -> Error {
    Error::new(ErrorKind::Cancelled, "browser", "the browsers are closed")
}
