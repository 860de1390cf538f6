//! Cities whose businesses are known, and the odd corners of the earth.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::record::{Area, BoundingBox, GeoPoint};

fn point(longitude: f64, latitude: f64) -> GeoPoint {
    GeoPoint::new(latitude, longitude).unwrap()
}

fn area(text: &str) -> Area {
    Area::Box(text.parse().unwrap())
}

const CAP: usize = 120;

/// Five thousand businesses, most of them near three centres.
fn city() -> Vec<GeoPoint> {
    let mut state = 42_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(u32::MAX >> 1)
    };
    let centres = [(4.83, 45.76), (4.88, 45.77), (4.79, 45.72)];
    let mut one = move |number: usize| {
        if number.is_multiple_of(4) {
            return point(4.7 + 0.3 * random(), 45.6 + 0.3 * random());
        }
        let (x, y) = centres[number % 3];
        let (far, angle) = (0.03 * random() * random(), std::f64::consts::TAU * random());
        point(x + far * angle.cos(), y + far * angle.sin())
    };
    (0..5_000).map(&mut one).collect()
}

/// Searches by a platform that shows the first hundred and twenty of a box; which were found, and how many cells were asked.
fn searched(mut tiles: Tiles, city: &[GeoPoint]) -> (BTreeSet<usize>, u64) {
    let mut found = BTreeSet::new();
    while let Some(tile) = tiles.next() {
        let inside = || {
            city.iter()
                .enumerate()
                .filter(|(_, point)| tile.area.contains(**point))
        };
        found.extend(
            inside()
                .take(CAP)
                .filter(|(_, point)| tiles.area().contains(**point))
                .map(|(place, _)| place),
        );
        if inside().count() > CAP {
            tiles.split(&tile);
        }
    }
    (found, tiles.asked())
}

/// The fewest cells of the same quadtree that hold no more than are shown.
fn fewest(cell: &BoundingBox, city: &[GeoPoint]) -> u64 {
    let inside: Vec<GeoPoint> = city
        .iter()
        .copied()
        .filter(|point| cell.contains(*point))
        .collect();
    if inside.len() <= CAP {
        return 1;
    }
    let mut tiles = Tiles::new(Area::Box(*cell));
    let whole = tiles.next().unwrap();
    tiles.split(&whole);
    std::iter::from_fn(|| tiles.next())
        .map(|quarter| fewest(&quarter.area, &inside))
        .sum()
}

#[test]
fn a_city_behind_a_cap_is_found_with_few_requests() {
    let (city, whole) = (city(), "4.7,45.6,5.0,45.9");
    let (one, asked) = searched(Tiles::new(area(whole)).seed(1), &city);
    let (other, again) = searched(Tiles::new(area(whole)).seed(2), &city);
    assert_eq!(one.len(), city.len());
    assert_eq!((&one, asked), (&other, again), "another order finds the same");
    let fewest = fewest(&whole.parse().unwrap(), &city);
    assert!(asked * 10 <= fewest * 14, "{asked} cells asked, {fewest} needed");
}

/// How many there are, told after so many cells: one that holds no more than are shown takes a request, others one too.
fn foretold(seed: u64, cells: u64, city: &[GeoPoint]) -> crate::plan::Estimate {
    let mut tiles = Tiles::new(area("4.7,45.6,5.0,45.9")).seed(seed);
    let (mut outlook, mut found) = (Outlook::default(), 0);
    while tiles.asked() < cells
        && let Some(tile) = tiles.next()
    {
        let inside = city.iter().filter(|point| tile.area.contains(**point)).count();
        if inside > CAP {
            outlook.parted(tile.depth, 1);
            tiles.split(&tile);
        } else {
            outlook.whole(tile.depth, inside as u64, 1);
            found += inside as u64;
        }
    }
    crate::plan::Estimate::of_all(found).and(outlook.left(&tiles, CAP as u64))
}

#[test]
fn what_waits_is_foretold_within_its_interval() {
    let city = city();
    let all = searched(Tiles::new(area("4.7,45.6,5.0,45.9")), &city).1;
    for part in [3, 2] {
        let told: Vec<_> = (0..200).map(|seed| foretold(seed, all / part, &city)).collect();
        let held = told
            .iter()
            .filter(|told| (told.low..=told.high).contains(&5_000.0))
            .count();
        let below = told.iter().filter(|told| told.low <= 5_000.0).count();
        let mean = told.iter().map(|told| told.total).sum::<f64>() / 200.0;
        println!("after a {part}th: {held} of 200 held, {below} from below, {mean:.0} on average");
        assert!(
            held >= 160 && below >= 190,
            "after a {part}th: {held} of 200 held, {below} from below"
        );
        assert!((3_000.0..6_000.0).contains(&mean), "{mean}");
    }
    let end = foretold(1, all, &city);
    assert!((end.total - 5_000.0).abs() < 1e-9 && (end.high - end.low).abs() < 1e-9);
}

