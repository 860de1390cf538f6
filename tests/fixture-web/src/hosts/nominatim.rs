//! A Nominatim look-alike: `/search`, `/reverse`, `/lookup`, `/status`.
//!
//! It knows countries, cities and the streets businesses stand in
//! (<https://nominatim.org/release-docs/latest/api/Overview/>).

use serde_json::{Value, json};

use super::overpass::{city_relation, country_relation, distance};
use super::{Answer, HostGuide, Request, Scene};
use crate::business::Business;
use crate::country::{self, City, Country};
use crate::text::fold;
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

/// A place found.
#[derive(Clone, Copy)]
enum Place<'a> {
    Country(usize, &'static Country),
    City(usize, &'static Country, &'static City),
    House(&'a Business),
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
    let found: Vec<Value> = find(world, &parts)
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

fn find<'a>(world: &'a World, parts: &[String]) -> Vec<Place<'a>> {
    let rest = |taken: usize| parts.iter().enumerate().filter(move |(index, _)| *index != taken);
    let mut found = Vec::new();
    for (index, (country, city)) in cities().enumerate() {
        let Some(taken) = parts.iter().position(|part| names_city(city, part)) else {
            continue;
        };
        let streets: Vec<&String> = rest(taken)
            .map(|(_, part)| part)
            .filter(|part| !is_around(city, country, part))
            .collect();
        if streets.is_empty() {
            found.push(Place::City(index, country, city));
        } else {
            found.extend(houses(world, city, &streets));
        }
    }
    if let [only] = parts {
        for (index, country) in country::ALL.iter().enumerate() {
            if names_country(country, only) {
                found.push(Place::Country(index, country));
            }
        }
    }
    found
}

/// `Lyon`, `69001 Lyon`, `LYON`.
fn names_city(city: &City, part: &str) -> bool {
    let bare: Vec<&str> = part
        .split_whitespace()
        .filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    city.is_called(part) || city.is_called(&bare.join(" "))
}

fn names_country(country: &Country, part: &str) -> bool {
    let wanted = fold(part);
    [country.name, country.local_name, country.code]
        .iter()
        .any(|name| fold(name) == wanted)
}

/// Region, country or postal code: what may stand beside a city without meaning a street.
fn is_around(city: &City, country: &Country, part: &str) -> bool {
    names_country(country, part)
        || fold(city.region()) == fold(part)
        || part.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ')
}

/// Businesses whose street line is asked for.
fn houses<'a>(world: &'a World, city: &'static City, streets: &[&String]) -> Vec<Place<'a>> {
    let wanted: Vec<String> = streets.iter().map(|street| fold(street)).collect();
    world
        .matching(None, Some(city))
        .filter(|business| {
            let line = fold(&business.address.street_line());
            wanted.contains(&line)
        })
        .map(Place::House)
        .collect()
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

impl Place<'_> {
    fn country(self) -> &'static Country {
        match self {
            Self::Country(_, country) | Self::City(_, country, _) => country,
            Self::House(business) => business.country,
        }
    }

    fn osm(self) -> (&'static str, u64) {
        match self {
            Self::Country(index, _) => ("relation", country_relation(index)),
            Self::City(index, ..) => ("relation", city_relation(index)),
            Self::House(business) => business
                .osm
                .as_ref()
                .map_or(("node", 0), |record| (record.element, record.id)),
        }
    }

    fn position(self) -> (f64, f64) {
        match self {
            Self::Country(_, country) => country.cities.first().map_or((0.0, 0.0), City::center),
            Self::City(_, _, city) => city.center(),
            Self::House(business) => (business.lat, business.lon),
        }
    }

    /// South, north, west, east: Nominatim's own order.
    fn bbox(self) -> [f64; 4] {
        let [south, west, north, east] = match self {
            Self::Country(_, country) => country.cities.iter().map(City::bbox).fold(
                [90.0, 180.0, -90.0, -180.0],
                |[s, w, n, e]: [f64; 4], [south, west, north, east]| {
                    [s.min(south), w.min(west), n.max(north), e.max(east)]
                },
            ),
            Self::City(_, _, city) => city.bbox(),
            Self::House(business) => {
                let (lat, lon) = (business.lat, business.lon);
                [lat - 0.00005, lon - 0.00005, lat + 0.00005, lon + 0.00005]
            }
        };
        [south, north, west, east]
    }
}

fn write(place: Place<'_>, request: &Request) -> Value {
    let country = place.country();
    let english = request
        .param("accept-language")
        .is_some_and(|lang| lang.starts_with("en"));
    let country_name = if english { country.name } else { country.local_name };
    let (osm_type, osm_id) = place.osm();
    let (lat, lon) = place.position();
    let (category, kind, rank, name, display) = match place {
        Place::Country(..) => (
            "boundary",
            "administrative",
            4,
            country_name.to_owned(),
            country_name.to_owned(),
        ),
        Place::City(_, _, city) => {
            let name = if english { city.latin_name() } else { city.name() };
            let display = [name, city.region(), country_name].join(", ");
            ("boundary", "administrative", 16, name.to_owned(), display)
        }
        Place::House(business) => {
            let (key, value) = business.category.osm;
            let display = format!(
                "{}, {}, {country_name}",
                business.names.osm,
                business.address.one_line()
            );
            (key, value, 30, business.names.osm.clone(), display)
        }
    };
    let addresstype = match place {
        Place::Country(..) => "country",
        Place::City(..) => "city",
        Place::House(..) => category,
    };
    let mut value = json!({
        "place_id": osm_id % 1_000_000_007,
        "licence": "All places of this answer but cities are invented.",
        "osm_type": osm_type,
        "osm_id": osm_id,
        "lat": format!("{lat:.7}"),
        "lon": format!("{lon:.7}"),
        "category": category,
        "type": kind,
        "place_rank": rank,
        "importance": if rank < 30 { 0.7 } else { 0.01 },
        "addresstype": addresstype,
        "name": name,
        "display_name": display,
        "boundingbox": place.bbox().map(|degrees| format!("{degrees:.7}")),
    });
    if request.param("addressdetails") == Some("1")
        && let Some(object) = value.as_object_mut()
    {
        object.insert("address".to_owned(), details(place, country_name));
    }
    value
}

fn details(place: Place<'_>, country_name: &str) -> Value {
    let code = place.country().code.to_lowercase();
    match place {
        Place::Country(..) => json!({"country": country_name, "country_code": code}),
        Place::City(_, _, city) => {
            json!({"city": city.name(), "state": city.region(), "country": country_name, "country_code": code})
        }
        Place::House(business) => {
            let address = &business.address;
            json!({"house_number": address.number, "road": address.street, "city": address.city, "state": address.region,
                "postcode": address.postcode, "country": country_name, "country_code": code})
        }
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
        let business = &world.businesses()[17];
        let mut request = Request::get("nominatim.test", "/search");
        request.query = vec![(
            "q".to_owned(),
            format!(
                "{}, {}",
                business.address().street_line(),
                business.address().city
            ),
        )];
        let value = answer(&scene, &request).body_json();
        let near =
            |value: &Value| value["lat"].as_str().unwrap().parse::<f64>().unwrap() - business.position().0;
        assert!(
            value
                .as_array()
                .unwrap()
                .iter()
                .any(|place| near(place).abs() < 1e-6)
        );
        request.path = "/reverse".to_owned();
        let (lat, lon) = business.position();
        request.query = vec![
            ("lat".to_owned(), lat.to_string()),
            ("lon".to_owned(), lon.to_string()),
        ];
        assert!(near(&answer(&scene, &request).body_json()).abs() < 1e-6);
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
