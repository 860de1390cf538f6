//! From a seed to a world.

use std::collections::HashMap;

use super::identity::{self, Hosts, Identity, NamesTaken};
use super::numbers::Numbers;
use super::{World, category_of, chain, cities};
use crate::business::{
    Address, Business, Email, Former, Hours, Listing, OsmRecord, Person, Phone, PhoneRole,
};
use crate::category::{self, Category};
use crate::config::WorldConfig;
use crate::country::{self, City, Country};
use crate::rng::Rng;
use crate::site::Site;
use crate::text::{native, slug};

/// What is handed out once in a world.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) numbers: Numbers,
    pub(super) hosts: Hosts,
    pub(super) names: NamesTaken,
}

/// Where a business stands and what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) country: &'static Country,
    pub(super) city: &'static City,
    pub(super) category: &'static Category,
}

pub(super) fn world(config: &WorldConfig) -> World {
    let mut world = World {
        config: config.clone(),
        businesses: Vec::with_capacity(config.businesses),
        chains: Vec::new(),
        sites: Vec::new(),
        hosts: HashMap::new(),
        former_hosts: HashMap::new(),
        directory_ids: HashMap::new(),
        parked: std::sync::OnceLock::new(),
        web: std::sync::OnceLock::new(),
    };
    let mut registry = Registry::default();
    let mut rng = Rng::of(&[config.seed, 1]);
    let focus = focus_places(config);
    while world.businesses.len() < config.businesses {
        let left = config.businesses - world.businesses.len();
        // A chain has five or six branches on average.
        if left >= 3 && rng.chance(config.chain_share / 5.5) {
            chain::grow(&mut world, &mut registry, &mut rng, left);
            continue;
        }
        let Some(place) = pick_place(config, &focus, &mut rng) else {
            break;
        };
        let mut rng = Rng::of(&[config.seed, 2, world.businesses.len() as u64]);
        single(&mut world, &mut registry, &mut rng, place);
    }
    index(&mut world);
    world
}

fn index(world: &mut World) {
    for (index, site) in world.sites.iter().enumerate() {
        let apex = site.domain();
        world.hosts.insert(format!("www.{apex}"), index);
        world.hosts.insert(apex.to_owned(), index);
        if let Some(former) = &site.former_host {
            world.former_hosts.insert(former.clone(), index);
        }
    }
    for business in &world.businesses {
        if let Some(listing) = &business.directory {
            world.directory_ids.insert(listing.id.clone(), business.index);
        }
    }
}

fn focus_places(config: &WorldConfig) -> Vec<(Place, f64)> {
    config
        .focus
        .iter()
        .filter_map(|focus| {
            let category = category_of(&focus.category)?;
            let (country, city) = cities().find(|(_, city)| city.is_called(&focus.city))?;
            allowed(config, country).then_some((
                Place {
                    country,
                    city,
                    category,
                },
                focus.share,
            ))
        })
        .collect()
}

fn allowed(config: &WorldConfig, country: &Country) -> bool {
    config.countries.is_empty()
        || config
            .countries
            .iter()
            .any(|code| code.eq_ignore_ascii_case(country.code))
}

fn pick_place(config: &WorldConfig, focus: &[(Place, f64)], rng: &mut Rng) -> Option<Place> {
    let mut chance = rng.unit();
    for (place, share) in focus {
        if chance < *share {
            return Some(*place);
        }
        chance -= share;
    }
    any_place(config, rng)
}

/// A place by the weights of countries, cities and categories; none when no country is allowed.
pub(super) fn any_place(config: &WorldConfig, rng: &mut Rng) -> Option<Place> {
    let countries: Vec<&'static Country> = country::ALL
        .iter()
        .copied()
        .filter(|country| allowed(config, country))
        .collect();
    let country = *countries.get(rng.weighted(countries.iter().map(|country| country.weight)))?;
    let city = country
        .cities
        .get(rng.weighted(country.cities.iter().map(|city| city.weight)))?;
    let category = category::ALL.get(rng.weighted(category::ALL.iter().map(|category| category.weight)))?;
    Some(Place {
        country,
        city,
        category,
    })
}