#[test]
fn orders_differ_and_a_budget_ends_the_search() {
    let order = |seed| {
        let mut tiles = Tiles::new(area("0,0,1,1")).seed(seed).budget(30);
        let mut order = Vec::new();
        while let Some(tile) = tiles.next() {
            tiles.split(&tile);
            order.push(tile);
        }
        order
    };
    assert_eq!(
        (order(1).len(), order(1) == order(1), order(1) == order(2)),
        (30, true, false)
    );
    let mut shallow = Tiles::new(area("0,0,1,1")).deepest(1);
    while let Some(tile) = shallow.next() {
        shallow.split(&tile);
    }
    assert_eq!(
        (shallow.asked(), shallow.full().len()),
        (5, 4),
        "what cannot be parted is told"
    );
}

#[test]
fn a_search_goes_on_where_it_stood() {
    let city = city();
    let mut tiles = Tiles::new(area("4.7,45.6,5.0,45.9")).seed(3);
    for _ in 0..9 {
        let tile = tiles.next().unwrap();
        tiles.split(&tile);
    }
    let kept: Tiles = serde_json::from_str(&serde_json::to_string(&tiles).unwrap()).unwrap();
    assert_eq!(searched(kept, &city), searched(tiles, &city));
}

#[test]
fn the_antimeridian_and_the_poles_are_places_like_others() {
    // Fiji lies on both sides of it.
    let fiji = Area::circle(point(179.5, -17.5), 300_000.0).unwrap();
    assert_eq!(fiji.cover().len(), 2);
    assert!(fiji.contains(point(-179.0, -17.5)) && !fiji.contains(point(170.0, -17.5)));
    let pole = Area::circle(point(10.0, 89.0), 300_000.0).unwrap();
    assert!(pole.contains(point(-170.0, 89.5)));
    assert!(
        pole.cover()
            .iter()
            .any(|cover| cover.contains(point(-170.0, 89.5)))
    );
    let boxed = area("170,-20,-170,-10");
    assert_eq!(boxed.cover().len(), 2);
    let tiles = Tiles::new(boxed);
    assert_eq!(tiles.pending(), 2);
    let ring = r#"{"type":"Polygon","coordinates":[[[175,-20],[-175,-20],[-175,-10],[175,-10],[175,-20]]]}"#;
    let ring = Area::from_geojson(ring).unwrap();
    assert!(ring.contains(point(-179.0, -15.0)) && ring.contains(point(179.0, -15.0)));
    assert!(!ring.contains(point(0.0, -15.0)) && ring.cover().len() == 2);
}

#[test]
fn polygons_have_holes_and_parts() {
    let text = r#"{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[
        [[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[3,1],[3,3],[1,3],[1,1]]],
        [[[10,0],[11,0],[11,1],[10,1],[10,0]]]]}}"#;
    let area = Area::from_geojson(text).unwrap();
    for (x, y, within) in [
        (0.5, 0.5, true),
        (2.0, 2.0, false),
        (10.5, 0.5, true),
        (6.0, 0.5, false),
    ] {
        assert_eq!(area.contains(point(x, y)), within, "{x} {y}");
    }
    // The hole is not asked for, nor what lies between the parts.
    let touches = |text: &str| area.may_touch(&text.parse().unwrap());
    assert!(touches("0,0,1,1") && touches("3.5,-1,12,5"));
    assert!(!touches("1.5,1.5,2.5,2.5") && !touches("5,0,9,1"));
}

/// Guards against holes that lie on the other side of the antimeridian than their ring is written on.
#[test]
fn a_hole_beyond_the_antimeridian_is_one() {
    let geojson = r#"{"type": "Polygon", "coordinates": [
        [[170, -5], [-170, -5], [-170, 5], [170, 5], [170, -5]],
        [[-176, -1], [-174, -1], [-174, 1], [-176, 1], [-176, -1]]]}"#;
    let ring = Area::from_geojson(geojson).unwrap();
    assert!(ring.contains(point(175.0, 0.0)) && ring.contains(point(-172.0, 0.0)));
    assert!(!ring.contains(point(-175.0, 0.0)) && !ring.contains(point(160.0, 0.0)));
}

