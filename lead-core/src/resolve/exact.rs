//! Links between records that share something exactly.

use std::collections::{BTreeMap, BTreeSet};

use crate::Result;
use crate::record::{Link, MatchKey, Observation, RecordId};
use crate::seam::Store;

/// The links that tie these sightings to each other and to the records of the store.
///
/// All records of one key are tied to the smallest of them, so a key shared by n records costs n − 1 links and the result
/// is the same cluster whatever the order.
///
/// # Errors
/// As [`Persist::matching`](crate::seam::Persist::matching).
pub async fn exact_links(store: &Store, observations: &[Observation]) -> Result<Vec<Link>> {
    let mut holders: BTreeMap<MatchKey, BTreeSet<RecordId>> = BTreeMap::new();
    for observation in observations {
        for key in observation.match_keys() {
            holders.entry(key).or_default().insert(observation.record);
        }
    }
    for (key, record) in store.matching(holders.keys().cloned().collect()).await? {
        holders.entry(key).or_default().insert(record);
    }
    let links = holders.into_iter().flat_map(|(key, records)| {
        let first = records.first().copied();
        let others = records.into_iter().skip(1);
        others.filter_map(move |other| first.map(|first| Link::new(first, other, key.clone())))
    });
    Ok(links.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Confidence, E164, Findings, Found, Method, NaturalKey, Phone, SourceId, Trace};
    use crate::seam::WriteBatch;

    fn sighting(key: &str, number: &str) -> Observation {
        let phone = Phone::new(E164::new(number).unwrap(), number);
        let found = Found::new(phone, Confidence::clamped(0.9), Trace::new(Method::Platform));
        let findings = Findings {
            phones: vec![found],
            ..Findings::default()
        };
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        Observation::new(
            SourceId::new("test").unwrap(),
            NaturalKey::new(key).unwrap(),
            None,
            at,
            findings,
        )
    }

    #[tokio::test]
    async fn ties_new_sightings_to_each_other_and_to_stored_ones() {
        let store = Store::memory();
        store
            .commit(WriteBatch::of(vec![sighting("old", "+33478000001")]))
            .await
            .unwrap();
        let new = vec![
            sighting("a", "+33478000001"),
            sighting("b", "+33478000001"),
            sighting("c", "+33478000009"),
        ];
        let links = exact_links(&store, &new).await.unwrap();
        assert_eq!(links.len(), 2);
        let receipt = store.commit(WriteBatch::of(new).links(links)).await.unwrap();
        assert_eq!((receipt.created.len(), receipt.updated.len()), (1, 1));
    }
}
