//! Google Maps. See `docs.md`.

use super::adapter::Hooks;
use super::built_in::BuiltIn;

mod parse;

pub(super) const PLATFORM: BuiltIn = BuiltIn {
    id: "google_maps",
    toml: include_str!("adapter.toml"),
    baseline: include_str!("baseline.json"),
    hooks: Hooks {
        prepare: Some(parse::prepare),
        readers: &[
            ("about", parse::about),
            ("cid", parse::cid),
            ("hours", parse::hours),
            ("popular_times", parse::popular_times),
            ("ratings", parse::ratings),
        ],
        listings: None,
    },
};
