//! Stores, and what is in them.

use lead_core::record::{Lead, Observation};
use lead_core::seam::conformance::sample::{minute, town};
use lead_core::seam::{LeadQuery, Store, WriteBatch};

use crate::server;

/// Every kind of store there is, empty.
pub(crate) async fn stores() -> Vec<Store> {
    let mut stores = vec![
        Store::memory(),
        lead_storage::open("sqlite://:memory:").await.unwrap(),
    ];
    if let Some(uri) = server::fresh() {
        stores.push(lead_storage::open(&uri).await.unwrap());
    }
    stores
}

/// Businesses, each last seen a minute after the one before; every tenth with a content of before that.
pub(crate) async fn filled(store: &Store, count: u32) {
    let mut seen = town(count);
    let older = town(count).into_iter().step_by(10).map(|newer| {
        let mut findings = newer.findings;
        findings.phones.clear();
        Observation::new(newer.source, newer.natural_key, None, minute(-5), findings)
    });
    seen.extend(older);
    store.commit(WriteBatch::of(seen)).await.unwrap();
}

/// Every lead, in order of id.
pub(crate) async fn all(store: &Store) -> Vec<Lead> {
    let query = LeadQuery::default().limit(LeadQuery::MAX_LIMIT);
    store.page(query).await.unwrap().leads
}

/// Every lead with all it is made of.
pub(crate) async fn whole(store: &Store) -> Vec<(Lead, Vec<Observation>)> {
    let mut whole = Vec::new();
    for lead in all(store).await {
        let observations = store.observations(lead.id).await.unwrap();
        whole.push((lead, observations));
    }
    whole
}
