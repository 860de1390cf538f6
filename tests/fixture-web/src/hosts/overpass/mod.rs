//! An Overpass API look-alike: `/api/interpreter`, `/api/status`.
//!
//! It understands the part of Overpass QL that finding businesses needs
//! (<https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL>): settings, queries for nodes, ways and all kinds with
//! tag, bounding-box, `around`, `poly`, id and area filters, unions, named sets, `out`. What it does not understand is
//! answered as the real one does, with 400 and an HTML page.

mod ast;
mod element;
mod eval;
mod filters;
mod lex;
mod parse;

#[cfg(test)]
mod tests;

pub(super) use element::{city_relation, country_relation};
pub(super) use eval::distance;

use std::time::Duration;

use super::{Answer, HostGuide, Request, Scene};
use crate::text::escape;

pub(super) const GUIDE: HostGuide = HostGuide {
    host: "overpass.test",
    what: "Overpass look-alike over the businesses OpenStreetMap knows: a subset of Overpass QL by GET or POST `data=`",
    paths: &[
        "/api/interpreter?data=[out:json];nwr[amenity=dentist](45.6,4.7,45.9,5.0);out center tags;",
        "/api/status",
    ],
};

pub(super) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    match request.path.as_str() {
        "/api/interpreter" => {}
        "/api/status" => {
            return Answer::text(
                200,
                "Connected as: 1\nCurrent time: 2026-11-01T00:00:00Z\nRate limit: 2\n2 slots available now.\n",
            );
        }
        "/robots.txt" => return Answer::text(200, "User-agent: *\nDisallow:\n"),
        _ => return Answer::not_found(),
    }
    if let Some(refused) = fault(scene, request) {
        return refused;
    }
    let Some(query) = query_text(request) else {
        return bad_request("encoding error: Your input contains no query.");
    };
    match parse::program(&query) {
        Err(error) => bad_request(&error),
        Ok(program) if !program.json => bad_request("runtime error: this server answers [out:json] only."),
        Ok(program) => Answer::json(&eval::run(scene.world, &program, request.links())),
    }
}

/// With faults on: every sixth request finds no slot (429, clearing after a second), every ninth times out (504).
fn fault(scene: &Scene<'_>, request: &Request) -> Option<Answer> {
    if !scene.faults {
        return None;
    }
    let fresh = request
        .since_refusal
        .is_some_and(|since| since < Duration::from_secs(1));
    if fresh || request.earlier_host % 6 == 2 {
        return Some(Answer::later(429, 1));
    }
    (request.earlier_host % 9 == 5).then(|| {
        let page = "<html><body><p><strong>Error</strong>: runtime error: open64: 0 Success dispatcher. The server is probably too busy to handle your request. </p></body></html>\n";
        Answer::html(504, page)
    })
}

/// The query: `data=` in the address or a form, or the bare body.
fn query_text(request: &Request) -> Option<String> {
    if let Some(data) = request.param("data") {
        return Some(data.to_owned());
    }
    if request.body.is_empty() {
        return None;
    }
    if request.body.starts_with(b"data=") {
        let pairs = super::request::parse_query(&request.body);
        return pairs
            .into_iter()
            .find(|(key, _)| key == "data")
            .map(|(_, value)| value);
    }
    Some(String::from_utf8_lossy(&request.body).into_owned())
}

fn bad_request(error: &str) -> Answer {
    let error = escape(error);
    Answer::html(
        400,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head><title>OSM3S Response</title></head>\n\
             <body>\n<p><strong style=\"color:#FF0000\">Error</strong>: {error}</p>\n</body>\n</html>\n"
        ),
    )
}
