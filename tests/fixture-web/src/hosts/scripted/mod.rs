//! The sites once more, as pages that only a browser reads: `<host of a site>.<way>.localhost`.
//!
//! A page there ends as its twin on the site's own host begins: the same document, but brought by a script. `localhost`
//! makes the origin trustworthy, which service workers want. `?part=all` on the same address gives the document as it is,
//! and so does the way `plain`.

use super::{Answer, Request, Scene};
use crate::site::SiteState;
use crate::text::escape;

/// What all hosts here end with.
const SUFFIX: &str = ".localhost";

/// How a page is brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The label before `.localhost`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub what: &'static str,
    script: &'static str,
}

/// Every way. `document_of()` gives the twin's document; `show(node, html)` puts a body's content somewhere.
pub static WAYS: &[Way] = &[
    Way {
        name: "client",
        what: "a script asks for the content and builds the page",
        script: include_str!("client.js"),
    },
    Way {
        name: "lazy",
        what: "the content is asked for when its place is scrolled into view",
        script: include_str!("lazy.js"),
    },
    Way {
        name: "scroll",
        what: "each part is asked for when the end of the one before is scrolled into view",
        script: include_str!("scroll.js"),
    },
    Way {
        name: "reveal",
        what: "the content comes when the button `.reveal` is pressed by a person's hand (a trusted event)",
        script: include_str!("reveal.js"),
    },
    Way {
        name: "shadow",
        what: "the content hangs below an open shadow root",
        script: include_str!("shadow.js"),
    },
    Way {
        name: "closed",
        what: "the content hangs below a closed shadow root",
        script: include_str!("closed.js"),
    },
    Way {
        name: "frame",
        what: "the content stands in a frame of the same host",
        script: include_str!("frame.js"),
    },
    Way {
        name: "far",
        what: "the content stands in a frame of another host",
        script: include_str!("far.js"),
    },
    Way {
        name: "worker",
        what: "a service worker answers what the script asks for",
        script: include_str!("worker.js"),
    },
];

/// The label of hosts where the same pages come as they are, to compare with.
const PLAIN: &str = "plain";

/// The site and the way that a host names; no way where pages come as they are.
fn parts(host: &str) -> Option<(&str, Option<&'static Way>)> {
    let (site, name) = host.strip_suffix(SUFFIX)?.rsplit_once('.')?;
    let way = WAYS.iter().find(|way| way.name == name);
    (way.is_some() || name == PLAIN).then_some((site, way))
}

/// The answer, when the host is one of these.
pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Option<Answer> {
    let (host, way) = parts(&request.host)?;
    let site = scene
        .world
        .site(host)
        .filter(|site| site.host == host && site.state == SiteState::Live);
    let Some(site) = site else {
        return Some(Answer::not_found());
    };
    if request.path == "/robots.txt" {
        let (status, text) = site.robots.answer(site, request.links());
        return Some(Answer::text(status, text));
    }
    if request.path == "/service-worker.js" {
        return Some(Answer::new(
            200,
            "text/javascript",
            include_str!("service-worker.js"),
        ));
    }
    let Some(page) = scene.world.page(host, &request.path, request.port) else {
        return Some(Answer::not_found());
    };
    Some(match way {
        Some(way) if request.param("part").is_none() => Answer::html(200, shell(&page.html, way)),
        _ => Answer::html(200, page.html),
    })
}

/// A page with nothing on it but the script, and the title, which is in the twin, too.
fn shell(html: &str, way: &Way) -> String {
    let title = html
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    let title = title.map_or_else(String::new, |(title, _)| title.to_owned());
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body><div id=\"root\"></div>\n\
         <script data-way=\"{}\">\n{}\n{}</script></body></html>\n",
        escape(way.name),
        include_str!("common.js"),
        way.script
    )
}

#[cfg(test)]
mod tests {
    use super::super::Shares;
    use super::*;
    use crate::config::WorldConfig;
    use crate::world::World;

    #[test]
    fn a_shell_says_nothing_and_its_part_says_all() {
        let world = World::generate(&WorldConfig::new(9, 50));
        let scene = Scene {
            world: &world,
            faults: false,
            shares: Shares::default(),
        };
        let site = world
            .sites
            .iter()
            .find(|site| site.state == SiteState::Live)
            .unwrap();
        let twin = world.page(&site.host, "/", None).unwrap();
        for way in WAYS {
            let host = format!("{}.{}.localhost", site.host, way.name);
            let shell = answer(&scene, &Request::get(&host, "/")).unwrap().body_text();
            assert!(
                shell.contains("<div id=\"root\"></div>") && shell.len() < 6000,
                "{shell}"
            );
            let whole = answer(&scene, &Request::get(&host, "/?part=all"))
                .unwrap()
                .body_text();
            assert_eq!(whole, twin.html);
            assert_eq!(
                answer(&scene, &Request::get(&host, "/nowhere")).unwrap().status,
                404
            );
        }
        assert!(
            answer(&scene, &Request::get("nobody.test.client.localhost", "/"))
                .unwrap()
                .status
                == 404
        );
        assert!(answer(&scene, &Request::get("bakery.test", "/")).is_none());
        assert!(answer(&scene, &Request::get("bakery.sideways.localhost", "/")).is_none());
    }
}
