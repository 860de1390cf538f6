//! A city behind a cap: all of it is found by cells, with few requests, in any order.
#![allow(clippy::unwrap_used, reason = "test code")]

use std::collections::BTreeSet;

use fixture_web::{FixtureServer, Focus, ServerConfig, World, WorldConfig};
use lead_core::plan::{Area, Captures, Tiles};
use lead_core::prelude::*;
use lead_core::record::{BoundingBox, GeoPoint};
use lead_core::seam::{Context, Search};

const WHOLE: &str = "4.6,45.55,5.1,45.95";
const CAP: usize = 120;
const PAGE: usize = 20;

/// What a search of all Lyon finds: the places, the pages asked, and how often each place was shown.
async fn search(web: &FixtureServer, seed: u64) -> (BTreeSet<String>, u64, Captures<String>) {
    let source = Source::new(e2e::maps(web));
    let cx = Context::new(Fetcher::http(&e2e::fetch_config(web)).unwrap());
    let area: BoundingBox = WHOLE.parse().unwrap();
    let query = Query::new("dentists").unwrap().area(area).seed(seed);
    let (mut found, mut pages, mut captures, mut at) = (BTreeSet::new(), 0, Captures::default(), None);
    loop {
        let batch = source.step(&cx, &query, at.as_ref()).await.unwrap();
        pages += 1;
        let keys = || {
            batch
                .listings
                .iter()
                .map(|listing| listing.natural_key.to_string())
        };
        captures.request(keys());
        found.extend(keys());
        match batch.next {
            Some(next) => at = Some(next),
            None => return (found, pages, captures),
        }
    }
}

/// The fewest pages that show everything by cells of the same quadtree.
fn fewest(cell: &BoundingBox, places: &[GeoPoint]) -> usize {
    let inside: Vec<GeoPoint> = places
        .iter()
        .copied()
        .filter(|place| cell.contains(*place))
        .collect();
    if inside.len() < CAP {
        return inside.len().div_ceil(PAGE).max(1);
    }
    let mut tiles = Tiles::new(Area::Box(*cell));
    let whole = tiles.next().unwrap();
    tiles.split(&whole);
    std::iter::from_fn(|| tiles.next())
        .map(|quarter| fewest(&quarter.area, &inside))
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_of_five_thousand_is_found_behind_a_cap() {
    let mut config = WorldConfig::new(11, 7_600);
    config.focus = vec![Focus::new("dentist", "Lyon", 0.9)];
    let web = FixtureServer::start(World::generate(&config), ServerConfig::pure())
        .await
        .unwrap();
    let lyon = web
        .world()
        .businesses_in("dentist", "Lyon")
        .filter_map(|business| {
            let (latitude, longitude) = business.position();
            Some((
                business.maps()?.id.clone(),
                GeoPoint::new(latitude, longitude).unwrap(),
            ))
        });
    let (ids, places): (BTreeSet<String>, Vec<GeoPoint>) = lyon.unzip();
    assert!(ids.len() >= 5_000, "{}", ids.len());

    let (one, pages, captures) = search(&web, 1).await;
    let (other, _, _) = search(&web, 2).await;
    let share = |found: &BTreeSet<String>| 100 * found.intersection(&ids).count() / ids.len();
    assert!(
        share(&one) >= 99 && share(&other) >= 99,
        "{} {}",
        share(&one),
        share(&other)
    );
    assert!(
        one.intersection(&other).count() * 100 >= one.len().max(other.len()) * 99,
        "orders agree"
    );
    let fewest = fewest(&WHOLE.parse().unwrap(), &places);
    let pages = usize::try_from(pages).unwrap();
    println!("{} places, {pages} pages asked, {fewest} needed", ids.len());
    assert!(pages * 10 <= fewest * 14, "{pages} pages asked, {fewest} needed");
    // Nothing is missing, and that is what is told.
    let told = usize::try_from(captures.by_requests().unwrap().found).unwrap();
    assert!(told * 100 >= ids.len() * 99);
}
