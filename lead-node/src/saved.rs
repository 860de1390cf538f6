//! Saved pages of platforms, and files of open data.

use std::path::Path;

use lead_bind::import::Import;
use lead_bind::saved::{self, Platform};
use napi::Env;
use napi::bindgen_prelude::{Either, Object, Uint8Array};
use napi_derive::napi;

use crate::answer::answer;
use crate::waiting::promise;

/// A saved page of a platform, by the id of a built-in one or the text of an adapter file: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn parse_page(
    id: Option<String>,
    toml: Option<String>,
    page: Either<String, Uint8Array>,
    url: Option<String>,
    region: Option<String>,
) -> String {
    let bytes: &[u8] = match &page {
        Either::A(text) => text.as_bytes(),
        Either::B(bytes) => bytes,
    };
    let id = id.unwrap_or_default();
    let platform = toml.as_deref().map_or(Platform::BuiltIn(&id), Platform::Toml);
    answer(saved::parse_page(
        platform,
        bytes,
        url.as_deref(),
        region.as_deref(),
    ))
}

/// The names of sources, platforms and layouts: `{"ok": …}`.
#[napi]
pub fn source_names() -> String {
    answer(Ok(saved::names()))
}

/// Imports a file of open data: what it came to, `{"ok": …}` or `{"error": …}`.
///
/// # Errors
/// When the system gives no threads.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn import_file(env: &Env, path: String, options: String) -> napi::Result<Object<'_>> {
    let import = Import::read(Path::new(&path), &options);
    let work = async move {
        match import {
            Ok(import) => answer(import.run().await),
            Err(error) => crate::answer::refusal(&error),
        }
    };
    promise(env, work, |answer| answer)
}
