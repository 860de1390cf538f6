//! Numbers in a text, as values.

use lead_core::phone;
use napi_derive::napi;

use crate::answer::answer;
use crate::options::Options;
use crate::search;

/// The numbers in a text, places in UTF-16 units: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn find_numbers(text: String, options: Options) -> String {
    answer(search(&text, options, phone::find_numbers, |one| {
        [&mut one.start, &mut one.end]
    }))
}
