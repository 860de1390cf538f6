//! What changed in a store, what is put away, what leaves it, and what comes back.

use lead_bind::batches::Batches;
use lead_bind::keeping::{ChangesOptions, ChangesStream as Inner, Restore, Retain, SetHidden, Versions};
use napi::Env;
use napi::bindgen_prelude::{Either, Object};
use napi_derive::napi;

use crate::answer::{answer, refusal};
use crate::stream::stream;
use crate::waiting::promise;

stream! {
    /// Changes being found. When JavaScript lets go of them, the search ends.
    ChangesStream(Inner),
    answer,
    |answer| answer,
    told
}

/// Begins to look for changes; `{"error": …}` when the options mean nothing.
#[napi(js_name = "changes")]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn begin_changes(options: String) -> Either<ChangesStream, String> {
    ChangesStream::begun(ChangesOptions::read(&options).and_then(Inner::begin))
}

/// Takes leads out of a store: what it came to, `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn retain(env: &Env, options: String) -> napi::Result<Object<'_>> {
    let retain = Retain::read(&options);
    let work = async move {
        match retain {
            Ok(retain) => answer(retain.run().await),
            Err(error) => refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}

/// Brings leads back from archives: what it came to, `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn restore(env: &Env, options: String) -> napi::Result<Object<'_>> {
    let restore = Restore::read(&options);
    let work = async move {
        match restore {
            Ok(restore) => answer(restore.run().await),
            Err(error) => refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}

/// Hides leads, or hides them no more: what came of each, `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn set_hidden(env: &Env, options: String) -> napi::Result<Object<'_>> {
    let wanted = SetHidden::read(&options);
    let work = async move {
        match wanted {
            Ok(wanted) => answer(wanted.run().await),
            Err(error) => refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}

/// Leads with the versions they stand at: `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn versions(env: &Env, options: String) -> napi::Result<Object<'_>> {
    let asked = Versions::read(&options);
    let work = async move {
        match asked {
            Ok(asked) => answer(asked.run().await),
            Err(error) => refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}
