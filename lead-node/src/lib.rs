//! The native half of the Node package `lead-node`: conversions only.
//!
//! Answers cross as one JSON text, which JavaScript's own parser turns into objects faster than they could be built one
//! property at a time; `lib/native.cjs` parses them and turns errors into `LeadError`.

use lead_core::contacts::ExtractOptions;
use lead_core::phone::{FindOptions, OffsetUnit, Offsets};
use napi::bindgen_prelude::{Either, Uint8Array};
use napi_derive::napi;
use serde_json::json;

/// The version of this package.
#[napi]
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Options of both calls, as they are checked by the loader.
#[napi(object)]
#[derive(Default)]
pub struct Options {
    /// ISO 3166-1 code.
    pub region: Option<String>,
    /// Where the document came from.
    pub base_url: Option<String>,
    /// The response's header.
    pub content_type: Option<String>,
    /// `possible`, `valid`, `strict-grouping` or `exact-grouping`.
    pub leniency: Option<String>,
    /// `smart` or `compat`.
    pub mode: Option<String>,
}

/// The contacts of a document: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn extract(html: Either<String, Uint8Array>, options: Options) -> String {
    answer(contacts(&html, options))
}

fn contacts(html: &Either<String, Uint8Array>, given: Options) -> lead_core::Result<impl serde::Serialize> {
    let mut options = ExtractOptions::new();
    options.mode = given
        .mode
        .as_deref()
        .map(str::parse)
        .transpose()?
        .unwrap_or_default();
    (options.region, options.base_url, options.content_type) =
        (given.region, given.base_url, given.content_type);
    match html {
        Either::A(text) => lead_core::extract(text, &options.decoded()),
        Either::B(bytes) => lead_core::extract(bytes, &options),
    }
}

/// The telephone numbers in a text, places in UTF-16 units: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn find_phones(text: String, options: Options) -> String {
    answer(matches(&text, options))
}

fn matches(text: &str, given: Options) -> lead_core::Result<impl serde::Serialize> {
    let mut options = FindOptions::new();
    options.region = given.region;
    options.leniency = given
        .leniency
        .as_deref()
        .map(str::parse)
        .transpose()?
        .unwrap_or_default();
    options.mode = given
        .mode
        .as_deref()
        .map(str::parse)
        .transpose()?
        .unwrap_or_default();
    let mut found = lead_core::find_phones(text, &options)?;
    let mut offsets = Offsets::new(text, OffsetUnit::Utf16);
    for one in &mut found {
        (one.start, one.end) = (offsets.at(one.start), offsets.at(one.end));
    }
    Ok(found)
}

/// Every kind of error as `[kind, code]`.
#[napi]
pub fn error_kinds() -> Vec<Vec<String>> {
    let pair = |kind: &lead_core::ErrorKind| vec![kind.name().to_owned(), kind.code().to_owned()];
    lead_core::ErrorKind::ALL.iter().map(pair).collect()
}

/// What the loader reads: the value, or all that is known of the error.
fn answer(result: lead_core::Result<impl serde::Serialize>) -> String {
    let written = result.and_then(|value| {
        serde_json::to_string(&value).map_err(|cause| {
            lead_core::Error::new(lead_core::ErrorKind::Internal, "answer", "the answer is no JSON")
                .because(cause)
        })
    });
    match written {
        Ok(value) => format!("{{\"ok\":{value}}}"),
        Err(error) => json!({"error": {
            "message": error.to_string(),
            "kind": error.kind().name(),
            "code": error.kind().code(),
            "operation": error.operation(),
            "retryable": error.is_retryable(),
            "retryAfter": error.retry_after().map(|wait| wait.as_secs_f64()),
            "context": error.context().collect::<std::collections::BTreeMap<_, _>>(),
        }})
        .to_string(),
    }
}
