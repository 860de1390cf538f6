//! The table `docs/platforms.md`: file × field, on the page and read.

use std::fmt::Write as _;

use lead_core::source::adapter::{Outcome, Reading};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/platforms.md");

/// A row: file, field, on the page, read.
struct Row {
    file: String,
    field: String,
    there: usize,
    read: usize,
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    match cells.as_slice() {
        ["", file, field, there, read, ""] => Some(Row {
            file: (*file).to_owned(),
            field: (*field).to_owned(),
            there: there.parse().ok()?,
            read: read.parse().ok()?,
        }),
        _ => None,
    }
}

/// How many listings have what the field is for. It is counted on the record, where a value must have come through, not
/// by what the adapter says of itself.
pub(crate) fn count(reading: &Reading, field: &str) -> usize {
    let has = |findings: &lead_core::record::Findings<lead_core::record::Trace>| match field {
        "name" => !findings.organizations.is_empty(),
        "phone" => !findings.phones.is_empty(),
        "email" => !findings.emails.is_empty(),
        "website" => !findings.websites.is_empty(),
        "social" => !findings.socials.is_empty(),
        "category" => !findings.categories.is_empty(),
        "hours" => !findings.hours.is_empty(),
        "geo" => !findings.geo.is_empty(),
        "status" => !findings.status.is_empty(),
        "address" => findings.addresses.iter().any(|one| !one.text.is_empty()),
        "street" => findings.addresses.iter().any(|one| one.street.is_some()),
        "city" => findings.addresses.iter().any(|one| one.city.is_some()),
        "region" => findings.addresses.iter().any(|one| one.region.is_some()),
        "postal_code" => findings.addresses.iter().any(|one| one.postal_code.is_some()),
        "country" => findings.addresses.iter().any(|one| one.country.is_some()),
        name => findings.attributes.iter().any(|one| one.name.as_str() == name),
    };
    match field {
        "entries" => reading.listings.len(),
        "url" => reading
            .listings
            .iter()
            .filter(|listing| listing.url.is_some())
            .count(),
        _ => reading
            .listings
            .iter()
            .filter(|listing| has(&listing.findings))
            .count(),
    }
}

/// The saved answers of the table, each once, in its order.
pub(crate) fn files() -> Vec<String> {
    let text = std::fs::read_to_string(TABLE).unwrap();
    let mut files: Vec<String> = text.lines().filter_map(row).map(|row| row.file).collect();
    files.dedup();
    files
}

/// The fields of a saved answer.
pub(crate) fn fields(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(TABLE).unwrap();
    let rows = text.lines().filter_map(row).filter(|row| row.file == file);
    rows.map(|row| row.field).collect()
}

#[test]
fn what_stands_on_the_saved_answers_is_read() {
    if super::shared().is_none() {
        return;
    }
    let text = std::fs::read_to_string(TABLE).unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    let (mut there, mut read, mut wrong) = (0, 0, Vec::new());
    let (mut new, mut last) = (String::new(), (String::new(), None));
    for line in text.lines() {
        let Some(row) = row(line) else {
            writeln!(new, "{line}").unwrap();
            continue;
        };
        if last.0 != row.file {
            let outcome = super::parse(&row.file).unwrap();
            let reading = match outcome.unwrap_or_else(|error| panic!("{}: {error}", row.file)) {
                Outcome::Listings(reading) => reading,
                other => panic!("{}: {other:?}", row.file),
            };
            last = (row.file.clone(), Some(reading));
        }
        let ours = count(last.1.as_ref().unwrap(), &row.field);
        // More than there is would be made up, and counts as a miss of as many.
        let good = row.there.saturating_sub(row.there.abs_diff(ours));
        (there, read) = (there + row.there, read + good);
        if ours != row.read || ours > row.there {
            wrong.push(format!(
                "{} {}: {} there, {} in the table, {ours} read",
                row.file, row.field, row.there, row.read
            ));
        }
        writeln!(new, "| {} | {} | {} | {ours} |", row.file, row.field, row.there).unwrap();
    }
    println!("platforms: {read} of {there} values read");
    if update {
        std::fs::write(TABLE, new).unwrap();
        println!("{}", wrong.join("\n"));
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read * 100 >= there * 98, "{read} of {there}");
}
