//! Figures of a store equal those that counting every lead by hand gives, whatever the store holds and wherever it is.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "test code fails by panicking; ratios of the same counts are the same"
)]

mod server;
mod stores;

use std::collections::{BTreeMap, BTreeSet};

use lead_core::clock::{Clock, Timestamp};
use lead_core::record::filter::Filter;
use lead_core::record::{
    Attribute, Category, Confidence, CountryCode, E164, Email, EmailAddress, EmailKind, EmailScheme,
    Findings, Found, Lead, Link, MatchKey, Method, NaturalKey, Observation, Organization, Phone, RecordId,
    RunId, SourceId, Trace,
};
use lead_core::seam::{CheckpointDelta, LeadQuery, Store, WriteBatch};
use lead_storage::analytics::{Analytics, Calendar, Facet, Facets, Report, Unit};
use proptest::prelude::*;
use serde_json::json;

use stores::{RUNTIME, databases};

/// An empty store of each kind there is.
fn stores() -> Vec<Store> {
    [Store::memory()].into_iter().chain(databases()).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The day the reports are made on.
fn today() -> Timestamp {
    at("2026-07-15T12:00:00Z")
}

/// What a sighting says.
#[derive(Clone, Debug)]
struct Seen {
    record: u8,
    source: usize,
    hour: u16,
    phones: Vec<(u8, u8)>,
    email: Option<u8>,
    cities: Vec<u8>,
    category: Option<u8>,
    score: Option<u8>,
}

const SOURCES: [&str; 3] = ["directory", "osm", "guide"];
const CITIES: [&str; 5] = ["Lyon", "Bron", "Saint-Étienne", "*", "Ville'urbanne"];

fn seen() -> impl Strategy<Value = Seen> {
    (
        (0..9_u8, 0..SOURCES.len(), 0..4_700_u16),
        prop::collection::vec((0..6_u8, 0..=100_u8), 0..3),
        prop::option::of(0..4_u8),
        prop::collection::vec(0..5_u8, 0..3),
        prop::option::of(0..3_u8),
        prop::option::of(0..=100_u8),
    )
        .prop_map(
            |((record, source, hour), phones, email, cities, category, score)| Seen {
                record,
                source,
                hour,
                phones,
                email,
                cities,
                category,
                score,
            },
        )
}

fn found<T>(value: T, percent: u8) -> Found<T, Trace> {
    Found::new(
        value,
        Confidence::clamped(f32::from(percent) / 100.0),
        Trace::new(Method::Platform),
    )
}

fn record(seen: &Seen) -> RecordId {
    RecordId::of(&source(seen), &key(seen))
}

fn source(seen: &Seen) -> SourceId {
    SourceId::new(SOURCES[seen.source]).unwrap()
}

fn key(seen: &Seen) -> NaturalKey {
    NaturalKey::new(&seen.record.to_string()).unwrap()
}

fn sighting(seen: &Seen) -> Observation {
    let mut all = Findings::default();
    all.organizations
        .push(found(Organization::new(format!("Name {}", seen.record)), 90));
    for (number, sure) in &seen.phones {
        let text = format!("+3347800000{number}");
        let mut phone = Phone::new(E164::new(&text).unwrap(), &text);
        phone.region = Some(CountryCode::new("FR").unwrap());
        all.phones.push(found(phone, *sure));
    }
    if let Some(number) = seen.email {
        let address = EmailAddress::new(&format!("info{number}@firm.test")).unwrap();
        all.emails.push(found(
            Email::new(address, EmailKind::Role, EmailScheme::Plain),
            70,
        ));
    }
    for city in &seen.cities {
        let mut address = lead_core::record::Address::from_text(format!("{city} Example Street"));
        address.city = Some(CITIES[usize::from(*city)].to_owned());
        all.addresses.push(found(address, 90));
    }
    if let Some(number) = seen.category {
        all.categories
            .push(found(Category::new("osm", format!("shop={number}")), 90));
    }
    if let Some(score) = seen.score {
        all.attributes.push(found(
            Attribute::number("lead_score", f64::from(score)).unwrap(),
            90,
        ));
    }
    let hour = i64::from(seen.hour) * 3_600;
    let seen_at = Timestamp::from_second(at("2026-01-01T00:00:00Z").as_second() + hour).unwrap();
    Observation::new(source(seen), key(seen), None, seen_at, all)
}

async fn leads(store: &Store) -> Vec<Lead> {
    store.page(LeadQuery::default().limit(1_000)).await.unwrap().leads
}

/// How many leads say each text, counted by hand: the most frequent first, equals in order.
fn naive(leads: &[&Lead], texts: impl Fn(&Lead) -> Vec<String>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for lead in leads {
        let said: BTreeSet<String> = texts(lead).iter().map(|text| text.to_lowercase()).collect();
        for text in said {
            *counts.entry(text).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn told(facet: &Facet) -> Vec<(String, u64)> {
    facet
        .counts
        .iter()
        .map(|count| (count.value.clone(), count.leads))
        .collect()
}

fn cities(lead: &Lead) -> Vec<String> {
    lead.findings
        .addresses
        .iter()
        .filter_map(|address| address.city.clone())
        .collect()
}

fn categories(lead: &Lead) -> Vec<String> {
    lead.findings
        .categories
        .iter()
        .map(|found| found.category.clone())
        .collect()
}

fn source_ids(lead: &Lead) -> Vec<String> {
    lead.sources
        .iter()
        .map(|source| source.source.to_string())
        .collect()
}

/// The confidence of the surest phone or e-mail.
fn surest(lead: &Lead) -> Option<f32> {
    let phones = lead.findings.phones.iter().map(|found| found.confidence.get());
    phones
        .chain(lead.findings.emails.iter().map(|found| found.confidence.get()))
        .reduce(f32::max)
}

fn scores(lead: &Lead) -> Vec<f64> {
    let scores = lead
        .findings
        .attributes
        .iter()
        .filter(|found| found.name.as_str() == "lead_score");
    scores
        .filter_map(|found| found.value.value.to_string().parse().ok())
        .collect()
}

fn number(count: usize) -> u64 {
    count as u64
}

/// Every figure of a report is the one that counting by hand gives.
fn check(report: &Report, leads: &[&Lead]) {
    let count = |passes: &dyn Fn(&Lead) -> bool| number(leads.iter().filter(|lead| passes(lead)).count());
    let phone = |lead: &Lead| !lead.findings.phones.is_empty();
    let email = |lead: &Lead| !lead.findings.emails.is_empty();
    assert_eq!(report.leads, number(leads.len()));
    let coverage: BTreeMap<_, _> = report.coverage.iter().map(|has| (has.field, has.leads)).collect();
    assert_eq!(coverage["phone"], count(&phone));
    assert_eq!(coverage["email"], count(&email));
    assert_eq!(coverage["city"], count(&|lead| !cities(lead).is_empty()));
    assert_eq!(coverage["category"], count(&|lead| !categories(lead).is_empty()));
    assert_eq!(coverage["score"], count(&|lead| !scores(lead).is_empty()));
    assert_eq!(coverage["website"], 0);
    let shares = report.coverage.iter().map(|has| (has.leads, has.share));
    for (part, share) in shares {
        assert_eq!(
            share,
            if leads.is_empty() {
                0.0
            } else {
                part as f64 / leads.len() as f64
            }
        );
    }
    for (facet, naive) in [
        (&report.cities, naive(leads, cities)),
        (&report.categories, naive(leads, categories)),
    ] {
        assert_eq!(facet.distinct, number(naive.len()));
        assert_eq!(
            told(facet),
            naive[..naive.len().min(3)],
            "the three most frequent"
        );
    }
    let countries: u64 = report.countries.counts.iter().map(|count| count.leads).sum();
    assert_eq!(
        (countries, report.countries.having),
        (count(&phone), count(&phone))
    );
    let sources: Vec<_> = report
        .sources
        .iter()
        .map(|known| (known.source.clone(), known.leads))
        .collect();
    assert_eq!(sources, naive(leads, source_ids));
    for known in &report.sources {
        let of = |lead: &Lead| source_ids(lead).contains(&known.source);
        assert_eq!(known.with_phone, count(&|lead| of(lead) && phone(lead)));
        assert_eq!(known.with_email, count(&|lead| of(lead) && email(lead)));
    }
    bins(&report.confidence, leads, 10, |lead| {
        let below = |sure: f32| (1..10_u8).filter(|edge| sure >= f32::from(*edge) / 10.0).count();
        surest(lead).into_iter().map(below).collect()
    });
    bins(&report.score, leads, 10, |lead| {
        let below = |score: f64| (1..10).filter(|edge| score >= f64::from(edge * 10)).count();
        scores(lead).into_iter().map(below).collect()
    });
    check_stages(report, leads);
}

fn check_stages(report: &Report, leads: &[&Lead]) {
    let count = |passes: &dyn Fn(&Lead) -> bool| number(leads.iter().filter(|lead| passes(lead)).count());
    let phone = |lead: &Lead| !lead.findings.phones.is_empty();
    let email = |lead: &Lead| !lead.findings.emails.is_empty();
    let sure = |lead: &Lead| surest(lead).is_some_and(|sure| sure >= 0.8);
    let stages: Vec<_> = report.stages.iter().map(|stage| stage.leads).collect();
    let wanted = [
        number(leads.len()),
        count(&|lead| phone(lead) || email(lead)),
        count(&sure),
        count(&|lead| sure(lead) && phone(lead) && email(lead)),
    ];
    assert_eq!(stages, wanted);
    assert!(
        stages.is_sorted_by(|a, b| a >= b),
        "a stage never has more than the one before"
    );
}

/// The bins of a distribution, from the first with leads to the last.
fn bins(facet: &Facet, leads: &[&Lead], count: usize, of: impl Fn(&Lead) -> BTreeSet<usize>) {
    let mut bins = vec![0_u64; count];
    for lead in leads {
        for bin in of(lead) {
            bins[bin] += 1;
        }
    }
    let first = bins.iter().position(|leads| *leads > 0).unwrap_or(0);
    let bins = bins[first..]
        .iter()
        .rev()
        .skip_while(|leads| **leads == 0)
        .copied()
        .collect::<Vec<_>>();
    let told: Vec<u64> = facet.counts.iter().rev().map(|count| count.leads).collect();
    assert_eq!(told, bins);
    assert_eq!(
        facet.having,
        number(leads.iter().filter(|lead| !of(lead).is_empty()).count())
    );
}

/// The series, month by month in UTC, by hand: the leads of a month are those whose time begins with its name.
fn check_series(report: &Report, leads: &[&Lead]) {
    let month = |lead: &Lead| lead.first_seen.to_string()[..7].to_owned();
    let mut total = 0;
    for point in &report.series.points {
        let new = leads
            .iter()
            .filter(|lead| month(lead) == point.period.label)
            .count();
        total += number(new);
        assert_eq!(
            (point.new, point.total),
            (number(new), total),
            "{}",
            point.period.label
        );
        assert_eq!(point.complete, point.period.label.as_str() < "2026-07");
    }
    assert_eq!(total, number(leads.len()));
    let labels: Vec<_> = report
        .series
        .points
        .iter()
        .map(|point| point.period.label.as_str())
        .collect();
    assert_eq!(labels.last().copied(), (!leads.is_empty()).then_some("2026-07"));
    let Some(comparison) = &report.comparison else {
        assert!(labels.len() < 3, "two months are whole: {labels:?}");
        return;
    };
    let of = |month: &str| {
        report
            .series
            .points
            .iter()
            .find(|point| point.period.label == month)
            .unwrap()
            .new
    };
    let change = &comparison.changes[0];
    assert_eq!((change.before, change.now), (of("2026-05"), of("2026-06")));
    assert_eq!(
        i128::from(change.change),
        i128::from(of("2026-06")) - i128::from(of("2026-05"))
    );
    assert_eq!(report.forecast.is_some(), labels.len() > 6);
}

async fn fill(store: &Store, seen: &[Seen], links: &[(usize, usize)]) {
    let why = || MatchKey::Site("firm.test".into());
    let links = links
        .iter()
        .filter_map(|(one, other)| Some((seen.get(*one)?, seen.get(*other)?)));
    let links = links
        .map(|(one, other)| Link::new(record(one), record(other), why()))
        .collect();
    let batch = WriteBatch::of(seen.iter().map(sighting).collect()).links(links);
    store.commit(batch).await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn figures_equal_those_counted_by_hand(
        seen in prop::collection::vec(seen(), 0..40),
        links in prop::collection::vec((0..40_usize, 0..40_usize), 0..6),
        filter in prop::sample::select(vec!["", "has:email", "-city:lyon", "confidence>=0.5 OR score>50"]),
    ) {
        let filter = Filter::parse(filter).unwrap();
        let asked = Analytics::new().filter(filter.clone()).top(3).clock(Clock::fixed(today()));
        let mut reports = Vec::new();
        for store in stores() {
            RUNTIME.block_on(async {
                fill(&store, &seen, &links).await;
                let leads = leads(&store).await;
                let passing: Vec<&Lead> = leads.iter().filter(|lead| filter.matches(lead)).collect();
                let report = asked.run(&store).await.unwrap();
                check(&report, &passing);
                check_series(&report, &passing);
                reports.push(report);
            });
        }
        for report in &reports[1..] {
            prop_assert_eq!(&reports[0], report, "every store tells the same");
        }
    }

    /// The count of a value is how many leads are left when its condition stands beside the filter.
    #[test]
    fn a_count_is_what_its_condition_leaves(seen in prop::collection::vec(seen(), 1..30)) {
        let filter = Filter::parse("has:city OR has:phone").unwrap();
        let fields = lead_core::record::filter::Field::ALL.iter().copied();
        let asked = Facets::of(fields).filter(filter.clone()).most(100).calendar(Calendar::new(Unit::Week));
        for store in stores() {
            RUNTIME.block_on(async {
                fill(&store, &seen, &[(0, 1), (2, 3)]).await;
                for facet in asked.run(&store).await.unwrap() {
                    let mut checked = 0;
                    for count in &facet.counts {
                        let Some(condition) = &count.filter else { continue };
                        let both = Filter::And(vec![filter.clone(), Filter::parse(condition).unwrap()]);
                        assert_eq!(store.count(both).await.unwrap(), count.leads, "{condition}");
                        checked += 1;
                    }
                    let stars = facet.counts.iter().filter(|count| count.value == "*").count();
                    let texts = facet.field.kind() == lead_core::record::filter::FieldKind::Text;
                    assert!(!texts || checked + stars == facet.counts.len(), "{facet:?}");
                }
            });
        }
    }
}

fn one(record: u8, time: &str) -> Observation {
    let seen = Seen {
        record,
        source: 0,
        hour: 0,
        phones: vec![(record % 6, 90)],
        email: None,
        cities: vec![0],
        category: None,
        score: None,
    };
    let mut all = sighting(&seen);
    (all.seen_at, all.last_seen) = (at(time), at(time));
    all
}

/// A time that is looked at is compared with as long before it; days are those of the zone.
#[test]
fn a_time_is_compared_with_as_long_before() {
    let times = [
        "2026-03-01T22:30:00Z",
        "2026-03-02T23:30:00Z",
        "2026-03-04T10:00:00Z",
        "2026-03-04T11:00:00Z",
    ];
    let days = Calendar::new(Unit::Day).zone("Europe/Paris").unwrap();
    let asked = Analytics::new()
        .calendar(days)
        .since(at("2026-03-02T23:00:00Z"))
        .until(at("2026-03-04T23:00:00Z"))
        .clock(Clock::fixed(today()));
    for store in stores() {
        RUNTIME.block_on(async {
            let seen = (0_u8..).zip(times).map(|(record, time)| one(record, time));
            store.commit(WriteBatch::of(seen.collect())).await.unwrap();
            let report = asked.run(&store).await.unwrap();
            let points = report.series.points.iter();
            let told: Vec<_> = points
                .map(|point| (point.period.label.as_str(), point.new, point.complete))
                .collect();
            assert_eq!(told, [("2026-03-03", 1, true), ("2026-03-04", 2, true)]);
            assert_eq!(report.leads, 3);
            let comparison = report.comparison.unwrap();
            assert_eq!(comparison.before.start, at("2026-02-28T23:00:00Z"));
            let change = &comparison.changes[0];
            assert_eq!(
                (change.before, change.now, change.change, change.relative),
                (1, 3, 2, Some(2.0))
            );
        });
    }
}

/// What a run's checkpoint keeps of its sources is told as yield and cost; a lead counts for the run that had begun last.
#[test]
fn runs_and_sources_are_told_with_their_cost() {
    let (first, second) = (
        RunId::start(at("2026-02-01T00:00:00Z")),
        RunId::start(at("2026-03-01T00:00:00Z")),
    );
    let lane = |asked, fresh, listings| {
        json!({"next": null, "listings": listings, "done": true,
        "gained": {"new": 1.0, "requests": 1.0, "fresh": fresh, "shown": listings, "asked": asked}})
    };
    let query = || json!({"text": "bakeries", "near": "Lyon"});
    let deltas = [
        CheckpointDelta::new(first)
            .put("query", query())
            .put("source:directory", lane(4, 8, 10))
            .put("done", true),
        CheckpointDelta::new(second)
            .put("query", query())
            .put("source:directory", lane(2, 4, 5))
            .put("source:directory?patisseries", lane(2, 0, 3))
            .put("source:guide", lane(7, 0, 7)),
        CheckpointDelta::new(RunId::start(at("2026-04-01T00:00:00Z"))).put("else", 1),
    ];
    for store in stores() {
        RUNTIME.block_on(async {
            let times = [
                "2026-01-20T00:00:00Z",
                "2026-02-02T00:00:00Z",
                "2026-03-01T00:00:01Z",
                "2026-03-05T00:00:00Z",
            ];
            let seen = (0_u8..).zip(times).map(|(record, time)| one(record, time));
            store.commit(WriteBatch::of(seen.collect())).await.unwrap();
            for delta in &deltas {
                store
                    .commit(WriteBatch::default().checkpoint(delta.clone()))
                    .await
                    .unwrap();
            }
            let report = Analytics::new()
                .clock(Clock::fixed(today()))
                .run(&store)
                .await
                .unwrap();
            let runs: Vec<_> = report
                .runs
                .iter()
                .map(|run| (run.run, run.new, run.requests, run.listings, run.done))
                .collect();
            assert_eq!(runs, [(second, 2, 11, 15, false), (first, 1, 4, 10, true)]);
            assert_eq!(
                (report.runs[0].query.as_str(), report.runs[0].near.as_deref()),
                ("bakeries", Some("Lyon"))
            );
            let cost: Vec<_> = report
                .sources
                .iter()
                .map(|known| {
                    (
                        known.source.as_str(),
                        known.leads,
                        known.requests,
                        known.listings,
                        known.new,
                        known.requests_per_new,
                    )
                })
                .collect();
            assert_eq!(
                cost,
                [
                    ("directory", 4, 8, 18, 12, Some(8.0 / 12.0)),
                    ("guide", 0, 7, 7, 0, None)
                ]
            );
        });
    }
}

/// Stages are the caller's where he has some, and a forecast goes on from the last whole period.
#[test]
fn stages_and_forecast_are_those_asked_for() {
    let stages = vec![
        ("lyon".to_owned(), Filter::parse("city:lyon").unwrap()),
        ("first".to_owned(), Filter::parse("phone:+33478000000").unwrap()),
    ];
    let asked = Analytics::new()
        .stages(stages)
        .ahead(2)
        .clock(Clock::fixed(today()));
    for store in stores() {
        RUNTIME.block_on(async {
            // One in January, two in February … six in June: a straight line.
            let seen = (1..=6_u8).flat_map(|month| (0..month).map(move |day| (month, day)));
            let seen = seen.map(|(month, day)| {
                one(
                    month * 10 + day,
                    &format!("2026-{month:02}-{:02}T00:00:00Z", day + 1),
                )
            });
            store.commit(WriteBatch::of(seen.collect())).await.unwrap();
            let report = asked.run(&store).await.unwrap();
            let told: Vec<_> = report
                .stages
                .iter()
                .map(|stage| (stage.name.as_str(), stage.leads))
                .collect();
            assert_eq!(told, [("lyon", 21), ("first", 4)]);
            let forecast = report.forecast.unwrap();
            assert_eq!((forecast.fitted, forecast.periods.len()), (6, 2));
            let expected: Vec<_> = forecast
                .periods
                .iter()
                .map(|period| (period.period.label.as_str(), period.new.round()))
                .collect();
            assert_eq!(expected, [("2026-07", 7.0), ("2026-08", 8.0)]);
            let error = asked.clone().ahead(101).run(&store).await.unwrap_err();
            assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput);
        });
    }
}
