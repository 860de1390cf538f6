//! The native half of the Node package `lead-node`: conversions only.
//!
//! Answers cross as one JSON text, which JavaScript's own parser turns into objects faster than they could be built one
//! property at a time; `lib/answer.cjs` parses them and turns errors into `LeadError`.

mod answer;
pub mod archive;
pub mod batch;
pub mod browser;
pub mod collect;
pub mod crawl;
pub mod export;
pub mod figures;
pub mod images;
pub mod keeping;
pub mod matching;
mod options;
pub mod phone;
pub mod plan;
pub mod saved;
pub mod sinks;
pub mod store;
mod stream;
mod waiting;

use lead_core::Result;
use lead_core::contacts::ExtractOptions;
use lead_core::phone::{FindOptions, OffsetUnit, Offsets};
use napi::bindgen_prelude::{Either, Uint8Array};
use napi_derive::napi;

use crate::answer::answer;
use crate::options::Options;

/// The version of this package.
#[napi]
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The contacts of a document: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn extract(html: Either<String, Uint8Array>, options: Options) -> String {
    answer(contacts(&html, options))
}

fn contacts(html: &Either<String, Uint8Array>, given: Options) -> Result<impl serde::Serialize> {
    let options = ExtractOptions::try_from(given)?;
    match html {
        Either::A(text) => lead_core::extract(text, &options.decoded()),
        Either::B(bytes) => lead_core::extract(bytes, &options),
    }
}

/// The telephone numbers in a text, places in UTF-16 units: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn find_phones(text: String, options: Options) -> String {
    answer(search(&text, options, lead_core::find_phones, |one| {
        [&mut one.start, &mut one.end]
    }))
}

/// What `find` finds, with its places in UTF-16 units.
fn search<M>(
    text: &str,
    given: Options,
    find: fn(&str, &FindOptions) -> Result<Vec<M>>,
    place: fn(&mut M) -> [&mut usize; 2],
) -> Result<Vec<M>> {
    let mut found = find(text, &given.try_into()?)?;
    let mut offsets = Offsets::new(text, OffsetUnit::Utf16);
    for offset in found.iter_mut().flat_map(place) {
        *offset = offsets.at(*offset);
    }
    Ok(found)
}

/// Every kind of error as `[kind, code]`.
#[napi]
pub fn error_kinds() -> Vec<Vec<String>> {
    let pair = |kind: &lead_core::ErrorKind| vec![kind.name().to_owned(), kind.code().to_owned()];
    lead_core::ErrorKind::ALL.iter().map(pair).collect()
}
