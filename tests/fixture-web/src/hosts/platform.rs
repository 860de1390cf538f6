//! Platforms whose real pages may not be copied: each shows businesses with the structured data such pages carry.

use serde_json::{Value, json};

use super::{Answer, HostGuide, Request, Scene};
use crate::business::Business;
use crate::entry::{self, Entry};
use crate::text::escape;

pub(super) const PAGES: HostGuide = guide(
    "pages.test",
    "Pages of businesses on a social network: OpenGraph, App Links, schema.org",
);
pub(super) const PLACES: HostGuide = guide("places.test", "Places with ratings, as travel portals show them");
pub(super) const FUNDING: HostGuide = guide("funding.test", "Organisations, as investors look them up");
pub(super) const JOBS: HostGuide = guide(
    "jobs.test",
    "Advertisements of employers: schema.org's JobPosting",
);

const fn guide(host: &'static str, what: &'static str) -> HostGuide {
    HostGuide {
        host,
        what,
        paths: &["/b000001", "/robots.txt"],
    }
}

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    if request.path == "/robots.txt" {
        return Answer::text(200, "User-agent: *\nAllow: /\n");
    }
    let world = scene.world;
    let id = request.segments().last().copied().unwrap_or_default();
    // A travel portal's ids are numbers.
    let id = id.rsplit("-d").next().unwrap_or(id).trim_start_matches('b');
    let business = world.businesses().iter().find(|business| number(business) == id);
    let shown =
        business.and_then(|business| Some((business, entry::maps(world, business, request.links())?)));
    match shown {
        Some((business, entry)) => Answer::html(200, page(request, business, &entry)),
        None => Answer::not_found(),
    }
}

fn number(business: &Business) -> &str {
    business.id.trim_start_matches('b')
}

fn page(request: &Request, business: &Business, entry: &Entry<'_>) -> String {
    let links = request.links();
    let id = &business.id;
    let (path, head, data) = match request.host.as_str() {
        "pages.test" => {
            let url = links.url("pages.test", &format!("/{id}"));
            let head = format!(
                "<meta property=\"og:title\" content=\"{}\"><meta property=\"og:url\" content=\"{url}\"><meta property=\"og:description\" \
                 content=\"{}. 1,{:03} likes · 12 talking about this.\"><meta property=\"al:android:url\" content=\"fb://page/1{:09}\">",
                escape(entry.name),
                escape(entry.name),
                business.index % 1000,
                business.index
            );
            (url, head, place(entry, "LocalBusiness", None))
        }
        "places.test" => {
            let path = format!("/Restaurant_Review-g1-d{}", number(business));
            let url = links.url("places.test", &path);
            let mut data = place(entry, "Restaurant", Some(&url));
            set(
                &mut data,
                "aggregateRating",
                json!({"@type": "AggregateRating", "ratingValue": "4.5", "reviewCount": 17 + business.index % 90}),
            );
            set(&mut data, "servesCuisine", json!(["Italian"]));
            (url, String::new(), data)
        }
        "funding.test" => {
            let url = links.url("funding.test", &format!("/organization/{id}"));
            let mut data = place(entry, "Organization", Some(&url));
            set(&mut data, "sameAs", json!(entry.site));
            set(&mut data, "foundingDate", json!("2009"));
            (url, String::new(), data)
        }
        _ => {
            let url = links.url("jobs.test", &format!("/cmp/{id}"));
            let data = json!({"@context": "https://schema.org", "@type": "JobPosting", "title": "Assistant (m/f)",
                "hiringOrganization": {"@type": "Organization", "name": entry.name, "sameAs": url},
                "jobLocation": {"@type": "Place", "address": address(entry)}});
            (url, String::new(), data)
        }
    };
    let site = entry.site.as_ref().map_or(String::new(), |site| {
        format!("<a class=\"website\" href=\"{}\">Website</a>", escape(site))
    });
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>{head}\n<link rel=\"canonical\" href=\"{1}\">\n\
         <script type=\"application/ld+json\">{2}</script></head>\n<body><h1>{0}</h1>{site}</body></html>\n",
        escape(entry.name),
        escape(&path),
        data.to_string().replace('<', "\\u003c")
    )
}

fn place(entry: &Entry<'_>, kind: &str, url: Option<&str>) -> Value {
    let mut data = json!({"@context": "https://schema.org", "@type": kind, "name": entry.name, "address": address(entry),
        "geo": {"@type": "GeoCoordinates", "latitude": entry.lat, "longitude": entry.lon}});
    if let Some(url) = url {
        set(&mut data, "url", json!(url));
    }
    if let Some(number) = entry.written().first() {
        set(&mut data, "telephone", json!(number));
    }
    data
}

fn address(entry: &Entry<'_>) -> Value {
    entry.address.map_or(Value::Null, |address| {
        json!({"@type": "PostalAddress", "streetAddress": address.street_line(), "postalCode": address.postcode,
            "addressLocality": address.city, "addressRegion": address.region, "addressCountry": address.country})
    })
}

fn set(data: &mut Value, name: &str, value: Value) {
    if let Some(object) = data.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, Shares};
    use super::*;
    use crate::config::WorldConfig;
    use crate::world::World;

    #[test]
    fn every_platform_shows_the_businesses_it_knows() {
        let world = World::generate(&WorldConfig::new(5, 40));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        for host in ["pages.test", "places.test", "funding.test", "jobs.test"] {
            let known = world.businesses().iter().filter(|business| {
                let page = answer(&scene, &Request::get(host, &format!("/x-d{}", business.id)));
                page.status == 200 && page.body_text().contains("application/ld+json")
            });
            assert!(known.count() > 10, "{host}");
            assert_eq!(answer(&scene, &Request::get(host, "/nobody")).status, 404);
        }
    }
}
