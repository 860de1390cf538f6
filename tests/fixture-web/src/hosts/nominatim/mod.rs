//! A Nominatim look-alike: `/search`, `/reverse`, `/lookup`, `/status`.
//!
//! It knows countries, cities and the streets businesses stand in
//! (<https://nominatim.org/release-docs/latest/api/Overview/>).

mod find;
mod place;

use serde_json::{Value, json};

use self::find::{find, split_free};
use self::place::{Place, write};
use super::overpass::{city_relation, country_relation, distance};
use super::{Answer, HostGuide, Request, Scene};
use crate::business::Business;
use crate::country;
use crate::world::{World, cities};

pub(super) const GUIDE: HostGuide = HostGuide {
    host: "nominatim.test",
    what: "Nominatim look-alike: cities with bounding boxes, countries, addresses of businesses",
    paths: &[
        "/search?q=Lyon&format=jsonv2&addressdetails=1&limit=1",
        "/reverse?lat=45.764&lon=4.8357&format=jsonv2",
        "/status",
    ],
};

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    if request.path == "/robots.txt" {
        return Answer::text(200, "User-agent: *\nDisallow:\n");
    }
    // The usage policy of the real service asks for an identifying user agent.
    if request.user_agent.is_empty() {
        return Answer::text(403, "Access denied: please send a User-Agent.\n");
    }
    if scene.faults && request.earlier_host % 8 == 5 {
        return Answer::later(429, 1);
    }
    let answer = match request.path.trim_end_matches(".php") {
        "/search" => search(scene.world, request),
        "/lookup" => lookup(request),
        "/reverse" => reverse(scene.world, request),
        "/status" => return status(request),
        _ => return Answer::not_found(),
    };
    answer.map_or_else(|error| bad_request(&error), |value| Answer::json(&value))
}

fn status(request: &Request) -> Answer {
    if request.param("format") == Some("json") {
        return Answer::json(
            &json!({"status": 0, "message": "OK", "data_updated": "2026-11-01T00:00:00+00:00"}),
        );
    }
    Answer::text(200, "OK")
}

fn bad_request(message: &str) -> Answer {
    let mut answer = Answer::json(&json!({"error": {"code": 400, "message": message}}));
    answer.status = 400;
    answer
}

fn search(world: &World, request: &Request) -> Result<Value, String> {
    check_format(request)?;
    let limit = request.number("limit", 10, 40).max(1);
    let parts: Vec<String> = match request.param("q") {
        Some(query) => query
            .split(',')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect(),
        None => ["street", "city", "state", "country", "postalcode"]
            .iter()
            .filter_map(|name| request.param(name))
            .map(str::to_owned)
            .collect(),
    };
    if parts.is_empty() {
        return Err("Nothing to search for.".to_owned());
    }
    let codes = request.param("countrycodes").unwrap_or_default().to_lowercase();
    let allowed = |place: &Place<'_>| {
        codes.is_empty()
            || codes
                .split(',')
                .any(|code| code == place.country().code.to_lowercase())
    };
    let mut places = find(world, &parts);
    if let ([only], true) = (parts.as_slice(), places.is_empty()) {
        places = split_free(only)
            .map(|parts| find(world, &parts))
            .unwrap_or_default();
    }
    let found: Vec<Value> = places
        .into_iter()
        .filter(allowed)
        .take(limit)
        .map(|place| write(place, request))
        .collect();
    Ok(Value::Array(found))
}

fn check_format(request: &Request) -> Result<(), String> {
    match request.param("format").unwrap_or("jsonv2") {
        "json" | "jsonv2" => Ok(()),
        other => Err(format!(
            "Parameter 'format' must be one of: json, jsonv2. Got '{other}'."
        )),
    }
}

fn lookup(request: &Request) -> Result<Value, String> {
    check_format(request)?;
    let ids = request
        .param("osm_ids")
        .ok_or_else(|| "Parameter 'osm_ids' missing.".to_owned())?;
    let found = ids.split(',').take(50).filter_map(|id| {
        let id: u64 = id.trim().strip_prefix(['R', 'r'])?.parse().ok()?;
        let city = cities()
            .enumerate()
            .find(|(index, _)| city_relation(*index) == id);
        let country = country::ALL
            .iter()
            .enumerate()
            .find(|(index, _)| country_relation(*index) == id);
        city.map(|(index, (country, city))| Place::City(index, country, city))
            .or(country.map(|(index, country)| Place::Country(index, country)))
            .map(|place| write(place, request))
    });
    Ok(found.collect())
}

