//! A calendar that never ends: each month links to the next, and each day to a page of its own.

use super::super::{Answer, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "calendar.trap.test",
    what: "An endless calendar, and session ids that make every visit a new address",
    paths: &["/2026/11/", "/session"],
};

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    match request.segments().as_slice() {
        ["session"] => {
            let visit = request.earlier_host + 1;
            Answer::html(
                200,
                format!(
                    "<!doctype html><title>Session</title><a href=\"/session?sid={visit:08x}\">again</a>\n"
                ),
            )
        }
        ["robots.txt"] => Answer::text(404, "none\n"),
        [year, month] => match (year.parse(), month.parse()) {
            (Ok(year), Ok(month @ 1..=12)) => show(year, month),
            _ => Answer::not_found(),
        },
        [year, month, day] => Answer::html(
            200,
            format!(
                "<!doctype html><title>{year}-{month}-{day}</title><p>No entries. <a href=\"../\">back</a>\n"
            ),
        ),
        _ => Answer::redirect(302, "/2026/11/".to_owned()),
    }
}

fn show(year: u32, month: u32) -> Answer {
    let next = if month == 12 {
        (year.saturating_add(1), 1)
    } else {
        (year, month + 1)
    };
    let before = if month == 1 {
        (year.saturating_sub(1), 12)
    } else {
        (year, month - 1)
    };
    let days: String = (1..=28)
        .map(|day| format!("<a href=\"/{year}/{month:02}/{day:02}\">{day}</a> "))
        .collect();
    Answer::html(
        200,
        format!(
            "<!doctype html><title>{year}-{month:02}</title><h1>{year}-{month:02}</h1><p>{days}</p>\n\
             <a rel=\"prev\" href=\"/{}/{:02}/\">before</a> <a rel=\"next\" href=\"/{}/{:02}/\">next</a>\n",
            before.0, before.1, next.0, next.1
        ),
    )
}
