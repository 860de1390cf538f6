//! Answers that take their time.

use std::time::Duration;

use bytes::Bytes;

use super::super::{Answer, Body, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "slow.trap.test",
    what: "Slow answers: `ms` before the head (60,000 at most), or a body that drips one chunk each `ms`",
    paths: &["/?ms=3000", "/drip?ms=200&chunks=50"],
};

const MAX_MS: usize = 60_000;

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    let pause = Duration::from_millis(request.number("ms", 1_000, MAX_MS) as u64);
    match request.path.as_str() {
        "/" => super::guide(&GUIDE).after(pause),
        "/drip" => {
            let chunks = request.number("chunks", 20, 10_000);
            let chunks = std::iter::repeat_n(Bytes::from_static(b"<p>drop</p>\n"), chunks).collect();
            Answer::html(200, "").with_body(Body::Drip { chunks, pause })
        }
        "/robots.txt" => Answer::text(404, "none\n"),
        _ => Answer::not_found(),
    }
}
