//! The predecessor's files, in every layout and encoding, and what is left of them when they are damaged.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code fails by panicking"
)]

#[path = "import/files.rs"]
mod files;

use files::{A, B, C, portions, row_b, text_b};
use lead_core::ErrorKind;
use lead_core::record::{LEGACY_COLUMNS, Lead, Method, Observation};
use lead_core::seam::{LeadQuery, State, Store};
use lead_storage::export::{Export, Format, Layout as Columns};
use lead_storage::import::{Import, Imported, Layout};

fn sightings(bytes: &[u8], import: &Import) -> Vec<Observation> {
    let portions = portions("leads.csv", bytes, import).unwrap();
    let rejects: Vec<_> = portions.iter().flat_map(|portion| &portion.rejects).collect();
    assert!(rejects.is_empty(), "{rejects:?}");
    portions
        .into_iter()
        .flat_map(|portion| portion.observations)
        .collect()
}

fn attribute(observation: &Observation, name: &str) -> Option<String> {
    let all = &observation.findings.attributes;
    let found = all.iter().find(|found| found.name.as_str() == name);
    found.map(|found| found.value.value.to_string())
}

async fn store() -> Store {
    lead_storage::open("sqlite://:memory:").await.unwrap()
}

async fn leads(store: &Store) -> Vec<Lead> {
    store
        .page(LeadQuery::new(lead_core::record::filter::Filter::All))
        .await
        .unwrap()
        .leads
}

async fn legacy(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    let export = Export::new(Format::Csv(Columns::Legacy));
    export.to_writer(store, &mut bytes, |_| ()).await.unwrap();
    bytes
}

async fn put(store: &Store, name: &str, bytes: &[u8], import: &Import) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    import.to_store(store, &path, |_| ()).await.unwrap()
}

#[test]
fn every_layout_shows_by_its_header_and_says_what_it_holds() {
    for (file, layout, source) in [
        (A, Layout::V39A, "google_maps"),
        (B, Layout::V39B, "instagram"),
        (C, Layout::V39C, "linkedin"),
    ] {
        let read = portions("leads.csv", file.as_bytes(), &Import::new()).unwrap();
        assert_eq!(read[0].layout, layout);
        let seen = &sightings(file.as_bytes(), &Import::new())[0];
        assert_eq!(seen.source.as_str(), source);
        assert_eq!(seen.findings.organizations[0].name, "Boulangerie Exemple");
        assert_eq!(seen.findings.phones[0].e164.to_string(), "+33478000001");
        assert_eq!(seen.findings.websites[0].url.as_str(), "https://exemple.test/");
        for name in &read[0].columns {
            assert!(!name.home.contains("x:"), "{name:?}");
        }
    }
    let unknown = portions("leads.csv", b"name,phone\na,b\n", &Import::new());
    assert_eq!(unknown.unwrap_err().kind(), ErrorKind::Unsupported);
}

#[test]
fn a_value_says_in_which_line_of_which_file_it_stands() {
    let file = format!("{}\n\n{}\n{}\n", files::HEADER_B, row_b(1), row_b(2));
    let seen = sightings(file.as_bytes(), &Import::new());
    let trace = &seen[1].findings.organizations[0].evidence()[0];
    assert_eq!(trace.method, Method::Import);
    assert_eq!(trace.locator.as_deref(), Some("leads.csv line 4, display_name"));
}

#[test]
fn times_are_those_of_the_zone_and_of_utc_where_the_layout_says_so() {
    let paris = Import::new().zone("+02:00").unwrap();
    let seen = |file: &str| sightings(file.as_bytes(), &paris)[0].seen_at.to_string();
    assert_eq!(seen(B), "2025-06-01T10:30:00Z");
    assert_eq!(seen(C), "2025-06-01T12:30:00Z");
    assert_eq!(seen(A), "1970-01-01T00:00:00Z", "when the file was written");
}

#[test]
fn encodings_delimiters_and_line_ends_make_no_difference() {
    let plain = sightings(text_b(20).as_bytes(), &Import::new());
    assert_eq!(plain.len(), 20);
    for delimiter in [",", ";", "\t"] {
        for end in ["\n", "\r\n"] {
            let text = files::table_b(20, delimiter, end);
            let utf16 = |turn: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(turn).collect::<Vec<u8>>();
            let marked = format!("\u{feff}{text}");
            let western = encoding_of(&text);
            for bytes in [
                text.clone().into_bytes(),
                marked.clone().into_bytes(),
                utf16(u16::to_le_bytes),
                utf16(u16::to_be_bytes),
                western,
            ] {
                let same = sightings(&bytes, &Import::new());
                assert!(
                    plain
                        .iter()
                        .map(|seen| seen.id)
                        .eq(same.iter().map(|seen| seen.id)),
                    "{delimiter:?} {end:?}"
                );
            }
        }
    }
}

