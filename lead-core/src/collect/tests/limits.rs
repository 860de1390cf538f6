//! Areas, budgets, and when enough was found.

use super::city::{City, SIZE, WHOLE, fetcher, position};
use super::*;
use crate::record::{Area, BoundingBox, GeoPoint};
use crate::seam::{Coverage, Reached};

fn search(store: &Store, cities: &[City]) -> Collector {
    let whole: BoundingBox = WHOLE.parse().unwrap();
    let collector = Collector::new(store.clone()).fetcher(fetcher());
    let collector = collector.query("bakeries").area(whole).seed(5);
    let sources = cities.iter().cloned().map(Source::new);
    sources.fold(collector, Collector::source)
}

async fn leads(store: &Store) -> usize {
    store
        .page(LeadQuery::default().limit(10_000))
        .await
        .unwrap()
        .leads
        .len()
}

fn off(coverage: &Coverage, truth: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let truth = truth as f64;
    coverage.total / truth - 1.0
}

#[tokio::test]
async fn one_source_tells_what_it_would_list() {
    let store = Store::memory();
    let run = search(&store, &[City::new("a", 100)]).start().await.unwrap();
    let (_, summary) = to_the_end(run).await;
    let coverage = summary.coverage.unwrap();
    assert_eq!((coverage.found, summary.created), (SIZE, SIZE));
    assert_eq!((coverage.compared, coverage.requests_to_99), (1, Some(0)));
    assert!(
        off(&coverage, SIZE).abs() < 1e-9 && summary.reached.is_none(),
        "{coverage:?}"
    );
}

#[tokio::test]
async fn two_sources_tell_what_neither_lists() {
    let store = Store::memory();
    let cities = [City::new("a", 70), City::new("b", 60)];
    let (_, summary) = to_the_end(search(&store, &cities).start().await.unwrap()).await;
    let coverage = summary.coverage.unwrap();
    assert!(
        (coverage.found * 100).abs_diff(SIZE * 88) < SIZE * 3,
        "{coverage:?}"
    );
    assert!(
        off(&coverage, SIZE).abs() < 0.05 && coverage.lower_bound,
        "{coverage:?}"
    );
    assert_eq!((coverage.compared, coverage.requests_to_99), (2, None));
}

/// Guards that a budget is never overstepped, that a run goes on where its budget ended it, and that what it says is left is
/// about what there is.
#[tokio::test]
async fn a_budget_ends_a_run_that_goes_on_with_another() {
    let (store, whole) = (Store::memory(), Store::memory());
    let city = [City::new("a", 100)];
    let all = to_the_end(search(&whole, &city).start().await.unwrap()).await.1;
    let mut run = search(&store, &city).max_requests(20).start().await.unwrap();
    let id = run.id();
    let mut rounds = 0;
    let mut spent = 0;
    loop {
        let (_, summary) = to_the_end(run).await;
        rounds += 1;
        spent += summary.requests;
        let coverage = summary.coverage.unwrap();
        if summary.reached.is_none() {
            break;
        }
        assert_eq!((summary.reached, summary.requests), (Some(Reached::Requests), 20));
        assert!(summary.stopped);
        if rounds == 2 {
            assert!(off(&coverage, SIZE).abs() < 0.4, "{coverage:?}");
            assert!((coverage.low..=coverage.high).contains(&1_500.0), "{coverage:?}");
            let more = coverage.requests_to_99.unwrap();
            assert!(
                more.abs_diff(all.requests - spent) < all.requests / 2,
                "{more} of {}",
                all.requests
            );
        }
        run = search(&store, &city)
            .max_requests(20)
            .resume(id)
            .start()
            .await
            .unwrap();
    }
    assert_eq!(leads(&store).await, leads(&whole).await);
    assert_eq!((rounds, spent), (all.requests.div_ceil(20), all.requests));
}

#[tokio::test]
async fn enough_ends_the_asking() {
    let store = Store::memory();
    let city = [City::new("a", 100)];
    let run = search(&store, &city).until_coverage(0.8).start().await.unwrap();
    let id = run.id();
    let (_, summary) = to_the_end(run).await;
    let coverage = summary.coverage.unwrap();
    assert_eq!(
        (summary.reached, summary.stopped),
        (Some(Reached::Coverage), false)
    );
    assert!(coverage.share >= 0.8 && coverage.found < SIZE, "{coverage:?}");
    // With more wanted it goes on.
    let run = search(&store, &city).resume(id).start().await.unwrap();
    let (_, summary) = to_the_end(run).await;
    assert_eq!((summary.coverage.unwrap().found, summary.reached), (SIZE, None));
}

#[tokio::test]
async fn time_ends_a_run() {
    let town = Town {
        delay: Duration::from_millis(20),
        ..Town::default()
    };
    let store = Store::memory();
    let collector = collection(&store, &town, 200).concurrency(1);
    let run = collector
        .max_time(Duration::from_millis(100))
        .start()
        .await
        .unwrap();
    let (_, summary) = to_the_end(run).await;
    assert_eq!((summary.reached, summary.stopped), (Some(Reached::Time), true));
    assert!(summary.pages < 20);
}

/// Guards that a visit cut short by the budget keeps what it read, and is made again by the run that goes on.
#[tokio::test]
async fn a_budget_cuts_visits_short_and_loses_nothing() {
    let (whole, store) = (Store::memory(), Store::memory());
    to_the_end(collection(&whole, &Town::default(), 20).start().await.unwrap()).await;
    let town = Town::default();
    let run = collection(&store, &town, 20)
        .max_requests(13)
        .start()
        .await
        .unwrap();
    let id = run.id();
    let (_, summary) = to_the_end(run).await;
    assert_eq!((summary.reached, summary.requests), (Some(Reached::Requests), 13));
    assert_eq!(
        town.fetched.load(Ordering::SeqCst),
        13 + usize::from(summary.blocked > 0)
    );
    to_the_end(collection(&store, &town, 20).resume(id).start().await.unwrap()).await;
    assert_eq!(said(&store).await, said(&whole).await);
}

#[tokio::test]
async fn what_lies_outside_the_area_is_left_out() {
    let corner = [[4.7, 45.6], [4.8, 45.6], [4.7, 45.7], [4.7, 45.6]];
    let text = serde_json::json!({"type": "Polygon", "coordinates": [corner]}).to_string();
    let circle = Area::circle(GeoPoint::new(45.65, 4.75).unwrap(), 3_000.0).unwrap();
    for area in [Area::from_geojson(&text).unwrap(), circle] {
        let store = Store::memory();
        let run = search(&store, &[City::new("a", 100)])
            .area(area.clone())
            .start()
            .await
            .unwrap();
        to_the_end(run).await;
        let inside = (0..SIZE)
            .filter(|business| area.contains(position(*business)))
            .count();
        assert!(inside > 100);
        assert_eq!(leads(&store).await, inside);
    }
}

#[tokio::test]
async fn a_limit_that_makes_no_sense_is_refused() {
    let store = Store::memory();
    for part in [0.0, 1.1, f64::NAN] {
        let refused = search(&store, &[City::new("a", 1)])
            .until_coverage(part)
            .start()
            .await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    let alone = Collector::new(store)
        .source(list(1))
        .query("x")
        .radius(5.0)
        .start()
        .await;
    assert_eq!(alone.unwrap_err().kind(), ErrorKind::InvalidInput);
}
