//! Addresses, hours, registrations, persons, names, points: everything that `extract` looks for.

use lead_core::contacts::{ExtractOptions, extract_document};
use lead_core::page::Document;

/// All finders take their time without optimisation.
const SIZE: usize = 1 << 11;

fn extract(document: &Document) {
    for region in ["US", "DE"] {
        let _ = extract_document(document, &ExtractOptions::new().region(region));
    }
}

#[test]
fn repeated_pieces_take_linear_time() {
    for unit in [
        "Street ",
        "Street Street\n",
        "12 Main Street\n",
        "12 Main St, Springfield, IL 62701\n",
        "Springfield, ",
        "Springfield, IL ",
        "Springfield\n",
        "12345 ",
        "12345 Berlin ",
        "Hauptstraße 5, ",
        "1 2 3 4 5 ",
        "9",
        "M5V 1K4 ",
        "SW1A 1AA, ",
        "1234 AB\n",
        "A",
        "A ",
        "Aa Bb ",
        "Éa ",
        "Germany\n",
        "Mo ",
        "Mo-Fr 9-17\n",
        "Mo 9-17, ",
        "Monday\n",
        "9am - 5pm ",
        "closed ",
        "VAT ",
        "VAT 123456789 ",
        "USt-IdNr. DE100954185 ",
        "HRB 12345\n",
        "CHE-",
        "CEO\n",
        "Ada Example\nCEO\n",
        "Ada Example, CEO\n",
        "CEO: Ada Example, Bob Sample, ",
        "CEO: ",
        "Manager, ",
        "Ada Example, ",
        "Vertreten durch\n",
        "© 2020 Rossi Inc. ",
        "©",
        "Rossi Inc.\n",
        "<a href='https://maps.google.com/maps?q=48.15,11.55'>x</a>",
        "<a href='https://maps.google.com/maps?&&&&&&&&&&&&&&&&&'>x</a>",
        "<i data-lat=48.1 data-lng=11.5></i>",
        "<i class=latitude>48.1</i><i class=longitude>11.5</i>",
        "<p typeof=Store property=department><b property=name>x</b>",
        "<p typeof=Store><b property='name telephone'>x</b></p>",
        "<p class=vcard><b class=tel>06 1234 5678</b>",
        "<p class=adr><b class=locality>Rome</b>",
        "<meta property=og:locality content=Rome>",
    ] {
        super::takes_linear_time(unit, SIZE, |size| unit.repeat(size / unit.len()), extract);
    }
}

#[test]
fn long_lists_of_structured_data_take_linear_time() {
    for (name, unit) in [
        ("department", r#"{"name":"x","telephone":"1"}"#),
        ("address", r#""12 Main St, Springfield, IL 62701""#),
        ("openingHours", r#""Mo-Fr 09:00-17:00""#),
        ("employee", r#"{"name":"Ada Example"}"#),
    ] {
        let make = |size: usize| {
            let items = vec![unit; size / unit.len()].join(",");
            format!(r#"<script type="application/ld+json">{{"@type":"Store","{name}":[{items}]}}</script>"#)
        };
        super::takes_linear_time(name, SIZE, make, extract);
    }
}
