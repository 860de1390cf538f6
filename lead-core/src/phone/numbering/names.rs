//! Carriers, time zones and, with the feature `areas`, places: by the digits of a number in international form.

use super::prefixes::Prefixes;

static CARRIERS: Prefixes = Prefixes::new(include_bytes!("carriers.bin"));
static ZONES: Prefixes = Prefixes::new(include_bytes!("zones.bin"));
#[cfg(feature = "areas")]
static AREAS: Prefixes = Prefixes::new(include_bytes!("areas.bin"));

/// The carrier a range of numbers was given to; empty when none is known.
pub(crate) fn carrier(international: impl Iterator<Item = u8>) -> &'static str {
    CARRIERS.find(international)
}

/// The IANA time zones of a range of numbers, `&` between them; empty when none is known.
pub(crate) fn zones(international: impl Iterator<Item = u8>) -> &'static str {
    ZONES.find(international)
}

/// The place of a range of numbers, in English; empty when none is known.
#[cfg(feature = "areas")]
pub(crate) fn area(international: impl Iterator<Item = u8>) -> &'static str {
    AREAS.find(international)
}

/// The English name of a region; empty when none is known.
#[cfg(feature = "areas")]
pub(crate) fn country(region: crate::phone::region::Region) -> &'static str {
    let lines = std::str::from_utf8(AREAS.more()).unwrap_or_default();
    lines
        .lines()
        .find_map(|line| line.strip_prefix(region.as_str()))
        .unwrap_or_default()
}
