//! Google's Places API. See `docs.md`.

use super::adapter::Hooks;
use super::built_in::BuiltIn;

mod parse;

pub(super) const PLATFORM: BuiltIn = BuiltIn {
    id: "google_places_api",
    toml: include_str!("adapter.toml"),
    baseline: include_str!("baseline.json"),
    hooks: Hooks {
        prepare: None,
        readers: &[("hours", parse::hours), ("street", parse::street)],
        listings: None,
    },
};
