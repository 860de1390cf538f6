//! Leads as files.

use std::path::Path;

use lead_bind::export::Export;
use napi::Env;
use napi::bindgen_prelude::Object;
use napi_derive::napi;

use crate::answer::answer;
use crate::waiting::promise;

/// Writes leads into a file: what it came to, `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn export_file(env: &Env, path: String, options: String) -> napi::Result<Object<'_>> {
    let export = Export::read(Path::new(&path), &options);
    let work = async move {
        match export {
            Ok(export) => answer(export.run().await),
            Err(error) => crate::answer::refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}
