//! What goes into files for other programs.

use futures::executor::block_on;
use lead_core::clock::Timestamp;
use lead_core::record::{
    Address, Category, Confidence, Findings, Found, Method, NaturalKey, Observation, Organization, SourceId,
    Trace,
};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::export::{Export, Format, Layout};

/// Any text in a lead: a CSV reader gets each row with all its cells, no cell is a formula, and the name comes back.
pub fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.split('\0');
    let mut next = || parts.next().unwrap_or_default();
    let name = next();
    let mut findings = Findings::default();
    findings.organizations.push(found(Organization::new(name)));
    findings.addresses.push(found(Address::from_text(next())));
    findings.categories.push(found(Category::new("osm", next())));
    for layout in [Layout::Full, Layout::Legacy] {
        if let Some(file) = export(findings.clone(), Format::Csv(layout)) {
            rows(&file, name);
        }
    }
}

fn found<T>(value: T) -> Found<T, Trace> {
    Found::new(value, Confidence::clamped(0.9), Trace::new(Method::Platform))
}

fn export(findings: Findings<Trace>, format: Format) -> Option<Vec<u8>> {
    let store = Store::memory();
    let source = SourceId::new("directory").ok()?;
    let key = NaturalKey::new("entry/1").ok()?;
    let observation = Observation::new(source, key, None, Timestamp::UNIX_EPOCH, findings);
    let mut file = Vec::new();
    block_on(async {
        store.commit(WriteBatch::of(vec![observation])).await.ok()?;
        Export::new(format)
            .to_writer(&store, &mut file, |_| ())
            .await
            .ok()
    })?;
    Some(file)
}

fn rows(file: &[u8], name: &str) {
    let mut reader = csv::Reader::from_reader(file);
    let headers = reader.headers().cloned().unwrap_or_default();
    let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    assert_eq!(rows.len(), 1, "{}", String::from_utf8_lossy(file));
    let Some(row) = rows.first() else { return };
    assert_eq!(row.len(), headers.len());
    for cell in row {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        let number = cell
            .trim_start_matches(['+', '-'])
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.');
        assert!(!formula || number, "a formula: {cell:?}");
    }
    let named = headers.iter().zip(row).find(|(header, _)| *header == "name");
    if let Some((_, cell)) = named {
        assert!(
            cell == name || cell.strip_prefix('\'') == Some(name),
            "{cell:?} is not {name:?}"
        );
    }
}
