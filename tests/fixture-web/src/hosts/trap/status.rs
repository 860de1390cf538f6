//! Statuses: for good, or until the wait is over.

use std::time::Duration;

use super::super::{Answer, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "status.trap.test",
    what: "`/<status>` answers it always; `/429-clears`, `/503-clears`, `/500-clears` do until a second has passed or a try later",
    paths: &[
        "/404",
        "/410",
        "/403",
        "/401",
        "/451",
        "/429",
        "/429-clears",
        "/429-date",
        "/500",
        "/500-clears",
        "/503-clears",
        "/204",
        "/304",
    ],
};

/// What a clearing path makes its visitor wait.
const WAIT: Duration = Duration::from_secs(1);

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    let name = request.path.trim_matches('/');
    match name {
        // Refused first, and again for whoever comes before the wait is over.
        "429-clears" | "503-clears" => match request.since_refusal {
            Some(since) if since >= WAIT => recovered(),
            _ => Answer::later(if name == "429-clears" { 429 } else { 503 }, WAIT.as_secs()),
        },
        // Twice, then well; no wait is named.
        "500-clears" if request.earlier >= 2 => recovered(),
        "500-clears" => Answer::html(500, "<!doctype html><title>500</title>\n"),
        // RFC 9110 section 10.2.3: Retry-After may be a date, here one long past.
        "429-date" => Answer::text(429, "later\n").with("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"),
        "robots.txt" => Answer::text(404, "none\n"),
        _ => match name.parse::<u16>() {
            Ok(429) => Answer::later(429, 3_600),
            Ok(status @ 200..=599) => Answer::html(
                status,
                format!("<!doctype html><title>{status}</title><p>{status}\n"),
            ),
            _ => super::guide(&GUIDE),
        },
    }
}

fn recovered() -> Answer {
    Answer::html(
        200,
        "<!doctype html><title>Well again</title><p>Call 020 7946 0018.\n",
    )
}
