//! The sites of the businesses: every host that is not a fixed one.

use std::time::Duration;

use super::{Answer, Request, Scene};
use crate::rng::{hash, hash_text};
use crate::site::{Site, SiteState};
use crate::text::escape;

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    if let Some(target) = scene.world.former_target(&request.host) {
        return Answer::redirect(301, request.links().url(&target.host, &request.path));
    }
    let Some(site) = scene.world.site(&request.host) else {
        if scene.world.parked_names().contains(&request.host) {
            return parked(&request.host, &request.path);
        }
        return Answer::html(
            404,
            "<!doctype html><title>?</title><p>No such host in this web.\n",
        );
    };
    if request.host != site.host {
        return Answer::redirect(301, request.links().url(&site.host, &request.path));
    }
    fault(scene, site, request).unwrap_or_else(|| serve(scene, site, request))
}

/// Temporary faults of a share of the sites: slow ones, ones whose first answer is 503, ones that limit.
fn fault(scene: &Scene<'_>, site: &Site, request: &Request) -> Option<Answer> {
    let lot = (hash(&[site.seed, 77]) >> 11) as f64 / (1_u64 << 53) as f64;
    let shares = scene.shares;
    if lot < shares.error {
        // One refusal a path; it clears when the wait is over, or at the next try.
        return (request.earlier == 0 && request.path != "/robots.txt").then(|| Answer::later(503, 1));
    }
    if lot < shares.error + shares.limit {
        // Every fifth request is too many; what follows within a second too.
        let fresh = request
            .since_host_refusal
            .is_some_and(|since| since < Duration::from_secs(1));
        let fifth = request.earlier_host % 5 == 4;
        return (fresh || fifth).then(|| Answer::later(429, 1));
    }
    if lot < shares.error + shares.limit + shares.slow {
        let wait = 200 + hash_text(&request.path) % 400;
        return Some(serve(scene, site, request).after(Duration::from_millis(wait)));
    }
    None
}

fn serve(scene: &Scene<'_>, site: &Site, request: &Request) -> Answer {
    match site.state {
        SiteState::Gone => {
            return Answer::html(410, "<!doctype html><title>Gone</title><p>This site is closed.\n");
        }
        SiteState::Parked => return parked(&site.domain, &request.path),
        SiteState::Live => {}
    }
    match request.path.as_str() {
        "/robots.txt" => {
            let (status, text) = site.robots.answer(site, request.links());
            return Answer::text(status, text);
        }
        "/sitemap.xml" => {
            return Answer::new(200, "application/xml", site.sitemap(scene.world, request.links()));
        }
        "/logo@2x.png" | "/favicon.ico" => return Answer::new(200, "image/png", &b"\x89PNG\r\n\x1a\n"[..]),
        "/style.css" => return Answer::new(200, "text/css", ".phone{color:#0472112233}\n"),
        _ => {}
    }
    let Some(kind) = site.page_at(scene.world, &request.path) else {
        return Answer::not_found();
    };
    let page = site.render(scene.world, kind, request.links());
    let etag = format!("\"{:x}\"", hash(&[site.seed, hash_text(&request.path)]));
    let tagged = site.seed.is_multiple_of(2);
    if tagged && request.if_none_match.as_deref() == Some(etag.as_str()) {
        return Answer::new(304, "text/html", "").with("etag", etag);
    }
    let answer =
        Answer::new(200, &page.content_type(), page.bytes()).with("content-language", site.country.locale);
    if tagged {
        answer.with("etag", etag).with("cache-control", "max-age=600")
    } else {
        answer
    }
}

/// A domain seller's page: contacts that are not the business's.
fn parked(domain: &str, path: &str) -> Answer {
    if path != "/" {
        return Answer::redirect(302, "/".to_owned());
    }
    let domain = escape(domain);
    Answer::html(
        200,
        format!(
            "<!doctype html><title>{domain}</title><h1>{domain} is for sale</h1>\n<p>Ask our broker: \
             <a href=\"tel:+12025550143\">+1 202-555-0143</a>, sales@domains.test</p>\n"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::Shares;
    use super::*;
    use crate::config::WorldConfig;
    use crate::site::Robots;
    use crate::world::World;

    fn ask(world: &World, host: &str, path: &str) -> Answer {
        let scene = Scene {
            world,
            faults: false,
            shares: Shares::default(),
        };
        answer(&scene, &Request::get(host, path))
    }

    fn live(world: &World, robots: Robots) -> &Site {
        let fits = |site: &&Site| site.state == SiteState::Live && site.robots == robots;
        world
            .sites
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("no site with {robots:?}"))
    }

    #[test]
    fn robots_say_what_truth_says() {
        let world = World::generate(&WorldConfig::new(9, 2_000));
        for (robots, status, holds) in [
            (Robots::Allow, 200, "Disallow:\n"),
            (Robots::DisallowPrivate, 200, "Disallow: /private/\n"),
            (Robots::CrawlDelay, 200, "crawl-delay: 1\n"),
            (Robots::Missing, 404, ""),
            (Robots::ServerError, 500, ""),
            (Robots::DisallowAll, 200, "Disallow: /\n"),
        ] {
            let answer = ask(&world, &live(&world, robots).host, "/robots.txt");
            assert_eq!(answer.status, status, "{robots:?}");
            assert!(answer.body_text().contains(holds), "{}", answer.body_text());
        }
    }

    #[test]
    fn the_private_page_is_there_to_be_left_alone() {
        let world = World::generate(&WorldConfig::new(9, 200));
        let site = live(&world, Robots::DisallowPrivate);
        let path = site.path(&world, crate::site::PageKind::Private);
        assert!(path.starts_with("/private/"));
        let page = world.page(&site.host, &path, None).unwrap();
        assert!(page.statements.is_empty() && page.decoys.iter().any(|decoy| decoy.kind == "private"));
        assert_eq!(ask(&world, &site.host, &path).status, 200);
    }

    #[test]
    fn unchanged_pages_are_not_sent_again() {
        let world = World::generate(&WorldConfig::new(9, 200));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let mut seen = 0;
        for site in world.sites.iter().filter(|site| site.state == SiteState::Live) {
            let mut request = Request::get(&site.host, "/");
            let first = answer(&scene, &request);
            let Some((_, etag)) = first.headers.iter().find(|(name, _)| *name == "etag") else {
                continue;
            };
            request.if_none_match = Some(etag.clone());
            assert_eq!(answer(&scene, &request).status, 304);
            seen += 1;
        }
        assert!(seen > 20);
    }

    #[test]
    fn dead_sites_say_nothing_of_the_business() {
        let config = WorldConfig {
            dead_share: 1.0,
            ..WorldConfig::new(9, 60)
        };
        let world = World::generate(&config);
        for site in world.sites.iter().filter(|site| !site.is_chain) {
            let answer = ask(&world, &site.host, "/");
            match site.state {
                SiteState::Gone => assert_eq!(answer.status, 410),
                SiteState::Parked => assert!(answer.body_text().contains("for sale")),
                SiteState::Live => {
                    let former = site.former_host.as_deref().unwrap();
                    assert_eq!(ask(&world, former, "/").status, 301);
                }
            }
        }
    }
}
