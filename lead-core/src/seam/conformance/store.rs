//! The promises of [`Persist`](crate::seam::Persist).

use std::collections::BTreeSet;

pub use super::cursors::{a_cursor_belongs_to_its_order, a_cursor_is_one_that_the_store_gave};
pub use super::hiding::{
    a_hidden_lead_that_is_seen_again_stays_hidden, hidden_leads_are_told_only_to_who_asks,
    hidden_leads_can_be_erased_withdrawn_and_suppressed, hiding_minds_the_version_that_was_read,
    pages_of_hidden_leads_and_others_keep_their_order, whatever_is_joined_to_a_hidden_lead_is_hidden,
};
pub use super::long_lists::{an_estimate_holds_what_is_counted, marks_lead_anywhere_in_an_order};
use super::sample::{findings, minute, record, sighting, town, town_by_place_and_slips};
pub use super::tally::{
    a_lead_counts_once_for_each_of_its_values, tallies_are_checked, tallies_mean_the_same_everywhere,
};
pub use super::withdrawing::{
    links_tell_why_records_are_one, only_what_is_unchanged_is_withdrawn,
    what_was_withdrawn_comes_back_by_a_commit,
};

use crate::ErrorKind;
use crate::record::filter::{Comparison, Field, Filter, Scalar};
use crate::record::{E164, Lead, LeadId, Link, MatchKey, RunId, Subject, Suppression, TenantId};
use crate::seam::{
    AuditNote, CheckpointDelta, JobId, LeadQuery, Lease, NewJob, Sort, SortField, Store, WriteBatch,
};

pub(super) async fn all(store: &Store) -> Vec<Lead> {
    store
        .page(LeadQuery::default().limit(LeadQuery::MAX_LIMIT))
        .await
        .unwrap()
        .leads
}

/// Committing the same sighting twice keeps one; the second time only moves its last-seen.
pub async fn a_commit_is_idempotent(store: Store) {
    let seen = |at| {
        vec![sighting(
            "a",
            minute(at),
            findings("Acme", Some("+33478000001"), None, None),
        )]
    };
    let receipt = store.commit(WriteBatch::of(seen(0))).await.unwrap();
    assert_eq!(
        (receipt.inserted, receipt.seen_again, receipt.created.len()),
        (1, 0, 1)
    );
    let receipt = store.commit(WriteBatch::of(seen(5))).await.unwrap();
    assert_eq!(
        (receipt.inserted, receipt.seen_again, receipt.created.len()),
        (0, 1, 0)
    );
    let lead = &all(&store).await[0];
    assert_eq!((lead.first_seen, lead.last_seen), (minute(0), minute(5)));
    assert_eq!(lead.findings.phones[0].evidence()[0].last_seen, minute(5));
    // A late commit of an old sighting does not turn the clock back.
    store.commit(WriteBatch::of(seen(2))).await.unwrap();
    assert_eq!(all(&store).await[0].last_seen, minute(5));
}

/// A record whose content changed keeps both contents as history; the lead shows the newest.
pub async fn another_content_is_another_observation_and_the_newest_speaks(store: Store) {
    for (at, number) in [(0, "+33478000001"), (9, "+33478000002")] {
        let seen = sighting("a", minute(at), findings("Acme", Some(number), None, None));
        store.commit(WriteBatch::of(vec![seen])).await.unwrap();
    }
    let leads = all(&store).await;
    assert_eq!(leads.len(), 1);
    let numbers: Vec<_> = leads[0]
        .findings
        .phones
        .iter()
        .map(|phone| phone.e164.to_string())
        .collect();
    assert_eq!(numbers, ["+33478000002"]);
    assert_eq!(store.observations(leads[0].id).await.unwrap().len(), 2);
}

