//! The promises of hidden leads: they are in no answer that does not ask for them, and nothing but a person brings them back.

use std::collections::{BTreeMap, BTreeSet};

use super::sample::{findings, minute, record, sighting, town, town_by_place_and_slips};
use super::store::{all, sample_filters, walked};
use crate::record::filter::{Field, Filter};
use crate::record::{E164, Lead, LeadId, Link, MatchKey, Observation, Subject, Suppression, TenantId};
use crate::seam::{Hid, Hiding, LeadQuery, LeadVersion, PageKey, Sort, SortField, Store, Tally, WriteBatch};

fn parsed(text: &str) -> Filter {
    Filter::parse(text).unwrap()
}

async fn ids(store: &Store, filter: &str) -> BTreeSet<LeadId> {
    let query = LeadQuery::new(parsed(filter)).limit(LeadQuery::MAX_LIMIT);
    let leads = store.page(query).await.unwrap().leads;
    leads.iter().map(|lead| lead.id).collect()
}

async fn hide(store: &Store, ids: impl IntoIterator<Item = LeadId>) -> Vec<Hid> {
    store.set_hidden(Hiding::hide("anna").leads(ids)).await.unwrap()
}

async fn unhide(store: &Store, id: LeadId) -> Vec<Hid> {
    store
        .set_hidden(Hiding::unhide("anna").leads([id]))
        .await
        .unwrap()
}

fn seen(key: &str, at: i64, number: &str) -> Observation {
    sighting(key, minute(at), findings(key, Some(number), None, Some("Lyon")))
}

/// A number of its own for a key of so many characters.
fn number(key: &str) -> String {
    format!("+3347800000{}", key.len())
}

fn tied(one: &str, other: &str) -> Link {
    Link::new(record(one), record(other), MatchKey::Site("acme.test".into()))
}

fn lead(key: &str) -> LeadId {
    record(key).into()
}

/// Every third of a town hidden; the leads, and whether they are.
async fn half_hidden(store: &Store) -> BTreeMap<LeadId, (Lead, bool)> {
    store.commit(WriteBatch::of(town(60))).await.unwrap();
    let leads = all(store).await;
    let some: Vec<LeadId> = leads.iter().step_by(3).map(|lead| lead.id).collect();
    assert_eq!(
        hide(store, some.clone()).await,
        vec![Hid::Done; 20],
        "each is told of"
    );
    let known = leads.into_iter().map(|lead| {
        let hidden = some.contains(&lead.id);
        (lead.id, (lead, hidden))
    });
    known.collect()
}

/// Filters that say something of hidden leads, and some that say nothing.
fn speaking() -> Vec<Filter> {
    let texts = [
        "is:hidden",
        "is:shown",
        "is:any",
        "-is:hidden",
        "is:hidden is:shown",
        "is:hidden city:lyon",
        "is:any city:lyon has:email",
        "is:hidden OR city:bron",
        "(is:hidden city:lyon) OR (is:shown city:bron)",
        "NOT (is:hidden city:lyon)",
        "is:hidden rating>=2 -has:phone",
        "is:any seen>2026-01-01T00:20:00Z",
        "is:hidden text~bakrey",
        "is:hidden bakery",
        "is:hidden near:45.3,4.85,15km",
        "is:any near:45.3,4.85,15km",
    ];
    let places = town_by_place_and_slips().into_iter().map(|(filter, _)| filter);
    texts
        .into_iter()
        .map(parsed)
        .chain(sample_filters())
        .chain(places)
        .collect()
}

