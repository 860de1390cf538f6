//! Cells on the way, without a web.

use super::*;
use crate::record::{Area, Findings, Found, GeoPoint, Method, NaturalKey, SourceId, Trace};
use crate::seam::{Fetch, Fetcher, Request, Response, SourceInfo, Terms};

/// A street of businesses, ten metres from each other, behind a cap of two pages of five.
#[derive(Clone, Copy, Debug)]
struct Street {
    businesses: u32,
    /// Whether all of them stand on one spot.
    heaped: bool,
}

#[derive(Debug)]
struct Nowhere;

impl Fetch for Nowhere {
    async fn fetch(&self, _: Request) -> Result<Response> {
        Err(Error::new(ErrorKind::Network, "fetch", "nothing is fetched"))
    }
}

impl Street {
    fn listing(self, number: u32) -> Listing {
        let east = if self.heaped {
            0.0
        } else {
            1e-4 * f64::from(number)
        };
        let trace = Trace::new(Method::Platform);
        let point = Found::new(
            GeoPoint::new(50.0, 8.0 + east).unwrap(),
            crate::record::Confidence::clamped(0.9),
            trace,
        );
        let findings = Findings {
            geo: vec![point],
            ..Findings::default()
        };
        Listing::new(NaturalKey::new(&number.to_string()).unwrap(), None, findings)
    }
}

impl Search for Street {
    fn id(&self) -> SourceId {
        SourceId::new("street").unwrap()
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("a street", Terms::Open)
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        step(self, cx, query, at).await
    }
}

impl Bounded for Street {
    fn pages(&self) -> (u64, usize) {
        (2, 5)
    }

    async fn page(&self, _: &Context, _: &Query, cell: &Cell) -> Result<CellPage> {
        let all = (0..self.businesses).map(|number| self.listing(number));
        let within: Vec<Listing> = all
            .filter(|listing| cell.area.contains(listing.findings.geo[0].value))
            .collect();
        let from = usize::try_from(cell.page - 1).unwrap() * 5;
        let more = cell.page == 1 && within.len() > 5;
        Ok(CellPage::new(
            within.into_iter().skip(from).take(5).collect(),
            more,
        ))
    }
}

/// All batches of a search.
async fn search(street: Street, query: &Query) -> Vec<Batch> {
    let cx = Context::new(Fetcher::new(Nowhere));
    let (mut batches, mut at) = (Vec::new(), None);
    loop {
        let batch = street.step(&cx, query, at.as_ref()).await.unwrap();
        at = batch.next.clone();
        batches.push(batch);
        if at.is_none() {
            return batches;
        }
    }
}

fn within(sides: &str) -> Query {
    let area: BoundingBox = sides.parse().unwrap();
    Query::new("bakeries").unwrap().area(area)
}

#[tokio::test]
async fn a_street_is_found_cell_by_cell_and_what_is_left_is_told() {
    let street = Street {
        businesses: 200,
        heaped: false,
    };
    let batches = search(street, &within("7.9,49.9,8.1,50.1")).await;
    let keys: std::collections::BTreeSet<_> = batches
        .iter()
        .flat_map(|batch| {
            batch
                .listings
                .iter()
                .map(|listing| listing.natural_key.to_string())
        })
        .collect();
    assert_eq!(keys.len(), 200);
    let left: Vec<f64> = batches.iter().map(|batch| batch.left.unwrap().listings).collect();
    assert!(
        left[1] >= 10.0,
        "a cell that was cut off holds more than is shown"
    );
    assert!(
        left.last().unwrap().abs() < f64::EPSILON && batches.last().unwrap().left.unwrap().requests < 1e-9
    );
    // Cursors are what a search goes on by: no two are alike.
    let cursors: std::collections::BTreeSet<_> = batches.iter().map(|batch| batch.next.clone()).collect();
    assert_eq!(cursors.len(), batches.len());
}

/// Guards that more businesses on one spot than are shown end the search, and are told.
#[tokio::test]
async fn a_heap_that_cannot_be_parted_is_told() {
    let street = Street {
        businesses: 30,
        heaped: true,
    };
    let batches = search(street, &within("7.9,49.9,8.13,50.17")).await;
    let rejects: Vec<_> = batches.iter().flat_map(|batch| &batch.rejects).collect();
    assert!(
        !rejects.is_empty() && rejects[0].entry.starts_with("cell "),
        "{rejects:?}"
    );
    assert!(batches.len() < 200);
}

#[tokio::test]
async fn where_to_look_must_be_said() {
    let cx = Context::new(Fetcher::new(Nowhere));
    let street = Street {
        businesses: 1,
        heaped: false,
    };
    let query = Query::new("bakeries").unwrap();
    let kind =
        async |query: &Query, at: Option<&Cursor>| street.step(&cx, query, at).await.unwrap_err().kind();
    assert_eq!(kind(&query, None).await, ErrorKind::InvalidInput);
    assert_eq!(
        kind(&query.clone().near("Lyon").unwrap(), None).await,
        ErrorKind::Unsupported
    );
    let foreign = Cursor("{}".to_owned());
    assert_eq!(kind(&query, Some(&foreign)).await, ErrorKind::InvalidInput);
    let circle = Area::circle(GeoPoint::new(50.0, 8.0).unwrap(), 25.0).unwrap();
    let batches = search(
        Street {
            businesses: 9,
            heaped: false,
        },
        &query.area(circle),
    )
    .await;
    assert_eq!(batches.iter().map(|batch| batch.listings.len()).sum::<usize>(), 4);
}
