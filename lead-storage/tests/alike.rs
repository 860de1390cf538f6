//! Whatever is done to them, the store in memory, SQLite and PostgreSQL answer alike.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

mod server;
mod stores;

use std::collections::BTreeSet;

use lead_core::record::filter::{Comparison, Field, Filter, Scalar, folded};
use lead_core::record::{
    Attribute, Confidence, Found, LeadId, Link, MatchKey, Method, NaturalKey, Observation, SafeUrl, SourceId,
    Suppression, Trace, Website,
};
use lead_core::seam::conformance::sample::{findings, minute, record};
use lead_core::seam::{LeadQuery, Receipt, Sort, SortField, Store, WriteBatch};
use proptest::prelude::*;

use stores::{RUNTIME, databases as stores};

const SUBJECTS: [&str; 5] = [
    "phone:+33478000001",
    "email:info@one.test",
    "domain:one.test",
    "domain:two.test",
    "phone:+33478000009",
];

#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<(u8, u8, u8)>, Vec<(u8, u8)>),
    Suppress(usize),
    Unsuppress(usize),
    Erase(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let seen = (0..7_u8, 0..6_u8, 0..50_u8);
    let link = (0..9_u8, 0..9_u8);
    let commit = (
        prop::collection::vec(seen, 0..6),
        prop::collection::vec(link, 0..3),
    )
        .prop_map(|(seen, links)| Step::Commit(seen, links));
    let step = prop_oneof![
        8 => commit,
        1 => (0..SUBJECTS.len()).prop_map(Step::Suppress),
        1 => (0..SUBJECTS.len()).prop_map(Step::Unsuppress),
        1 => (0..9_u8).prop_map(Step::Erase),
    ];
    prop::collection::vec(step, 1..14)
}

/// One of a few contents of one of a few records, so that they meet again and again.
fn sighting(record: u8, content: u8, at: u8) -> Observation {
    let site = ["one.test", "two.test", "three.test"][usize::from(content % 3)];
    let phone = format!("+3347800000{}", 1 + content % 2);
    let email = format!("info@{site}");
    let mut all = findings(
        &format!("Name {}", content % 4),
        (content != 3).then_some(&*phone),
        content.is_multiple_of(2).then_some(&*email),
        Some(["Lyon", "Bron"][usize::from(record % 2)]),
    );
    let found = |confidence| (Confidence::clamped(confidence), Trace::new(Method::Platform));
    let (sure, trace) = found(if content == 4 { 0.3 } else { 0.8 });
    let url = SafeUrl::parse(&format!("https://www.{site}/")).unwrap();
    all.websites
        .push(Found::new(Website::new(url.clone()), sure, trace));
    let (sure, trace) = found(0.7);
    let rating = Attribute::number("rating", f64::from(content) / 3.0).unwrap();
    all.attributes.push(Found::new(rating, sure, trace));
    let source = SourceId::new("directory").unwrap();
    let key = NaturalKey::new(&record.to_string()).unwrap();
    Observation::new(
        source,
        key,
        (content == 5).then_some(url),
        minute(i64::from(at)),
        all,
    )
}

fn batch(seen: &[(u8, u8, u8)], links: &[(u8, u8)]) -> WriteBatch {
    let why = MatchKey::Site("one.test".into());
    let link = |(one, other): &(u8, u8)| {
        Link::new(record(&one.to_string()), record(&other.to_string()), why.clone())
    };
    let seen = seen
        .iter()
        .map(|(record, content, at)| sighting(*record, *content, *at));
    WriteBatch::of(seen.collect()).links(links.iter().map(link).collect())
}

fn sorted(mut receipt: Receipt) -> Receipt {
    receipt.created.sort();
    receipt.updated.sort();
    receipt.merged.sort();
    receipt
}

async fn take(store: &Store, step: &Step) -> Option<Receipt> {
    match step {
        Step::Commit(seen, links) => return Some(sorted(store.commit(batch(seen, links)).await.unwrap())),
        Step::Suppress(which) => {
            let entry = Suppression::new(SUBJECTS[*which].parse().unwrap(), "objection", minute(0));
            store.suppress(vec![entry]).await.unwrap();
        }
        Step::Unsuppress(which) => store
            .unsuppress(vec![SUBJECTS[*which].parse().unwrap()])
            .await
            .unwrap(),
        Step::Erase(key) => {
            store
                .erase(vec![LeadId::from(record(&key.to_string()))])
                .await
                .unwrap();
        }
    }
    None
}

