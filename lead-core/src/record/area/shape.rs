//! Boxes, circles and polygons on the earth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geojson;
use crate::record::{BoundingBox, GeoPoint};
use crate::{Error, Result};

/// The mean radius of the earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// By how many degrees a longitude may be written otherwise: rings go on beyond the antimeridian.
const TURNS: [f64; 3] = [-360.0, 0.0, 360.0];

/// The corners of a ring, longitude first, the first one twice. Longitudes go on beyond ±180 where it crosses the antimeridian.
pub(super) type Ring = Vec<[f64; 2]>;

/// A ring and its holes: a point within an odd number of rings is within.
pub(super) type Polygon = Vec<Ring>;

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
    /// Polygons, each a ring and its holes, the first corner of a ring twice; what lies in one of them lies within. Longitudes
    /// of a ring go on beyond ±180 where it crosses the antimeridian.
    Polygons(Vec<Vec<Vec<[f64; 2]>>>),
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

    /// A GeoJSON `Polygon` or `MultiPolygon`, or a `Feature`, a `FeatureCollection` or a `GeometryCollection` of such (RFC 7946):
    /// what lies in one of the polygons lies within. Points and lines, which have no surface, are passed over. Sides are drawn as
    /// on a flat map; one that jumps 270 degrees or more crosses the antimeridian.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), which says what is wrong, when it is none.
    pub fn from_geojson(text: &str) -> Result<Self> {
        geojson::polygons(text).map(Self::Polygons)
    }

    /// Whether a point lies within.
    pub fn contains(&self, point: GeoPoint) -> bool {
        match self {
            Self::Box(area) => area.contains(point),
            Self::Circle { center, metres } => distance(*center, point) <= *metres,
            Self::Polygons(polygons) => polygons.iter().any(|polygon| holds(polygon, point)),
        }
    }

    /// Boxes that cover it, none of which crosses the antimeridian: one, or two that do so together.
    pub fn cover(&self) -> Vec<BoundingBox> {
        let [west, south, east, north] = match self {
            Self::Box(area) => (*area).into(),
            Self::Circle { center, metres } => around(*center, *metres),
            Self::Polygons(polygons) => bounds(polygons),
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
                Self::Polygons(polygons) => polygons.iter().any(|polygon| {
                    let boxes = TURNS.map(|turn| [west + turn, south, east + turn, north]);
                    boxes.into_iter().any(|cell| touches(polygon, cell))
                }),
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

/// West, south, east and north of polygons: the narrowest box, which may cross the antimeridian.
fn bounds(polygons: &[Polygon]) -> [f64; 4] {
    let mut spans: Vec<(f64, f64)> = Vec::with_capacity(polygons.len());
    let (mut south, mut north) = (f64::MAX, f64::MIN);
    for polygon in polygons {
        let (mut west, mut east) = (f64::MAX, f64::MIN);
        for [x, y] in polygon.iter().flatten() {
            (west, east) = (west.min(*x), east.max(*x));
            (south, north) = (south.min(*y), north.max(*y));
        }
        // Told as it is written, where nothing is to be turned.
        let start = turned(west);
        spans.push((start, east + (start - west)));
    }
    let (west, east) = around_all(spans);
    [west, south, east, north]
}

/// What holds all spans of longitudes and leaves the widest gap out: files that are cut at the antimeridian have their parts on
/// both sides of it.
fn around_all(mut spans: Vec<(f64, f64)>) -> (f64, f64) {
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    let Some((first, mut reach)) = spans.first().copied() else {
        return (-180.0, 180.0);
    };
    let (mut widest, mut bounds) = (f64::MIN, (first, first));
    for (west, east) in spans.iter().skip(1) {
        if west - reach > widest {
            (widest, bounds) = (west - reach, (*west, reach + 360.0));
        }
        reach = reach.max(*east);
    }
    if first + 360.0 - reach >= widest {
        (first, reach)
    } else {
        (bounds.0, bounds.1.max(reach))
    }
}

/// Whether a point lies within a polygon. A ring that crosses the antimeridian goes on beyond it, to either side, and its holes
/// perhaps to the other: each is asked in all turns.
fn holds(polygon: &Polygon, point: GeoPoint) -> bool {
    let turns = TURNS.map(|turn| [point.longitude() + turn, point.latitude()]);
    let around = |ring: &&Ring| turns.iter().any(|point| encloses(ring, *point));
    polygon.iter().filter(around).count() % 2 == 1
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

/// Whether a polygon has something within a box: a corner, a side that crosses it, or all of it.
fn touches(rings: &Polygon, [west, south, east, north]: [f64; 4]) -> bool {
    let within = |[x, y]: [f64; 2]| (west..=east).contains(&x) && (south..=north).contains(&y);
    let corners = [[west, south], [east, south], [east, north], [west, north]];
    let inside = |corner: [f64; 2]| rings.iter().filter(|ring| encloses(ring, corner)).count() % 2 == 1;
    corners.into_iter().any(inside)
        || rings.iter().any(|ring| {
            ring.iter().copied().any(within)
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
