//! Stores that are held open.

use lead_bind::store::Store;
use napi::Env;
use napi::bindgen_prelude::{Either, Object};
use napi_derive::napi;

use crate::answer::{refusal, written};
use crate::waiting::promise;

/// A store that is held open, asked by a word and options. When JavaScript lets go of it, and nothing works in it any more, it is closed.
#[napi]
pub struct StoreHandle {
    inner: Store,
}

/// A store to be opened; `{"error": …}` when the options mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn store(options: String) -> Either<StoreHandle, String> {
    match Store::read(&options) {
        Ok(inner) => Either::A(StoreHandle { inner }),
        Err(error) => Either::B(refusal(&error)),
    }
}

#[napi]
impl StoreHandle {
    /// What it is called wherever a store's URI is wanted.
    #[napi]
    pub fn name(&self) -> String {
        self.inner.name()
    }

    /// Opens it: `{"ok": null}` or `{"error": …}`.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn open<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let inner = self.inner.clone();
        let work = async move { written(inner.open().await.map(|()| "null".to_owned())) };
        promise(env, work, |answer| answer)
    }

    /// Asks it: `{"ok": …}` or `{"error": …}`.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn call<'e>(&self, env: &'e Env, what: String, options: String) -> napi::Result<Object<'e>> {
        let inner = self.inner.clone();
        let work = async move { written(inner.call(&what, &options).await) };
        promise(env, work, |answer| answer)
    }

    /// Lets go of it; the promise is kept when it is closed.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn close<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let inner = self.inner.clone();
        promise(env, async move { inner.close().await }, |()| ())
    }
}
