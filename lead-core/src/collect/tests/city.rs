//! A city behind a cap, of which sources know different parts.

use http::{HeaderMap, StatusCode};

use crate::Result;
use crate::record::{
    Confidence, E164, Findings, Found, GeoPoint, Listing, Method, NaturalKey, Phone, Query, SafeUrl,
    SourceId, Trace,
};
use crate::seam::{Batch, Context, Cursor, Fetch, Fetcher, Request, Response, Search, SourceInfo, Terms};
use crate::source::bounded::{self, Bounded, Cell, CellPage};

/// The box the city lies in.
pub(super) const WHOLE: &str = "4.7,45.6,5.0,45.9";

/// Businesses of the city.
pub(super) const SIZE: u64 = 1_500;

/// A source that knows some of the city's businesses.
#[derive(Clone, Debug)]
pub(super) struct City {
    id: SourceId,
    /// Of a hundred, so many are known.
    percent: u64,
}

impl City {
    pub(super) fn new(id: &str, percent: u64) -> Self {
        let id = SourceId::new(id).unwrap();
        Self { id, percent }
    }

    /// What it knows within a cell, in its own order.
    fn within(&self, cell: &Cell) -> Vec<u64> {
        let salt = self.id.as_str().len() as u64 + 100 * u64::from(self.id.as_str().as_bytes()[0]);
        let known = (0..SIZE).filter(|business| mix(business ^ (salt << 32)) % 100 < self.percent);
        known
            .filter(|business| cell.area.contains(position(*business)))
            .collect()
    }
}

/// SplitMix64's finaliser.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Two thirds of the businesses lie in a ninth of the city.
pub(super) fn position(business: u64) -> GeoPoint {
    let part = |salt: u64| {
        f64::from(u32::try_from(mix(business + (salt << 40)) >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    let side = if business.is_multiple_of(3) { 0.3 } else { 0.1 };
    GeoPoint::new(45.6 + side * part(1), 4.7 + side * part(2)).unwrap()
}

fn listing(business: u64) -> Listing {
    let phone = Phone::new(E164::new(&format!("+3347801{business:04}")).unwrap(), "");
    let found = |at: &str| Trace::new(Method::Platform).at(at);
    let mut all = Findings::default();
    all.phones
        .push(Found::new(phone, Confidence::clamped(0.9), found("/phone")));
    all.geo.push(Found::new(
        position(business),
        Confidence::clamped(0.9),
        found("/lat"),
    ));
    Listing::new(NaturalKey::new(&business.to_string()).unwrap(), None, all)
}

impl Search for City {
    fn id(&self) -> SourceId {
        self.id.clone()
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("a city", Terms::Open)
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        bounded::step(self, cx, query, at).await
    }
}

impl Bounded for City {
    fn pages(&self) -> (u64, usize) {
        (6, 20)
    }

    async fn page(&self, cx: &Context, _: &Query, cell: &Cell) -> Result<CellPage> {
        let url = SafeUrl::parse("http://city.test/")?;
        cx.fetcher().fetch(Request::get(url)).await?;
        let known = self.within(cell);
        let from = usize::try_from(cell.page - 1).unwrap() * 20;
        let shown: Vec<Listing> = known
            .iter()
            .skip(from)
            .take(20)
            .map(|one| listing(*one))
            .collect();
        let more = cell.page < 6 && known.len() > from + 20;
        Ok(CellPage::new(shown, more))
    }
}

/// Answers everything.
#[derive(Debug)]
struct Answers;

impl Fetch for Answers {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let url = request.url;
        Ok(Response::new(
            url,
            StatusCode::OK,
            HeaderMap::new(),
            "".into(),
            at,
        ))
    }
}

/// What fetches from the city.
pub(super) fn fetcher() -> Fetcher {
    Fetcher::new(Answers)
}