/// However sightings and links arrive, the same cluster gives the same lead.
pub async fn links_make_one_lead_whatever_the_order(store: Store) {
    let seen = |key: &str, number| sighting(key, minute(0), findings("Acme", Some(number), None, None));
    let parts = [
        seen("a", "+33478000001"),
        seen("b", "+33478000002"),
        seen("c", "+33478000003"),
    ];
    let why = || MatchKey::Site("acme.test".into());
    let links = [
        Link::new(record("a"), record("b"), why()),
        Link::new(record("b"), record("c"), why()),
    ];
    let mut results = Vec::new();
    for (tenant, order) in [("x", [0, 1, 2]), ("y", [2, 0, 1]), ("z", [1, 2, 0])] {
        let store = store.tenant(TenantId::new(tenant).unwrap());
        for part in order {
            store
                .commit(WriteBatch::of(vec![parts[part].clone()]))
                .await
                .unwrap();
        }
        assert_eq!(store.count(Filter::All).await.unwrap(), 3);
        let first = store
            .commit(WriteBatch::default().links(vec![links[order[0] % 2].clone()]))
            .await
            .unwrap();
        assert_eq!(
            (first.updated.len(), first.merged.len()),
            (1, 1),
            "two leads became one"
        );
        store
            .commit(WriteBatch::default().links(links.to_vec()))
            .await
            .unwrap();
        results.push(all(&store).await);
    }
    assert_eq!(results[0].len(), 1);
    assert_eq!(results[0][0].findings.phones.len(), 3);
    assert!(results.iter().all(|result| *result == results[0]));
}

/// A link to a record that was not seen yet waits for it.
pub async fn a_link_may_come_before_its_records(store: Store) {
    let link = Link::new(record("a"), record("b"), MatchKey::Site("acme.test".into()));
    store
        .commit(WriteBatch::default().links(vec![link]))
        .await
        .unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    for key in ["a", "b"] {
        let seen = sighting(key, minute(0), findings(key, None, None, Some("Lyon")));
        store.commit(WriteBatch::of(vec![seen])).await.unwrap();
    }
    assert_eq!(store.count(Filter::All).await.unwrap(), 1);
}

/// An id that named a lead before a merge still finds it.
pub async fn every_record_leads_to_its_lead(store: Store) {
    let seen = ["a", "b"].map(|key| sighting(key, minute(0), findings(key, None, None, Some("Lyon"))));
    store.commit(WriteBatch::of(seen.to_vec())).await.unwrap();
    let old: Vec<LeadId> = all(&store).await.iter().map(|lead| lead.id).collect();
    let link = Link::new(record("a"), record("b"), MatchKey::Site("acme.test".into()));
    store
        .commit(WriteBatch::default().links(vec![link]))
        .await
        .unwrap();
    let now = all(&store).await;
    assert_eq!((old.len(), now.len()), (2, 1));
    for id in old {
        assert_eq!(store.get(id).await.unwrap().as_ref(), Some(&now[0]));
        assert_eq!(store.observations(id).await.unwrap().len(), 2);
    }
    assert_eq!(store.get(record("nobody").into()).await.unwrap(), None);
}

/// Records are found by what they share.
pub async fn keys_find_records(store: Store) {
    let number = "+33478000001";
    let seen = ["a", "b"].map(|key| sighting(key, minute(0), findings(key, Some(number), None, None)));
    store.commit(WriteBatch::of(seen.to_vec())).await.unwrap();
    let key = MatchKey::Phone(E164::new(number).unwrap());
    let nobody = MatchKey::Site("nobody.test".into());
    let hits = store.matching(vec![key.clone(), nobody]).await.unwrap();
    let records: BTreeSet<_> = hits.iter().map(|(_, record)| *record).collect();
    assert!(hits.is_sorted() && hits.iter().all(|(hit, _)| *hit == key));
    assert_eq!(records, BTreeSet::from([record("a"), record("b")]));
}

pub(super) const FIELDS: [SortField; 5] = [
    SortField::Id,
    SortField::Name,
    SortField::FirstSeen,
    SortField::LastSeen,
    SortField::Confidence,
];
/// The leads of every page, the one behind the other; no more than there are.
pub(super) async fn walked(store: &Store, mut query: LeadQuery, there: usize) -> Vec<LeadId> {
    let mut walked = Vec::new();
    loop {
        let page = store.page(query.clone()).await.unwrap();
        assert!(page.leads.len() <= query.limit);
        walked.extend(page.leads.iter().map(|lead| lead.id));
        assert!(walked.len() <= there, "a page is given twice");
        match page.next {
            Some(next) => query = query.after(Some(next)),
            None => return walked,
        }
    }
}

