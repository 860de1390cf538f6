//! Search engines: each knows a part of the sites, ranks them its way, and treats programs its way. The pages have the marks
//! of well-known engines, so that what reads those reads these.

use serde_json::json;

use super::{Answer, HostGuide, Request, Scene};
use crate::business::Business;
use crate::entry;
use crate::links::Links;
use crate::rng::hash;
use crate::text::escape;
use crate::world::{World, category_of, cities};

pub(super) const MOJEEK: HostGuide = guide(
    "mojeek.test",
    "A search engine that answers everybody: 10 results a page",
);
pub(super) const BRAVE: HostGuide = guide(
    "brave.test",
    "A search engine that wants proof of being human from the second request on",
);
pub(super) const BING: HostGuide = guide(
    "bing.test",
    "A search engine that tells programs there is nothing",
);
pub(super) const ECOSIA: HostGuide = guide("ecosia.test", "A search engine whose robots.txt forbids /search");
pub(super) const SEARX: HostGuide = guide(
    "searx.test",
    "SearXNG of one's own: /search?q=&format=json&pageno=",
);

const fn guide(host: &'static str, what: &'static str) -> HostGuide {
    HostGuide {
        host,
        what,
        paths: &["/search?q=dentists%20Lyon", "/robots.txt"],
    }
}

const PAGE: usize = 10;

/// A result.
struct Hit {
    url: String,
    title: String,
    text: String,
}

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    match (request.path.as_str(), request.host.as_str()) {
        ("/robots.txt", "ecosia.test") => Answer::text(200, "User-agent: *\nDisallow: /search\n"),
        ("/robots.txt", _) => Answer::text(200, "User-agent: *\nAllow: /\n"),
        ("/search", "brave.test") if searches(request) > 0 => Answer::html(
            200,
            "<!DOCTYPE html><title>Brave</title><form action=\"/captcha/verify\"><p>Prove that you are human</p></form>\n",
        ),
        ("/search", host) => results(scene.world, request, host),
        _ => Answer::not_found(),
    }
}

/// Searches before this one.
fn searches(request: &Request) -> u64 {
    request.earlier
}

fn results(world: &World, request: &Request, host: &str) -> Answer {
    let words = request.param("q").unwrap_or_default();
    let start = match host {
        "mojeek.test" => request.number("s", 1, usize::MAX).saturating_sub(1),
        "bing.test" => request.number("first", 1, usize::MAX).saturating_sub(1),
        "brave.test" => request.number("offset", 0, 1_000) * PAGE,
        "searx.test" => (request.number("pageno", 1, 1_000).max(1) - 1) * PAGE,
        _ => request.number("p", 0, 1_000) * PAGE,
    };
    let all = if host == "bing.test" {
        Vec::new()
    } else {
        find(world, words, host, request.links())
    };
    let hits: Vec<&Hit> = all.iter().skip(start).take(PAGE).collect();
    match host {
        "searx.test" => searx(words, &hits),
        _ => Answer::html(200, page(host, words, &hits)),
    }
}

fn searx(words: &str, hits: &[&Hit]) -> Answer {
    let results: Vec<_> = hits
        .iter()
        .map(|hit| json!({"url": hit.url, "title": hit.title, "content": hit.text, "engine": "mojeek", "engines": ["mojeek"], "score": 1.0, "category": "general"}))
        .collect();
    Answer::json(
        &json!({"query": words, "number_of_results": results.len(), "results": results, "answers": [],
        "corrections": [], "infoboxes": [], "suggestions": [], "unresponsive_engines": []}),
    )
}

fn page(host: &str, words: &str, hits: &[&Hit]) -> String {
    let entries: String = hits.iter().map(|hit| entry_of(host, hit)).collect();
    let body = match (host, hits.is_empty()) {
        ("mojeek.test", true) => "<div class=\"serp-results\"><p>No pages found</p></div>".to_owned(),
        ("mojeek.test", false) => {
            format!("<div class=\"serp-results\"><ul class=\"results-standard\">{entries}</ul></div>")
        }
        ("brave.test", true) => {
            "<div id=\"results\"><div class=\"no-results\">Nothing</div></div>".to_owned()
        }
        ("brave.test", false) => format!("<div id=\"results\">{entries}</div>"),
        ("bing.test", true) => {
            "<ol id=\"b_results\"><li class=\"b_no\">There are no results</li></ol>".to_owned()
        }
        ("bing.test", false) => format!("<ol id=\"b_results\">{entries}</ol>"),
        (_, true) => "<div data-test-id=\"web-no-results\">Nothing</div>".to_owned(),
        (_, false) => entries,
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>{body}</body></html>\n",
        escape(words)
    )
}

