//! A map search that shows 120 results and no more, searched by cells.

use lead_core::prelude::*;
use lead_core::record::{
    Address, Category, Findings, GeoPoint, Listing, Method, NaturalKey, Organization, QueryText, SourceId,
    Trace, Website,
};
use lead_core::seam::{Batch, Context, Cursor, Purpose, Reject, Search, SourceInfo, Terms};
use lead_core::source::bounded::{self, Bounded, Cell, CellPage};
use lead_core::source::osm::{OsmConfig, Place, find_place};
use serde::Deserialize;
use serde_json::Value;

/// Pages of a search, and results of a page.
const SHOWN: (u64, usize) = (6, 20);

/// The maps of the generated web.
#[derive(Clone, Debug)]
pub struct Maps {
    id: SourceId,
    address: SafeUrl,
    places: OsmConfig,
    /// Whether only the words of a business's own language find it.
    local: bool,
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Value>,
    next_page: Option<u64>,
}

#[derive(Deserialize)]
struct Entry {
    place_id: String,
    name: String,
    category: String,
    lat: f64,
    lon: f64,
    address: Option<String>,
    country: Option<String>,
    phone: Option<String>,
    website: Option<String>,
}

impl Maps {
    /// The maps at `address`; places are looked up as `places` says.
    ///
    /// # Errors
    /// None: the name of the source is a good one.
    pub fn new(address: SafeUrl, places: OsmConfig) -> Result<Self> {
        Ok(Self {
            id: SourceId::new("maps")?,
            address,
            places,
            local: false,
        })
    }

    /// Finds a business by the words of its own language alone, as many a directory does.
    pub fn local(mut self) -> Self {
        self.local = true;
        self
    }

    fn request(&self, query: &Query, cell: &Cell) -> Result<Request> {
        let [west, south, east, north] = cell.area.into();
        let mut url = self.address.as_url().clone();
        url.query_pairs_mut()
            .append_pair("q", query.text.as_str())
            .append_pair("bbox", &format!("{west},{south},{east},{north}"))
            .append_pair("page", &cell.page.to_string());
        if self.local {
            url.query_pairs_mut().append_pair("words", "local");
        }
        Ok(Request::get(SafeUrl::from_url(url)?).purpose(Purpose::Api))
    }
}

fn found<T>(value: T, sure: f32, at: &str) -> Found<T, Trace> {
    Found::new(
        value,
        Confidence::clamped(sure),
        Trace::new(Method::Platform).at(at),
    )
}

impl Entry {
    fn listing(self) -> Result<Listing> {
        let mut all = Findings::default();
        let country = self
            .country
            .as_deref()
            .and_then(|code| CountryCode::new(code).ok());
        all.organizations
            .push(found(Organization::new(self.name), 0.9, "/name"));
        all.geo
            .push(found(GeoPoint::new(self.lat, self.lon)?, 0.95, "/lat"));
        all.categories
            .push(found(Category::new("maps", self.category), 0.95, "/category"));
        if let Some(text) = self.address {
            let mut address = Address::from_text(text);
            address.country = country;
            all.addresses.push(found(address, 0.9, "/address"));
        }
        let region = country.as_ref().map(CountryCode::as_str);
        let phone = self
            .phone
            .as_deref()
            .map(|text| lead_core::phone::parse(text, region));
        if let Some(Ok(Some(phone))) = phone {
            all.phones.push(found(phone, 0.9, "/phone"));
        }
        if let Some(url) = self.website.and_then(|url| SafeUrl::parse(&url).ok()) {
            all.websites.push(found(Website::new(url), 0.9, "/website"));
        }
        Ok(Listing::new(NaturalKey::new(&self.place_id)?, None, all))
    }
}

/// An entry of an answer, or why it cannot be read.
fn read(index: usize, value: Value) -> Result<Listing, Reject> {
    let entry = serde_json::from_value(value).map_err(|cause| cause.to_string());
    let listing = entry.and_then(|entry: Entry| entry.listing().map_err(|error| error.to_string()));
    listing.map_err(|reason| Reject {
        entry: format!("/results/{index}"),
        reason,
    })
}

impl Search for Maps {
    fn id(&self) -> SourceId {
        self.id.clone()
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("The maps of the generated web", Terms::Open).by_words()
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        bounded::step(self, cx, query, at).await
    }
}

impl Bounded for Maps {
    fn pages(&self) -> (u64, usize) {
        SHOWN
    }

    async fn page(&self, cx: &Context, query: &Query, cell: &Cell) -> Result<CellPage> {
        let request = self.request(query, cell)?;
        let response = cx.fetcher().fetch(request).await?.error_for_status()?;
        let answer: Answer = serde_json::from_slice(&response.body)
            .map_err(|cause| Error::new(ErrorKind::Decode, "maps", "this is no answer").because(cause))?;
        let (mut listings, mut rejects) = (Vec::new(), Vec::new());
        for (index, value) in answer.results.into_iter().enumerate() {
            match read(index, value) {
                Ok(listing) => listings.push(listing),
                Err(reject) => rejects.push(reject),
            }
        }
        Ok(CellPage::new(listings, answer.next_page.is_some()).rejects(rejects))
    }

    async fn locate(&self, cx: &Context, place: &QueryText) -> Result<Place> {
        find_place(cx, &self.places, place).await
    }
}
