//! Which sites are listed, and that none is passed over.

use std::collections::BTreeSet;

use super::*;
use crate::record::{Address, Observation, SafeUrl, Website};
use crate::seam::WriteBatch;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// A sighting in France of a business with these sites.
fn seen(key: &str, sites: &[(&str, f32)], second: i64) -> Observation {
    let trace = || Trace::new(Method::Platform);
    let mut findings = Findings::default();
    for (url, confidence) in sites {
        let site = Website::new(SafeUrl::parse(url).unwrap());
        let confidence = Confidence::clamped(*confidence);
        findings.websites.push(Found::new(site, confidence, trace()));
    }
    let mut address = Address::from_text("1 Example Street, Lyon");
    address.country = Some(CountryCode::new("FR").unwrap());
    findings
        .addresses
        .push(Found::new(address, Confidence::clamped(0.9), trace()));
    let (source, key) = (SourceId::new("directory").unwrap(), NaturalKey::new(key).unwrap());
    Observation::new(source, key, None, at(second), findings)
}

async fn step(source: &Refresh, at: Option<&Cursor>) -> Batch {
    let cx = Context::new(crate::seam::Fetcher::new(crate::fetch::Replay::default()));
    let query = Query::new("refresh").unwrap();
    source.step(&cx, &query, at).await.unwrap()
}

fn sites(batch: &Batch) -> Vec<&str> {
    let sites = batch.listings.iter().flat_map(|one| &one.findings.websites);
    sites.map(|site| site.url.as_str()).collect()
}

#[tokio::test]
async fn only_own_sites_of_leads_not_seen_since_are_listed() {
    let store = Store::memory();
    let all = vec![
        seen("old", &[("https://old.test/", 0.9)], 10),
        seen("fresh", &[("https://fresh.test/", 0.9)], 100),
        seen("shared", &[("https://facebook.com/shared", 0.9)], 10),
        seen("unsure", &[("https://partner.test/", 0.2)], 10),
        seen("none", &[], 10),
    ];
    store.commit(WriteBatch::of(all)).await.unwrap();
    let source = Refresh::new(store, at(50));
    let batch = step(&source, None).await;
    assert_eq!(sites(&batch), ["https://old.test/"]);
    assert_eq!(batch.listings[0].region, CountryCode::new("FR").ok());
    assert!(batch.listings[0].findings.is_only_websites() && batch.next.is_none());
    assert_eq!(source.count().await.unwrap(), 4);
}

/// Guards: a place kept by its number would pass over as many leads as were renewed meanwhile.
#[tokio::test]
async fn leads_renewed_meanwhile_make_none_be_passed_over() {
    let store = Store::memory();
    let shop = |number: usize, second: i64| {
        let url = format!("https://shop{number}.test/");
        seen(&format!("shop {number}"), &[(&url, 0.9)], second)
    };
    let all = (0..250).map(|number| shop(number, 10)).collect();
    store.commit(WriteBatch::of(all)).await.unwrap();
    let source = Refresh::new(store.clone(), at(50)).filter(&"has:website".parse().unwrap());
    let (mut found, mut cursor) = (BTreeSet::new(), None);
    loop {
        let batch = step(&source, cursor.as_ref()).await;
        for url in sites(&batch) {
            let number = url.trim_start_matches("https://shop").trim_end_matches(".test/");
            let number = number.parse().unwrap();
            assert!(found.insert(number), "{url} is listed twice");
            let renewed = WriteBatch::of(vec![shop(number, 90)]);
            store.commit(renewed).await.unwrap();
        }
        cursor = batch.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found.len(), 250);
    assert_eq!(source.count().await.unwrap(), 0);
}
