//! Companies to match.

use std::sync::Arc;

use lead_bind::batches::Batches;
use lead_bind::matching::{Companies, MatchOptions, MatchStream as Inner};
use napi::Env;
use napi::bindgen_prelude::{Either, Object, Uint8Array};
use napi_derive::napi;

use crate::answer::{answer, refusal};
use crate::waiting::promise;

/// A match under way. When JavaScript lets go of it, the match ends.
#[napi]
pub struct MatchStream {
    inner: Arc<Inner>,
}

impl Drop for MatchStream {
    fn drop(&mut self) {
        self.inner.leave();
    }
}

/// Begins a match: companies as JSON, or a CSV; `{"error": …}` when they or the options mean nothing.
#[napi(js_name = "match")]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn begin_match(companies: Either<String, Uint8Array>, options: String) -> Either<MatchStream, String> {
    let given = match &companies {
        Either::A(json) => Companies::Objects(json),
        Either::B(bytes) => Companies::Csv(bytes),
    };
    match MatchOptions::read(given, &options).and_then(Inner::begin) {
        Ok(inner) => Either::A(MatchStream {
            inner: Arc::new(inner),
        }),
        Err(error) => Either::B(refusal(&error)),
    }
}

#[napi]
impl MatchStream {
    /// What came of the next companies, `{"ok": […]}`; `{"ok": null}` when it is over.
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

    /// What it has told beside its rows, `{"ok": …}`.
    #[napi]
    pub fn told(&self) -> String {
        answer(Ok(self.inner.told()))
    }
}
