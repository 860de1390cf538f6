//! A business directory: search with pages, listings with JSON-LD, links to the businesses' sites.

use serde_json::json;

use super::{Answer, HostGuide, Request, Scene};
use crate::business::Business;
use crate::country::City;
use crate::entry;
use crate::text::{escape, fold};
use crate::world::{World, category_of, cities};

pub(super) const GUIDE: HostGuide = HostGuide {
    host: "directory.test",
    what: "A directory: search results in pages of 20 (at most 25 pages), listings with JSON-LD LocalBusiness",
    paths: &[
        "/",
        "/search?what=dentists&where=Lyon&page=1",
        "/robots.txt",
        "/sitemap.xml",
    ],
};

const PAGE: usize = 20;
/// Like many directories, this one shows no more than so many pages of a search.
const MAX_PAGES: usize = 25;
/// Listings a sitemap holds; there are as many sitemaps as that takes.
const SITEMAP: usize = 5_000;

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    match request.segments().as_slice() {
        [] => home(),
        ["search"] => search(scene.world, request),
        ["listing", id] => listing(scene.world, request, id),
        ["robots.txt"] => {
            let map = request.links().url("directory.test", "/sitemap.xml");
            Answer::text(
                200,
                format!("User-agent: *\nAllow: /\nDisallow: /private/\nSitemap: {map}\n"),
            )
        }
        ["sitemap.xml"] => sitemap_index(scene.world, request),
        ["sitemap", number] => sitemap(scene.world, request, number),
        ["private", ..] => Answer::html(
            200,
            "<!doctype html><title>Editors</title><p>Editors: 0800 000 0000\n",
        ),
        _ => Answer::not_found(),
    }
}

fn page(title: &str, body: &str) -> Answer {
    let title = escape(title);
    Answer::html(
        200,
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n\
             <form action=\"/search\"><input name=\"what\"><input name=\"where\"><button>Find</button></form>\n{body}</body></html>\n"
        ),
    )
}

fn home() -> Answer {
    let places: String = cities()
        .map(|(_, city)| {
            let name = escape(city.name());
            let target: String = form_urlencoded::byte_serialize(city.name().as_bytes()).collect();
            format!("<li><a href=\"/search?where={target}\">{name}</a></li>\n")
        })
        .collect();
    page(
        "The directory",
        &format!("<h1>The directory</h1>\n<ul>{places}</ul>\n"),
    )
}

/// What a search finds: businesses of the category (or with the words in their name) in the city.
pub(super) fn find<'a>(world: &'a World, what: &str, place: &str) -> Vec<&'a Business> {
    let category = category_of(what);
    let words = fold(what.trim());
    let city: Option<&City> = cities().map(|(_, city)| city).find(|city| city.is_called(place));
    if city.is_none() && !place.trim().is_empty() {
        return Vec::new();
    }
    world
        .matching(category, city)
        .filter(|business| category.is_some() || fold(&business.names.directory).contains(&words))
        .collect()
}

fn search(world: &World, request: &Request) -> Answer {
    let either = |one: &str, other: &str| {
        request
            .param(one)
            .or_else(|| request.param(other))
            .unwrap_or_default()
    };
    let what = either("what", "search_terms");
    let place = either("where", "geo_location_terms");
    let number = request.number("page", 1, usize::MAX).max(1);
    let found: Vec<&Business> = find(world, what, place)
        .into_iter()
        .filter(|business| business.directory.is_some())
        .collect();
    let pages = found.len().div_ceil(PAGE).clamp(1, MAX_PAGES);
    if number > pages {
        return Answer::not_found();
    }
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"count\">{} results</p>\n<ol>\n",
        escape(&format!("{what} {place}")),
        found.len()
    );
    for business in found.iter().skip((number - 1) * PAGE).take(PAGE) {
        let Some(path) = entry::directory_path(business) else {
            continue;
        };
        let name = escape(&business.names.directory);
        body.push_str(&format!(
            "<li class=\"result\"><a href=\"{path}\">{name}</a> <span>{}</span></li>\n",
            escape(business.city.name())
        ));
    }
    body.push_str("</ol>\n");
    let link = |page: usize, rel: &str| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("what", what)
            .append_pair("where", place)
            .append_pair("page", &page.to_string())
            .finish();
        format!("<a rel=\"{rel}\" href=\"/search?{}\">{rel}</a>\n", escape(&query))
    };
    if number > 1 {
        body.push_str(&link(number - 1, "prev"));
    }
    if number < pages {
        body.push_str(&link(number + 1, "next"));
    }
    page(&format!("{what} {place}"), &body)
}

