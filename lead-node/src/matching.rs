//! Companies to match.

use lead_bind::batches::Batches;
use lead_bind::matching::{Companies, MatchOptions, MatchStream as Inner};
use napi::bindgen_prelude::{ClassInstance, Either, Uint8Array};
use napi_derive::napi;

use crate::answer::answer;
use crate::browser::{Browser, held};
use crate::stream::stream;

stream! {
    /// A match under way. When JavaScript lets go of it, the match ends.
    MatchStream(Inner),
    answer,
    |answer| answer,
    told
}

/// Begins a match: companies as JSON, or a CSV; `{"error": …}` when they or the options mean nothing.
#[napi(js_name = "match")]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn begin_match(
    companies: Either<String, Uint8Array>,
    options: String,
    browser: Option<ClassInstance<'_, Browser>>,
) -> Either<MatchStream, String> {
    let given = match &companies {
        Either::A(json) => Companies::Objects(json),
        Either::B(bytes) => Companies::Csv(bytes),
    };
    let options = MatchOptions::read(given, &options);
    let options = options.and_then(|options| options.rendered_by(held(browser.as_ref())));
    MatchStream::begun(options.and_then(Inner::begin))
}
