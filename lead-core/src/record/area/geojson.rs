//! Polygons of GeoJSON (RFC 7946).

use serde::Deserialize;

use crate::{Error, Result};

/// More corners than these make each look at a point too slow; country borders have some thousands.
const MOST_CORNERS: usize = 100_000;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum GeoJson {
    Polygon { coordinates: Vec<Vec<Vec<f64>>> },
    MultiPolygon { coordinates: Vec<Vec<Vec<Vec<f64>>>> },
    Feature { geometry: Box<GeoJson> },
    FeatureCollection { features: Vec<GeoJson> },
    GeometryCollection { geometries: Vec<GeoJson> },
}

impl GeoJson {
    fn rings(self) -> Vec<Vec<Vec<f64>>> {
        match self {
            Self::Polygon { coordinates } => coordinates,
            Self::MultiPolygon { coordinates } => coordinates.into_iter().flatten().collect(),
            Self::Feature { geometry } => geometry.rings(),
            Self::FeatureCollection { features: parts } | Self::GeometryCollection { geometries: parts } => {
                parts.into_iter().flat_map(Self::rings).collect()
            }
        }
    }
}

/// The rings of all polygons.
pub(super) fn rings(text: &str) -> Result<Vec<Vec<[f64; 2]>>> {
    let wanted = "a GeoJSON Polygon or MultiPolygon is wanted";
    let parsed: GeoJson =
        serde_json::from_str(text).map_err(|cause| Error::invalid("area", wanted).because(cause))?;
    let rings = parsed.rings();
    let corners: usize = rings.iter().map(Vec::len).sum();
    if corners > MOST_CORNERS {
        return Err(Error::invalid("area", "the polygon has too many corners").with("most", MOST_CORNERS));
    }
    let rings: Vec<_> = rings
        .into_iter()
        .map(|ring| unrolled(&ring))
        .collect::<Result<_>>()?;
    if rings.is_empty() {
        return Err(Error::invalid("area", wanted));
    }
    Ok(rings)
}

/// A ring whose longitudes go on where it crosses the antimeridian.
fn unrolled(ring: &[Vec<f64>]) -> Result<Vec<[f64; 2]>> {
    let mut corners: Vec<[f64; 2]> = Vec::with_capacity(ring.len());
    for corner in ring {
        let [longitude, latitude, ..] = corner.as_slice() else {
            return Err(Error::invalid("area", "a corner has a longitude and a latitude"));
        };
        if !(-180.0..=180.0).contains(longitude) || !(-90.0..=90.0).contains(latitude) {
            return Err(Error::invalid(
                "area",
                "a corner lies on no earth: longitude first, in degrees",
            ));
        }
        let before = corners.last().map_or(*longitude, |[before, _]| *before);
        // The nearer way round: no side spans half the earth.
        let turns = ((before - longitude) / 360.0).round();
        corners.push([longitude + turns * 360.0, *latitude]);
    }
    if corners.len() < 4 {
        return Err(Error::invalid(
            "area",
            "a ring has four corners at least, the first one twice",
        ));
    }
    Ok(corners)
}
