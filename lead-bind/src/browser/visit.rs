//! A page under way, which may be given up from elsewhere.

use lead_core::{Error, ErrorKind, Result};

use super::handle::Browser;
use super::page::RenderedPage;
use crate::batches::Door;

/// A page under way.
#[derive(Debug)]
pub struct Visit {
    browser: Browser,
    url: String,
    door: Door,
}

impl Browser {
    /// A page to render, as [`Browser::fetch`] does.
    pub fn visit(&self, url: &str) -> Visit {
        Visit {
            browser: self.clone(),
            url: url.to_owned(),
            door: Door::new(),
        }
    }
}

impl Visit {
    /// The page.
    ///
    /// # Errors
    /// [`ErrorKind::Cancelled`] once it is given up; those of [`Browser::fetch`].
    pub async fn page(&self) -> Result<RenderedPage> {
        let page = Box::pin(async { self.browser.fetch(&self.url).await.map(Some) });
        let page = self.door.unless_closed(page).await?;
        page.ok_or_else(|| Error::new(ErrorKind::Cancelled, "fetch", "the page was given up"))
    }

    /// Nobody wants it any more: it is closed.
    pub fn give_up(&self) {
        self.door.close();
    }
}
