//! Bodies without end.

use super::super::{Answer, Body, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "huge.trap.test",
    what: "A page of `mb` megabytes, made while it is sent; `/one-line` has no line break, `/tags` is all tags",
    paths: &["/?mb=100", "/one-line?mb=10", "/tags?mb=10"],
};

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    let total = request.number("mb", 100, 100_000) as u64 * 1_000_000;
    let head = match request.path.as_str() {
        "/" => "<!doctype html><title>Huge</title><body><p>Filler text goes on and on.</p>\n",
        "/one-line" => "<!doctype html><title>Huge</title><body><p>",
        "/tags" => "<!doctype html><title>Huge</title><body><div><b>",
        "/robots.txt" => return Answer::text(404, "none\n"),
        _ => return Answer::not_found(),
    };
    Answer::html(200, "").with_body(Body::Filler { head, total })
}