/// One business with its own name and, mostly, its own site.
fn single(world: &mut World, registry: &mut Registry, rng: &mut Rng, place: Place) {
    let identity = registry.names.take(rng, place);
    let with_site = rng.chance(world.config.site_share);
    let host = with_site.then(|| registry.hosts.take(rng, &identity, place.city));
    let index = world.businesses.len();
    let mut business = location(registry, rng, place, index, &identity);
    business.names = identity.names(rng, place.country, place.city);
    let domain = host.as_deref().unwrap_or("freemail.test");
    business.emails = emails(rng, place.country, domain, &identity, with_site);
    business.persons = persons(registry, rng, place, domain, &identity, with_site);
    business.socials = identity::socials(rng, &slug(&identity.latin));
    business.former = rng.chance(0.07).then(|| former(registry, rng, place, with_site));
    records(rng, &mut business);
    if let Some(host) = host {
        business.site = Some(world.sites.len());
        world.sites.push(Site::single(
            world.config.seed,
            world.config.dead_share,
            host,
            &business,
        ));
    }
    world.businesses.push(business);
}

/// The parts that hang on the location alone.
pub(super) fn location(
    registry: &mut Registry,
    rng: &mut Rng,
    place: Place,
    index: usize,
    identity: &Identity,
) -> Business {
    let Place {
        country,
        city,
        category,
    } = place;
    let [south, west, north, east] = city.bbox();
    // Well inside the box, so that the small errors of sources stay inside too.
    let lat = south + (north - south) * (0.03 + 0.94 * rng.unit());
    let lon = west + (east - west) * (0.03 + 0.94 * rng.unit());
    Business {
        index,
        id: format!("b{index:06}"),
        country,
        city,
        category,
        names: identity.names(rng, country, city),
        address: address(rng, country, city),
        lat: round(lat),
        lon: round(lon),
        phones: phones(registry, rng, place),
        emails: Vec::new(),
        socials: Vec::new(),
        hours: rng.chance(0.8).then(|| Hours::generate(rng)),
        persons: Vec::new(),
        former: None,
        chain: None,
        site: None,
        osm: None,
        directory: None,
        maps: None,
        vat: rng.pattern(country.vat),
        register: rng.pattern(country.register),
    }
}

