//! Yellow Pages and directories like it. See `docs.md`.

use super::built_in::{BuiltIn, plain};

pub(super) const PLATFORM: BuiltIn = plain(
    "yellow_pages",
    include_str!("adapter.toml"),
    include_str!("baseline.json"),
);
