//! A collection finds what the generated web says of a town, and nothing that is not true.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

use std::collections::{BTreeMap, BTreeSet};

use fixture_web::Truth;
use lead_core::prelude::*;

async fn collect(
    web: &fixture_web::FixtureServer,
    store: &Store,
    query: &str,
    city: &str,
) -> lead_core::seam::Summary {
    let fetcher = Fetcher::http(&e2e::fetch_config(web)).unwrap();
    let truths = web.world().query_truth(query.trim_end_matches('s'), city);
    let hosts = truths.iter().filter_map(|truth| truth.site.as_ref());
    let sites = hosts.map(|site| SafeUrl::parse(&web.url(&site.host, "/")).unwrap());
    let mut run = Collector::new(store.clone())
        .source(e2e::osm(web))
        .source(sources::sites(sites.collect()))
        .query(query)
        .near(city)
        .fetcher(fetcher)
        .start()
        .await
        .unwrap();
    while let Some(event) = run.next().await {
        match event {
            Event::Failed(failure) | Event::Blocked(failure) => {
                eprintln!("kept aside: {} {}", failure.what, failure.reason);
            }
            Event::Done(summary) => return summary,
            _ => {}
        }
    }
    unreachable!("a run ends with Done")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dentists_in_lyon() {
    let web = e2e::web(7, 1000).await;
    let store = Store::memory();
    let summary = collect(&web, &store, "dentists", "Lyon").await;
    assert!(!summary.stopped, "{summary:?}");
    // One site of this world is parked.
    assert_eq!(summary.failed, 1, "{summary:?}");
    let leads = store
        .page(LeadQuery::default().limit(10_000))
        .await
        .unwrap()
        .leads;
    let truths: Vec<Truth> = web.world().query_truth("dentist", "Lyon");
    let found = numbers(&leads);
    let wanted: BTreeMap<String, &Truth> = truths.iter().flat_map(shown).collect();
    let missed: Vec<_> = wanted
        .iter()
        .filter(|(number, _)| !found.contains(*number))
        .collect();
    for (number, truth) in &missed {
        let phone = truth.phones.iter().find(|phone| phone.e164 == **number).unwrap();
        eprintln!("missed {number}: {:?}", phone.on);
    }
    // The floor may only rise. What is missed stands on pages nothing links to, or without a word of their country.
    assert!(
        missed.len() * 100 <= wanted.len() * 5,
        "{} of {} numbers missed",
        missed.len(),
        wanted.len()
    );
    let untrue: Vec<_> = found.difference(&true_numbers(&web)).cloned().collect();
    assert!(untrue.is_empty(), "{untrue:?}");
    // One business, one lead: a business without site and number on OpenStreetMap has nothing to be linked by.
    let (leads, businesses) = (leads.len(), truths.len());
    assert!(
        leads >= businesses * 8 / 10 && leads <= businesses * 12 / 10,
        "{leads} leads of {businesses} businesses"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_value_of_a_lead_has_its_proof() {
    let web = e2e::web(11, 400).await;
    let store = Store::memory();
    collect(&web, &store, "bakeries", "Berlin").await;
    let leads = store
        .page(LeadQuery::default().limit(10_000))
        .await
        .unwrap()
        .leads;
    assert!(leads.len() > 3);
    for phone in leads.iter().flat_map(|lead| &lead.findings.phones) {
        assert!(phone.confidence.get() > 0.0);
        for evidence in phone.evidence() {
            assert!(
                evidence.url.is_some() && evidence.trace.locator.is_some(),
                "{evidence:?}"
            );
            assert!(matches!(evidence.source.as_str(), "osm" | "web"), "{evidence:?}");
        }
    }
}

fn numbers(leads: &[Lead]) -> BTreeSet<String> {
    leads
        .iter()
        .flat_map(|lead| lead.findings.phones.iter().map(|phone| phone.e164.to_string()))
        .collect()
}

/// Every number the world knows, head offices included.
fn true_numbers(web: &fixture_web::FixtureServer) -> BTreeSet<String> {
    let of = |truth: Truth| {
        let office = truth.chain.map(|chain| chain.phone);
        truth.phones.into_iter().map(|phone| phone.e164).chain(office)
    };
    web.world().truth().flat_map(of).collect()
}

/// Numbers that OpenStreetMap or a page of the business's own site shows.
fn shown(truth: &Truth) -> Vec<(String, &Truth)> {
    let site = truth.site.as_ref().is_some_and(|site| site.reachable);
    let here = |source: &str| source == "osm" || (source == "site" && site);
    let phones = truth
        .phones
        .iter()
        .filter(|phone| phone.on.iter().any(|on| here(&on.source)));
    phones.map(|phone| (phone.e164.clone(), truth)).collect()
}
