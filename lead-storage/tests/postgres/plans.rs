//! Every kind of query uses its index: said by the server itself, which explains what it runs, to a login that owns nothing, with
//! plans that are made for all values.

use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{E164, Found, GeoPoint, MatchKey};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting};
use lead_core::seam::{LeadQuery, Sort, Store};
use lead_storage::Writer;

use crate::server;
use crate::server::own::OwnServer;
use crate::support::{raw, run};

/// Leads of the town of these tests: enough that to read them all is the dearest plan.
const LEADS: u32 = 20_000;

/// A tenth of them is in Lyon, half of them has an e-mail, and each has words of its own.
async fn fill(store: &Store) {
    let mut writer = Writer::new(store.clone());
    for number in 0..LEADS {
        let city = if number % 10 == 0 { "Lyon" } else { "Bron" };
        let name = format!("Bakery Word{number:05} Street{}", number % 300);
        let phone = format!("+33478{number:06}");
        let email = format!("office{number}@bakery{number}.test");
        let email = (number % 2 == 0).then_some(email.as_str());
        let mut found = findings(&name, Some(&phone), email, Some(city));
        let (north, east) = (f64::from(number) / 1e4, f64::from(number % 97) / 100.0);
        let place = GeoPoint::new(45.0 + north, 4.0 + east).unwrap();
        let (sure, trace) = (found.phones[0].confidence, found.phones[0].evidence()[0].clone());
        found.geo.push(Found::new(place, sure, trace));
        let at = minute(i64::from(number));
        writer
            .write(sighting(&number.to_string(), at, found))
            .await
            .unwrap();
    }
    writer.finish().await.unwrap();
}

enum Ask {
    Page(&'static str, &'static str),
    Count(&'static str),
    Estimate(&'static str),
    Get,
    Keys,
}

/// What is asked, and the index that must serve it.
const QUERIES: [(Ask, &str); 14] = [
    (Ask::Page("*", "id"), "leads_by_id"),
    (Ask::Page("*", "name"), "leads_by_name"),
    (Ask::Page("*", "-last_seen"), "leads_by_last_seen"),
    (Ask::Page("*", "-confidence"), "leads_by_confidence"),
    (Ask::Get, "records_by_record"),
    (Ask::Keys, "record_keys_by_key"),
    (Ask::Page("phone:+3347800012*", "name"), "lead_values_by_value"),
    (Ask::Page("city:Lyon has:email", "-last_seen"), "lead_values_by_"),
    (
        Ask::Page("city:Lyon text:word00120", "name"),
        "lead_values_by_value",
    ),
    (
        Ask::Page("text:\"bakery street7\" has:phone", "-last_seen"),
        "lead_values_by_value",
    ),
    (Ask::Page("text~wrod00120", "name"), "words_by_"),
    (Ask::Page("near:45.5,4.5,1km", "id"), "lead_points_by_place"),
    (Ask::Count("city:Lyon text:street10"), "lead_values_by_value"),
    (Ask::Estimate("city:Bron has:email"), "leads_by_id"),
];

async fn ask(store: &Store, what: &Ask) -> usize {
    let filter = |text: &str| Filter::parse(text).unwrap();
    match what {
        Ask::Page(text, sort) => {
            let query = LeadQuery::new(filter(text)).sort(sort.parse::<Sort>().unwrap());
            store.page(query).await.unwrap().leads.len()
        }
        Ask::Count(text) => usize::try_from(store.count(filter(text)).await.unwrap()).unwrap(),
        Ask::Estimate(text) => usize::try_from(store.estimate(filter(text)).await.unwrap().count).unwrap(),
        Ask::Get => usize::from(store.get(record("77").into()).await.unwrap().is_some()),
        Ask::Keys => {
            let key = MatchKey::Phone(E164::new("+33478000077").unwrap());
            store.matching(vec![key]).await.unwrap().len()
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_query_uses_its_index() {
    let Some(mut own) = OwnServer::start().await else {
        return;
    };
    let uri = own.uri();
    let mut admin = raw(&uri).await;
    run(&mut admin, "ALTER SYSTEM SET logging_collector = on")
        .await
        .unwrap();
    run(
        &mut admin,
        "CREATE ROLE owner LOGIN; CREATE ROLE guest LOGIN; CREATE SCHEMA lead AUTHORIZATION owner;
         ALTER ROLE guest SET plan_cache_mode = force_generic_plan;
         ALTER ROLE guest SET session_preload_libraries = 'auto_explain';
         ALTER ROLE guest SET auto_explain.log_min_duration = 0",
    )
    .await
    .unwrap();
    own.kill().await;
    own.restart().await;
    let login = |name: &str| server::with(&uri.replace("lead@", &format!("{name}@")), "schema=lead");
    let store = lead_storage::open(&login("owner")).await.unwrap();
    fill(&store).await;
    store.close().await;
    let mut admin = raw(&uri).await;
    run(
        &mut admin,
        "GRANT USAGE ON SCHEMA lead TO guest; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA lead TO guest; ANALYZE",
    )
    .await
    .unwrap();
    let store = lead_storage::open(&login("guest")).await.unwrap();
    for (what, index) in &QUERIES {
        own.forget_log();
        let found = ask(&store, what).await;
        assert!(found > 0, "nothing is found by {index}");
        let mut plans = String::new();
        // What a server logs is on the disk a moment later.
        for _ in 0..100 {
            plans = own.log();
            if plans.contains(index) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(plans.contains(index), "{index} is not used:\n{plans}");
        for table in [
            "leads",
            "lead_values",
            "lead_numbers",
            "lead_points",
            "words",
            "records",
            "record_keys",
        ] {
            let read = plans.lines().find(|line| {
                line.split_once("Seq Scan on ")
                    .is_some_and(|(_, rest)| rest.split(' ').next() == Some(table))
            });
            assert!(read.is_none(), "all of {table} is read:\n{plans}");
        }
    }
}
