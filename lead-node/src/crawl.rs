//! Crawls.

use std::sync::Arc;

use lead_bind::batches::Batches;
use lead_bind::crawl::{CrawlOptions, CrawlStream as Inner};
use napi::Env;
use napi::bindgen_prelude::{Either, Object};
use napi_derive::napi;

use crate::answer::{answer, refusal};
use crate::waiting::promise;

/// A crawl under way. When JavaScript lets go of it, the crawl ends.
#[napi]
pub struct CrawlStream {
    inner: Arc<Inner>,
}

impl Drop for CrawlStream {
    fn drop(&mut self) {
        self.inner.leave();
    }
}

/// Begins a crawl; `{"error": …}` when the options mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn crawl(urls: Vec<String>, options: String) -> Either<CrawlStream, String> {
    match CrawlOptions::read(&urls, &options).and_then(Inner::begin) {
        Ok(inner) => Either::A(CrawlStream {
            inner: Arc::new(inner),
        }),
        Err(error) => Either::B(refusal(&error)),
    }
}

#[napi]
impl CrawlStream {
    /// The next pages, `{"ok": […]}`; `{"ok": null}` when it is over.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn next<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let inner = Arc::clone(&self.inner);
        promise(env, async move { answer(inner.next().await) }, |answer| answer)
    }

    /// Ends it; the promise is kept when it has ended.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn close<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let inner = Arc::clone(&self.inner);
        promise(env, async move { inner.close().await }, |()| ())
    }

    /// Ends it, without a promise that would keep the process alive.
    #[napi]
    pub fn leave(&self) {
        self.inner.leave();
    }

    /// What it has told beside its pages, `{"ok": …}`.
    #[napi]
    pub fn told(&self) -> String {
        answer(Ok(self.inner.told()))
    }
}
