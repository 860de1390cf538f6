//! Telephone numbers in running text.

use lead_core::phone::{FindOptions, Leniency, Mode, OffsetUnit, Offsets, find_phones};

/// Any text, in each mode: matches stand in order, do not overlap, and are what the text says there.
pub fn phone_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for (region, leniency, mode) in [
        ("US", Leniency::Valid, Mode::Smart),
        ("DE", Leniency::Possible, Mode::Smart),
        ("FR", Leniency::Valid, Mode::Compat),
        ("AR", Leniency::Possible, Mode::Compat),
        ("GB", Leniency::ExactGrouping, Mode::Compat),
    ] {
        let options = FindOptions::new().region(region).leniency(leniency).mode(mode);
        let found = find_phones(&text, &options).unwrap_or_default();
        let mut end = 0;
        let mut points = Offsets::new(&text, OffsetUnit::CodePoints);
        for one in &found {
            assert!(
                end <= one.start && one.start < one.end,
                "overlap at {end}: {one:?}"
            );
            assert_eq!(text.get(one.start..one.end), Some(one.raw.as_str()), "{one:?}");
            assert_eq!(
                points.at(one.end) - points.at(one.start),
                one.raw.chars().count(),
                "{one:?}"
            );
            end = one.end;
        }
    }
}
