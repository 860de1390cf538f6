//! Nominatim. See `docs.md`.

use super::adapter::Hooks;
use super::built_in::BuiltIn;

mod parse;

pub(super) const PLATFORM: BuiltIn = BuiltIn {
    id: "nominatim",
    toml: include_str!("adapter.toml"),
    baseline: include_str!("baseline.json"),
    hooks: Hooks {
        prepare: Some(parse::prepare),
        readers: &[
            ("category", parse::category),
            ("element", parse::element),
            ("empty_list", parse::empty_list),
            ("name", parse::name),
        ],
        listings: None,
    },
};
