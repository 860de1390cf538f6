//! Telephone numbers, one and in running text.

use lead_core::phone::{
    FindOptions, Format, Leniency, Likeness, Mode, Number, OffsetUnit, Offsets, Region, find_phones,
};

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

/// Any text as one number: what is read can be asked and written, each way of writing it reads back alike, and a sign that
/// means nothing at its end changes nothing.
pub fn phone_number(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for region in ["", "US", "DE", "AR", "BR", "IT", "JP"] {
        let region = Region::new(region).ok();
        let number = Number::parse(&text, region);
        if !text.contains(';') && text.chars().count() < 250 {
            assert_eq!(
                number,
                Number::parse(&format!("{text}\u{2060}"), region),
                "{text:?}"
            );
        }
        if let Ok(number) = number {
            written_and_read_again(number);
            ask_everything(number, &text);
        }
    }
}

fn written_and_read_again(number: Number) {
    let bare = number.without_extension();
    let read = |format| {
        let written = bare.format(format);
        let read =
            Number::parse(&written, None).map(|read| (read.calling_code(), read.national_significant()));
        assert!(read.is_ok(), "{written}");
        read
    };
    let plain = read(Format::E164);
    assert_eq!(plain, read(Format::International), "{number:?}");
    assert_eq!(plain, read(Format::Rfc3966), "{number:?}");
    let link = number.format(Format::Rfc3966);
    let extension = Number::parse(&link, None).map(|read| read.extension());
    assert_eq!(extension, Ok(number.extension()), "{link}");
}

fn ask_everything(number: Number, text: &str) {
    assert_eq!(number.compare(&number), Likeness::Exact);
    assert!(
        (2..=17).contains(&number.national_significant().len()),
        "{number:?}"
    );
    assert!(
        number.destination_code_length() >= number.area_code_length(),
        "{number:?}"
    );
    assert!(number.time_zones().next().is_some());
    assert!(
        !number.is_valid() || number.region().is_some() || number.calling_code() >= 800,
        "{number:?}"
    );
    for region in [Some(Region::US), Region::new("FR").ok()].into_iter().flatten() {
        assert!(!number.format_from(region).is_empty());
        assert!(!number.format_as_written(text, region).is_empty());
        let _ = number.format_keeping_letters(text, region); // nothing, where all digits are of other scripts
        assert!(
            number
                .format_for_mobile(region, "15")
                .is_none_or(|written| !written.is_empty())
        );
        assert!(
            !number.is_valid_short_in(region) || number.is_possible_short_in(region),
            "{number:?}"
        );
    }
}
