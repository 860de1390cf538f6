//! A source that shows 120 results of a search and no more, searched by cells: how a platform behind a cap is written.

use lead_core::plan::{Area, Tile, Tiles};
use lead_core::prelude::*;
use lead_core::record::{Findings, GeoPoint, Listing, NaturalKey, SourceId};
use lead_core::seam::{Batch, Context, Cursor, Purpose, Search, SourceInfo, Terms};
use serde::{Deserialize, Serialize};

/// Results of a page, and pages of a search.
const PAGE: usize = 20;
const PAGES: u64 = 6;

/// The maps of the generated web.
#[derive(Clone, Debug)]
pub struct Maps {
    address: SafeUrl,
    area: Area,
    seed: u64,
}

/// Where a search stands: what is left of the area, and the cell that is being read.
#[derive(Debug, Serialize, Deserialize)]
struct Stand {
    tiles: Tiles,
    tile: Tile,
    /// The last page is asked for first: it tells at once whether a cell holds more than is shown, and then the others need
    /// not be asked for.
    page: u64,
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Place>,
    next_page: Option<u64>,
}

#[derive(Deserialize)]
struct Place {
    #[serde(rename = "place_id")]
    id: String,
    lat: f64,
    lon: f64,
}

impl Maps {
    /// The maps at `address`, searched for what lies in `area`, in the order of `seed`.
    pub fn new(address: SafeUrl, area: Area, seed: u64) -> Self {
        Self { address, area, seed }
    }

    fn begin(&self) -> Result<Stand> {
        let mut tiles = Tiles::new(self.area.clone()).seed(self.seed);
        let nowhere = || Error::invalid("maps", "the area is empty");
        let tile = tiles.next().ok_or_else(nowhere)?;
        Ok(Stand {
            tiles,
            tile,
            page: PAGES,
        })
    }

    fn request(&self, query: &Query, stand: &Stand) -> Result<Request> {
        let [west, south, east, north] = stand.tile.area.into();
        let mut url = self.address.as_url().clone();
        url.query_pairs_mut()
            .append_pair("q", query.text.as_str())
            .append_pair("bbox", &format!("{west},{south},{east},{north}"))
            .append_pair("page", &stand.page.to_string());
        Ok(Request::get(SafeUrl::from_url(url)?).purpose(Purpose::Api))
    }
}

impl Place {
    /// The listing, when it lies in the area: cells reach beyond it.
    fn listing(&self, area: &Area) -> Result<Option<Listing>> {
        if !area.contains(GeoPoint::new(self.lat, self.lon)?) {
            return Ok(None);
        }
        let key = NaturalKey::new(&self.id)?;
        Ok(Some(Listing::new(key, None, Findings::default())))
    }
}

impl Stand {
    /// Where to go on after an answer.
    fn after(mut self, answer: &Answer) -> Option<Self> {
        let last = self.page == PAGES;
        if last && answer.results.len() == PAGE {
            self.tiles.split(&self.tile);
        } else if last {
            self.page = 1;
            return Some(self);
        } else if let Some(page) = answer.next_page.filter(|page| *page < PAGES) {
            self.page = page;
            return Some(self);
        }
        self.tile = self.tiles.next()?;
        self.page = PAGES;
        Some(self)
    }
}

impl Search for Maps {
    fn id(&self) -> SourceId {
        SourceId::new("maps").expect("a source's name")
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("The maps of the generated web", Terms::Own)
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let unreadable = |cause| Error::new(ErrorKind::Decode, "maps", "this is no answer").because(cause);
        let stand = match at {
            None => self.begin()?,
            Some(Cursor(kept)) => serde_json::from_str(kept).map_err(unreadable)?,
        };
        let response = cx
            .fetcher()
            .fetch(self.request(query, &stand)?)
            .await?
            .error_for_status()?;
        let answer: Answer = serde_json::from_slice(&response.body).map_err(unreadable)?;
        let listings = answer
            .results
            .iter()
            .map(|place| place.listing(stand.tiles.area()));
        let listings: Vec<_> = listings.filter_map(Result::transpose).collect::<Result<_>>()?;
        let next = stand
            .after(&answer)
            .map(|stand| serde_json::to_string(&stand).map(Cursor));
        Ok(Batch::new(listings, next.transpose().map_err(unreadable)?))
    }
}