async fn compare(memory: &Store, other: &Store) {
    let everything = LeadQuery::default().limit(1000);
    let leads = memory.page(everything.clone()).await.unwrap();
    assert_eq!(leads, other.page(everything).await.unwrap());
    assert_eq!(leads.next, None);
    for key in 0..9_u8 {
        let id = LeadId::from(record(&key.to_string()));
        assert_eq!(memory.get(id).await.unwrap(), other.get(id).await.unwrap());
        assert_eq!(
            memory.observations(id).await.unwrap(),
            other.observations(id).await.unwrap()
        );
    }
    let keys: BTreeSet<MatchKey> = (0..7)
        .flat_map(|record| (0..6).flat_map(move |content| sighting(record, content, 0).match_keys()))
        .collect();
    let keys: Vec<MatchKey> = keys.into_iter().collect();
    assert_eq!(
        memory.matching(keys.clone()).await.unwrap(),
        other.matching(keys).await.unwrap()
    );
    for field in [SortField::Name, SortField::LastSeen, SortField::Confidence] {
        let query = LeadQuery::default().sort(Sort::descending(field)).limit(2);
        // Each signs its own cursors.
        let (mut here, mut there) = (query.clone(), query);
        for _ in 0..2 {
            let one = memory.page(here.clone()).await.unwrap();
            let same = other.page(there.clone()).await.unwrap();
            assert_eq!(one.leads, same.leads);
            assert_eq!(one.next.is_some(), same.next.is_some());
            (here, there) = (here.after(one.next), there.after(same.next));
        }
    }
    for filter in [
        "has:phone",
        "city:lyon rating>=0.6",
        "name",
        "seen>2026-01-01T00:20:00Z OR first_seen<2026-01-01T00:10:00Z",
        "site:one* -has:email",
    ] {
        let filter: Filter = filter.parse().unwrap();
        assert_eq!(
            memory.count(filter.clone()).await.unwrap(),
            other.count(filter).await.unwrap()
        );
    }
    assert_eq!(
        memory.suppressions().await.unwrap(),
        other.suppressions().await.unwrap()
    );
    assert_eq!(
        memory.audit(0, 100).await.unwrap().len(),
        other.audit(0, 100).await.unwrap().len()
    );
}

/// A filter with values that mean something to SQL, to JSON or to nobody.
fn filters() -> impl Strategy<Value = Filter> {
    let how = || {
        prop::sample::select(vec![
            Comparison::Equal,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
        ])
    };
    let field = || prop::sample::select(Field::ALL.to_vec());
    let texts = prop_oneof![
        any::<String>().prop_map(|text| folded(&text)),
        prop::sample::select(vec![
            "*",
            "**",
            "***",
            "n*",
            "*3",
            "*e*",
            "name 1",
            "nam%",
            "_ame 1",
            "na\0me",
            "\0",
            "'; --",
            "\"",
            "\u{10ffff}*",
            "é*",
            "",
            "*lyon",
            "+33478*",
        ])
        .prop_map(str::to_owned),
    ];
    let scalars = prop_oneof![
        texts.prop_map(Scalar::Text),
        prop_oneof![
            any::<f64>(),
            prop::sample::select(vec![1.0 / 3.0, 0.0, -0.0, 0.8_f32.into()])
        ]
        .prop_map(Scalar::Number),
        (0..60_i64).prop_map(|at| Scalar::Time(minute(at))),
    ];
    let leaf = prop_oneof![
        (field(), how(), scalars).prop_map(|(field, how, wanted)| Filter::Compare(field, how, wanted)),
        field().prop_map(Filter::Has),
        prop::collection::vec(
            prop::sample::select(vec!["name", "lyon", "1", "no'", "\0", ""]),
            0..3
        )
        .prop_map(|words| Filter::Text(words.into_iter().map(str::to_owned).collect())),
        prop::collection::vec(
            prop::sample::select(vec!["nmae", "lyonn", "lyon", "1", "\0\0\0\0", "é"]),
            0..3
        )
        .prop_map(|words| Filter::Alike(words.into_iter().map(str::to_owned).collect())),
        Just(Filter::All),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 0..5).prop_map(Filter::Or),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_all_stores_alike(steps in steps()) {
        let memory = Store::memory();
        let stores = stores();
        RUNTIME.block_on(async {
            for step in &steps {
                let wanted = take(&memory, step).await;
                for store in &stores {
                    assert_eq!(wanted, take(store, step).await, "{step:?}");
                    compare(&memory, store).await;
                }
            }
        });
    }

    #[test]
    fn any_filter_is_valid_sql_and_means_the_same(filters in prop::collection::vec(filters(), 40)) {
        for store in stores() {
            RUNTIME.block_on(mean_the_same(&store, &filters));
        }
    }
}