/// Guards against polygons that cancel each other where they overlap.
#[test]
fn what_lies_in_two_polygons_lies_within() {
    let square = "[[[0,0],[4,0],[4,4],[0,4],[0,0]]]";
    let beside = "[[[3,0],[7,0],[7,4],[3,4],[3,0]]]";
    let area = Area::from_geojson(&format!(
        r#"{{"type":"MultiPolygon","coordinates":[{square},{square},{beside}]}}"#
    ))
    .unwrap();
    assert!([1.0, 3.5, 6.0].iter().all(|x| area.contains(point(*x, 2.0))));
    assert!(area.may_touch(&"3.2,1,3.8,2".parse().unwrap()));
}

#[test]
fn polygons_may_span_the_earth() {
    let polygon =
        |ring: &str| Area::from_geojson(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#)).unwrap();
    let world = polygon("[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]");
    let cap = polygon("[[-180,60],[-90,60],[0,60],[90,60],[180,60],[180,90],[-180,90],[-180,60]]");
    for x in [-179.0, -100.0, 0.0, 100.0, 179.0] {
        assert!(
            world.contains(point(x, 1.0)) && cap.contains(point(x, 80.0)),
            "{x}"
        );
        assert!(!cap.contains(point(x, 50.0)), "{x}");
    }
    assert_eq!(world.cover(), ["-180,-90,180,90".parse().unwrap()]);
    assert_eq!(cap.cover(), ["-180,60,180,90".parse().unwrap()]);
}

/// Guards against a box around the whole earth for what a file has cut at the antimeridian.
#[test]
fn what_is_cut_at_the_antimeridian_is_covered_on_both_sides_of_it() {
    let cut = r#"{"type":"MultiPolygon","coordinates":[
        [[[176,-20],[180,-20],[180,-10],[176,-10],[176,-20]]],
        [[[-180,-20],[-175,-20],[-175,-10],[-180,-10],[-180,-20]]]]}"#;
    let area = Area::from_geojson(cut).unwrap();
    let boxes = ["176,-20,180,-10", "-180,-20,-175,-10"].map(|text| text.parse().unwrap());
    assert_eq!(area.cover(), boxes);
    assert!(area.contains(point(178.0, -15.0)) && area.contains(point(-178.0, -15.0)));
}

#[test]
fn what_has_no_surface_is_passed_over() {
    let features = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":null,"properties":{}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]]]},"properties":{}}]}"#;
    for text in [features.to_owned(), format!("\u{feff}{features}")] {
        assert!(Area::from_geojson(&text).unwrap().contains(point(1.0, 2.0)));
    }
}

#[test]
fn what_is_no_area_is_told() {
    for bad in [
        "",
        "{}",
        r#"{"type":"Point","coordinates":[1,2]}"#,
        r#"{"type":"Polygon","coordinates":[]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[200,1],[1,2],[0,0]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[0],[1],[1],[0]]]}"#,
        // Around a pole, and a side of which nobody knows which way it goes.
        r#"{"type":"Polygon","coordinates":[[[0,60],[90,60],[180,60],[-90,60],[0,60]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[-100,40],[100,40],[100,50],[-100,50],[-100,40]]]}"#,
    ] {
        assert_eq!(
            Area::from_geojson(bad).unwrap_err().kind(),
            crate::ErrorKind::InvalidInput,
            "{bad}"
        );
    }
    for metres in [0.0, -1.0, f64::NAN, f64::INFINITY, 3e7] {
        assert!(Area::circle(point(0.0, 0.0), metres).is_err(), "{metres}");
    }
}

proptest! {
    /// No point of an area lies where nobody asks.
    #[test]
    fn every_point_within_lies_in_a_cell(
        x in -180.0_f64..180.0, y in -90.0_f64..90.0, metres in 1.0_f64..2e6,
        px in -180.0_f64..180.0, py in -90.0_f64..90.0, near in any::<bool>(),
    ) {
        let circle = Area::circle(point(x, y), metres).unwrap();
        let place = if near {
            point((x + px / 60.0).clamp(-180.0, 180.0), (y + py / 30.0).clamp(-90.0, 90.0))
        } else {
            point(px, py)
        };
        if circle.contains(place) {
            let mut tiles = Tiles::new(circle);
            let mut holding = 0;
            while let Some(tile) = tiles.next() {
                if tile.area.contains(place) {
                    if tile.depth == 3 {
                        holding += 1;
                    } else {
                        tiles.split(&tile);
                    }
                }
            }
            prop_assert!(holding >= 1);
        }
    }

    #[test]
    fn hostile_geojson_is_no_panic(text in "\\PC{0,200}", corner in proptest::collection::vec(any::<f64>(), 0..4)) {
        let _ = Area::from_geojson(&text);
        let ring = format!(r#"{{"type":"Polygon","coordinates":[[{corner:?},{corner:?},{corner:?},{corner:?}]]}}"#);
        let _ = Area::from_geojson(&ring);
    }
}
