//! Yelp's API. See `docs.md`.

use super::adapter::Hooks;
use super::built_in::{BuiltIn, plain};

pub(super) const PLATFORM: BuiltIn = BuiltIn {
    hooks: Hooks {
        prepare: None,
        readers: &[("hours", parse::hours)],
        listings: None,
    },
    ..plain(
        "yelp_api",
        include_str!("adapter.toml"),
        include_str!("baseline.json"),
    )
};

mod parse;
