//! A maps-like API: JSON, pages of 20, and never more than 120 results a query, however many there are.

use serde_json::{Value, json};

use super::{Answer, HostGuide, Request, Scene};
use crate::business::Business;
use crate::entry;
use crate::links::Links;
use crate::rng::hash;
use crate::text::fold;
use crate::world::{World, category_of, cities, is_word_in};

pub(super) const GUIDE: HostGuide = HostGuide {
    host: "maps.test",
    what: "A capped maps-like API: at most 120 results a query in pages of 20, so areas must be tiled",
    paths: &[
        "/search?q=dentists&bbox=4.76,45.71,4.91,45.82&page=1",
        "/search?q=dentists%20in%20Lyon",
        "/search?q=dentistes&bbox=4.76,45.71,4.91,45.82&words=local",
    ],
};

const PAGE: usize = 20;
const CAP: usize = 120;

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    if scene.faults && request.earlier_host % 11 == 7 {
        return Answer::later(429, 1);
    }
    match request.segments().as_slice() {
        ["search"] => search(scene.world, request),
        ["place", id] => place(scene.world, request, id),
        ["robots.txt"] => Answer::text(200, "User-agent: *\nDisallow: /place/private\n"),
        _ => Answer::not_found(),
    }
}

fn refuse(message: &str) -> Answer {
    let mut answer = Answer::json(&json!({"error": {"status": "INVALID_ARGUMENT", "message": message}}));
    answer.status = 400;
    answer
}

/// West, south, east, north.
fn bbox(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = text
        .split(',')
        .filter_map(|part| part.trim().parse().ok())
        .filter(|n: &f64| n.is_finite())
        .collect();
    let bbox: [f64; 4] = numbers.try_into().ok()?;
    let [west, south, east, north] = bbox;
    (south <= north && west <= east).then_some(bbox)
}

fn search(world: &World, request: &Request) -> Answer {
    let query = request.param("q").unwrap_or_default().trim();
    if query.is_empty() {
        return refuse("q is required");
    }
    let area = match request.param("bbox") {
        None => None,
        Some(text) => match bbox(text) {
            Some(area) => Some(area),
            None => return refuse("bbox must be W,S,E,N in degrees"),
        },
    };
    let local = request.param("words") == Some("local");
    let mut found = find(world, query, area, local);
    // The order of a ranking nobody knows, but always the same.
    found.sort_by_key(|business| hash(&[41, business.index as u64]));
    let shown = found.len().min(CAP);
    let page = request.number("page", 1, usize::MAX).max(1);
    let links = request.links();
    let results: Vec<Value> = found
        .iter()
        .enumerate()
        .take(CAP)
        .skip((page - 1).saturating_mul(PAGE))
        .take(PAGE)
        .filter_map(|(rank, business)| record(world, business, links, rank + 1))
        .collect();
    let next = (page.saturating_mul(PAGE) < shown).then_some(page + 1);
    Answer::json(&json!({"query": query, "page": page, "results": results, "next_page": next}))
}

/// `dentists`, `dentists in Lyon`, or words of a name; inside the box, if there is one. With `local`, a business is found by
/// words of its own country's language alone, as in many a directory.
fn find<'a>(world: &'a World, query: &str, area: Option<[f64; 4]>, local: bool) -> Vec<&'a Business> {
    let (what, place) = query.split_once(" in ").unwrap_or((query, ""));
    let category = category_of(what);
    let city = cities().map(|(_, city)| city).find(|city| city.is_called(place));
    if city.is_none() && !place.is_empty() {
        return Vec::new();
    }
    let words = fold(what);
    world
        .matching(category, city)
        .filter(|business| category.is_some() || fold(&business.names.maps).contains(&words))
        .filter(|business| {
            !local || category.is_none_or(|category| is_word_in(business.country.lang, category, what))
        })
        .filter(|business| {
            area.is_none_or(|[west, south, east, north]| business.is_within(south, west, north, east))
        })
        .filter(|business| business.maps.is_some())
        .collect()
}

