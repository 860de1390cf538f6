//! Who was erased or suppressed is so everywhere, the outbox included.

use lead_core::record::filter::Filter;
use lead_core::record::{Subject, Suppression};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::dual::{Dual, Mirror};

use crate::support::{all, assert_same, caught_up, in_memory, quick, sqlite};

fn person(key: &str) -> WriteBatch {
    person_at(key, 0)
}

/// The same, seen at this minute.
fn person_at(key: &str, at: i64) -> WriteBatch {
    let seen = findings(
        "Ada Sample",
        Some("+33478000777"),
        Some("ada@sample.test"),
        Some("Lyon"),
    );
    WriteBatch::of(vec![sighting(key, minute(at), seen)])
}

fn suppression() -> Suppression {
    Suppression::new("phone:+33478000777".parse().unwrap(), "objection", minute(1))
}

/// Bytes of every file in a folder.
fn bytes(folder: &std::path::Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

/// Erased while the mirror lacks it: what waits holds nothing of the person, and brings nobody back.
#[tokio::test]
async fn what_waits_in_the_outbox_brings_nobody_back() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        sqlite(folder.path(), "here.db"),
        sqlite(folder.path(), "there.db"),
    );
    let dual = Dual::open(&here, &there, quick().at_rest()).await.unwrap();
    let store = dual.store();
    store.commit(person("ada")).await.unwrap();
    store.erase(vec![record("ada").into()]).await.unwrap();
    assert_eq!(dual.lag().await.unwrap().entries, 1, "the entry waits");
    store.close().await;
    let database = lead_storage::sqlite::SqliteConfig::from_uri(&here).unwrap();
    let database = lead_storage::sqlite::SqliteStore::open(database).await.unwrap();
    database.compact().await.unwrap();
    database.close().await;
    let left = bytes(folder.path());
    for word in ["Ada Sample", "33478000777", "ada@sample"] {
        assert!(!holds(&left, word), "{word} is left in the primary's file");
    }
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    caught_up(&dual).await;
    dual.store().close().await;
    let left = bytes(folder.path());
    for word in ["Ada Sample", "33478000777", "ada@sample"] {
        assert!(!holds(&left, word), "{word} came into the mirror");
    }
}

#[tokio::test]
async fn an_erasure_reaches_the_mirror_by_the_id_of_any_record() {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    store.commit(person("ada")).await.unwrap();
    store.commit(person("ada/again")).await.unwrap();
    let why = lead_core::record::MatchKey::Site("sample.test".into());
    let link = lead_core::record::Link::new(record("ada"), record("ada/again"), why);
    store
        .commit(WriteBatch::default().links(vec![link]))
        .await
        .unwrap();
    caught_up(&dual).await;
    let lead = all(&mirror).await.remove(0);
    let other = lead.sources.iter().map(|source| source.record).max().unwrap();
    assert_ne!(lead.id, other.into());
    assert_eq!(store.erase(vec![other.into()]).await.unwrap().leads, 1);
    caught_up(&dual).await;
    assert_eq!(mirror.count(Filter::All).await.unwrap(), 0);
    assert!(mirror.observations(lead.id).await.unwrap().is_empty());
    // Seen again, it is there again, without what was erased.
    let anew = sighting("ada", minute(9), findings("Ada Sample", None, None, Some("Bron")));
    store.commit(WriteBatch::of(vec![anew])).await.unwrap();
    caught_up(&dual).await;
    assert_same(&store, &mirror).await;
}

/// Erased and seen again before the mirror heard of either: its older contents go all the same.
#[tokio::test]
async fn what_was_erased_goes_even_when_it_was_seen_again_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        sqlite(folder.path(), "here.db"),
        sqlite(folder.path(), "there.db"),
    );
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    dual.store().commit(person("ada")).await.unwrap();
    caught_up(&dual).await;
    dual.store().close().await;
    let dual = Dual::open(&here, &there, quick().at_rest()).await.unwrap();
    dual.store().erase(vec![record("ada").into()]).await.unwrap();
    let anew = sighting(
        "ada",
        minute(9),
        findings("Ada's Bakery", None, None, Some("Bron")),
    );
    dual.store().commit(WriteBatch::of(vec![anew])).await.unwrap();
    dual.store().close().await;
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    caught_up(&dual).await;
    let mirror = lead_storage::open(&there).await.unwrap();
    assert_eq!(mirror.observations(record("ada").into()).await.unwrap().len(), 1);
    assert_same(&dual.store(), &mirror).await;
}

#[tokio::test]
async fn the_suppression_list_is_obeyed_by_the_mirror_and_followed_back() {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    store.commit(person("ada")).await.unwrap();
    caught_up(&dual).await;
    store.suppress(vec![suppression()]).await.unwrap();
    caught_up(&dual).await;
    assert_eq!(mirror.count("has:phone".parse().unwrap()).await.unwrap(), 0);
    assert_eq!(mirror.suppressions().await.unwrap(), [suppression()]);
    assert_same(&store, &mirror).await;
    let subjects: Vec<Subject> = vec!["phone:+33478000777".parse().unwrap()];
    store.unsuppress(subjects).await.unwrap();
    // Later: of two contents of one moment either may speak.
    store.commit(person_at("ada", 5)).await.unwrap();
    caught_up(&dual).await;
    assert_eq!(mirror.count("has:phone".parse().unwrap()).await.unwrap(), 1);
    assert_same(&store, &mirror).await;
}

#[tokio::test]
async fn who_is_erased_or_suppressed_is_in_no_row_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for layout in ["full", "legacy"] {
        let here = sqlite(folder.path(), &format!("{layout}.db"));
        let file = folder.path().join(format!("{layout}.csv"));
        let there = format!("csv://{}?layout={layout}", file.display());
        let dual = Dual::open(&here, &there, quick()).await.unwrap();
        let store = dual.store();
        store.commit(person("ada")).await.unwrap();
        let seen = findings("Bo Example", Some("+33478000888"), None, None);
        store
            .commit(WriteBatch::of(vec![sighting("bo", minute(0), seen)]))
            .await
            .unwrap();
        caught_up(&dual).await;
        assert!(holds(&std::fs::read(&file).unwrap(), "33478000777"), "{layout}");
        store.suppress(vec![suppression()]).await.unwrap();
        caught_up(&dual).await;
        let left = std::fs::read(&file).unwrap();
        assert!(
            !holds(&left, "33478000777") && holds(&left, "Ada Sample"),
            "{layout}"
        );
        store.erase(vec![record("ada").into()]).await.unwrap();
        caught_up(&dual).await;
        let left = std::fs::read(&file).unwrap();
        assert!(
            !holds(&left, "Ada Sample") && holds(&left, "Bo Example"),
            "{layout}"
        );
        assert!(!holds(&left, &record("ada").to_string()), "{layout}");
        store.close().await;
    }
}