/// Hidden leads are in no page, count or tally that does not ask for them, and in every one that does.
pub async fn hidden_leads_are_told_only_to_who_asks(store: Store) {
    let known = half_hidden(&store).await;
    for filter in speaking() {
        let passing = known
            .values()
            .filter(|(lead, hidden)| filter.passes(lead, *hidden));
        let passing: Vec<&Lead> = passing.map(|(lead, _)| lead).collect();
        let wanted: Vec<LeadId> = passing.iter().map(|lead| lead.id).collect();
        let page = LeadQuery::new(filter.clone()).limit(1000);
        let page = store.page(page).await.unwrap().leads;
        let got: Vec<LeadId> = page.iter().map(|lead| lead.id).collect();
        assert_eq!(got, wanted, "{filter}");
        let count = store.count(filter.clone()).await.unwrap();
        assert_eq!(count, wanted.len() as u64, "{filter}");
        for tally in [
            Tally::values(Field::City, 2),
            Tally::numbers(Field::Rating, [1.0, 3.0]),
            Tally::numbers(Field::Confidence, [0.75]),
            Tally::times(Field::Seen, [minute(20), minute(40)]),
        ] {
            let told = store.tally(tally.clone().filter(filter.clone())).await.unwrap();
            let counted = tally.count(passing.iter().copied());
            assert_eq!(told, counted, "{tally:?} of {filter}");
        }
    }
    let other = store.tenant(TenantId::new("other").unwrap());
    assert!(ids(&other, "is:any").await.is_empty());
    let (id, _) = known.iter().find(|(_, (_, hidden))| *hidden).unwrap();
    let elsewhere = Hiding::unhide("anna").leads([*id]);
    assert_eq!(other.set_hidden(elsewhere).await.unwrap(), [Hid::NotFound]);
    assert!(ids(&store, "is:hidden").await.contains(id));
}

/// Pages over hidden leads and others visit each once, in every order.
pub async fn pages_of_hidden_leads_and_others_keep_their_order(store: Store) {
    let known = half_hidden(&store).await;
    for field in [
        SortField::Id,
        SortField::Name,
        SortField::LastSeen,
        SortField::Confidence,
    ] {
        let keys = known.values().map(|(lead, _)| PageKey::of(lead, field));
        let keys: BTreeSet<PageKey> = keys.collect();
        let upwards: Vec<LeadId> = keys.iter().map(|key| key.id).collect();
        let downwards: Vec<LeadId> = upwards.iter().rev().copied().collect();
        for (sort, wanted) in [
            (Sort::ascending(field), upwards),
            (Sort::descending(field), downwards),
        ] {
            let query = LeadQuery::new(parsed("is:any")).sort(sort).limit(7);
            assert_eq!(walked(&store, query, 60).await, wanted, "{sort:?}");
        }
    }
}

/// A hidden lead is found by id and by what it shares, gathers what is seen of it, and stays hidden until somebody brings it back.
pub async fn a_hidden_lead_that_is_seen_again_stays_hidden(store: Store) {
    let number = "+33478000001";
    store
        .commit(WriteBatch::of(vec![seen("a", 0, number)]))
        .await
        .unwrap();
    assert_eq!(hide(&store, [lead("a")]).await, [Hid::Done]);
    let batches = [
        WriteBatch::of(vec![seen("a", 5, number)]),
        WriteBatch::of(vec![seen("a", 9, "+33478000002")]),
        WriteBatch::of(vec![seen("b", 9, "+33478000003")]).links(vec![tied("a", "b")]),
    ];
    for batch in batches {
        let receipt = store.commit(batch).await.unwrap();
        assert!(
            receipt.created.is_empty() && receipt.updated.is_empty(),
            "{receipt:?}"
        );
        assert_eq!(receipt.hidden.len(), 1, "{receipt:?}");
        assert_eq!(store.count(Filter::All).await.unwrap(), 0);
        assert_eq!(store.count(parsed("is:hidden")).await.unwrap(), 1);
    }
    let again = store
        .commit(WriteBatch::of(vec![seen("a", 9, "+33478000002")]))
        .await
        .unwrap();
    assert!(again.hidden.is_empty(), "nothing changed");
    let got = store.get(lead("b")).await.unwrap().unwrap();
    assert_eq!((got.last_seen, got.sources.len()), (minute(9), 2));
    assert_eq!(store.observations(lead("a")).await.unwrap().len(), 3);
    let key = MatchKey::Phone(E164::new(number).unwrap());
    let found = store.matching(vec![key.clone()]).await.unwrap();
    assert_eq!(found, [(key, record("a"))]);
    for filter in [
        "is:hidden phone:+33478000003",
        "is:hidden name:b",
        "is:hidden text:lyon",
    ] {
        assert_eq!(store.count(parsed(filter)).await.unwrap(), 1, "{filter}");
    }
    assert_eq!(unhide(&store, lead("b")).await, [Hid::Done]);
    assert_eq!(all(&store).await, [got], "with all that was seen meanwhile");
    assert_eq!(store.count(parsed("is:hidden")).await.unwrap(), 0);
    let receipt = store
        .commit(WriteBatch::of(vec![seen("a", 12, number)]))
        .await
        .unwrap();
    assert_eq!((receipt.updated.len(), receipt.hidden.len()), (1, 0));
}

