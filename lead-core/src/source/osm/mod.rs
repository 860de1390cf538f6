//! OpenStreetMap: a place by Nominatim, businesses by Overpass.
//!
//! | step | cursor | asks |
//! |---|---|---|
//! | 1, only with `near` | none | Nominatim `/search` for the place's box |
//! | 2 | `{"area":[W,S,E,N]}` | Overpass for elements of the query's categories, or by name when no word names one |
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
pub use nominatim::{Place, parse_places};
#[cfg(feature = "open-data")]
pub(super) use overpass::Element;
pub use overpass::{Answer, parse_answer};
pub(super) use tags::batch;
#[cfg(feature = "open-data")]
pub(super) use tags::findings;

use serde::{Deserialize, Serialize};

use crate::record::{BoundingBox, CountryCode, Query, SourceId};
use crate::seam::{Batch, Context, Cursor, Search, SourceInfo, Terms};
use crate::{Error, Result};

/// The source `osm`. By default it asks the public servers.
#[derive(Clone, Debug, Default)]
pub struct Osm {
    config: OsmConfig,
}

/// Where a search stands: the box to ask, and the country numbers are read for.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stand {
    area: BoundingBox,
    country: Option<CountryCode>,
}

impl Osm {
    /// A source with these settings.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) when a base URL cannot be joined to its path.
    pub fn new(config: OsmConfig) -> Result<Self> {
        config.check()?;
        Ok(Self { config })
    }

    async fn locate(&self, cx: &Context, query: &Query) -> Result<Batch> {
        let stand = match (&query.area, &query.near) {
            (Some(area), _) => Stand {
                area: *area,
                country: None,
            },
            (None, Some(place)) => {
                let place = nominatim::find(cx, &self.config, place, false).await?;
                Stand {
                    area: place.area,
                    country: place.country,
                }
            }
            (None, None) => {
                return Err(Error::invalid(
                    "osm",
                    "say where: a place (near) or a box (area) is wanted",
                ));
            }
        };
        self.ask(cx, query, &stand).await
    }

    async fn ask(&self, cx: &Context, query: &Query, stand: &Stand) -> Result<Batch> {
        let answer = overpass::ask(cx, &self.config, query, stand.area).await?;
        Ok(tags::batch(answer, stand.country))
    }
}

impl Search for Osm {
    fn id(&self) -> SourceId {
        SourceId::built_in("osm")
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("OpenStreetMap", Terms::Open).licensed("ODbL-1.0", "© OpenStreetMap contributors")
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        match at {
            None => self.locate(cx, query).await,
            Some(cursor) => {
                let stand = serde_json::from_str(&cursor.0);
                let stand = stand
                    .map_err(|cause| Error::invalid("osm", "not a cursor of this source").because(cause))?;
                self.ask(cx, query, &stand).await
            }
        }
    }
}
