//! The promises of links and of withdrawing: what leaves a store is what was read.

use super::sample::{findings, minute, record, sighting};
use super::store::all;
use crate::record::filter::Filter;
use crate::record::{E164, Lead, LeadId, Link, MatchKey, Observation, Subject, Suppression, TenantId};
use crate::seam::{LeadVersion, Store, WriteBatch};

fn seen(key: &str, at: i64, number: &str) -> Observation {
    sighting(key, minute(at), findings(key, Some(number), None, Some("Lyon")))
}

fn tied(one: &str, other: &str, number: &str) -> Link {
    Link::new(
        record(one),
        record(other),
        MatchKey::Phone(E164::new(number).unwrap()),
    )
}

/// A lead as whoever takes it out has read it.
async fn version(store: &Store, id: LeadId) -> LeadVersion {
    let (observations, links) = (
        store.observations(id).await.unwrap(),
        store.links(id).await.unwrap(),
    );
    LeadVersion::of(&observations, &links)
}

/// Two records that are one lead, and one that is another.
async fn filled(store: &Store) -> (Lead, Lead) {
    let parts = [
        seen("a", 0, "+33478000001"),
        seen("b", 0, "+33478000001"),
        seen("c", 0, "+33478000009"),
    ];
    let link = tied("a", "b", "+33478000001");
    store
        .commit(WriteBatch::of(parts.to_vec()).links(vec![link]))
        .await
        .unwrap();
    let lead = |key: &str| store.get(record(key).into());
    (
        lead("a").await.unwrap().unwrap(),
        lead("c").await.unwrap().unwrap(),
    )
}

/// Links are read back by any record of the lead, each once, in order, and end with what they say or whom they tie.
pub async fn links_tell_why_records_are_one(store: Store) {
    let (pair, single) = filled(&store).await;
    let site = Link::new(record("b"), record("a"), MatchKey::Site("acme.test".into()));
    for _ in 0..2 {
        let batch = WriteBatch::default().links(vec![site.clone()]);
        store.commit(batch).await.unwrap();
    }
    let mut wanted = vec![tied("a", "b", "+33478000001"), site.clone()];
    wanted.sort();
    for key in ["a", "b"] {
        assert_eq!(store.links(record(key).into()).await.unwrap(), wanted);
    }
    assert!(store.links(single.id).await.unwrap().is_empty());
    assert!(store.links(record("nobody").into()).await.unwrap().is_empty());
    let other = store.tenant(TenantId::new("other").unwrap());
    assert!(other.links(pair.id).await.unwrap().is_empty());
    let subject: Subject = "phone:+33478000001".parse().unwrap();
    store
        .suppress(vec![Suppression::new(subject, "objection", minute(1))])
        .await
        .unwrap();
    assert_eq!(store.links(pair.id).await.unwrap(), [site]);
    store.erase(vec![pair.id]).await.unwrap();
    assert!(store.links(pair.id).await.unwrap().is_empty());
}

/// A lead that was seen again, said something else, or was joined to another since it was read is not taken; the others are.
pub async fn only_what_is_unchanged_is_withdrawn(store: Store) {
    let (pair, single) = filled(&store).await;
    let changes = [
        WriteBatch::of(vec![seen("b", 5, "+33478000001")]),
        WriteBatch::of(vec![seen("a", 6, "+33478000002")]),
        WriteBatch::default().links(vec![tied("a", "stranger", "+33478000001")]),
        WriteBatch::default().links(vec![Link::new(
            record("a"),
            record("b"),
            MatchKey::Site("acme.test".into()),
        )]),
    ];
    for change in changes {
        let read = version(&store, pair.id).await;
        store.commit(change.clone()).await.unwrap();
        assert_ne!(version(&store, pair.id).await, read, "{change:?}");
        let taken = store.withdraw(vec![(pair.id, read)]).await.unwrap();
        assert!(taken.is_empty(), "taken in spite of {change:?}");
    }
    assert_eq!(store.count(Filter::All).await.unwrap(), 2);
    assert!(
        store.audit(0, 10).await.unwrap().is_empty(),
        "what stays is not noted"
    );

    let (read, other) = (version(&store, pair.id).await, version(&store, single.id).await);
    let elsewhere = store.tenant(TenantId::new("other").unwrap());
    let asked = vec![
        (record("nobody").into(), read),
        (single.id, read),
        (record("b").into(), read),
        (single.id, other),
    ];
    assert!(elsewhere.withdraw(asked.clone()).await.unwrap().is_empty());
    let taken = store.withdraw(asked).await.unwrap();
    assert_eq!(
        taken,
        [LeadId::from(record("b")), single.id],
        "by the id asked for"
    );
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    for key in ["a", "b", "c"] {
        let id = record(key).into();
        assert!(store.observations(id).await.unwrap().is_empty());
        assert!(store.links(id).await.unwrap().is_empty());
    }
    let keys = MatchKey::Phone(E164::new("+33478000001").unwrap());
    assert!(store.matching(vec![keys]).await.unwrap().is_empty());
    let notes = store.audit(0, 10).await.unwrap();
    let noted: Vec<_> = notes
        .iter()
        .map(|entry| (entry.note.action.as_str(), entry.note.subject.clone()))
        .collect();
    let note = |id: LeadId| ("lead.withdrawn", id.to_string());
    assert_eq!(noted, [note(record("b").into()), note(single.id)]);
}

/// What was read before a lead was taken out makes it anew, the same in every value and time.
pub async fn what_was_withdrawn_comes_back_by_a_commit(store: Store) {
    let (pair, single) = filled(&store).await;
    // Seen again later: the store's times are not those a sighting came with.
    store
        .commit(WriteBatch::of(vec![seen("a", 7, "+33478000001")]))
        .await
        .unwrap();
    let before = all(&store).await;
    let mut kept = Vec::new();
    for id in [pair.id, single.id] {
        let (observations, links) = (
            store.observations(id).await.unwrap(),
            store.links(id).await.unwrap(),
        );
        let version = LeadVersion::of(&observations, &links);
        assert_eq!(store.withdraw(vec![(id, version)]).await.unwrap(), [id]);
        kept.push(WriteBatch::of(observations).links(links));
    }
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    for _ in 0..2 {
        for batch in kept.clone() {
            store.commit(batch).await.unwrap();
        }
        assert_eq!(all(&store).await, before);
    }
}