fn entry_of(host: &str, hit: &Hit) -> String {
    let (url, title, text) = (escape(&hit.url), escape(&hit.title), escape(&hit.text));
    match host {
        "mojeek.test" => format!(
            "<li><a class=\"ob\" href=\"{url}\">{url}</a><h2><a class=\"title\" href=\"{url}\">{title}</a></h2><p class=\"s\">{text}</p></li>\n"
        ),
        "brave.test" => format!(
            "<div class=\"snippet\" data-type=\"web\"><div class=\"result-content\"><a href=\"{url}\"><div class=\"title search-snippet-title\">{title}</div></a><div class=\"generic-snippet\"><div class=\"content\">{text}</div></div></div></div>\n"
        ),
        "bing.test" => format!(
            "<li class=\"b_algo\"><h2><a href=\"{url}\">{title}</a></h2><div class=\"b_caption\"><p>{text}</p></div></li>\n"
        ),
        _ => format!(
            "<div data-test-id=\"mainline-result-web\"><a data-test-id=\"result-link\" href=\"{url}\"><h2 data-test-id=\"result-title\">{title}</h2></a><p data-test-id=\"web-result-description\">{text}</p></div>\n"
        ),
    }
}

/// What an engine knows for some words, in its order: sites, some with a page of the directory or a profile beside them, and an
/// encyclopaedia on top.
fn find(world: &World, words: &str, host: &str, links: Links) -> Vec<Hit> {
    let Some((category, city)) = meant(words) else {
        return Vec::new();
    };
    let seed = crate::rng::hash_text(host);
    let mut found: Vec<&Business> = world.matching(Some(category), Some(city)).collect();
    found.retain(|business| hash(&[seed, business.index as u64]) % 100 < 80);
    found.sort_by_key(|business| hash(&[seed, 7, business.index as u64]));
    let mut hits = vec![Hit {
        url: format!("https://en.wikipedia.org/wiki/{}", category.key),
        title: format!("{} - Wikipedia", category.key),
        text: "An encyclopaedia's article.".to_owned(),
    }];
    for business in found {
        let text = business.address.one_line();
        let mut hit = |url: String, title: String| {
            hits.push(Hit {
                url,
                title,
                text: text.clone(),
            });
        };
        if let Some(site) = world.site_of(business) {
            hit(links.url(&site.host, "/"), business.names.site.clone());
        }
        let more = hash(&[seed, 11, business.index as u64]) % 3;
        if let (0, Some(path)) = (more, entry::directory_path(business)) {
            hit(
                links.url("directory.test", &path),
                format!("{} - The directory", business.names.directory),
            );
        }
        if let (1, Some(social)) = (
            more,
            business
                .socials
                .iter()
                .find(|social| social.network == "facebook"),
        ) {
            hit(social.url.clone(), format!("{} | Facebook", business.names.site));
        }
    }
    hits
}

/// `dentists Lyon`, `dentists in Lyon`: the category and the city.
fn meant(words: &str) -> Option<(&'static crate::category::Category, &'static crate::country::City)> {
    words.match_indices(' ').find_map(|(at, _)| {
        let (what, place) = (words.get(..at)?, words.get(at + 1..)?);
        let what = what.strip_suffix(" in").unwrap_or(what);
        let city = cities()
            .map(|(_, city)| city)
            .find(|city| city.is_called(place))?;
        Some((category_of(what)?, city))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, Shares};
    use super::*;
    use crate::config::{Focus, WorldConfig};

    #[test]
    fn engines_treat_programs_each_its_way() {
        let config = WorldConfig {
            focus: vec![Focus::new("dentist", "Lyon", 0.9)],
            ..WorldConfig::new(5, 60)
        };
        let world = World::generate(&config);
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let ask = |host: &str, query: &str, earlier: u64| {
            let mut request = Request::get(host, &format!("/search?q=dentists%20Lyon{query}"));
            request.earlier = earlier;
            answer(&scene, &request).body_text()
        };
        assert_eq!(ask("mojeek.test", "", 9).matches("class=\"title\"").count(), 10);
        assert!(ask("mojeek.test", "&s=9991", 0).contains("No pages"));
        assert_eq!(ask("brave.test", "", 0).matches("data-type=\"web\"").count(), 10);
        assert!(ask("brave.test", "", 1).contains("/captcha/verify"));
        assert!(ask("bing.test", "", 0).contains("b_no"));
        assert!(ask("searx.test", "&format=json", 0).contains("\"results\":[{"));
        assert_ne!(ask("mojeek.test", "", 0), ask("mojeek.test", "&s=11", 0));
    }
}
