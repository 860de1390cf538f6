//! Points and boxes on the earth, WGS 84.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Identified;
use crate::{Error, Result};

/// A point: degrees of latitude (−90 to 90) and longitude (−180 to 180), WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawPoint")]
#[schemars(!try_from)]
pub struct GeoPoint {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct RawPoint {
    latitude: f64,
    longitude: f64,
}

impl TryFrom<RawPoint> for GeoPoint {
    type Error = Error;
    fn try_from(raw: RawPoint) -> Result<Self> {
        Self::new(raw.latitude, raw.longitude)
    }
}

impl GeoPoint {
    /// A point.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when a degree is out of range or NaN.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(
                Error::invalid("point", "latitude lies between -90 and 90").with("latitude", latitude)
            );
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(
                Error::invalid("point", "longitude lies between -180 and 180").with("longitude", longitude)
            );
        }
        Ok(Self { latitude, longitude })
    }

    /// Degrees north.
    pub const fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    pub const fn longitude(&self) -> f64 {
        self.longitude
    }

    /// Where it stands on a sphere of radius one: towards 0° north and east, towards 90° east, towards the north pole. The straight
    /// way between two such places tells how far they are apart by sums and products alone, which every database computes alike.
    pub fn on_sphere(&self) -> [f64; 3] {
        let (latitude, longitude) = (self.latitude.to_radians(), self.longitude.to_radians());
        let level = latitude.cos();
        [level * longitude.cos(), level * longitude.sin(), latitude.sin()]
    }
}

impl Identified for GeoPoint {
    type Key = (i64, i64);

    /// Rounded to four decimals, some eleven metres.
    #[expect(clippy::cast_possible_truncation, reason = "degrees times 10,000 fit an i64")]
    fn identity(&self) -> Self::Key {
        (
            (self.latitude * 1e4).round() as i64,
            (self.longitude * 1e4).round() as i64,
        )
    }
}

/// A box `west,south,east,north` in degrees; west > east crosses the antimeridian (RFC 7946 §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "[f64; 4]", into = "[f64; 4]")]
#[schemars(with = "[f64; 4]")]
pub struct BoundingBox {
    /// South-western corner.
    pub south_west: GeoPoint,
    /// North-eastern corner.
    pub north_east: GeoPoint,
}

impl BoundingBox {
    /// A box from its four sides.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when a side is out of range or south lies north of north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self> {
        let (south_west, north_east) = (GeoPoint::new(south, west)?, GeoPoint::new(north, east)?);
        if south > north {
            return Err(Error::invalid("box", "south must not lie north of north"));
        }
        Ok(Self {
            south_west,
            north_east,
        })
    }

    /// Whether `point` lies within, borders included.
    pub fn contains(&self, point: GeoPoint) -> bool {
        let (west, east) = (self.south_west.longitude, self.north_east.longitude);
        let across = if west <= east {
            (west..=east).contains(&point.longitude)
        } else {
            point.longitude >= west || point.longitude <= east
        };
        across && (self.south_west.latitude..=self.north_east.latitude).contains(&point.latitude)
    }
}

impl std::str::FromStr for BoundingBox {
    type Err = Error;
    /// Reads `W,S,E,N`.
    fn from_str(text: &str) -> Result<Self> {
        let sides: Vec<f64> = text
            .split(',')
            .map_while(|side| side.trim().parse().ok())
            .collect();
        match (sides.as_slice(), text.split(',').count()) {
            ([west, south, east, north], 4) => Self::new(*west, *south, *east, *north),
            _ => Err(Error::invalid("box", "four numbers W,S,E,N are wanted")),
        }
    }
}

impl TryFrom<[f64; 4]> for BoundingBox {
    type Error = Error;
    fn try_from([west, south, east, north]: [f64; 4]) -> Result<Self> {
        Self::new(west, south, east, north)
    }
}

impl From<BoundingBox> for [f64; 4] {
    fn from(area: BoundingBox) -> Self {
        let (sw, ne) = (area.south_west, area.north_east);
        [sw.longitude, sw.latitude, ne.longitude, ne.latitude]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_may_cross_the_antimeridian() {
        let fiji: BoundingBox = "177,-19,-178,-16".parse().unwrap();
        assert!(fiji.contains(GeoPoint::new(-17.0, 179.0).unwrap()));
        assert!(fiji.contains(GeoPoint::new(-17.0, -179.0).unwrap()));
        assert!(!fiji.contains(GeoPoint::new(-17.0, 0.0).unwrap()));
    }

    #[test]
    fn refuses_what_is_not_on_earth() {
        for bad in ["1,2,3", "1,2,3,4,5", "a,b,c,d", "0,95,1,96", "0,2,1,1", ""] {
            assert!(bad.parse::<BoundingBox>().is_err(), "{bad}");
        }
        assert!(GeoPoint::new(f64::NAN, 0.0).is_err());
    }
}