fn reverse(world: &World, request: &Request) -> Result<Value, String> {
    check_format(request)?;
    let coordinate = |name: &str| {
        request
            .param(name)
            .and_then(|value| value.parse::<f64>().ok())
            .filter(|n| n.is_finite())
    };
    let (Some(lat), Some(lon)) = (coordinate("lat"), coordinate("lon")) else {
        return Err("Parameters 'lat' and 'lon' must be numbers.".to_owned());
    };
    let near = |business: &&Business| distance(business.lat, business.lon, lat, lon);
    let nearest = world
        .businesses()
        .iter()
        .min_by(|a, b| near(a).total_cmp(&near(b)));
    match nearest.filter(|business| near(business) < 5_000.0) {
        Some(business) => Ok(write(Place::House(business), request)),
        None => Ok(json!({"error": "Unable to geocode"})),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, Shares};
    use super::*;
    use crate::config::WorldConfig;

    fn ask(target: &str) -> Value {
        let world = World::generate(&WorldConfig::new(3, 200));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        answer(&scene, &Request::get("nominatim.test", target)).body_json()
    }

    #[test]
    fn a_city_is_found_by_any_of_its_names_with_its_box() {
        for query in ["Lyon", "lyon", "Lyon,%20France", "Lione", "69001%20Lyon"] {
            let value = ask(&format!(
                "/search?format=jsonv2&limit=1&addressdetails=1&q={query}"
            ));
            assert_eq!(value[0]["name"], "Lyon", "{query}");
            let bbox: Vec<f64> = value[0]["boundingbox"]
                .as_array()
                .unwrap()
                .iter()
                .map(|n| n.as_str().unwrap().parse().unwrap())
                .collect();
            assert!(bbox[0] < 45.764 && bbox[1] > 45.764 && bbox[2] < 4.8357 && bbox[3] > 4.8357);
            assert_eq!(value[0]["address"]["country_code"], "fr");
        }
        assert_eq!(ask("/search?q=Atlantis"), json!([]));
        assert_eq!(ask("/search?q=Lyon&countrycodes=de"), json!([]));
        assert_eq!(ask("/search?q=Tokyo&accept-language=en")[0]["name"], "Tokyo");
    }

    #[test]
    fn an_address_leads_to_its_house_and_back() {
        let world = World::generate(&WorldConfig::new(3, 200));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let mut request = Request::get("nominatim.test", "/search");
        for business in world.businesses() {
            let (lat, lon) = business.position();
            let near =
                |value: &Value| (value["lat"].as_str().unwrap().parse::<f64>().unwrap() - lat).abs() < 1e-6;
            let query = format!(
                "{}, {}",
                business.address().street_line(),
                business.address().city
            );
            request.path = "/search".to_owned();
            request.query = vec![("q".to_owned(), query.clone())];
            let value = answer(&scene, &request).body_json();
            assert!(value.as_array().unwrap().iter().any(near), "{query}");
            request.path = "/reverse".to_owned();
            request.query = vec![
                ("lat".to_owned(), lat.to_string()),
                ("lon".to_owned(), lon.to_string()),
            ];
            assert!(near(&answer(&scene, &request).body_json()));
        }
        let french = world.businesses_in("dentist", "Lyon").next().unwrap();
        request.path = "/search".to_owned();
        let free = format!(
            "{} {} Lyon",
            french.address().street_line(),
            french.address().postcode
        );
        request.query = vec![("q".to_owned(), free)];
        assert_ne!(answer(&scene, &request).body_json(), json!([]));
        request.path = "/reverse".to_owned();
        request.query = vec![("lat".to_owned(), "NaN".to_owned())];
        assert_eq!(answer(&scene, &request).status, 400);
    }

    #[test]
    fn relations_are_looked_up() {
        let found = ask("/search?q=Berlin")[0]["osm_id"].as_u64().unwrap();
        assert_eq!(
            ask(&format!("/lookup?osm_ids=R{found},N1,rubbish"))[0]["name"],
            "Berlin"
        );
    }
}
