//! Circles on the earth.

use super::GeoPoint;
use crate::{Error, Result};

/// The mean radius of the earth, in metres (R1 of the International Union of Geodesy and Geophysics, GRS 80).
const EARTH: f64 = 6_371_008.8;

/// More than rounding takes, in degrees: a decimetre.
const SLACK: f64 = 1e-6;

/// All that is at most so far from a point. The earth is taken as a sphere, which errs by half a hundredth at most.
///
/// ```
/// # use lead_core::record::{Circle, GeoPoint};
/// let circle: Circle = "48.85,2.35,5km".parse()?;
/// assert_eq!(circle.metres(), 5000.0);
/// assert!(circle.contains(GeoPoint::new(48.87, 2.38)?) && !circle.contains(GeoPoint::new(48.9, 2.4)?));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    centre: GeoPoint,
    metres: f64,
}

impl Circle {
    /// At most `metres` from `centre`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the distance is below nothing or no number.
    pub fn new(centre: GeoPoint, metres: f64) -> Result<Self> {
        if metres.is_finite() && metres >= 0.0 {
            Ok(Self { centre, metres })
        } else {
            Err(Error::invalid(
                "circle",
                "a distance is a number of metres from 0",
            ))
        }
    }

    /// Its centre.
    pub const fn centre(&self) -> GeoPoint {
        self.centre
    }

    /// How far it reaches.
    pub const fn metres(&self) -> f64 {
        self.metres
    }

    /// The longest straight way through a sphere of radius one, squared, from the centre to what lies within; 4 is everywhere.
    pub fn straight_squared(&self) -> f64 {
        let half = (self.metres / EARTH / 2.0).min(std::f64::consts::FRAC_PI_2);
        (2.0 * half.sin()).powi(2)
    }

    /// Whether `point` lies within, border included.
    pub fn contains(&self, point: GeoPoint) -> bool {
        let (there, here) = (point.on_sphere(), self.centre.on_sphere());
        let ways = there.into_iter().zip(here).map(|(there, here)| there - here);
        // In this order and without fused steps, as databases do it.
        ways.fold(0.0, |sum, way| sum + way * way) <= self.straight_squared()
    }

    /// The degrees of latitude between which it lies, a little more rather than less.
    pub fn latitudes(&self) -> (f64, f64) {
        let reach = (self.metres / EARTH).to_degrees() + SLACK;
        (self.centre.latitude() - reach, self.centre.latitude() + reach)
    }

    /// The degrees of longitude between which it lies, likewise; `None` when it goes round a pole or beyond 180 degrees.
    pub fn longitudes(&self) -> Option<(f64, f64)> {
        let (south, north) = self.latitudes();
        if south <= -90.0 || north >= 90.0 {
            return None;
        }
        // Where meridians touch a circle on a sphere.
        let wide = ((self.metres / EARTH).sin() / self.centre.latitude().to_radians().cos()).asin();
        let reach = wide.to_degrees() + SLACK;
        let (west, east) = (self.centre.longitude() - reach, self.centre.longitude() + reach);
        (west >= -180.0 && east <= 180.0).then_some((west, east))
    }
}

impl std::fmt::Display for Circle {
    /// As it is read: `48.85,2.35,5000m`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{},{},{}m",
            self.centre.latitude(),
            self.centre.longitude(),
            self.metres
        )
    }
}

impl std::str::FromStr for Circle {
    type Err = Error;
    /// Reads latitude, longitude and a distance in `m`, `km` or `mi`: `48.85,2.35,5km`.
    fn from_str(text: &str) -> Result<Self> {
        let wanted = || {
            Error::invalid(
                "circle",
                "latitude, longitude and a distance are wanted, such as 48.85,2.35,5km",
            )
        };
        let mut parts = text.split(',').map(str::trim);
        let (Some(latitude), Some(longitude), Some(distance), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wanted());
        };
        let digits = distance.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        // The international mile (1959).
        let unit = match distance.get(digits.len()..).unwrap_or_default() {
            "m" => 1.0,
            "km" => 1000.0,
            "mi" => 1609.344,
            _ => return Err(wanted()),
        };
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wanted());
        let centre = GeoPoint::new(number(latitude)?, number(longitude)?)?;
        Self::new(centre, number(digits)? * unit)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn distances_are_those_of_a_sphere() {
        // A degree of a great circle.
        let degree = EARTH.to_radians();
        let centre = GeoPoint::new(0.0, 179.5).unwrap();
        let across = GeoPoint::new(0.0, -179.5).unwrap();
        assert!(Circle::new(centre, degree + 0.01).unwrap().contains(across));
        assert!(!Circle::new(centre, degree - 0.01).unwrap().contains(across));
        let everywhere = Circle::new(centre, 1e9).unwrap();
        assert!(everywhere.contains(GeoPoint::new(0.0, -0.5).unwrap()));
    }

    proptest! {
        /// Guards the promise databases search by.
        #[test]
        fn what_lies_within_lies_between_its_degrees(
            (latitude, longitude) in (-90.0..=90.0, -180.0..=180.0),
            (north, east) in (-3.0..3.0, -3.0..3.0),
            metres in 0.0..400_000.0,
        ) {
            let circle = Circle::new(GeoPoint::new(latitude, longitude).unwrap(), metres).unwrap();
            let Ok(point) = GeoPoint::new(latitude + north, longitude + east) else { return Ok(()) };
            if circle.contains(point) {
                let (south, north) = circle.latitudes();
                prop_assert!(south <= point.latitude() && point.latitude() <= north);
                if let Some((west, east)) = circle.longitudes() {
                    prop_assert!(west <= point.longitude() && point.longitude() <= east);
                }
            }
        }
    }
}
