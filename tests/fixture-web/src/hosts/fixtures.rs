//! The guide to this web: what there is, and the truth.

use super::{Answer, HOSTS, HostGuide, Request, Scene};
use crate::text::escape;

pub(super) const GUIDE: HostGuide = HostGuide {
    host: "fixtures.test",
    what: "This guide, the truth about every business, and a list of all sites",
    paths: &["/", "/truth.jsonl", "/sites.txt", "/config.json"],
};

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    let world = scene.world;
    match request.path.as_str() {
        "/" => index(scene, request),
        "/truth.jsonl" => {
            let mut text = Vec::new();
            match world.write_truth(request.port, &mut text) {
                Ok(()) => Answer::new(200, "application/x-ndjson; charset=utf-8", text),
                Err(_) => Answer::text(500, "the truth could not be written\n"),
            }
        }
        "/sites.txt" => {
            let sites: Vec<String> = world.sites(request.port).collect();
            Answer::text(200, sites.join("\n") + "\n")
        }
        "/config.json" => Answer::json(&serde_json::json!({
            "seed": world.config.seed, "businesses": world.businesses.len(), "sites": world.sites.len(),
            "chains": world.chains.len(),
        })),
        "/robots.txt" => Answer::text(200, "User-agent: *\nDisallow: /truth.jsonl\n"),
        _ => Answer::not_found(),
    }
}

fn index(scene: &Scene<'_>, request: &Request) -> Answer {
    let world = scene.world;
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>The generated web</title></head>\n<body>\n<h1>The generated web</h1>\n\
         <p>Seed {}, {} businesses, {} sites, {} chains. Everything here is invented but the cities.</p>\n<dl>\n",
        world.config.seed,
        world.businesses.len(),
        world.sites.len(),
        world.chains.len()
    );
    for guide in &HOSTS {
        html.push_str(&format!(
            "<dt>{}</dt>\n<dd>{}<ul>",
            guide.host,
            escape(guide.what)
        ));
        for path in guide.paths {
            let url = escape(&request.links().url(guide.host, path));
            html.push_str(&format!("<li><a href=\"{url}\">{}</a></li>", escape(path)));
        }
        html.push_str("</ul></dd>\n");
    }
    html.push_str("</dl>\n<h2>Some sites</h2>\n<ul>\n");
    for site in world.sites.iter().take(40) {
        let url = escape(&request.links().url(&site.host, "/"));
        html.push_str(&format!(
            "<li><a href=\"{url}\">{url}</a> ({})</li>\n",
            site.template()
        ));
    }
    html.push_str("</ul>\n</body></html>\n");
    Answer::html(200, html)
}
