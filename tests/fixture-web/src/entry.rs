//! What open data, directory and maps service say of a business: rarely all, not always the newest, spelled their way.

use crate::business::{Address, Business, Email, NumberStyle, OsmRecord, Phone};
use crate::links::Links;
use crate::text::slug;
use crate::world::World;

/// A source's record of a business.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) address: Option<&'a Address>,
    pub(crate) phones: Vec<&'a Phone>,
    pub(crate) style: NumberStyle,
    pub(crate) email: Option<&'a Email>,
    pub(crate) site: Option<String>,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

impl Entry<'_> {
    /// The numbers as the source writes them.
    pub(crate) fn written(&self) -> Vec<String> {
        self.phones
            .iter()
            .map(|phone| phone.written(self.style))
            .collect()
    }
}

/// What OpenStreetMap has.
pub(crate) fn osm<'a>(
    world: &'a World,
    business: &'a Business,
    links: Links,
) -> Option<(Entry<'a>, &'a OsmRecord)> {
    let record = business.osm.as_ref()?;
    let (address, phone) = current_or_former(business, "osm");
    let style = match record.seed % 5 {
        0 => NumberStyle::National,
        1 => NumberStyle::Compact,
        _ => NumberStyle::International,
    };
    let mut phones: Vec<&Phone> = phone.filter(|_| record.with_phone).into_iter().collect();
    if !phones.is_empty() && record.seed % 7 == 0 {
        phones.extend(business.phones.iter().find(|phone| phone.role.word() == "mobile"));
    }
    let entry = Entry {
        name: &business.names.osm,
        address: record.with_address.then_some(address),
        phones,
        style,
        email: business.emails.first().filter(|_| record.with_email),
        site: record
            .with_site
            .then(|| listed_site(world, business, links, record.seed))
            .flatten(),
        lat: business.lat,
        lon: business.lon,
    };
    Some((entry, record))
}

/// What the directory has.
pub(crate) fn directory<'a>(world: &'a World, business: &'a Business, links: Links) -> Option<Entry<'a>> {
    let listing = business.directory.as_ref()?;
    let (address, phone) = current_or_former(business, "directory");
    Some(Entry {
        name: &business.names.directory,
        address: Some(address),
        phones: phone.filter(|_| listing.with_phone).into_iter().collect(),
        style: NumberStyle::National,
        email: business.emails.first().filter(|_| listing.with_email),
        site: listing
            .with_site
            .then(|| listed_site(world, business, links, listing.seed))
            .flatten(),
        lat: nudge(business.lat, listing.seed),
        lon: nudge(business.lon, listing.seed >> 8),
    })
}

/// What the maps service has.
pub(crate) fn maps<'a>(world: &'a World, business: &'a Business, links: Links) -> Option<Entry<'a>> {
    let listing = business.maps.as_ref()?;
    Some(Entry {
        name: &business.names.maps,
        address: Some(&business.address),
        phones: business
            .main_phone()
            .filter(|_| listing.with_phone)
            .into_iter()
            .collect(),
        style: if listing.seed % 2 == 0 {
            NumberStyle::International
        } else {
            NumberStyle::National
        },
        email: None,
        site: listing
            .with_site
            .then(|| listed_site(world, business, links, listing.seed))
            .flatten(),
        lat: nudge(business.lat, listing.seed),
        lon: nudge(business.lon, listing.seed >> 8),
    })
}

/// The path of a business's page in the directory.
pub(crate) fn directory_path(business: &Business) -> Option<String> {
    let listing = business.directory.as_ref()?;
    let name = slug(&business.names.directory);
    Some(if name.is_empty() {
        format!("/listing/{}", listing.id)
    } else {
        format!("/listing/{}-{name}", listing.id)
    })
}

fn current_or_former<'a>(business: &'a Business, source: &str) -> (&'a Address, Option<&'a Phone>) {
    match &business.former {
        Some(former) if former.shown_by == source => (&former.address, Some(&former.phone)),
        _ => (&business.address, business.main_phone()),
    }
}

/// Sources are some metres off: up to 0.00015 degrees, about 17 m.
fn nudge(degrees: f64, seed: u64) -> f64 {
    let off = ((seed % 31) as f64 - 15.0) * 1e-5;
    ((degrees + off) * 1e7).round() / 1e7
}

/// The address of a site as others link it: with and without `www.`, an old host, a slash missing, a campaign added.
fn listed_site(world: &World, business: &Business, links: Links, seed: u64) -> Option<String> {
    let site = world.site_of(business)?;
    let position = site.members.iter().position(|member| *member == business.index)?;
    if site.is_chain && seed.is_multiple_of(2) {
        let path = site.path(world, crate::site::PageKind::Branch(position));
        return Some(links.url(&site.host, &path));
    }
    let host = match seed % 4 {
        0 => site.domain.clone(),
        1 => format!("www.{}", site.domain),
        _ => site.host.clone(),
    };
    let host = site.former_host.as_ref().unwrap_or(&host);
    let path = match seed % 9 {
        0 | 1 => "",
        2 => "/?utm_source=listing",
        _ => "/",
    };
    Some(links.url(host, path))
}