/// Pages of any size visit every lead once, in the order asked for, also when leads are written between two pages.
pub async fn pages_visit_every_lead_once_in_order(store: Store) {
    store.commit(WriteBatch::of(town(40))).await.unwrap();
    for field in FIELDS {
        let mut upwards = Vec::new();
        for sort in [Sort::ascending(field), Sort::descending(field)] {
            let whole = LeadQuery::default().sort(sort).limit(1000);
            let whole: Vec<_> = store
                .page(whole)
                .await
                .unwrap()
                .leads
                .iter()
                .map(|lead| lead.id)
                .collect();
            assert_eq!(whole.len(), 40);
            let walked = walked(&store, LeadQuery::default().sort(sort).limit(7), 40).await;
            assert_eq!(walked, whole, "{sort:?}");
            if sort.descending {
                upwards.reverse();
                assert_eq!(walked, upwards, "{sort:?} is the other way round");
            }
            upwards = walked;
        }
    }
    let names = LeadQuery::default()
        .sort(Sort::ascending(SortField::Name))
        .limit(1000);
    let names: Vec<_> = store
        .page(names)
        .await
        .unwrap()
        .leads
        .into_iter()
        .filter_map(|lead| lead.name)
        .collect();
    assert!(names.is_sorted());
}

/// A page has 1 to 10,000 leads.
pub async fn limits_are_checked(store: Store) {
    for limit in [0, LeadQuery::MAX_LIMIT + 1] {
        let error = store.page(LeadQuery::default().limit(limit)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}

pub(super) fn sample_filters() -> Vec<Filter> {
    let text = |field, value: &str| Filter::Compare(field, Comparison::Equal, Scalar::Text(value.into()));
    let number = |how, value| Filter::Compare(Field::Rating, how, Scalar::Number(value));
    vec![
        Filter::All,
        Filter::Has(Field::Phone),
        Filter::Not(Box::new(Filter::Has(Field::Email))),
        text(Field::City, "lyon"),
        text(Field::Phone, "+3347800*"),
        text(Field::Email, "*.test"),
        text(Field::Name, "*ery 01*"),
        // Characters that mean something to SQL mean nothing here.
        text(Field::Name, "bakery 0_1"),
        text(Field::Name, "%"),
        text(Field::Name, "'; drop table leads; --"),
        number(Comparison::Greater, 2.0),
        number(Comparison::GreaterOrEqual, 2.0),
        number(Comparison::Less, 1.0),
        number(Comparison::LessOrEqual, 1.0),
        number(Comparison::Equal, 3.0),
        Filter::Compare(Field::Seen, Comparison::Greater, Scalar::Time(minute(20))),
        Filter::Text(vec!["bakery".into(), "lyon".into()]),
        Filter::Text(vec!["bak".into()]),
        Filter::And(vec![Filter::Has(Field::Phone), text(Field::City, "bron")]),
        Filter::Or(vec![text(Field::City, "bron"), Filter::Has(Field::Email)]),
        Filter::And(Vec::new()),
        Filter::Or(Vec::new()),
    ]
}

/// A filter passes the same leads as [`Filter::matches`], and counts them.
pub async fn filters_mean_the_same_everywhere(store: Store) {
    store.commit(WriteBatch::of(town(30))).await.unwrap();
    let everything = all(&store).await;
    let by_place = town_by_place_and_slips().into_iter().map(|(filter, _)| filter);
    for filter in sample_filters().into_iter().chain(by_place) {
        let wanted: Vec<_> = everything
            .iter()
            .filter(|lead| filter.matches(lead))
            .map(|lead| lead.id)
            .collect();
        let page = store
            .page(LeadQuery::new(filter.clone()).limit(1000))
            .await
            .unwrap();
        let got: Vec<_> = page.leads.iter().map(|lead| lead.id).collect();
        assert_eq!(got, wanted, "{filter:?}");
        assert_eq!(store.count(filter).await.unwrap(), wanted.len() as u64);
    }
}

/// Leads are found by where they are, and by words with a slip; what was erased or has moved is not.
pub async fn places_and_slips_are_found(store: Store) {
    store.commit(WriteBatch::of(town(700))).await.unwrap();
    for (filter, leads) in town_by_place_and_slips() {
        assert_eq!(store.count(filter.clone()).await.unwrap(), leads, "{filter}");
    }
    let near = Filter::parse("near:45.5,4.85,1km").unwrap();
    let page = store.page(LeadQuery::new(near.clone()).limit(4)).await.unwrap();
    assert!(page.next.is_some(), "seven in all");
    store
        .erase(page.leads.iter().map(|lead| lead.id).collect())
        .await
        .unwrap();
    assert_eq!(store.count(near).await.unwrap(), 3);

    let moved = |name| {
        sighting(
            "moved",
            minute(i64::from(name != "Grangerie")),
            findings(name, None, None, None),
        )
    };
    store
        .commit(WriteBatch::of(vec![moved("Grangerie")]))
        .await
        .unwrap();
    let (old, new) = (
        Filter::parse("text~grangeri").unwrap(),
        Filter::parse("text~vergre").unwrap(),
    );
    assert_eq!(store.count(old.clone()).await.unwrap(), 1);
    store.commit(WriteBatch::of(vec![moved("Verger")])).await.unwrap();
    assert_eq!(
        (store.count(old).await.unwrap(), store.count(new).await.unwrap()),
        (0, 1)
    );
}

/// What was erased is in no answer, and the audit log says that it was done.
pub async fn erasing_is_final_and_audited(store: Store) {
    store.commit(WriteBatch::of(town(4))).await.unwrap();
    let leads = all(&store).await;
    let erased = store
        .erase(vec![leads[1].id, record("nobody").into()])
        .await
        .unwrap();
    assert_eq!((erased.leads, erased.observations), (1, 1));
    assert_eq!(store.get(leads[1].id).await.unwrap(), None);
    assert!(store.observations(leads[1].id).await.unwrap().is_empty());
    let keys = leads[1]
        .findings
        .phones
        .iter()
        .map(|phone| MatchKey::Phone(phone.e164))
        .collect();
    assert!(store.matching(keys).await.unwrap().is_empty());
    assert_eq!(store.count(Filter::All).await.unwrap(), 3);
    let notes = store.audit(0, 10).await.unwrap();
    assert_eq!((notes.len(), notes[0].note.action.as_str()), (1, "lead.erased"));
    assert_eq!(notes[0].note.subject, leads[1].id.to_string());
}

/// What must not be contacted is kept out of new sightings and taken out of those there are.
pub async fn suppression_holds_at_the_door_and_inside(store: Store) {
    let seen = |key: &str| {
        sighting(
            key,
            minute(0),
            findings(key, Some("+33478000001"), Some("info@acme.test"), None),
        )
    };
    store.commit(WriteBatch::of(vec![seen("before")])).await.unwrap();
    let subjects: Vec<Subject> = ["phone:+33478000001", "domain:acme.test"]
        .map(|text| text.parse().unwrap())
        .to_vec();
    let entries = subjects
        .iter()
        .map(|subject| Suppression::new(subject.clone(), "objection", minute(0)));
    store.suppress(entries.collect()).await.unwrap();
    let receipt = store.commit(WriteBatch::of(vec![seen("after")])).await.unwrap();
    assert_eq!(receipt.suppressed, 1);
    let leads = all(&store).await;
    assert_eq!(leads.len(), 2);
    for lead in &leads {
        assert!(
            lead.findings.phones.is_empty() && lead.findings.emails.is_empty(),
            "{lead:?}"
        );
    }
    let key = MatchKey::Phone(E164::new("+33478000001").unwrap());
    assert!(store.matching(vec![key]).await.unwrap().is_empty());
    assert_eq!(store.suppressions().await.unwrap().len(), 2);
    store.unsuppress(subjects).await.unwrap();
    assert!(store.suppressions().await.unwrap().is_empty());
    let receipt = store.commit(WriteBatch::of(vec![seen("later")])).await.unwrap();
    assert_eq!(receipt.suppressed, 0);
    assert_eq!(store.count(Filter::Has(Field::Phone)).await.unwrap(), 1);
}

/// Nothing of one tenant is seen through another.
pub async fn tenants_do_not_see_each_other(store: Store) {
    let other = store.tenant(TenantId::new("other").unwrap());
    store.commit(WriteBatch::of(town(3))).await.unwrap();
    let run = RunId::start(minute(0));
    let note = AuditNote::new("test", "noted", "x", minute(0));
    store
        .commit(
            WriteBatch::default()
                .checkpoint(CheckpointDelta::new(run).put("k", 1))
                .audit(note),
        )
        .await
        .unwrap();
    let lead = &all(&store).await[0];
    assert_eq!(other.count(Filter::All).await.unwrap(), 0);
    assert_eq!(other.get(lead.id).await.unwrap(), None);
    assert!(other.observations(lead.id).await.unwrap().is_empty());
    assert!(other.checkpoint(run).await.unwrap().is_none());
    assert!(other.runs().await.unwrap().is_empty());
    assert!(other.audit(0, 10).await.unwrap().is_empty());
    assert_eq!(other.erase(vec![lead.id]).await.unwrap().leads, 0);
    let keys = town(3)
        .iter()
        .flat_map(crate::record::Observation::match_keys)
        .collect();
    assert!(other.matching(keys).await.unwrap().is_empty());
    assert_eq!(store.count(Filter::All).await.unwrap(), 3);
}

/// A checkpoint is the sum of its deltas.
pub async fn checkpoints_change_by_deltas_with_the_commit(store: Store) {
    let run = RunId::start(minute(0));
    assert!(store.checkpoint(run).await.unwrap().is_none());
    let delta = CheckpointDelta::new(run).put("a", "1").put("b", 2);
    store
        .commit(WriteBatch::of(town(1)).checkpoint(delta))
        .await
        .unwrap();
    let delta = CheckpointDelta::new(run).put("b", 3).drop("a").drop("never");
    store
        .commit(WriteBatch::default().checkpoint(delta))
        .await
        .unwrap();
    let checkpoint = store.checkpoint(run).await.unwrap().unwrap();
    assert_eq!(serde_json::to_string(&checkpoint).unwrap(), r#"{"b":3}"#);
    let later = RunId::start(minute(1));
    store
        .commit(WriteBatch::default().checkpoint(CheckpointDelta::new(later).put("a", 1)))
        .await
        .unwrap();
    assert_eq!(store.runs().await.unwrap(), [later, run]);
}

/// Notes are numbered from 1 and read in pieces.
pub async fn the_audit_log_has_no_gaps(store: Store) {
    for index in 0..5 {
        let note = AuditNote::new("test", "noted", index, minute(index));
        store.commit(WriteBatch::default().audit(note)).await.unwrap();
    }
    let first = store.audit(0, 3).await.unwrap();
    let rest = store.audit(first[2].number, 10).await.unwrap();
    let numbers: Vec<_> = first.iter().chain(&rest).map(|entry| entry.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(rest[1].note.subject, "4");
}

/// A store that takes jobs takes them; another says so and stores nothing of the batch.
pub async fn jobs_commit_with_leads(store: Store) {
    let job = NewJob::new("crawl", "https://acme.test/", serde_json::json!({}));
    let outcome = store.commit(WriteBatch::of(town(1)).jobs(vec![job])).await;
    if store.capability().jobs {
        assert!(outcome.is_ok());
        assert_eq!(store.count(Filter::All).await.unwrap(), 1);
    } else {
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Unsupported);
        assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    }
}

/// What a job writes whose lease was lost is not written.
pub async fn a_commit_for_a_lost_lease_writes_nothing(store: Store) {
    let job = NewJob::new("crawl", "https://acme.test/", serde_json::json!({}));
    let lease = Lease::new(JobId(987_654), 1, &job, 1, minute(1));
    let batch = WriteBatch::of(town(2)).jobs(vec![job]).done(vec![lease]);
    let error = store.commit(batch).await.unwrap_err();
    let refused = if store.capability().jobs {
        ErrorKind::StaleLease
    } else {
        ErrorKind::Unsupported
    };
    assert_eq!(error.kind(), refused);
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
}