/// Windows-1252 of the letters in question is Latin-1.
fn encoding_of(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect()
}

#[test]
fn ragged_rows_are_read_by_their_place() {
    let older: Vec<_> = files::HEADER_B.split(',').take(31).collect();
    let short: Vec<_> = files::cells_b(2).into_iter().take(12).collect();
    let file = format!("{}\n{}\n{}\n", older.join(","), row_b(1), short.join(","));
    let seen = sightings(file.as_bytes(), &Import::new());
    assert_eq!(attribute(&seen[0], "graduation_year").as_deref(), Some("2020"));
    assert_eq!(seen[0].findings.phones[0].method(), &Method::TelLink);
    assert_eq!(attribute(&seen[1], "industry"), None);
    assert_eq!(attribute(&seen[1], "business_type").as_deref(), Some("Café"));
}

#[test]
fn further_columns_are_kept_under_their_own_names() {
    let file = format!("{},Rating,Team Size\n{},4.5,12\n", files::HEADER_B, row_b(1));
    let seen = &sightings(file.as_bytes(), &Import::new())[0];
    assert_eq!(attribute(seen, "rating").as_deref(), Some("4.5"));
    assert_eq!(attribute(seen, "x:team_size").as_deref(), Some("12"));
    let plain = &sightings(text_b(1).as_bytes(), &Import::new())[0];
    assert_eq!(seen.record, plain.record);
}

#[test]
fn rows_that_lead_to_nobody_are_kept_aside_with_their_line() {
    let file = format!(
        "{}\ncafes,instagram,N/A,N/A,,n/a\n{}\n{}\nx,\"y\n",
        files::HEADER_B,
        files::HEADER_B,
        row_b(1)
    );
    let portion = portions("leads.csv", file.as_bytes(), &Import::new())
        .unwrap()
        .remove(0);
    let told: Vec<_> = portion
        .rejects
        .iter()
        .map(|reject| (&*reject.entry, &*reject.reason))
        .collect();
    let expected = [
        ("line 2", "no name, number, mailbox, site, profile or address"),
        ("line 3", "the header again"),
        ("line 5", "a quote that is not closed"),
    ];
    assert_eq!(told, expected);
    assert_eq!((portion.rows, portion.observations.len()), (4, 1));
}

#[test]
fn json_is_read_as_its_rows_are() {
    let plain: Vec<_> = sightings(text_b(5).as_bytes(), &Import::new())
        .iter()
        .map(|seen| seen.id)
        .collect();
    let rows = files::objects_b(5);
    let list = serde_json::to_string(&rows).unwrap();
    let pretty = serde_json::to_string_pretty(&rows).unwrap();
    let framed = format!("{{\"month\": \"2025-06\", \"count\": 5, \"leads\": {pretty}}}");
    let lines = rows
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n");
    for text in [list, pretty, framed, lines] {
        let seen = sightings(text.as_bytes(), &Import::new());
        assert!(
            seen.iter().map(|seen| seen.id).eq(plain.iter().copied()),
            "{text}"
        );
    }
    let broken = "[{\"platform\":\"x\",\"display_name\":\"A\"},\n{\"platform\":\"x\",\"display_name\":\"B},\n{\"platform\":\"x\",\"display_name\":\"C\"}]";
    let portion = portions("a.json", broken.as_bytes(), &Import::new())
        .unwrap()
        .remove(0);
    assert_eq!((portion.observations.len(), portion.rejects.len()), (2, 1));
    assert_eq!(portion.rejects[0].entry, "line 2");
}

/// `<platform>.csv` and `all_platforms.csv` hold each row both.
#[tokio::test]
async fn the_same_row_of_two_files_is_one_sighting_and_a_second_import_changes_nothing() {
    let store = store().await;
    let text = text_b(2500);
    let first = put(&store, "instagram.csv", text.as_bytes(), &Import::new()).await;
    assert_eq!(
        (first.read, first.stored, first.duplicates, first.rejected),
        (2500, 2500, 0, 0)
    );
    let before = (leads(&store).await, legacy(&store).await);
    for name in ["all_platforms.csv", "instagram.csv"] {
        let again = put(&store, name, text.as_bytes(), &Import::new()).await;
        assert_eq!((again.read, again.stored, again.duplicates), (2500, 0, 2500));
    }
    assert_eq!((leads(&store).await, legacy(&store).await), before);
}

#[tokio::test]
async fn what_an_export_wrote_comes_back_cell_by_cell() {
    let first = store().await;
    put(
        &first,
        "all_platforms.csv",
        files::rich().as_bytes(),
        &Import::new(),
    )
    .await;
    let csv = legacy(&first).await;
    let second = store().await;
    let done = put(&second, "legacy.csv", &csv, &Import::new()).await;
    assert_eq!((done.read, done.rejected), (done.stored, 0));
    assert_eq!(rows(&legacy(&second).await), rows(&csv));
    let header = csv::Reader::from_reader(&*csv).headers().unwrap().len();
    assert_eq!(header, LEGACY_COLUMNS.len());
    // Every column was tried.
    for at in 0..header {
        assert!(
            rows(&csv).iter().any(|row| !row[at].is_empty()),
            "{}",
            LEGACY_COLUMNS[at].header
        );
    }
}

