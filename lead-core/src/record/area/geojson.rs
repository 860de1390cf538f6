//! Polygons of GeoJSON (RFC 7946).

use serde::Deserialize;

use super::shape::{Polygon, Ring};
use crate::{Error, Result};

/// More corners than these make each look at a point too slow; country borders have some thousands.
const MOST_CORNERS: usize = 100_000;

/// A side that jumps so many degrees crosses the antimeridian, and goes the nearer way. The RFC wants polygons cut there and
/// sides drawn as on a flat map, but many files do not cut them.
const CROSSES: f64 = 270.0;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum GeoJson {
    Polygon { coordinates: Vec<Corners> },
    MultiPolygon { coordinates: Vec<Vec<Corners>> },
    Feature { geometry: Option<Box<GeoJson>> },
    FeatureCollection { features: Vec<GeoJson> },
    GeometryCollection { geometries: Vec<GeoJson> },
    // What has no surface adds nothing to an area.
    Point {},
    MultiPoint {},
    LineString {},
    MultiLineString {},
}

/// A ring as it is written: longitude, latitude and perhaps a height.
type Corners = Vec<Vec<f64>>;

impl GeoJson {
    fn polygons(self) -> Vec<Vec<Corners>> {
        match self {
            Self::Polygon { coordinates } => vec![coordinates],
            Self::MultiPolygon { coordinates } => coordinates,
            Self::Feature { geometry } => geometry.map_or_else(Vec::new, |geometry| geometry.polygons()),
            Self::FeatureCollection { features: parts } | Self::GeometryCollection { geometries: parts } => {
                parts.into_iter().flat_map(Self::polygons).collect()
            }
            Self::Point {} | Self::MultiPoint {} | Self::LineString {} | Self::MultiLineString {} => {
                Vec::new()
            }
        }
    }
}

/// All polygons.
pub(super) fn polygons(text: &str) -> Result<Vec<Polygon>> {
    let text = text.trim_start_matches('\u{feff}');
    let parsed: GeoJson = serde_json::from_str(text).map_err(|cause| fault(&cause))?;
    let mut polygons = parsed.polygons();
    polygons.retain(|polygon| !polygon.is_empty());
    let corners: usize = polygons.iter().flatten().map(Vec::len).sum();
    if corners > MOST_CORNERS {
        return Err(Error::invalid("area", "the polygon has too many corners").with("most", MOST_CORNERS));
    }
    if polygons.is_empty() {
        return Err(Error::invalid(
            "area",
            "there is no Polygon or MultiPolygon in it",
        ));
    }
    let drawn = |polygon: Vec<Corners>| polygon.iter().map(|ring| drawn(ring)).collect();
    polygons.into_iter().map(drawn).collect()
}

/// What is wrong with the text, and where, as far as the reader knows.
fn fault(cause: &serde_json::Error) -> Error {
    let told = if cause.is_data() {
        format!("no GeoJSON of polygons: {cause}")
    } else {
        format!("no JSON: {cause}")
    };
    Error::invalid("area", told)
}

/// A ring as it is drawn: its longitudes go on beyond ±180 where it crosses the antimeridian.
fn drawn(written: &[Vec<f64>]) -> Result<Ring> {
    let mut corners = written
        .iter()
        .map(|corner| point(corner))
        .collect::<Result<Vec<_>>>()?;
    if corners.first() != corners.last() {
        corners.extend(corners.first().copied());
    }
    if corners.len() < 4 {
        return Err(Error::invalid(
            "area",
            "a ring has four corners at least, the first one twice",
        ));
    }
    let mut ring = Ring::with_capacity(corners.len());
    let (mut turned, mut before) = (0.0, corners.first().map_or(0.0, |[longitude, _]| *longitude));
    for [longitude, latitude] in corners {
        turned += turn(before, longitude)?;
        before = longitude;
        ring.push([longitude + turned, latitude]);
    }
    // Around a pole there is no inside on a flat map.
    if turned == 0.0 {
        Ok(ring)
    } else {
        Err(Error::invalid(
            "area",
            "a ring goes around a pole: cut it at the antimeridian (RFC 7946, 3.1.9)",
        ))
    }
}

/// Longitude and latitude of a corner.
fn point(corner: &[f64]) -> Result<[f64; 2]> {
    let [longitude, latitude, ..] = corner else {
        return Err(Error::invalid("area", "a corner has a longitude and a latitude"));
    };
    if (-180.0..=180.0).contains(longitude) && (-90.0..=90.0).contains(latitude) {
        return Ok([*longitude, *latitude]);
    }
    Err(
        Error::invalid("area", "a corner lies on no earth: longitude first, in degrees")
            .with("corner", format_args!("{longitude}, {latitude}")),
    )
}

/// The turn of a side that crosses the antimeridian: 360 degrees to the east or to the west, or none.
fn turn(from: f64, to: f64) -> Result<f64> {
    let way = to - from;
    // From edge to edge is the whole way: so are polar caps drawn.
    if way.abs() <= 180.0 || way.abs() >= 360.0 {
        return Ok(0.0);
    }
    if way.abs() >= CROSSES {
        return Ok(-360.0 * way.signum());
    }
    Err(Error::invalid(
        "area",
        "a side spans more than half the earth: put a corner in between, or cut it at the antimeridian",
    )
    .with("side", format_args!("{from} to {to}")))
}