async fn mean_the_same(store: &Store, filters: &[Filter]) {
    let seen: Vec<_> = (0..7)
        .flat_map(|record| [(record, record % 6, record), (record, 5 - record % 6, 9 + record)])
        .collect();
    store.commit(batch(&seen, &[(0, 1), (2, 5)])).await.unwrap();
    let name = format!("Na\0me 'x' \u{10ffff} {}", "long ".repeat(90));
    let odd = findings(&name, None, None, Some("é\"\\"));
    let (source, key) = (SourceId::new("odd").unwrap(), NaturalKey::new("\0'").unwrap());
    let odd = Observation::new(source, key, None, minute(3), odd);
    store.commit(WriteBatch::of(vec![odd])).await.unwrap();
    let leads = store.page(LeadQuery::default()).await.unwrap().leads;
    for filter in filters {
        let wanted: Vec<_> = leads.iter().filter(|lead| filter.matches(lead)).collect();
        let page = store.page(LeadQuery::new(filter.clone())).await.unwrap();
        assert_eq!(page.leads.iter().collect::<Vec<_>>(), wanted, "{filter}");
        assert_eq!(store.count(filter.clone()).await.unwrap(), wanted.len() as u64);
    }
}

/// Guards texts longer than an index takes, and those that differ only past what is indexed.
#[test]
fn texts_of_any_length_are_kept_found_and_ordered() {
    let long = |end: &str| format!("{}{end}", "Grand Café du Marché ".repeat(400));
    let names = [long("B"), long("A"), "Short".to_owned(), long("AB")];
    let seen = (0_u8..).zip(&names).map(|(number, name)| {
        let mut sighting = sighting(number, 0, 0);
        sighting.findings = findings(name, None, None, None);
        Observation::new(
            sighting.source,
            sighting.natural_key,
            None,
            minute(0),
            sighting.findings,
        )
    });
    let batch = WriteBatch::of(seen.collect());
    for store in stores() {
        RUNTIME.block_on(async {
            store.commit(batch.clone()).await.unwrap();
            let mut query = LeadQuery::default()
                .sort(Sort::ascending(SortField::Name))
                .limit(1);
            let mut walked = Vec::new();
            loop {
                let page = store.page(query.clone()).await.unwrap();
                walked.extend(page.leads.iter().filter_map(|lead| lead.name.clone()));
                match page.next {
                    Some(next) => query = query.after(Some(next)),
                    None => break,
                }
            }
            assert_eq!(
                walked,
                [long("A"), long("AB"), long("B"), "Short".to_owned()].map(|name| name.trim().to_owned())
            );
            let count = async |how, text: &str| {
                let filter = Filter::Compare(Field::Name, how, Scalar::Text(folded(text)));
                store.count(filter).await.unwrap()
            };
            assert_eq!(count(Comparison::Equal, &long("A")).await, 1);
            assert_eq!(count(Comparison::Equal, &long("A*")).await, 2);
            assert_eq!(count(Comparison::Equal, "grand*").await, 3);
            assert_eq!(count(Comparison::Equal, "*ab").await, 1);
            assert_eq!(count(Comparison::Greater, &long("A")).await, 3);
            // The same again changes nothing, another name drops the old values.
            assert_eq!(store.commit(batch.clone()).await.unwrap().updated, []);
            let renamed = WriteBatch::of(vec![Observation::new(
                SourceId::new("directory").unwrap(),
                NaturalKey::new("0").unwrap(),
                None,
                minute(9),
                findings("New", None, None, None),
            )]);
            store.commit(renamed).await.unwrap();
            assert_eq!(count(Comparison::Equal, &long("B")).await, 0);
            assert_eq!(count(Comparison::Equal, "new").await, 1);
        });
    }
}

/// Thousands of alternatives are one balanced tree, not an expression thousands deep.
#[test]
fn wide_and_deep_filters_are_taken() {
    let text = |index: usize| {
        Filter::Compare(
            Field::City,
            Comparison::Equal,
            Scalar::Text(format!("town {index}")),
        )
    };
    let bron = ["bron"].map(|city| Filter::parse(&format!("city:{city}")).unwrap());
    let wide = Filter::Or((0..3000).map(text).chain(bron).collect());
    let words = Filter::And((0..2000).map(|_| Filter::Text(vec!["name".into()])).collect());
    let deep = (0..98).fold(Filter::Has(Field::Phone), |filter, _| {
        Filter::Not(Box::new(Filter::And(vec![filter, Filter::All])))
    });
    for store in stores() {
        RUNTIME.block_on(async {
            store.commit(batch(&[(0, 0, 0), (1, 1, 1)], &[])).await.unwrap();
            assert_eq!(store.count(wide.clone()).await.unwrap(), 1);
            assert_eq!(store.count(words.clone()).await.unwrap(), 2);
            assert_eq!(store.count(deep.clone()).await.unwrap(), 2);
        });
    }
}
