//! A mirror in CSV: a row a lead, whatever happens to the lead.

use std::path::Path;

use lead_core::record::{Link, MatchKey, TenantId};
use lead_core::seam::WriteBatch;
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_storage::dual::{CsvConfig, Differs, Dual, Mirror, Repair};
use lead_storage::export::{Export, Format, Layout};
use lead_storage::import::Import;

use crate::support::{caught_up, in_memory, quick, sqlite};

/// Headers and rows of a file.
fn rows(file: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let headers = cells(reader.headers().unwrap());
    (
        headers,
        reader.records().map(|row| cells(&row.unwrap())).collect(),
    )
}

#[tokio::test]
async fn the_file_is_what_an_export_would_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.csv");
    let dual = in_memory(Mirror::csv(CsvConfig::file(&file))).await;
    let store = dual.store();
    store.commit(WriteBatch::of(town(40))).await.unwrap();
    let later = sighting("town/5", minute(99), findings("Later", None, None, None));
    store.commit(WriteBatch::of(vec![later])).await.unwrap();
    // Two become one: of the other nothing is left.
    let link = Link::new(
        record("town/8"),
        record("town/9"),
        MatchKey::Site("acme.test".into()),
    );
    store
        .commit(WriteBatch::default().links(vec![link]))
        .await
        .unwrap();
    caught_up(&dual).await;
    let mut exported: Vec<u8> = Vec::new();
    let export = Export::new(Format::Csv(Layout::Full));
    export.to_writer(&store, &mut exported, |_| ()).await.unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), exported);
    assert_eq!(rows(&file).1.len(), 39);
}

#[tokio::test]
async fn the_columns_of_the_predecessor_stay_where_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.csv");
    let dual = in_memory(Mirror::csv(CsvConfig::file(&file).legacy())).await;
    let store = dual.store();
    store.commit(WriteBatch::of(town(10))).await.unwrap();
    caught_up(&dual).await;
    let (headers, told) = rows(&file);
    assert_eq!(
        (headers.len(), headers[43].as_str(), told.len()),
        (44, "lead_id", 10)
    );
    let mut exported: Vec<u8> = Vec::new();
    let export = Export::new(Format::Csv(Layout::Legacy));
    export.to_writer(&store, &mut exported, |_| ()).await.unwrap();
    let mut reader = csv::Reader::from_reader(&exported[..]);
    for (row, exported) in told.iter().zip(reader.records()) {
        assert_eq!(row[..43], exported.unwrap().iter().collect::<Vec<_>>()[..]);
    }
    dual.store().close().await;
    // And who reads the predecessor's files reads this one.
    let again = lead_storage::open("memory://").await.unwrap();
    let done = Import::new().to_store(&again, &file, |_| ()).await.unwrap();
    assert_eq!((done.read, done.stored), (10, 10), "{done:?}");
}

#[tokio::test]
async fn a_file_that_was_changed_by_hand_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let here = sqlite(folder.path(), "here.db");
    let file = folder.path().join("leads.csv");
    let there = format!("csv://{}", file.display());
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    dual.store().commit(WriteBatch::of(town(6))).await.unwrap();
    caught_up(&dual).await;
    dual.store().close().await;
    let whole = std::fs::read_to_string(&file).unwrap();
    let mut lines: Vec<&str> = whole.lines().collect();
    let changed = lines[1].replace("Bakery", "Brewery");
    lines[1] = &changed;
    let strange = lines[6].replace(lines[6].split(',').next().unwrap(), &record("nobody").to_string());
    lines[6] = &strange;
    std::fs::write(&file, lines.join("\n") + "\n").unwrap();

    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    let main = TenantId::default();
    let mut how = Vec::new();
    let found = dual
        .check(&main, |difference| how.push(difference.how))
        .await
        .unwrap();
    how.sort_by_key(|how| format!("{how:?}"));
    assert_eq!(
        how,
        [Differs::Different, Differs::OnlyMirror, Differs::OnlyPrimary]
    );
    assert_eq!((found.found(), found.mended), (3, 0));
    let found = dual.repair(&main, Repair::BringAndErase, |_| ()).await.unwrap();
    assert!(found.agrees(), "{found:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
}

#[tokio::test]
async fn each_tenant_has_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let dual = in_memory(Mirror::csv(CsvConfig::file(folder.path().join("leads.csv")))).await;
    let acme = dual.store().tenant(TenantId::new("acme").unwrap());
    acme.commit(WriteBatch::of(town(3))).await.unwrap();
    dual.store().commit(WriteBatch::of(town(2))).await.unwrap();
    caught_up(&dual).await;
    assert_eq!(rows(&folder.path().join("leads.csv")).1.len(), 2);
    assert_eq!(rows(&folder.path().join("leads.acme.csv")).1.len(), 3);
}