/// Leads that the collector found, not such that were imported.
#[tokio::test]
async fn leads_of_a_collection_come_back_cell_by_cell() {
    use lead_core::seam::WriteBatch;
    use lead_core::seam::conformance::sample::town;
    let first = store().await;
    first.commit(WriteBatch::of(town(60))).await.unwrap();
    let csv = legacy(&first).await;
    let second = store().await;
    put(&second, "legacy.csv", &csv, &Import::new()).await;
    assert_eq!(rows(&legacy(&second).await), rows(&csv));
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.sort();
    rows
}

#[cfg(feature = "xlsx")]
#[tokio::test]
async fn workbooks_are_read_as_csv_is() {
    let first = store().await;
    put(
        &first,
        "all_platforms.csv",
        files::rich().as_bytes(),
        &Import::new(),
    )
    .await;
    let mut book = Vec::new();
    let export = Export::new(Format::Xlsx(Columns::Legacy));
    export.to_writer(&first, &mut book, |_| ()).await.unwrap();
    let second = store().await;
    let done = put(&second, "legacy.xlsx", &book, &Import::new()).await;
    assert_eq!((done.read, done.rejected), (done.stored, 0));
    assert_eq!(rows(&legacy(&second).await), rows(&legacy(&first).await));
    let error = portions("a.xlsx", &book[..book.len() / 2], &Import::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn an_import_goes_on_where_it_was_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all_platforms.csv");
    std::fs::write(&path, text_b(5000) + "cafes,instagram\n").unwrap();
    let (store, state) = (store().await, State::memory());
    let note = Import::new().note(state.clone());
    let mut steps = 0;
    {
        let mut run = Box::pin(note.to_store(&store, &path, |_| steps += 1));
        while futures::poll!(&mut run).is_pending()
            && store.count(lead_core::record::filter::Filter::All).await.unwrap() < 2000
        {
            tokio::task::yield_now().await;
        }
    }
    assert!((1..5).contains(&steps), "{steps}");
    let done = Import::new()
        .resume(state.clone())
        .to_store(&store, &path, |_| ())
        .await
        .unwrap();
    assert_eq!((done.read, done.rejected), (5001, 1));
    assert_eq!(done.stored + done.duplicates, 5000);
    assert!(done.duplicates <= 1000, "{}", done.duplicates);
    assert_eq!(
        store.count(lead_core::record::filter::Filter::All).await.unwrap(),
        5000
    );
    // The note is gone: everything is looked at again.
    let again = Import::new()
        .resume(state)
        .to_store(&store, &path, |_| ())
        .await
        .unwrap();
    assert_eq!((again.read, again.stored, again.duplicates), (5001, 0, 5000));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// Bytes that went bad cost the rows they stand in: the others come through, and every row is told of.
    #[test]
    fn damage_costs_the_rows_it_stands_in(
        hits in proptest::collection::vec((0_usize..1_000_000, proptest::prelude::any::<u8>()), 0..12),
    ) {
        let text = files::rich();
        let whole = sightings(text.as_bytes(), &Import::new());
        let mut bytes = text.clone().into_bytes();
        let header = files::HEADER_B.len() + 1;
        for (at, byte) in &hits {
            let at = header + at % (bytes.len() - header);
            bytes[at] = *byte;
        }
        let read = portions("leads.csv", &bytes, &Import::new()).unwrap();
        let ids: std::collections::BTreeSet<_> = read.iter().flat_map(|portion| &portion.observations).map(|seen| seen.id).collect();
        let lost = whole.iter().filter(|seen| !ids.contains(&seen.id)).count();
        // A line end in the place of another byte, or the other way round, concerns two rows.
        proptest::prop_assert!(lost <= 2 * hits.len(), "{} hits cost {lost} rows", hits.len());
        for portion in &read {
            let told = portion.observations.len() + portion.rejects.len();
            proptest::prop_assert_eq!(portion.rows, told as u64);
        }
    }
}

#[tokio::test]
async fn a_dry_run_stores_nothing_and_tells_the_columns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all_platforms.csv");
    std::fs::write(&path, text_b(1500)).unwrap();
    let done = Import::new().dry_run(&path, |_| ()).await.unwrap();
    assert_eq!((done.read, done.stored, done.columns.len()), (1500, 1500, 43));
    let missing = Import::new()
        .dry_run(&folder.path().join("no.csv"), |_| ())
        .await
        .unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
}
