//! Figures of a store.

use lead_bind::figures::{Facets, Stats};
use napi::Env;
use napi::bindgen_prelude::Object;
use napi_derive::napi;

use crate::answer::{answer, refusal};
use crate::waiting::promise;

/// What stands in fields of a store's leads, and how often: `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
pub fn facets(env: &Env, options: String) -> napi::Result<Object<'_>> {
    let work = async move {
        match Facets::read(&options) {
            Ok(facets) => answer(facets.run().await),
            Err(error) => refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}

/// What a store holds, in figures: `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
pub fn stats(env: &Env, options: String) -> napi::Result<Object<'_>> {
    let work = async move {
        match Stats::read(&options) {
            Ok(stats) => answer(stats.run().await),
            Err(error) => refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}