fn listing(world: &World, request: &Request, id: &str) -> Answer {
    let id = id.split('-').next().unwrap_or(id);
    let business = world
        .directory_ids
        .get(id)
        .and_then(|index| world.business(*index));
    let Some(business) = business else {
        return Answer::not_found();
    };
    let Some(entry) = entry::directory(world, business, request.links()) else {
        return Answer::not_found();
    };
    let numbers = entry.written();
    let number = numbers.first();
    let mut object = json!({
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": entry::directory_path(business).map(|path| request.links().url("directory.test", &path)),
        "name": entry.name,
        "identifier": id,
        "geo": {"@type": "GeoCoordinates", "latitude": entry.lat, "longitude": entry.lon},
    });
    if let Some(object) = object.as_object_mut() {
        if let Some(number) = number {
            object.insert("telephone".to_owned(), json!(number));
        }
        if let Some(email) = entry.email {
            object.insert("email".to_owned(), json!(email.address));
        }
        if let Some(site) = &entry.site {
            object.insert("url".to_owned(), json!(site));
        }
        if let Some(address) = entry.address {
            object.insert(
                "address".to_owned(),
                json!({"@type": "PostalAddress", "streetAddress": address.street_line(), "postalCode": address.postcode,
                    "addressLocality": address.city, "addressRegion": address.region, "addressCountry": address.country}),
            );
        }
    }
    let json_ld = object.to_string().replace('<', "\\u003c");
    let mut body = format!(
        "<script type=\"application/ld+json\">{json_ld}</script>\n<h1>{}</h1>\n",
        escape(entry.name)
    );
    let mut row = |class: &str, html: String| body.push_str(&format!("<p class=\"{class}\">{html}</p>\n"));
    row("category", escape(&business.category.key.replace('_', " ")));
    if let Some(address) = entry.address {
        row("address", escape(&address.one_line()));
    }
    if let Some(number) = number {
        row("phone", escape(number));
    }
    if let Some(site) = &entry.site {
        let site = escape(site);
        row(
            "site",
            format!("<a rel=\"nofollow noopener\" href=\"{site}\">{site}</a>"),
        );
    }
    page(entry.name, &body)
}

fn sitemap_index(world: &World, request: &Request) -> Answer {
    let count = world.directory_ids.len().div_ceil(SITEMAP).max(1);
    let entries: String = (1..=count)
        .map(|number| {
            format!(
                "<sitemap><loc>{}</loc></sitemap>\n",
                request
                    .links()
                    .url("directory.test", &format!("/sitemap/{number}.xml"))
            )
        })
        .collect();
    Answer::new(
        200,
        "application/xml",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</sitemapindex>\n"
        ),
    )
}

fn sitemap(world: &World, request: &Request, name: &str) -> Answer {
    let number: Option<usize> = name.strip_suffix(".xml").and_then(|number| number.parse().ok());
    let Some(number) = number.filter(|number| *number >= 1) else {
        return Answer::not_found();
    };
    let entries: String = world
        .businesses()
        .iter()
        .filter_map(entry::directory_path)
        .skip((number - 1).saturating_mul(SITEMAP))
        .take(SITEMAP)
        .map(|path| {
            format!(
                "<url><loc>{}</loc></url>\n",
                request.links().url("directory.test", &path)
            )
        })
        .collect();
    if entries.is_empty() {
        return Answer::not_found();
    }
    Answer::new(
        200,
        "application/xml",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, Shares};
    use super::*;
    use crate::config::{Focus, WorldConfig};

    #[test]
    fn pages_hold_twenty_and_end_at_the_cap() {
        let config = WorldConfig {
            focus: vec![Focus::new("dentist", "Lyon", 0.9)],
            ..WorldConfig::new(5, 1_200)
        };
        let world = World::generate(&config);
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let ask = |page: usize| {
            let target = format!("/search?what=dentists&where=Lyon&page={page}");
            answer(&scene, &Request::get("directory.test", &target))
        };
        let first = ask(1).body_text();
        assert_eq!(first.matches("class=\"result\"").count(), 20);
        assert!(first.contains("rel=\"next\"") && !first.contains("rel=\"prev\""));
        let last = ask(25).body_text();
        assert!(!last.contains("rel=\"next\"") && last.contains("class=\"result\""));
        assert_eq!(ask(26).status, 404);
        assert_eq!(ask(usize::MAX).status, 404);
    }

    #[test]
    fn every_listing_of_the_sitemap_is_served() {
        let world = World::generate(&WorldConfig::new(5, 120));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let map = answer(&scene, &Request::get("directory.test", "/sitemap/1.xml")).body_text();
        let paths: Vec<&str> = map
            .split("<loc>http://directory.test")
            .skip(1)
            .filter_map(|s| s.split('<').next())
            .collect();
        assert_eq!(paths.len(), world.directory_ids.len());
        for path in paths {
            let page = answer(&scene, &Request::get("directory.test", path));
            assert!(
                page.status == 200 && page.body_text().contains("LocalBusiness"),
                "{path}"
            );
        }
        assert_eq!(
            answer(&scene, &Request::get("directory.test", "/listing/nobody")).status,
            404
        );
    }
}
