//! A search engine that speaks the API of SearXNG: <https://docs.searxng.org/dev/search_api.html>.

use serde_json::{Value, json};

use super::{Answer, HostGuide, Request, Scene};

pub(super) const GUIDE: HostGuide = HostGuide {
    host: "search.test",
    what: "A search engine with the API of SearXNG: sites among pages of the directory, profiles and parked names",
    paths: &["/search?q=dentist%20Lyon&format=json&pageno=1"],
};

const PAGE: usize = 10;
const MOST: usize = 50;

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    match (request.segments().as_slice(), request.param("format")) {
        (["search"], Some("json")) => search(scene, request),
        (["search"], _) => Answer::text(403, "only format=json is served\n"),
        _ => Answer::not_found(),
    }
}

fn search(scene: &Scene<'_>, request: &Request) -> Answer {
    let query = request.param("q").unwrap_or_default().trim();
    if query.is_empty() {
        return Answer::text(400, "q is required\n");
    }
    let page = request.number("pageno", 1, MOST).max(1);
    let links = request.links();
    let hits = scene.world.web_search(query, MOST);
    let results: Vec<Value> = hits
        .iter()
        .skip((page - 1) * PAGE)
        .take(PAGE)
        .map(|hit| {
            let url = if hit.host.is_empty() {
                hit.path.clone()
            } else {
                links.url(&hit.host, &hit.path)
            };
            json!({"url": url, "title": hit.title, "content": hit.snippet, "engine": "generated"})
        })
        .collect();
    Answer::json(
        &json!({"query": query, "number_of_results": hits.len(), "results": results, "unresponsive_engines": []}),
    )
}
