//! What comes out of a store, and what does not.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code fails by panicking"
)]

use std::pin::Pin;
use std::task::{Context, Poll};

use lead_core::ErrorKind;
use lead_core::record::{
    Attribute, Confidence, Found, LEGACY_COLUMNS, Lead, Method, Organization, Subject, Suppression, Trace,
};
use lead_core::seam::conformance::sample::{findings, minute, sighting, town};
use lead_core::seam::{Sort, SortField, Store, WriteBatch};
use lead_storage::export::{Export, Format, Layout};

async fn filled() -> Store {
    let store = lead_storage::open("sqlite://:memory:").await.unwrap();
    store.commit(WriteBatch::of(town(25))).await.unwrap();
    store
}

fn rows(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(bytes)
        .records()
        .map(Result::unwrap)
        .collect()
}

async fn written(export: &Export, store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    export.to_writer(store, &mut bytes, |_| ()).await.unwrap();
    bytes
}

#[tokio::test]
async fn every_lead_is_a_line_and_reads_back() {
    let store = filled().await;
    let mut steps = Vec::new();
    let mut bytes = Vec::new();
    let export = Export::new(Format::JsonLines).page_size(7);
    let done = export
        .to_writer(&store, &mut bytes, |step| steps.push((step.done, step.total)))
        .await
        .unwrap();
    assert_eq!(
        (done.leads, done.suppressed, done.bytes),
        (25, 0, bytes.len() as u64)
    );
    assert_eq!(steps, [(7, 25), (14, 25), (21, 25), (25, 25)]);
    let text = String::from_utf8(bytes).unwrap();
    for line in text.lines() {
        let lead: Lead = serde_json::from_str(line).unwrap();
        assert_eq!(store.get(lead.id).await.unwrap(), Some(lead));
    }
    assert_eq!(text.lines().count(), 25);
}

#[tokio::test]
async fn the_legacy_layout_has_its_43_columns() {
    let store = filled().await;
    let export = Export::new(Format::Csv(Layout::Legacy)).filter("has:phone".parse().unwrap());
    let bytes = written(&export, &store).await;
    let header = csv::Reader::from_reader(&*bytes).headers().unwrap().clone();
    assert_eq!(header.len(), 43);
    assert!(
        header
            .iter()
            .eq(LEGACY_COLUMNS.iter().map(|column| column.header))
    );
    let phone = header.iter().position(|name| name == "Phone").unwrap();
    let rows = rows(&bytes);
    assert_eq!(rows.len(), 16);
    assert!(
        rows.iter()
            .all(|row| row.len() == 43 && row[phone].starts_with("+3347800"))
    );
}

#[tokio::test]
async fn the_full_layout_keeps_order_and_several_values() {
    let store = filled().await;
    let mut more = findings(
        "Zeta; \"Bakery\"",
        Some("+33478009999"),
        Some("a@zeta.test"),
        Some("Lyon"),
    );
    let second = findings("Zeta Two", Some("+33478008888"), None, None);
    more.organizations.extend(second.organizations);
    more.phones.extend(second.phones);
    let attribute = Attribute::text("x:note", "=cmd()").unwrap();
    more.attributes.push(Found::new(
        attribute,
        Confidence::clamped(0.9),
        Trace::new(Method::Platform),
    ));
    store
        .commit(WriteBatch::of(vec![sighting("zeta", minute(1), more)]))
        .await
        .unwrap();
    let export = Export::new(Format::Csv(Layout::Full))
        .sort(Sort::descending(SortField::Name))
        .page_size(3);
    let bytes = written(&export, &store).await;
    let header = csv::Reader::from_reader(&*bytes).headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|header| header == name).unwrap();
    let rows = rows(&bytes);
    assert_eq!(rows.len(), 26);
    let names: Vec<_> = rows
        .iter()
        .map(|row| row[column("name")].to_lowercase())
        .collect();
    assert!(names.is_sorted_by(|a, b| a >= b));
    let zeta = &rows[0];
    assert_eq!(&zeta[column("phones")], "+33478008888; +33478009999");
    assert_eq!(&zeta[column("phone_confidences")], "0.80; 0.80");
    assert_eq!(&zeta[column("city")], "Lyon");
    assert_eq!(&zeta[column("attributes")], r#"{"x:note":"=cmd()"}"#);
}