/// What is joined to a hidden lead is hidden, in whichever order sightings, links and the hiding came.
pub async fn whatever_is_joined_to_a_hidden_lead_is_hidden(store: Store) {
    let sightings = |keys: [&str; 4]| keys.map(|key| WriteBatch::of(vec![seen(key, 1, &number(key))]));
    let links = |pairs: [(&str, &str); 3]| {
        pairs.map(|(one, other)| WriteBatch::default().links(vec![tied(one, other)]))
    };
    let keys = ["a", "bb", "ccc", "dddd"];
    let pairs = [("a", "bb"), ("bb", "ccc"), ("ccc", "dddd")];
    // Which batches go before the hiding, and in which order they all go.
    let orders: [(&str, Vec<usize>, usize); 5] = [
        ("t1", vec![0, 1, 2, 3, 4, 5, 6], 4),
        ("t2", vec![1, 4, 0, 5, 3, 6, 2], 1),
        ("t3", vec![6, 5, 4, 3, 2, 1, 0], 6),
        ("t4", vec![4, 5, 6, 1, 0, 2, 3], 7),
        ("t5", vec![3, 2, 1, 6, 0, 4, 5], 4),
    ];
    let mut stood = Vec::new();
    for (tenant, order, before) in orders {
        let store = store.tenant(TenantId::new(tenant).unwrap());
        let batches: Vec<WriteBatch> = sightings(keys).into_iter().chain(links(pairs)).collect();
        for (at, batch) in order.iter().enumerate() {
            if at == before {
                assert_eq!(hide(&store, [lead("bb")]).await, [Hid::Done], "{tenant}");
            }
            store.commit(batches[*batch].clone()).await.unwrap();
        }
        if before == order.len() {
            assert_eq!(hide(&store, [lead("bb")]).await, [Hid::Done], "{tenant}");
        }
        assert_eq!(store.count(Filter::All).await.unwrap(), 0, "{tenant}");
        let read = store.versioned(keys.map(lead).to_vec()).await.unwrap();
        let read: Vec<_> = read.into_iter().flatten().collect();
        assert!(read.iter().all(|lead| lead.hidden), "{tenant}");
        stood.push(read);
        assert_eq!(unhide(&store, lead("dddd")).await, [Hid::Done]);
        assert_eq!(all(&store).await.len(), 1, "{tenant}: the whole comes back");
    }
    assert_eq!(stood[0].len(), 4);
    assert!(stood.iter().all(|one| *one == stood[0]));
}

/// What a person decided about the lead they read is not done to one that has changed since; the log says who did what.
pub async fn hiding_minds_the_version_that_was_read(store: Store) {
    let parts = [
        seen("a", 0, "+33478000001"),
        seen("b", 0, "+33478000002"),
        seen("c", 0, "+33478000003"),
    ];
    store
        .commit(WriteBatch::of(parts.to_vec()).links(vec![tied("a", "b")]))
        .await
        .unwrap();
    let read = async |key: &str| store.versioned(vec![lead(key)]).await.unwrap().remove(0).unwrap();
    let asked = store
        .versioned(vec![lead("c"), lead("nobody"), lead("b"), lead("a")])
        .await
        .unwrap();
    assert!(asked[1].is_none(), "in the order asked");
    assert_eq!(asked[2], asked[3], "by any of its records");
    let (single, pair) = (asked[0].clone().unwrap(), asked[2].clone().unwrap());
    assert_eq!(Some(&pair.lead), store.get(lead("a")).await.unwrap().as_ref());
    let (observations, links) = (
        store.observations(pair.lead.id).await.unwrap(),
        store.links(pair.lead.id).await.unwrap(),
    );
    assert_eq!(pair.version, LeadVersion::of(&observations, &links));

    store
        .commit(WriteBatch::of(vec![seen("b", 3, "+33478000002")]))
        .await
        .unwrap();
    let hiding = Hiding::hide("anna")
        .if_unchanged(lead("b"), pair.version)
        .if_unchanged(lead("nobody"), pair.version)
        .if_unchanged(single.lead.id, single.version)
        .leads([single.lead.id]);
    let came = store.set_hidden(hiding.clone()).await.unwrap();
    assert_eq!(came, [Hid::Changed, Hid::NotFound, Hid::Done, Hid::Already]);
    assert_eq!(ids(&store, "*").await, BTreeSet::from([pair.lead.id]));
    let hidden = read("c").await;
    assert!(hidden.hidden && hidden.lead == single.lead);
    assert_eq!(hidden.version, single.version.hidden(true));
    // An answer that was lost may be asked for again.
    let came = store.set_hidden(hiding).await.unwrap();
    assert_eq!(came, [Hid::Changed, Hid::NotFound, Hid::Already, Hid::Already]);

    store
        .commit(WriteBatch::of(vec![seen("c", 4, "+33478000003")]))
        .await
        .unwrap();
    let late = Hiding::unhide("ben").if_unchanged(lead("c"), hidden.version);
    assert_eq!(store.set_hidden(late).await.unwrap(), [Hid::Changed]);
    let now = Hiding::unhide("ben").if_unchanged(lead("c"), read("c").await.version);
    assert_eq!(store.set_hidden(now).await.unwrap(), [Hid::Done]);
    assert_eq!(store.count(Filter::All).await.unwrap(), 2);
    let notes = store.audit(0, 10).await.unwrap();
    let notes: Vec<_> = notes
        .iter()
        .map(|entry| {
            (
                entry.note.actor.as_str(),
                entry.note.action.as_str(),
                entry.note.subject.clone(),
            )
        })
        .collect();
    let id = lead("c").to_string();
    assert_eq!(
        notes,
        [("anna", "lead.hidden", id.clone()), ("ben", "lead.unhidden", id)]
    );
}

