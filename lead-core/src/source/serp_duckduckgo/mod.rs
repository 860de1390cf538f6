//! DuckDuckGo. See `docs.md`.

use super::built_in::{BuiltIn, plain};

pub(super) const PLATFORM: BuiltIn = plain(
    "serp_duckduckgo",
    include_str!("adapter.toml"),
    include_str!("baseline.json"),
);
