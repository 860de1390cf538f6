//! Leads handed on as they come and change.

use lead_bind::batches::Batches;
use lead_bind::sinks::{Rounds, Sinks, call};
use napi::Env;
use napi::bindgen_prelude::{Either, Object};
use napi_derive::napi;

use crate::answer::{answer, written};
use crate::stream::stream;
use crate::waiting::promise;

stream! {
    /// Leads being handed on, round after round. When JavaScript lets go of them, they end.
    SinkRounds(Rounds),
    answer,
    |answer| answer
}

/// Begins to hand leads on; `{"error": …}` when the options mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn watch_sinks(options: String) -> Either<SinkRounds, String> {
    SinkRounds::begun(Sinks::read(&options).and_then(Rounds::begin))
}

/// Does something with sinks, `run`, `check`, `dead` or `retry`: what it came to, `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
pub fn sinks(env: &Env, what: String, options: String) -> napi::Result<Object<'_>> {
    promise(
        env,
        async move { written(call(&what, &options).await) },
        |answer| answer,
    )
}