/// Hidden leads are erased, withdrawn and stripped like others; what is found anew afterwards is hidden no more.
pub async fn hidden_leads_can_be_erased_withdrawn_and_suppressed(store: Store) {
    let parts =
        ["a", "b", "c", "d"].map(|key| seen(key, 0, &format!("+3347800001{}", key.as_bytes()[0] % 10)));
    store.commit(WriteBatch::of(parts.to_vec())).await.unwrap();
    let read = store
        .versioned(["a", "b", "c", "d"].map(lead).to_vec())
        .await
        .unwrap();
    let read: Vec<_> = read.into_iter().flatten().collect();
    hide(&store, ["a", "b", "c"].map(lead)).await;

    assert_eq!(store.erase(vec![lead("a")]).await.unwrap().leads, 1);
    let shown = vec![(lead("b"), read[1].version)];
    assert!(
        store.withdraw(shown).await.unwrap().is_empty(),
        "it was hidden since"
    );
    let hidden = vec![(lead("b"), read[1].version.hidden(true))];
    assert_eq!(store.withdraw(hidden).await.unwrap(), [lead("b")]);
    assert_eq!(
        ids(&store, "is:any").await,
        BTreeSet::from([lead("c"), lead("d")])
    );

    let number = parts[2].findings.phones[0].e164;
    let subject = Subject::Phone(number);
    store
        .suppress(vec![Suppression::new(subject.clone(), "objection", minute(2))])
        .await
        .unwrap();
    let stripped = store.get(lead("c")).await.unwrap().unwrap();
    assert!(stripped.findings.phones.is_empty());
    assert_eq!(store.count(parsed("is:hidden has:phone")).await.unwrap(), 0);
    assert_eq!(ids(&store, "is:hidden").await, BTreeSet::from([lead("c")]));
    // A word that stands in hidden leads alone is found with a slip, and in no other.
    assert_eq!(store.count(parsed("is:hidden text~lyno")).await.unwrap(), 1);
    store.erase(vec![lead("d")]).await.unwrap();
    assert_eq!(store.count(parsed("is:hidden text~lyno")).await.unwrap(), 1);
    assert_eq!(store.count(parsed("text~lyno")).await.unwrap(), 0);

    store
        .commit(WriteBatch::of(vec![parts[0].clone(), parts[1].clone()]))
        .await
        .unwrap();
    assert_eq!(ids(&store, "*").await, BTreeSet::from([lead("a"), lead("b")]));
    assert_eq!(unhide(&store, lead("c")).await, [Hid::Done]);
    assert_eq!(store.get(lead("c")).await.unwrap(), Some(stripped));
    assert_eq!(store.count(Filter::All).await.unwrap(), 3);
}
