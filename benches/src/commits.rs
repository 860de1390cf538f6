//! Commits a second into SQLite or a PostgreSQL server, as a collection makes them.

use std::time::Instant;

use lead_core::record::filter::Filter;
use lead_core::record::{
    Confidence, E164, Findings, Found, Method, NaturalKey, Observation, Organization, Phone, SourceId,
    TenantId, Trace,
};
use lead_core::resolve::exact_links;
use lead_core::seam::{Store, WriteBatch};

/// Observations written with each batch size.
const OBSERVATIONS: usize = 20_000;

/// Into new files of SQLite, or into tenants of its own of the database that `server` names.
pub(crate) fn run(server: Option<&str>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!("| observations a commit | commits/s | observations/s |");
    println!("|---|---|---|");
    for size in [1, 10, 100, 1000] {
        let count = if size == 1 {
            OBSERVATIONS / 10
        } else {
            OBSERVATIONS
        };
        let seconds = runtime.block_on(write(server, count, size));
        println!(
            "| {size} | {:.0} | {:.0} |",
            (count / size) as f64 / seconds,
            count as f64 / seconds
        );
    }
}

async fn write(server: Option<&str>, count: usize, size: usize) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let file = format!("sqlite://{}", folder.path().join("bench.db").display());
    let store = lead_storage::open(server.unwrap_or(&file))
        .await
        .expect("a store");
    let tenant = format!("bench-{}-{size}", std::process::id());
    let store: Store = store.tenant(TenantId::new(&tenant).expect("an id"));
    let start = Instant::now();
    for first in (0..count).step_by(size) {
        let sightings: Vec<_> = (first..(first + size).min(count)).map(sighting).collect();
        let links = exact_links(&store, &sightings).await.expect("links");
        store
            .commit(WriteBatch::of(sightings).links(links))
            .await
            .expect("a commit");
    }
    let seconds = start.elapsed().as_secs_f64();
    let stored = store.count(Filter::All).await.expect("a count");
    assert!(stored > 0, "the leads are there");
    seconds
}

/// Every second business is seen twice, so leads merge.
fn sighting(number: usize) -> Observation {
    let found = |confidence| (Confidence::clamped(confidence), Trace::new(Method::Platform));
    let digits = format!("+3347{:07}", number - number % 4 / 3);
    let phone = Phone::new(E164::new(&digits).expect("a number"), digits);
    let mut findings = Findings::default();
    let (sure, trace) = found(0.9);
    findings.organizations.push(Found::new(
        Organization::new(format!("Business {number}")),
        sure,
        trace,
    ));
    let (sure, trace) = found(0.9);
    findings.phones.push(Found::new(phone, sure, trace));
    let source = SourceId::new("bench").expect("an id");
    let key = NaturalKey::new(&format!("bench/{number}")).expect("a key");
    let at = "2026-01-01T00:00:00Z".parse().expect("a time");
    Observation::new(source, key, None, at, findings)
}