/// Seven decimals, as OpenStreetMap stores them.
fn round(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

fn address(rng: &mut Rng, country: &'static Country, city: &'static City) -> Address {
    let number = match country.code {
        "JP" => format!("{}-{}-{}", rng.range(1, 6), rng.range(1, 20), rng.range(1, 20)),
        "US" => (rng.range(1, 98) * 100 + rng.range(1, 98)).to_string(),
        _ if rng.chance(0.1) => format!("{}{}", rng.range(1, 120), rng.word(&["a", "b", "bis"])),
        _ => rng.range(1, 140).to_string(),
    };
    let postcode = rng.word(city.postcodes);
    Address {
        street: rng.word(country.streets).to_owned(),
        number,
        postcode: rng.pattern(postcode),
        city: city.name().to_owned(),
        region: city.region().to_owned(),
        country: country.code,
        form: country.address,
    }
}

fn phones(registry: &mut Registry, rng: &mut Rng, place: Place) -> Vec<Phone> {
    let Place { country, city, .. } = place;
    let numbers = &mut registry.numbers;
    let mut phones = vec![numbers.fixed(rng, country, city, PhoneRole::Main)];
    if country.code == "US"
        && rng.chance(0.15)
        && let Some(main) = phones.first_mut()
    {
        main.extension = Some(rng.range(10, 499).to_string());
    }
    if rng.chance(0.15) {
        phones.push(numbers.fixed(rng, country, city, PhoneRole::Second));
    }
    if rng.chance(0.3) {
        let role = if rng.chance(0.3) {
            PhoneRole::Whatsapp
        } else {
            PhoneRole::Mobile
        };
        phones.push(numbers.take(rng, country, country.mobile, role));
    }
    if rng.chance(0.3) {
        phones.push(numbers.fixed(rng, country, city, PhoneRole::Fax));
    }
    if rng.chance(0.06) {
        phones.push(numbers.take(rng, country, country.toll_free, PhoneRole::TollFree));
    }
    phones
}

fn emails(
    rng: &mut Rng,
    country: &Country,
    domain: &str,
    identity: &Identity,
    with_site: bool,
) -> Vec<Email> {
    if !with_site {
        let address = format!("{}@{domain}", slug(&identity.latin));
        return if rng.chance(0.4) {
            vec![Email {
                address,
                kind: "personal",
            }]
        } else {
            Vec::new()
        };
    }
    let mut emails: Vec<Email> = Vec::new();
    for share in [0.92, 0.2] {
        let email = identity::role_email(rng, country, domain);
        if rng.chance(share) && !emails.contains(&email) {
            emails.push(email);
        }
    }
    emails
}

fn persons(
    registry: &mut Registry,
    rng: &mut Rng,
    place: Place,
    domain: &str,
    identity: &Identity,
    with_site: bool,
) -> Vec<Person> {
    let country = place.country;
    let count = if with_site && rng.chance(0.6) {
        rng.range(1, 4)
    } else {
        0
    };
    let roles = ["owner", "manager", "specialist", "assistant"];
    let mut persons: Vec<Person> = Vec::new();
    for (index, (role, function)) in roles
        .into_iter()
        .zip(country.lang.functions)
        .enumerate()
        .take(count)
    {
        let given = rng.word(country.givens);
        let family = if index == 0 {
            identity.family
        } else {
            rng.word(country.families)
        };
        let phone = rng.chance(0.35).then(|| {
            registry
                .numbers
                .fixed(rng, country, place.city, PhoneRole::Direct)
        });
        let email = rng
            .chance(0.5)
            .then(|| identity::personal_email(rng, given, family, domain));
        let name = match country.code {
            "JP" => format!("{} {}", native(family), native(given)),
            "CN" => format!("{}{}", native(family), native(given)),
            _ => format!("{} {}", native(given), native(family)),
        };
        if persons
            .iter()
            .all(|other| other.name != name && (email.is_none() || other.email != email))
        {
            persons.push(Person {
                name,
                function,
                role,
                phone,
                email,
            });
        }
    }
    persons
}

fn former(registry: &mut Registry, rng: &mut Rng, place: Place, with_site: bool) -> Former {
    let shown_by = match rng.below(3) {
        0 if with_site => "page",
        1 => "osm",
        _ => "directory",
    };
    Former {
        address: address(rng, place.country, place.city),
        phone: registry
            .numbers
            .fixed(rng, place.country, place.city, PhoneRole::Former),
        shown_by,
    }
}

/// Which open data, directory and maps service know it, and how much of it. Everybody is known to somebody.
pub(super) fn records(rng: &mut Rng, business: &mut Business) {
    let shown_by = business.former.as_ref().map(|former| former.shown_by);
    let (osm, directory, maps) = (rng.chance(0.75), rng.chance(0.7), rng.chance(0.8));
    let nowhere = !osm && !directory && !maps;
    if osm || nowhere || shown_by == Some("osm") {
        business.osm = Some(osm_record(rng, business.index as u64));
    }
    let number = business.index as u64;
    if directory || shown_by == Some("directory") {
        business.directory = Some(listing(
            rng,
            format!("d{:x}", crate::rng::hash(&[9, number]) >> 24),
            0.85,
        ));
    }
    if maps {
        business.maps = Some(listing(
            rng,
            format!("m{:016x}", crate::rng::hash(&[11, number])),
            0.9,
        ));
    }
}

fn osm_record(rng: &mut Rng, index: u64) -> OsmRecord {
    let element = if rng.chance(0.75) { "node" } else { "way" };
    let first = if element == "node" {
        11_000_000_000
    } else {
        1_300_000_000
    };
    OsmRecord {
        element,
        id: first + index * 17 + rng.below(17) as u64,
        seed: rng.next(),
        with_phone: rng.chance(0.62),
        with_site: rng.chance(0.7),
        with_email: rng.chance(0.25),
        with_hours: rng.chance(0.6),
        with_address: rng.chance(0.8),
        contact_keys: rng.chance(0.35),
    }
}

fn listing(rng: &mut Rng, id: String, phone_share: f64) -> Listing {
    Listing {
        id,
        seed: rng.next(),
        with_phone: rng.chance(phone_share),
        with_site: rng.chance(0.75),
        with_email: rng.chance(0.3),
    }
}
