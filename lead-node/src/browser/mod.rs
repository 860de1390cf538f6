//! Browsers that render pages.

mod live;
mod page;

use lead_bind::browser::{Browser as Inner, BrowserOptions};
use napi::Env;
use napi::bindgen_prelude::{ClassInstance, Either, Object};
use napi_derive::napi;

pub use live::{LiveStream, Seen};
pub use page::{Rendered, Visit};

use crate::answer::{answer, refusal};
use crate::waiting::promise;

/// Browsers that render pages. When JavaScript lets go of them, they end.
#[napi]
pub struct Browser {
    pub(crate) inner: Inner,
}

/// A browser with these settings; `{"error": …}` when they mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn browser(options: String) -> Either<Browser, String> {
    match BrowserOptions::read(&options).and_then(Inner::new) {
        Ok(inner) => Either::A(Browser { inner }),
        Err(error) => Either::B(refusal(&error)),
    }
}

/// Ends all browsers, waiting a little: for the end of the process.
#[napi]
pub fn end_browsers() {
    lead_bind::browser::end_all();
}

/// The browser that JavaScript holds, for work that renders with it.
pub(crate) fn held<'a>(browser: Option<&'a ClassInstance<'_, Browser>>) -> Option<&'a Inner> {
    browser.map(|browser| &browser.inner)
}

#[napi]
impl Browser {
    /// A page to render.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn visit(&self, url: String) -> Visit {
        Visit::from(self.inner.visit(&url))
    }

    /// Looks at pages from now on; `{"error": …}` in a process that was forked off.
    #[napi]
    pub fn live(&self) -> Either<LiveStream, String> {
        LiveStream::begun(self.inner.live())
    }

    /// How the browsers are doing, `{"ok": [browsers, pages]}`.
    #[napi]
    pub fn stats(&self) -> String {
        answer(self.inner.stats().map(|stats| [stats.browsers, stats.pages]))
    }

    /// Ends them; the promise is kept when nothing is left of them.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn close<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let inner = self.inner.clone();
        promise(env, async move { inner.close().await }, |()| ())
    }
}
