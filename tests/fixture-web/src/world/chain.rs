//! Chains: one name and site, several locations.

use super::generate::{Registry, any_place, location, records};
use super::identity;
use super::{Chain, World};
use crate::business::PhoneRole;
use crate::country::City;
use crate::rng::Rng;
use crate::site::Site;
use crate::text::slug;

/// Adds a chain of three to eight branches in cities of one country.
pub(super) fn grow(world: &mut World, registry: &mut Registry, rng: &mut Rng, left: usize) {
    let Some(place) = any_place(&world.config, rng) else {
        return;
    };
    let country = place.country;
    let identity = registry.names.take(rng, place);
    let host = registry.hosts.take(rng, &identity, place.city);
    let number = world.chains.len();
    let site = world.sites.len();
    let mut branches = Vec::new();
    for _ in 0..rng.range(3, 8).min(left) {
        let city: &'static City = rng.pick(country.cities).unwrap_or(place.city);
        let index = world.businesses.len();
        let place = super::generate::Place { city, ..place };
        let mut branch = location(registry, rng, place, index, &identity);
        branch.chain = Some(number);
        branch.site = Some(site);
        if rng.chance(0.5) {
            // A box of its own: `lyon.3@host`; the number keeps two branches of a city apart.
            let address = format!("{}.{}@{host}", slug(city.latin_name()), branches.len() + 1);
            branch.emails.push(crate::business::Email {
                address,
                kind: "role",
            });
        }
        records(rng, &mut branch);
        branches.push(index);
        world.businesses.push(branch);
    }
    let phone = registry
        .numbers
        .take(rng, country, country.toll_free, PhoneRole::TollFree);
    let legal = crate::text::fill(rng.word(country.legal_forms), &[("name", &identity.name)]);
    let email = identity::role_email(rng, country, &host);
    if let Some(first) = branches.first().and_then(|index| world.businesses.get(*index)) {
        world
            .sites
            .push(Site::chain(world.config.seed, host, first, branches.clone()));
    }
    world.chains.push(Chain {
        id: format!("c{number:04}"),
        name: identity.name,
        legal,
        branches,
        phone,
        email,
    });
}
