//! Hidden leads are hidden in the mirror, whatever was carried first.

use std::path::Path;

use lead_core::record::filter::Filter;
use lead_core::record::{LeadId, Link, MatchKey, TenantId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{Hid, Hiding, LeadQuery, Store, WriteBatch};
use lead_storage::dual::{CsvConfig, Differs, Dual, Mirror, Repair};

use crate::support::{assert_same, caught_up, in_memory, quick, sqlite};

fn lead(key: &str) -> LeadId {
    record(key).into()
}

async fn set(store: &Store, hiding: Hiding, keys: &[&str]) {
    let came = store.set_hidden(hiding.leads(keys.iter().copied().map(lead)));
    assert_eq!(came.await.unwrap(), vec![Hid::Done; keys.len()]);
}

async fn ids(store: &Store, filter: &str) -> Vec<LeadId> {
    let query = LeadQuery::new(Filter::parse(filter).unwrap()).limit(LeadQuery::MAX_LIMIT);
    let leads = store.page(query).await.unwrap().leads;
    leads.into_iter().map(|lead| lead.id).collect()
}

fn joined(one: &str, other: &str) -> WriteBatch {
    let because = MatchKey::Site("acme.test".into());
    WriteBatch::default().links(vec![Link::new(record(one), record(other), because)])
}

async fn agree(dual: &Dual, mirror: &Store) {
    caught_up(dual).await;
    let store = dual.store();
    for filter in ["is:shown", "is:hidden"] {
        assert_eq!(ids(mirror, filter).await, ids(&store, filter).await, "{filter}");
    }
    assert_same(&store, mirror).await;
    let told = |difference| panic!("{difference:?}");
    let found = dual.check(&TenantId::default(), told).await.unwrap();
    assert!(found.agrees() && found.found() == 0, "{found:?}");
}

#[tokio::test]
async fn the_mirror_hides_what_its_primary_hides() {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    // Carried together with what it is about, and after it.
    store.commit(WriteBatch::of(town(20))).await.unwrap();
    set(&store, Hiding::hide("anna"), &["town/1", "town/2"]).await;
    agree(&dual, &mirror).await;
    set(&store, Hiding::hide("anna"), &["town/3", "town/4"]).await;
    agree(&dual, &mirror).await;
    assert_eq!(ids(&mirror, "is:hidden").await.len(), 4);

    let later = sighting("town/1", minute(99), findings("Later", None, None, None));
    store.commit(WriteBatch::of(vec![later])).await.unwrap();
    store.commit(joined("town/2", "town/7")).await.unwrap();
    agree(&dual, &mirror).await;
    set(&store, Hiding::unhide("ben"), &["town/7", "town/1"]).await;
    store.erase(vec![lead("town/3")]).await.unwrap();
    agree(&dual, &mirror).await;
    assert_eq!(ids(&mirror, "is:hidden").await, [lead("town/4")]);
    let notes = mirror.audit(0, 100).await.unwrap();
    let by = |name: &str| notes.iter().filter(|entry| entry.note.actor == name).count();
    assert_eq!((by("anna"), by("ben")), (4, 2), "who did it stands there, too");
}

/// Hidden while the mirror lacks it, by a process that carries nothing: what is carried later is hidden.
#[tokio::test]
async fn what_was_hidden_before_it_was_carried_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        sqlite(folder.path(), "here.db"),
        sqlite(folder.path(), "there.db"),
    );
    let resting = Dual::open(&here, &there, quick().at_rest()).await.unwrap();
    let store = resting.store();
    store.commit(WriteBatch::of(town(9))).await.unwrap();
    set(&store, Hiding::hide("anna"), &["town/1", "town/2"]).await;
    store.commit(joined("town/2", "town/3")).await.unwrap();
    store.close().await;
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    caught_up(&dual).await;
    let mirror = lead_storage::open(&there).await.unwrap();
    agree(&dual, &mirror).await;
    assert_eq!(ids(&mirror, "is:hidden").await.len(), 2);
    dual.store().close().await;
}

/// A lead hidden in one of both, or in both with other values, is told and mended.
#[tokio::test]
async fn a_lead_hidden_in_one_of_both_is_told_and_mended() {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    store.commit(WriteBatch::of(town(1_200))).await.unwrap();
    set(&store, Hiding::hide("anna"), &["town/1", "town/2", "town/3"]).await;
    caught_up(&dual).await;
    set(&mirror, Hiding::unhide("by hand"), &["town/1"]).await;
    set(&mirror, Hiding::hide("by hand"), &["town/9"]).await;
    let other = sighting("town/2", minute(999), findings("Renamed", None, None, None));
    mirror.commit(WriteBatch::of(vec![other])).await.unwrap();
    mirror.erase(vec![lead("town/3")]).await.unwrap();
    let mut told = Vec::new();
    let main = TenantId::default();
    let found = dual
        .check(&main, |difference| told.push((difference.lead, difference.how)))
        .await
        .unwrap();
    assert_eq!((found.checked, found.found()), (1_200, 4), "{found:?}");
    for key in ["town/1", "town/2", "town/9"] {
        assert!(told.contains(&(lead(key), Differs::Different)), "{key}");
    }
    assert!(told.contains(&(lead("town/3"), Differs::OnlyPrimary)));
    dual.repair(&main, Repair::BringAndErase, |_| ()).await.unwrap();
    agree(&dual, &mirror).await;
    assert_eq!(ids(&mirror, "is:hidden").await.len(), 3);
}

fn rows(file: &Path) -> usize {
    csv::Reader::from_path(file).unwrap().records().count()
}

fn names(file: &Path, text: &str) -> bool {
    std::fs::read_to_string(file).unwrap().contains(text)
}

/// A file shows what it holds to whoever opens it, so a hidden lead has no row in it, and has one again.
#[tokio::test]
async fn a_hidden_lead_has_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.csv");
    let dual = in_memory(Mirror::csv(CsvConfig::file(&file))).await;
    let store = dual.store();
    store.commit(WriteBatch::of(town(12))).await.unwrap();
    caught_up(&dual).await;
    assert_eq!(rows(&file), 12);
    set(&store, Hiding::hide("anna"), &["town/4"]).await;
    caught_up(&dual).await;
    let id = lead("town/4").to_string();
    assert!(rows(&file) == 11 && !names(&file, &id));
    // Seen again, it stays away; joined to another, it takes that with it.
    let later = sighting("town/4", minute(99), findings("Later", None, None, None));
    store.commit(WriteBatch::of(vec![later])).await.unwrap();
    store.commit(joined("town/4", "town/5")).await.unwrap();
    caught_up(&dual).await;
    assert!(rows(&file) == 10 && !names(&file, &id) && !names(&file, &lead("town/5").to_string()));
    let told = |difference| panic!("{difference:?}");
    let found = dual.check(&TenantId::default(), told).await.unwrap();
    assert_eq!((found.checked, found.found()), (10, 0));
    set(&store, Hiding::unhide("anna"), &["town/5"]).await;
    caught_up(&dual).await;
    assert!(rows(&file) == 11 && names(&file, "Later"));
}
