//! Boxes, circles and polygons on the earth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geojson;
use crate::record::{BoundingBox, GeoPoint};
use crate::{Error, Result};

/// The mean radius of the earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// A part of the earth. Written down, a box is `[W, S, E, N]`, a circle `{"center": …, "metres": …}`, and polygons are their
/// rings, as GeoJSON writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Area {
    /// A box; west > east crosses the antimeridian.
    Box(BoundingBox),
    /// What lies within so many metres of a point.
    Circle {
        /// The middle.
        center: GeoPoint,
        /// The radius in metres.
        metres: f64,
    },
    /// Polygons with their holes: a point within an odd number of rings is within. Longitudes of a ring go on beyond ±180
    /// where it crosses the antimeridian.
    Rings(Vec<Vec<[f64; 2]>>),
}

impl Area {
    /// What lies within `metres` of a point.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the radius is no length above 0, or longer than the
    /// way to the other side of the earth.
    pub fn circle(center: GeoPoint, metres: f64) -> Result<Self> {
        let farthest = EARTH * std::f64::consts::PI;
        if metres > 0.0 && metres <= farthest {
            Ok(Self::Circle { center, metres })
        } else {
            Err(Error::invalid(
                "area",
                "the radius must be above 0 and no longer than half the earth's girth",
            ))
        }
    }

    /// A GeoJSON `Polygon` or `MultiPolygon`, or a `Feature` or `FeatureCollection` of such (RFC 7946).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), which says what is wrong, when it is none.
    pub fn from_geojson(text: &str) -> Result<Self> {
        geojson::rings(text).map(Self::Rings)
    }

    /// Whether a point lies within.
    pub fn contains(&self, point: GeoPoint) -> bool {
        match self {
            Self::Box(area) => area.contains(point),
            Self::Circle { center, metres } => distance(*center, point) <= *metres,
            // A ring that crosses the antimeridian goes on beyond it, to either side: each is asked in all turns.
            Self::Rings(rings) => {
                let turns = [-360.0, 0.0, 360.0].map(|turn| [point.longitude() + turn, point.latitude()]);
                let around = |ring: &&Vec<_>| turns.iter().any(|point| encloses(ring, *point));
                rings.iter().filter(around).count() % 2 == 1
            }
        }
    }

    /// Boxes that cover it, none of which crosses the antimeridian: one, or two that do so together.
    pub fn cover(&self) -> Vec<BoundingBox> {
        let [west, south, east, north] = match self {
            Self::Box(area) => (*area).into(),
            Self::Circle { center, metres } => around(*center, *metres),
            Self::Rings(rings) => bounds(rings),
        };
        let sides = if east - west >= 360.0 {
            vec![(-180.0, 180.0)]
        } else {
            let (west, east) = (turned(west), turned(east));
            if west <= east {
                vec![(west, east)]
            } else {
                vec![(west, 180.0), (-180.0, east)]
            }
        };
        let boxes = sides
            .into_iter()
            .map(|(west, east)| BoundingBox::new(west, south.max(-90.0), east, north.min(90.0)));
        boxes.filter_map(Result::ok).collect()
    }

    /// Whether a box that does not cross the antimeridian may hold points of it. Boxes that touch a circle's corners alone
    /// count: a request too many is cheaper than a business too few.
    pub fn may_touch(&self, cell: &BoundingBox) -> bool {
        let [west, south, east, north] = (*cell).into();
        let overlaps = |cover: BoundingBox| {
            let [w, s, e, n] = cover.into();
            w <= east && e >= west && s <= north && n >= south
        };
        self.cover().into_iter().any(overlaps)
            && match self {
                Self::Rings(rings) => [-360.0, 0.0, 360.0]
                    .iter()
                    .any(|turn| rings_touch(rings, [west + turn, south, east + turn, north])),
                _ => true,
            }
    }
}

