//! Reads the truth of a business off its pages and records as they are rendered.

use super::{
    Standing, Truth, TruthAddress, TruthChain, TruthDecoy, TruthEmail, TruthFormer, TruthNames, TruthPage,
    TruthPerson, TruthPhone, TruthSite, TruthSocial,
};
use crate::business::{Address, Business, Email, Phone};
use crate::entry::{self, Entry};
use crate::links::Links;
use crate::site::{PageKind, Site, SiteState, Statement};
use crate::world::World;

/// All that is said anywhere: kind, value, and where.
type Said = Vec<(&'static str, String, Standing)>;

impl Truth {
    pub(crate) fn of(world: &World, business: &Business, links: Links) -> Self {
        let mut said = Said::new();
        let mut decoys = Vec::new();
        if let Some(site) = world.site_of(business) {
            read_site(world, site, business, links, &mut said, &mut decoys);
        }
        read_records(world, business, links, &mut said);
        let on = |kind: &str, value: &str| -> Vec<Standing> {
            said.iter()
                .filter(|(k, v, _)| *k == kind && v == value)
                .map(|(_, _, standing)| standing.clone())
                .collect()
        };
        let (key, value) = business.category.osm;
        let address = truth_address(&business.address);
        let hours = business.hours.as_ref().map(crate::business::Hours::osm);
        Self {
            id: business.id.clone(),
            names: names(business),
            category: business.category.key.to_owned(),
            osm_tag: format!("{key}={value}"),
            schema_type: business.category.schema.to_owned(),
            country: business.country.code.to_owned(),
            city: business.city.name().to_owned(),
            city_latin: business.city.latin_name().to_owned(),
            address_on: on("address", &address.text),
            address,
            lat: business.lat,
            lon: business.lon,
            phones: phones(business)
                .map(|(phone, current)| truth_phone(phone, current, on("phone", &phone.e164)))
                .collect(),
            emails: emails(business)
                .map(|email| truth_email(email, on("email", &email.address)))
                .collect(),
            socials: business
                .socials
                .iter()
                .map(|social| TruthSocial {
                    network: social.network.to_owned(),
                    handle: social.handle.clone(),
                    url: social.url.clone(),
                    on: on("social", &social.url),
                })
                .collect(),
            hours_on: hours
                .as_deref()
                .map(|hours| on("hours", hours))
                .unwrap_or_default(),
            hours,
            site: world.site_of(business).map(|site| truth_site(world, site, links)),
            osm_id: business
                .osm
                .as_ref()
                .map(|record| format!("{}/{}", record.element, record.id)),
            directory_id: business.directory.as_ref().map(|listing| listing.id.clone()),
            directory_url: entry::directory_path(business).map(|path| links.url("directory.test", &path)),
            maps_id: business.maps.as_ref().map(|listing| listing.id.clone()),
            persons: persons(business, on),
            chain: chain(world, business, links),
            moved_from: business.former.as_ref().map(|former| TruthFormer {
                address: truth_address(&former.address),
                phone: former.phone.e164.clone(),
                shown_by: former.shown_by.to_owned(),
            }),
            registrations: said
                .iter()
                .filter(|(kind, ..)| *kind == "registration")
                .map(|(_, value, _)| value.clone())
                .collect(),
            decoys,
        }
    }
}

fn read_site(
    world: &World,
    site: &Site,
    business: &Business,
    links: Links,
    said: &mut Said,
    decoys: &mut Vec<TruthDecoy>,
) {
    if site.state != SiteState::Live {
        return;
    }
    for kind in site.page_kinds() {
        // Other branches' pages say nothing of this one.
        if let PageKind::Branch(position) = kind
            && site.members.get(position) != Some(&business.index)
        {
            continue;
        }
        let page = site.render(world, kind, links);
        let url = links.url(&site.host, &page.path);
        for Statement {
            owner,
            kind,
            value,
            form,
            raw,
        } in page.statements
        {
            if owner == Some(business.index) {
                let standing = Standing {
                    source: "site".to_owned(),
                    url: url.clone(),
                    page: page.kind.to_owned(),
                    form: form.to_owned(),
                    raw,
                };
                said.push((kind, value, standing));
            }
        }
        decoys.extend(page.decoys.into_iter().map(|decoy| TruthDecoy {
            url: url.clone(),
            kind: decoy.kind.to_owned(),
            text: decoy.text,
        }));
    }
}

fn read_records(world: &World, business: &Business, links: Links, said: &mut Said) {
    if let Some((entry, record)) = entry::osm(world, business, links) {
        let url = links.url("overpass.test", &format!("/{}/{}", record.element, record.id));
        read_entry(&entry, "osm", &url, "tag", said);
        if let Some(hours) = business.hours.as_ref().filter(|_| record.with_hours) {
            said.push(("hours", hours.osm(), standing("osm", &url, "tag", &hours.osm())));
        }
    }
    if let (Some(entry), Some(path)) = (
        entry::directory(world, business, links),
        entry::directory_path(business),
    ) {
        read_entry(
            &entry,
            "directory",
            &links.url("directory.test", &path),
            "json-ld",
            said,
        );
    }
    if let (Some(entry), Some(listing)) = (entry::maps(world, business, links), &business.maps) {
        read_entry(
            &entry,
            "maps",
            &links.url("maps.test", &format!("/place/{}", listing.id)),
            "json",
            said,
        );
    }
}

fn read_entry(entry: &Entry<'_>, source: &str, url: &str, form: &str, said: &mut Said) {
    for (phone, raw) in entry.phones.iter().zip(entry.written()) {
        said.push(("phone", phone.e164.clone(), standing(source, url, form, &raw)));
    }
    if let Some(email) = entry.email {
        said.push((
            "email",
            email.address.clone(),
            standing(source, url, form, &email.address),
        ));
    }
    if let Some(address) = entry.address {
        said.push((
            "address",
            address.one_line(),
            standing(source, url, form, &address.one_line()),
        ));
    }
}

fn standing(source: &str, url: &str, form: &str, raw: &str) -> Standing {
    Standing {
        source: source.to_owned(),
        url: url.to_owned(),
        page: "record".to_owned(),
        form: form.to_owned(),
        raw: raw.to_owned(),
    }
}

/// Its numbers, those of its people, and the former one; the flag says whether it is current.
fn phones(business: &Business) -> impl Iterator<Item = (&Phone, bool)> {
    let own = business
        .phones
        .iter()
        .chain(business.persons.iter().filter_map(|person| person.phone.as_ref()));
    let former = business.former.as_ref().map(|former| &former.phone);
    own.map(|phone| (phone, true))
        .chain(former.map(|phone| (phone, false)))
}

fn emails(business: &Business) -> impl Iterator<Item = &Email> {
    business
        .emails
        .iter()
        .chain(business.persons.iter().filter_map(|person| person.email.as_ref()))
}

fn truth_phone(phone: &Phone, current: bool, on: Vec<Standing>) -> TruthPhone {
    TruthPhone {
        e164: phone.e164.clone(),
        national: phone.national.clone(),
        extension: phone.extension.clone(),
        role: phone.role.word().to_owned(),
        current,
        on,
    }
}

fn truth_email(email: &Email, on: Vec<Standing>) -> TruthEmail {
    TruthEmail {
        address: email.address.clone(),
        kind: email.kind.to_owned(),
        on,
    }
}

fn truth_address(address: &Address) -> TruthAddress {
    TruthAddress {
        text: address.one_line(),
        street_line: address.street_line(),
        street: address.street.clone(),
        house_number: address.number.clone(),
        postcode: address.postcode.clone(),
        city: address.city.clone(),
        region: address.region.clone(),
        country: address.country.to_owned(),
    }
}

fn names(business: &Business) -> TruthNames {
    let names = business.names.clone();
    TruthNames {
        site: names.site,
        legal: names.legal,
        osm: names.osm,
        directory: names.directory,
        maps: names.maps,
    }
}

fn persons(business: &Business, on: impl Fn(&str, &str) -> Vec<Standing>) -> Vec<TruthPerson> {
    business
        .persons
        .iter()
        .map(|person| TruthPerson {
            name: person.name.clone(),
            function: person.function.to_owned(),
            role: person.role.to_owned(),
            phone: person.phone.as_ref().map(|phone| phone.e164.clone()),
            email: person.email.as_ref().map(|email| email.address.clone()),
            on: on("person", &person.name),
        })
        .collect()
}

fn truth_site(world: &World, site: &Site, links: Links) -> TruthSite {
    let page = |kind: PageKind| TruthPage {
        kind: kind.word().to_owned(),
        url: links.url(&site.host, &site.path(world, kind)),
    };
    TruthSite {
        url: links.url(&site.host, "/"),
        host: site.host.clone(),
        former_host: site.former_host.clone(),
        state: site.state.word().to_owned(),
        robots: site.robots.word().to_owned(),
        reachable: site.state == SiteState::Live && site.robots.lets_in(),
        template: site.template().to_owned(),
        encoding: site.encoding().to_owned(),
        pages: site.page_kinds().into_iter().map(page).collect(),
    }
}

fn chain(world: &World, business: &Business, links: Links) -> Option<TruthChain> {
    let chain = world.chain_of(business)?;
    let site = world.site_of(business)?;
    let position = site.members.iter().position(|member| *member == business.index)?;
    let ids = chain.branches.iter().filter_map(|index| world.business(*index));
    Some(TruthChain {
        id: chain.id.clone(),
        name: chain.name.clone(),
        branches: ids.map(|branch| branch.id.clone()).collect(),
        phone: chain.phone.e164.clone(),
        email: chain.email.address.clone(),
        page: links.url(&site.host, &site.path(world, PageKind::Branch(position))),
    })
}
