//! Some parts alone are what they are among all: what is looked for beside a value changes nothing about it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

use std::path::PathBuf;

use lead_core::contacts::{ExtractOptions, Part};
use lead_core::extract;
use serde_json::Value;

const PAGE: &str = r#"<html lang=en><head><title>Rossi Bakery</title>
<script type="application/ld+json">{"@type":"Bakery","name":"Rossi Bakery","telephone":"+1 415 555 2671",
"email":"ciao@rossi.example","openingHours":"Mo-Fr 07:00-18:00","sameAs":"https://www.instagram.com/rossibakery"}</script>
</head><body><h1>Rossi Bakery</h1><p>Fax (415) 555-2672, info@rossi.example</p>
<p>12 Main Street, San Francisco, CA 94105</p><p>Owner: Anna Rossi</p><p>VAT DE136695976</p></body></html>"#;

/// The list of one part among the contacts of a page.
fn list(html: &[u8], options: &ExtractOptions, part: Part) -> Value {
    let contacts = extract(html, options).unwrap();
    let mut json = serde_json::to_value(contacts).unwrap();
    let mut list = json[part.name()].take();
    if part == Part::Persons {
        // Their numbers and mailboxes point into other lists.
        for person in list.as_array_mut().unwrap() {
            person
                .as_object_mut()
                .unwrap()
                .retain(|field, _| field != "phones" && field != "emails");
        }
    }
    list
}

fn check(html: &[u8]) -> usize {
    let all = ExtractOptions::new();
    let mut filled = 0;
    for part in Part::ALL {
        let among_all = list(html, &all, part);
        let alone = list(html, &all.clone().only([part]), part);
        assert_eq!(among_all, alone, "{part:?}");
        filled += usize::from(!alone.as_array().unwrap().is_empty());
    }
    filled
}

#[test]
fn a_part_alone_is_as_among_all() {
    assert_eq!(check(PAGE.as_bytes()), Part::ALL.len());
}

#[test]
fn nothing_else_comes_along() {
    let options = ExtractOptions::new().only([Part::Emails]);
    let found = extract(PAGE, &options).unwrap().findings;
    assert_eq!(found.emails.len(), 2);
    assert!(found.phones.is_empty() && found.socials.is_empty() && found.organizations.is_empty());
    assert!(found.addresses.is_empty() && found.hours.is_empty() && found.locations.is_empty());
}

#[test]
fn parts_of_real_pages_are_as_among_all() {
    let shared = std::env::var_os("LEAD_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let Ok(files) = std::fs::read_dir(shared.join("data/labelled")) else {
        return println!("SKIPPED: no shared pages (set LEAD_SHARED)");
    };
    let pages = files
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "html"));
    for page in pages.step_by(6) {
        check(&std::fs::read(page).unwrap());
    }
}
