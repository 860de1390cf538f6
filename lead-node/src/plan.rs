//! What a query would ask, and why.

use napi_derive::napi;

use crate::answer::answer;

/// What would be asked, options as JSON: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn plan(query: String, options: String) -> String {
    answer(lead_bind::plan::plan(&query, &options))
}
