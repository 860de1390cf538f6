//! The promises of [`Persist::tally`](crate::seam::Persist::tally).

use super::sample::{findings, minute, record, sighting, town};
use super::store::{all, sample_filters};
use crate::ErrorKind;
use crate::record::filter::{Field, FieldKind, Filter};
use crate::record::{Attribute, Confidence, Found, Link, MatchKey, Method, TenantId, Trace};
use crate::seam::{Store, Tally, WriteBatch};

/// A lead of two records, with two ratings, cities and numbers of one country, and one lead beside it.
async fn fill(store: &Store) {
    let rated = |key: &str, number: &str, city: &str, rating: f64| {
        let mut all = findings("Acme", Some(number), None, Some(city));
        let rating = Attribute::number("rating", rating).unwrap();
        let (sure, trace) = (Confidence::clamped(0.9), Trace::new(Method::Platform));
        all.attributes.push(Found::new(rating, sure, trace));
        sighting(key, minute(0), all)
    };
    let seen = vec![
        rated("a", "+33478000001", "Lyon", 4.0),
        rated("b", "+33478000002", "Bron", 4.5),
        rated("c", "+33478000003", "Lyon", 1.0),
    ];
    let one = Link::new(record("a"), record("b"), MatchKey::Site("acme.test".into()));
    store.commit(WriteBatch::of(seen).links(vec![one])).await.unwrap();
}

/// A lead counts once for each value it has and once in a bin, however many of its values fall into it; equals are in order of
/// their characters, and what is not told is counted.
pub async fn a_lead_counts_once_for_each_of_its_values(store: Store) {
    fill(&store).await;
    let told = store.tally(Tally::values(Field::City, 10)).await.unwrap();
    assert_eq!(told.values, [("lyon".to_owned(), 2), ("bron".to_owned(), 1)]);
    assert_eq!((told.leads, told.with, told.distinct), (2, 2, 2));
    let told = store.tally(Tally::values(Field::Phone, 2)).await.unwrap();
    let first = ["+33478000001", "+33478000002"].map(|number| (number.to_owned(), 1_u64));
    assert_eq!(told.values, first);
    assert_eq!(
        (told.with, told.distinct),
        (2, 3),
        "the third is not told, but counted"
    );
    let told = store
        .tally(Tally::numbers(Field::Rating, [2.0, 4.0]))
        .await
        .unwrap();
    assert_eq!(told.bins, [1, 0, 1], "an edge belongs to the bin above it");
    assert_eq!((told.leads, told.with, told.distinct), (2, 2, 2));
    let edges = [minute(0), minute(1)];
    let told = store.tally(Tally::times(Field::FirstSeen, edges)).await.unwrap();
    assert_eq!(told.bins, [0, 2, 0]);
    let bron = Filter::parse("city:Bron").unwrap();
    let told = store
        .tally(Tally::values(Field::Email, 3).filter(bron))
        .await
        .unwrap();
    assert_eq!((told.leads, told.with, told.distinct), (1, 0, 0));
    assert!(told.values.is_empty());
    let other = store.tenant(TenantId::new("other").unwrap());
    assert_eq!(
        other.tally(Tally::values(Field::City, 10)).await.unwrap().leads,
        0
    );
    let told = other.tally(Tally::numbers(Field::Rating, [2.0])).await.unwrap();
    assert_eq!(
        (told.leads, told.bins),
        (0, vec![0, 0]),
        "bins are there without leads, too"
    );
}

/// Fields of each kind, those with several values and those kept beside the lead.
const COUNTED: [Field; 7] = [
    Field::Name,
    Field::City,
    Field::Email,
    Field::Rating,
    Field::Confidence,
    Field::Seen,
    Field::FirstSeen,
];

/// A tally of fields of every kind under any filter is the one that counting lead by lead gives.
pub async fn tallies_mean_the_same_everywhere(store: Store) {
    store.commit(WriteBatch::of(town(30))).await.unwrap();
    let leads = all(&store).await;
    for filter in sample_filters() {
        for field in &COUNTED {
            let tally = match field.kind() {
                FieldKind::Text => Tally::values(*field, 4),
                FieldKind::Number => Tally::numbers(*field, [0.0, 0.5, f64::from(0.7_f32), 2.0, 3.0]),
                FieldKind::Time => Tally::times(*field, [0, 1, 7, 20].map(minute)),
            };
            let tally = tally.filter(filter.clone());
            let told = store.tally(tally.clone()).await.unwrap();
            assert_eq!(told, tally.count(&leads), "{tally:?}");
        }
    }
}

/// What cannot be counted so is refused, whatever the store holds.
pub async fn tallies_are_checked(store: Store) {
    let refused = [
        Tally::values(Field::City, 0),
        Tally::values(Field::City, Tally::MAX_VALUES + 1),
        Tally::values(Field::Rating, 10),
        Tally::values(Field::Seen, 10),
        Tally::numbers(Field::City, [1.0]),
        Tally::numbers(Field::Seen, [1.0]),
        Tally::numbers(Field::Rating, Vec::new()),
        Tally::numbers(Field::Rating, [1.0, 1.0]),
        Tally::numbers(Field::Rating, [2.0, 1.0]),
        Tally::numbers(Field::Rating, [f64::NAN]),
        Tally::times(Field::Rating, [minute(0)]),
        Tally::times(Field::Seen, [minute(1), minute(0)]),
        Tally::times(Field::Seen, vec![minute(0); Tally::MAX_EDGES + 1]),
    ];
    for tally in refused {
        let error = store.tally(tally.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{tally:?}");
    }
}
