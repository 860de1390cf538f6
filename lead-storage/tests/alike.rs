//! Whatever is done to them, the store in memory and SQLite answer alike.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

use std::collections::BTreeSet;

use lead_core::record::filter::{Comparison, Field, Filter, Scalar, folded};
use lead_core::record::{
    Attribute, Confidence, Found, LeadId, Link, MatchKey, Method, NaturalKey, Observation, SafeUrl, SourceId,
    Suppression, Trace, Website,
};
use lead_core::seam::conformance::sample::{findings, minute, record};
use lead_core::seam::{LeadQuery, Receipt, Sort, SortField, Store, WriteBatch};
use proptest::prelude::*;

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

async fn compare(memory: &Store, sqlite: &Store) {
    let everything = LeadQuery::default().limit(1000);
    let leads = memory.page(everything.clone()).await.unwrap();
    assert_eq!(leads, sqlite.page(everything).await.unwrap());
    for key in 0..9_u8 {
        let id = LeadId::from(record(&key.to_string()));
        assert_eq!(memory.get(id).await.unwrap(), sqlite.get(id).await.unwrap());
        assert_eq!(
            memory.observations(id).await.unwrap(),
            sqlite.observations(id).await.unwrap()
        );
    }
    let keys: BTreeSet<MatchKey> = (0..7)
        .flat_map(|record| (0..6).flat_map(move |content| sighting(record, content, 0).match_keys()))
        .collect();
    let keys: Vec<MatchKey> = keys.into_iter().collect();
    assert_eq!(
        memory.matching(keys.clone()).await.unwrap(),
        sqlite.matching(keys).await.unwrap()
    );
    for field in [SortField::Name, SortField::LastSeen, SortField::Confidence] {
        let query = LeadQuery::default().sort(Sort::descending(field)).limit(2);
        let one = memory.page(query.clone()).await.unwrap();
        assert_eq!(one, sqlite.page(query.clone()).await.unwrap());
        let next = query.after(one.next);
        assert_eq!(
            memory.page(next.clone()).await.unwrap(),
            sqlite.page(next).await.unwrap()
        );
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
            sqlite.count(filter).await.unwrap()
        );
    }
    assert_eq!(
        memory.suppressions().await.unwrap(),
        sqlite.suppressions().await.unwrap()
    );
    assert_eq!(
        memory.audit(0, 100).await.unwrap().len(),
        sqlite.audit(0, 100).await.unwrap().len()
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
    fn any_history_leaves_both_stores_alike(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let memory = Store::memory();
            let sqlite = lead_storage::open("sqlite://:memory:").await.unwrap();
            for step in &steps {
                assert_eq!(take(&memory, step).await, take(&sqlite, step).await, "{step:?}");
                compare(&memory, &sqlite).await;
            }
        });
    }

    #[test]
    fn any_filter_is_valid_sql_and_means_the_same(filters in prop::collection::vec(filters(), 40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = lead_storage::open("sqlite://:memory:").await.unwrap();
            let seen: Vec<_> = (0..7).flat_map(|record| [(record, record % 6, record), (record, 5 - record % 6, 9 + record)]).collect();
            store.commit(batch(&seen, &[(0, 1), (2, 5)])).await.unwrap();
            let odd = findings("Na\0me 'x' \u{10ffff}", None, None, Some("é\"\\"));
            store.commit(WriteBatch::of(vec![Observation::new(
                SourceId::new("odd").unwrap(), NaturalKey::new("\0'").unwrap(), None, minute(3), odd)])).await.unwrap();
            let leads = store.page(LeadQuery::default()).await.unwrap().leads;
            for filter in filters {
                let wanted: Vec<_> = leads.iter().filter(|lead| filter.matches(lead)).collect();
                let page = store.page(LeadQuery::new(filter.clone())).await.unwrap();
                assert_eq!(page.leads.iter().collect::<Vec<_>>(), wanted, "{filter}");
                assert_eq!(store.count(filter).await.unwrap(), wanted.len() as u64);
            }
        });
    }
}

/// Thousands of alternatives are one balanced tree, not an expression thousands deep.
#[tokio::test]
async fn wide_and_deep_filters_are_taken() {
    let store = lead_storage::open("sqlite://:memory:").await.unwrap();
    store.commit(batch(&[(0, 0, 0), (1, 1, 1)], &[])).await.unwrap();
    let text = |index: usize| {
        Filter::Compare(
            Field::City,
            Comparison::Equal,
            Scalar::Text(format!("town {index}")),
        )
    };
    let wide = Filter::Or(
        (0..3000)
            .map(text)
            .chain(["bron"].map(|city| Filter::parse(&format!("city:{city}")).unwrap()))
            .collect(),
    );
    assert_eq!(store.count(wide).await.unwrap(), 1);
    let words = Filter::And((0..2000).map(|_| Filter::Text(vec!["name".into()])).collect());
    assert_eq!(store.count(words).await.unwrap(), 2);
    let deep = (0..98).fold(Filter::Has(Field::Phone), |filter, _| {
        Filter::Not(Box::new(Filter::And(vec![filter, Filter::All])))
    });
    assert_eq!(store.count(deep).await.unwrap(), 2);
}