impl From<BoundingBox> for Area {
    fn from(area: BoundingBox) -> Self {
        Self::Box(area)
    }
}

/// A longitude between −180 and 180.
fn turned(longitude: f64) -> f64 {
    if (-180.0..=180.0).contains(&longitude) {
        longitude
    } else {
        (longitude + 180.0).rem_euclid(360.0) - 180.0
    }
}

/// The way between two points over a sphere, in metres (haversine).
fn distance(one: GeoPoint, other: GeoPoint) -> f64 {
    let (from, to) = (one.latitude().to_radians(), other.latitude().to_radians());
    let across = (other.longitude() - one.longitude()).to_radians() / 2.0;
    let along = (to - from) / 2.0;
    let half = along.sin().powi(2) + from.cos() * to.cos() * across.sin().powi(2);
    2.0 * EARTH * half.sqrt().min(1.0).asin()
}

/// West, south, east and north of a circle. One that reaches a pole lies all around it.
fn around(center: GeoPoint, metres: f64) -> [f64; 4] {
    let angle = metres / EARTH;
    let up = angle.to_degrees();
    let (south, north) = (center.latitude() - up, center.latitude() + up);
    if south <= -90.0 || north >= 90.0 {
        return [-180.0, south, 180.0, north];
    }
    let side = (angle.sin() / center.latitude().to_radians().cos())
        .clamp(-1.0, 1.0)
        .asin()
        .to_degrees();
    [center.longitude() - side, south, center.longitude() + side, north]
}

fn bounds(rings: &[Vec<[f64; 2]>]) -> [f64; 4] {
    let points = rings.iter().flatten();
    points.fold(
        [f64::MAX, f64::MAX, f64::MIN, f64::MIN],
        |[w, s, e, n], [x, y]| [w.min(*x), s.min(*y), e.max(*x), n.max(*y)],
    )
}

/// The sides of a ring, the last one closed.
fn sides(ring: &[[f64; 2]]) -> impl Iterator<Item = ([f64; 2], [f64; 2])> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Whether a point lies within a ring (crossing number).
fn encloses(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let crossed = sides(ring)
        .filter(|([x1, y1], [x2, y2])| (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1);
    crossed.count() % 2 == 1
}

/// Whether rings have something within a box: a corner of theirs, a side that crosses it, or all of it.
fn rings_touch(rings: &[Vec<[f64; 2]>], [west, south, east, north]: [f64; 4]) -> bool {
    let holds = |[x, y]: [f64; 2]| (west..=east).contains(&x) && (south..=north).contains(&y);
    let corners = [[west, south], [east, south], [east, north], [west, north]];
    let within = |corner: [f64; 2]| rings.iter().filter(|ring| encloses(ring, corner)).count() % 2 == 1;
    corners.into_iter().any(within)
        || rings.iter().any(|ring| {
            ring.iter().copied().any(holds)
                || sides(ring).any(|side| sides(&corners).any(|edge| cross(side, edge)))
        })
}

/// Whether two stretches cross or touch: each has the ends of the other on both its sides, and they lie in one place, which
/// matters when both are parts of one line.
fn cross((a, b): ([f64; 2], [f64; 2]), (c, d): ([f64; 2], [f64; 2])) -> bool {
    let turn = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| {
        let ([px, py], [qx, qy], [rx, ry]) = (p, q, r);
        (qx - px) * (ry - py) - (qy - py) * (rx - px)
    };
    let apart = |one: (f64, f64), other: (f64, f64)| {
        one.0.max(one.1) < other.0.min(other.1) || other.0.max(other.1) < one.0.min(one.1)
    };
    let ([ax, ay], [bx, by], [cx, cy], [dx, dy]) = (a, b, c, d);
    turn(a, b, c) * turn(a, b, d) <= 0.0
        && turn(c, d, a) * turn(c, d, b) <= 0.0
        && !apart((ax, bx), (cx, dx))
        && !apart((ay, by), (cy, dy))
}
