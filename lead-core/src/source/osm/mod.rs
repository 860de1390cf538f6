//! OpenStreetMap: a place by Nominatim, businesses by Overpass.
//!
//! | step | asks |
//! |---|---|
//! | first, only with `near` | Nominatim `/search` for the place |
//! | all | Overpass for elements of the query's categories within a cell, or by name when no word names one |
//!
//! One cell is the rule: an area that holds more elements than are asked for at a time, or on which Overpass runs out of time
//! or memory, is asked for by parts ([`bounded`]).
//!
//! Both are APIs that invite programs within their usage policies (one request a second, an honest user agent), so requests
//! go out with [`Purpose::Api`](crate::seam::Purpose). Data is © OpenStreetMap contributors, ODbL 1.0.

#[cfg(feature = "open-data")]
mod business;
mod config;
mod named;
mod nominatim;
mod overpass;
mod tags;
#[cfg(test)]
mod tests;

#[cfg(feature = "open-data")]
pub(super) use business::is_business;
pub use config::OsmConfig;
pub use nominatim::{Place, find_place, parse_places};
#[cfg(feature = "open-data")]
pub(super) use overpass::Element;
pub use overpass::{Answer, parse_answer};
pub(super) use tags::batch;
#[cfg(feature = "open-data")]
pub(super) use tags::findings;

use crate::record::{Query, QueryText, SourceId};
use crate::seam::{Batch, Context, Cursor, Search, SourceInfo, Terms};
use crate::source::bounded::{self, Bounded, Cell, CellPage};
use crate::{ErrorKind, Result};

/// The source `osm`. By default it asks the public servers.
#[derive(Clone, Debug, Default)]
pub struct Osm {
    config: OsmConfig,
}

impl Osm {
    /// A source with these settings.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when a base URL cannot be joined to its path.
    pub fn new(config: OsmConfig) -> Result<Self> {
        config.check()?;
        Ok(Self { config })
    }
}

impl Search for Osm {
    fn id(&self) -> SourceId {
        SourceId::built_in("osm")
    }

    fn info(&self) -> SourceInfo {
        let info = SourceInfo::new("OpenStreetMap", Terms::Open)
            .licensed("ODbL-1.0", "© OpenStreetMap contributors");
        self.config.tell(info)
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        bounded::step(self, cx, query, at).await
    }
}

impl Bounded for Osm {
    fn pages(&self) -> (u64, usize) {
        (1, self.config.most)
    }

    async fn page(&self, cx: &Context, query: &Query, cell: &Cell) -> Result<CellPage> {
        let answer = match overpass::ask(cx, &self.config, query, cell.area).await {
            Ok(answer) => answer,
            // It ran out of time or memory: smaller cells are less work.
            Err(error) if error.kind() == ErrorKind::Timeout && error.operation() == "overpass" => {
                return Ok(CellPage::default().cut_off(true));
            }
            Err(error) => return Err(error),
        };
        let elements = answer.elements.len() + answer.rejects.len();
        let limit = overpass::limit(&self.config, query);
        let batch = tags::batch(answer, cell.country);
        // Who wants no more than so many has them.
        let cut_off = limit == self.config.most && elements >= limit;
        Ok(CellPage::new(batch.listings, false)
            .rejects(batch.rejects)
            .cut_off(cut_off))
    }

    async fn locate(&self, cx: &Context, place: &QueryText) -> Result<Place> {
        nominatim::find_place(cx, &self.config, place).await
    }
}