fn record(world: &World, business: &Business, links: Links, rank: usize) -> Option<Value> {
    let entry = entry::maps(world, business, links)?;
    let listing = business.maps.as_ref()?;
    let reviews = hash(&[43, listing.seed]) % 400;
    let mut value = json!({
        "place_id": listing.id,
        "rank": rank,
        "name": entry.name,
        "category": business.category.key,
        "lat": entry.lat,
        "lon": entry.lon,
        "status": "OPERATIONAL",
        "rating": 2.5 + (listing.seed % 26) as f64 / 10.0,
        "reviews": reviews,
        "is_ad": listing.seed % 25 == 0,
    });
    let object = value.as_object_mut()?;
    if let Some(address) = entry.address {
        object.insert("address".to_owned(), json!(address.one_line()));
        object.insert("country".to_owned(), json!(address.country));
    }
    if let Some(number) = entry.written().into_iter().next() {
        object.insert("phone".to_owned(), json!(number));
    }
    if let Some(site) = entry.site {
        object.insert("website".to_owned(), json!(site));
    }
    if let Some(hours) = &business.hours {
        object.insert("hours".to_owned(), json!(hours.osm()));
    }
    Some(value)
}

fn place(world: &World, request: &Request, id: &str) -> Answer {
    let found = world
        .businesses()
        .iter()
        .find(|business| business.maps.as_ref().is_some_and(|listing| listing.id == id));
    match found.and_then(|business| record(world, business, request.links(), 1)) {
        Some(value) => Answer::json(&value),
        None => Answer::not_found(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, Shares};
    use super::*;
    use crate::config::{Focus, WorldConfig};
    use std::collections::HashSet;

    #[test]
    fn a_query_never_shows_more_than_the_cap_but_tiles_show_all() {
        let config = WorldConfig {
            focus: vec![Focus::new("dentist", "Lyon", 0.9)],
            ..WorldConfig::new(5, 600)
        };
        let world = World::generate(&config);
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let all = |bbox: &str| {
            let mut ids = HashSet::new();
            let mut page = Some(1);
            while let Some(number) = page {
                let target = format!("/search?q=dentists&bbox={bbox}&page={number}");
                let value = answer(&scene, &Request::get("maps.test", &target)).body_json();
                for result in value["results"].as_array().unwrap() {
                    ids.insert(result["place_id"].as_str().unwrap().to_owned());
                }
                page = value["next_page"].as_u64();
            }
            ids
        };
        let whole = all("4.7,45.7,5.0,45.9");
        assert_eq!(whole.len(), CAP);
        let mut tiled = HashSet::new();
        for row in 0..8 {
            for column in 0..8 {
                let (west, south) = (4.76 + 0.02 * f64::from(column), 45.71 + 0.014 * f64::from(row));
                tiled.extend(all(&format!("{west},{south},{},{}", west + 0.02, south + 0.014)));
            }
        }
        let known = world
            .businesses_in("dentist", "Lyon")
            .filter(|business| business.maps().is_some())
            .count();
        assert_eq!(tiled.len(), known);
        assert!(known > CAP);
    }

    #[test]
    fn local_words_find_what_speaks_their_language() {
        let config = WorldConfig {
            focus: vec![
                Focus::new("dentist", "Lyon", 0.4),
                Focus::new("dentist", "Berlin", 0.4),
            ],
            ..WorldConfig::new(5, 400)
        };
        let world = World::generate(&config);
        let count = |what: &str, local: bool| find(&world, what, None, local).len();
        assert_eq!(count("dentistes", false), count("Zahnärzte", false));
        let (french, german) = (count("dentistes", true), count("Zahnärzte", true));
        assert!(french > 50 && german > 50 && french + german <= count("dentists", false));
        assert!(count("dentists", true) < french);
    }

    #[test]
    fn bad_boxes_are_refused() {
        let world = World::generate(&WorldConfig::new(5, 20));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        for target in [
            "/search",
            "/search?q=a&bbox=1,2,3",
            "/search?q=a&bbox=3,2,1,4",
            "/search?q=a&bbox=NaN,1,2,3",
        ] {
            assert_eq!(
                answer(&scene, &Request::get("maps.test", target)).status,
                400,
                "{target}"
            );
        }
    }
}
