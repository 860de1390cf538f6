//! Where to look.

use clap::Args;
use lead_core::collect::Collector;
use lead_core::plan::understand;
use lead_core::record::{Area, BoundingBox, Query};
use lead_core::{Error, Result};

use crate::app::App;
use crate::inputs::whole;
use crate::net::quoted;
use crate::sources::SourceArgs;

/// The longest file of an area: borders of countries have some megabytes.
const MOST: u64 = 64 * 1024 * 1024;

/// Where to look.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlaceArgs {
    /// Around this place
    #[arg(long, value_name = "PLACE")]
    near: Option<String>,
    /// So far around that place, instead of within its borders: 500m, 5km, 3mi
    #[arg(long, value_name = "LENGTH", requires = "near", value_parser = length)]
    radius: Option<f64>,
    /// Within this box, in degrees
    #[arg(
        long,
        value_name = "W,S,E,N",
        conflicts_with = "near",
        allow_hyphen_values = true
    )]
    bbox: Option<BoundingBox>,
    /// Within the polygons of this GeoJSON file; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["near", "bbox"])]
    area: Option<String>,
    /// In which order the area is gone through: the same seed, the same order
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
}

impl PlaceArgs {
    /// The query with the place it is asked around, refused when there can be none of that name.
    pub(crate) fn check(&self, query: Query) -> Result<Query> {
        let Some(place) = &self.near else {
            return Ok(query);
        };
        let query = query.near(place)?;
        match self.radius {
            Some(metres) => query.radius(metres),
            None => Ok(query),
        }
    }

    /// The name of the place.
    pub(crate) fn near(&self) -> Option<&str> {
        self.near.as_deref()
    }

    /// Refuses to look anywhere when OpenStreetMap is asked, which is asked about a place.
    pub(crate) fn check_said(&self, query: &Query, sources: &SourceArgs) -> Result<()> {
        let said = self.near.is_some() || self.bbox.is_some() || self.area.is_some();
        if said || !sources.asks_osm() {
            return Ok(());
        }
        let message = "say where: --near PLACE, --bbox W,S,E,N or --area FILE";
        let error = Error::invalid("collect", message);
        let meant = understand(&query.text);
        Err(match meant.place {
            Some(place) => {
                let (what, place) = (quoted(meant.what.as_str()), quoted(place.as_str()));
                error.with("meant", format!("lead collect {what} --near {place}"))
            }
            None => error,
        })
    }

    /// The box or the polygons.
    pub(crate) async fn area(&self, app: &mut App) -> Result<Option<Area>> {
        let Some(file) = &self.area else {
            return Ok(self.bbox.map(Area::Box));
        };
        let bytes = whole(app, file, MOST).await?;
        let area = Area::from_geojson(&String::from_utf8_lossy(&bytes));
        area.map(Some).map_err(|error| error.with("file", file))
    }

    /// Tells a collector.
    pub(crate) fn apply(&self, mut collector: Collector, area: Option<Area>) -> Collector {
        if let Some(place) = &self.near {
            collector = collector.near(place);
        }
        if let Some(metres) = self.radius {
            collector = collector.radius(metres);
        }
        if let Some(area) = area {
            collector = collector.area(area);
        }
        collector.seed(self.seed)
    }
}

/// `5km`, `500m`, `3mi`: a bare number may be either. A mile has 1,609.344 m (the international mile of 1959).
fn length(text: &str) -> Result<f64> {
    let text = text.trim();
    let units = [("km", 1_000.0), ("mi", 1_609.344), ("m", 1.0)];
    let parted = units
        .iter()
        .find_map(|(unit, metres)| Some((text.strip_suffix(unit)?.trim().parse::<f64>().ok()?, metres)));
    match parted {
        Some((number, metres)) if number > 0.0 && number.is_finite() => Ok(number * metres),
        _ => Err(Error::invalid(
            "radius",
            "a length above 0 with its unit is wanted: 500m, 5km, 3mi",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths() {
        assert!((length("5km").unwrap() - 5_000.0).abs() < 1e-9);
        assert!((length("3 mi").unwrap() - 4_828.032).abs() < 1e-9);
        assert!((length("250m").unwrap() - 250.0).abs() < 1e-9);
        for bad in ["", "250", "km", "-1km", "0", "NaN", "infkm", "5 parsecs"] {
            assert!(length(bad).is_err(), "{bad}");
        }
    }
}