/// No cell of any layout begins with what a spreadsheet runs, unless it is a plain number.
#[tokio::test]
async fn formulas_are_defused() {
    let store = lead_storage::open("memory://").await.unwrap();
    for (key, name) in ["=HYPERLINK(1)", "+1 call", "-2+3", "@x", "\t=1", "＝1"]
        .into_iter()
        .enumerate()
    {
        let mut all = findings(name, Some("+33478000001"), None, Some(name));
        let other = Organization::new(format!("{name} too"));
        all.organizations.push(Found::new(
            other,
            Confidence::clamped(0.1),
            Trace::new(Method::Platform),
        ));
        let attribute = Attribute::text("description", name).unwrap();
        all.attributes.push(Found::new(
            attribute,
            Confidence::clamped(0.9),
            Trace::new(Method::Platform),
        ));
        store
            .commit(WriteBatch::of(vec![sighting(&key.to_string(), minute(0), all)]))
            .await
            .unwrap();
    }
    for layout in [
        Layout::Full,
        Layout::Legacy,
        Layout::HubSpot,
        Layout::Salesforce,
        Layout::Pipedrive,
        Layout::Zoho,
    ] {
        let rows = rows(&written(&Export::new(Format::Csv(layout)), &store).await);
        assert_eq!(rows.len(), 6);
        for cell in rows.iter().flatten().flat_map(|cell| cell.split("; ")) {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']);
            assert!(!runs || cell == "+33478000001", "{cell:?}");
        }
    }
    // Nothing runs JSON: there the texts are as they were found.
    let text = String::from_utf8(written(&Export::new(Format::JsonLines), &store).await).unwrap();
    assert!(
        text.contains(r#""name":"=HYPERLINK(1)""#) && !text.contains("'="),
        "{text:.300}"
    );
}

/// A store that holds more than it should (here: the list was filled after the fact, by other means) is strained on the way out.
#[tokio::test]
async fn the_suppression_list_holds_on_the_way_out() {
    let store = lead_storage::open("memory://").await.unwrap();
    let seen =
        |key: &str, phone, email| sighting(key, minute(0), findings(key, Some(phone), Some(email), None));
    store
        .commit(WriteBatch::of(vec![seen(
            "a",
            "+33478000001",
            "info@mail.acme.test",
        )]))
        .await
        .unwrap();
    let lying = Store::new(Lying(store));
    let bytes = written(&Export::new(Format::JsonLines), &lying).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains(r#""name":"a""#) && !text.contains("+33478000001") && !text.contains("acme.test"),
        "{text}"
    );
}

/// A store that suppresses nothing itself.
#[derive(Debug)]
struct Lying(Store);

mod lying {
    use lead_core::Result;
    use lead_core::record::filter::Filter;
    use lead_core::record::{Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, TenantId};
    use lead_core::seam::{
        AuditEntry, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, JsonPage, LeadPage,
        LeadQuery, LeadVersion, Persist, Receipt, Tallied, Tally, Versioned, WriteBatch,
    };

    use super::{Lying, Subject, Suppression, minute};

    impl Persist for Lying {
        fn capability(&self) -> Capability {
            self.0.capability()
        }
        async fn commit(&self, _: &TenantId, batch: WriteBatch) -> Result<Receipt> {
            self.0.commit(batch).await
        }
        async fn get(&self, _: &TenantId, id: LeadId) -> Result<Option<Lead>> {
            self.0.get(id).await
        }
        async fn observations(&self, _: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
            self.0.observations(id).await
        }
        async fn links(&self, _: &TenantId, id: LeadId) -> Result<Vec<Link>> {
            self.0.links(id).await
        }
        async fn withdraw(&self, _: &TenantId, asked: Vec<(LeadId, LeadVersion)>) -> Result<Vec<LeadId>> {
            self.0.withdraw(asked).await
        }
        async fn set_hidden(&self, _: &TenantId, wanted: Hiding) -> Result<Vec<Hid>> {
            self.0.set_hidden(wanted).await
        }
        async fn versioned(&self, _: &TenantId, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
            self.0.versioned(ids).await
        }
        async fn matching(&self, _: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
            self.0.matching(keys).await
        }
        async fn page(&self, _: &TenantId, query: LeadQuery) -> Result<LeadPage> {
            self.0.page(query).await
        }
        async fn page_json(&self, _: &TenantId, query: LeadQuery) -> Result<JsonPage> {
            self.0.page_json(query).await
        }
        async fn count(&self, _: &TenantId, filter: Filter) -> Result<u64> {
            self.0.count(filter).await
        }
        async fn estimate(&self, _: &TenantId, filter: Filter) -> Result<Estimate> {
            self.0.estimate(filter).await
        }
        async fn marks(&self, _: &TenantId, query: LeadQuery, every: usize) -> Result<Vec<Cursor>> {
            self.0.marks(query, every).await
        }
        async fn tally(&self, _: &TenantId, tally: Tally) -> Result<Tallied> {
            self.0.tally(tally).await
        }
        async fn erase(&self, _: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
            self.0.erase(ids).await
        }
        async fn suppress(&self, _: &TenantId, _: Vec<Suppression>) -> Result<()> {
            Ok(())
        }
        async fn unsuppress(&self, _: &TenantId, _: Vec<Subject>) -> Result<()> {
            Ok(())
        }
        async fn suppressions(&self, _: &TenantId) -> Result<Vec<Suppression>> {
            let subjects = ["phone:+33478000001", "domain:acme.test"];
            Ok(subjects
                .map(|subject| Suppression::new(subject.parse().unwrap(), "test", minute(0)))
                .to_vec())
        }
        async fn checkpoint(&self, _: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
            self.0.checkpoint(run).await
        }
        async fn runs(&self, _: &TenantId) -> Result<Vec<RunId>> {
            self.0.runs().await
        }
        async fn audit(&self, _: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
            self.0.audit(after, limit).await
        }
    }
}

#[tokio::test]
async fn a_file_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.csv");
    let store = filled().await;
    let export = Export::new(Format::Csv(Layout::Full));
    let done = export.to_path(&store, &path, |_| ()).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), done.bytes);
    assert_eq!(rows(&std::fs::read(&path).unwrap()).len(), 25);
    // A second export that is broken off leaves the first, and nothing else.
    let broken = Export::new(Format::JsonLines).page_size(5);
    let mut failing = Box::pin(broken.to_path(&store, &path, |_| ()));
    for _ in 0..3 {
        let _ = futures::poll!(&mut failing);
        tokio::task::yield_now().await;
    }
    drop(failing);
    assert_eq!(
        folder.path().read_dir().unwrap().count(),
        1,
        "nothing unfinished stays"
    );
    assert_eq!(rows(&std::fs::read(&path).unwrap()).len(), 25);
    let missing = folder.path().join("no/such/folder.csv");
    let error = export.to_path(&store, &missing, |_| ()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    let error = export.to_path(&store, folder.path(), |_| ()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    #[cfg(target_os = "linux")]
    {
        export
            .to_path(&store, std::path::Path::new("/dev/null"), |_| ())
            .await
            .unwrap();
        let full = export
            .to_path(&store, std::path::Path::new("/dev/full"), |_| ())
            .await
            .unwrap_err();
        assert_eq!(full.kind(), ErrorKind::StorageFull);
    }
}

/// A disk that takes a few bytes and is full then.
struct Small(usize);

impl tokio::io::AsyncWrite for Small {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let fits = bytes.len().min(self.0);
        self.0 -= fits;
        Poll::Ready(if fits == 0 {
            Err(std::io::ErrorKind::StorageFull.into())
        } else {
            Ok(fits)
        })
    }
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_full_disk_is_an_error_not_a_short_file() {
    let store = filled().await;
    let error = Export::new(Format::JsonLines)
        .to_writer(&store, &mut Small(3000), |_| ())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StorageFull);
}
