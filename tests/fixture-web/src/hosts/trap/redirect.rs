//! Redirects: chains, loops, and ways out into networks nobody may enter.

use super::super::{Answer, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "redirect.trap.test",
    what: "Redirects: loops, chains of N, to private addresses, to other schemes, without or with a broken target",
    paths: &[
        "/loop",
        "/chain/5",
        "/chain/50",
        "/to-private",
        "/to-private/loopback",
        "/to-private/ten",
        "/to-private/v6",
        "/to-private/name",
        "/to-private/decimal",
        "/to-file",
        "/to-script",
        "/no-location",
        "/bad-location",
        "/relative",
        "/meta-refresh",
        "/growing",
        "/ok",
    ],
};

/// Private targets: cloud metadata, loopback, RFC 1918, IPv6 loopback, a name for loopback, loopback as one number.
const PRIVATE: [(&str, &str); 6] = [
    ("", "http://169.254.169.254/latest/meta-data/"),
    ("loopback", "http://127.0.0.1:1/"),
    ("ten", "http://10.0.0.1/"),
    ("v6", "http://[::1]:1/"),
    ("name", "http://localhost:1/"),
    ("decimal", "http://2130706433:1/"),
];

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    let here = |path: &str| request.links().url(GUIDE.host, path);
    match request.segments().as_slice() {
        ["loop"] => Answer::redirect(302, here("/loop/back")),
        ["loop", _] => Answer::redirect(301, here("/loop")),
        ["chain", left] => match left.parse::<u32>() {
            Ok(0) => ok(),
            Ok(left) => Answer::redirect(
                if left % 2 == 0 { 302 } else { 307 },
                here(&format!("/chain/{}", left - 1)),
            ),
            Err(_) => Answer::not_found(),
        },
        ["to-private", rest @ ..] => {
            let wanted = rest.first().copied().unwrap_or_default();
            let target = PRIVATE.iter().find(|(name, _)| *name == wanted);
            target.map_or_else(Answer::not_found, |(_, url)| {
                Answer::redirect(302, (*url).to_owned())
            })
        }
        ["to-file"] => Answer::redirect(302, "file:///etc/hostname".to_owned()),
        ["to-script"] => Answer::redirect(302, "javascript:alert(1)".to_owned()),
        ["no-location"] => Answer::html(302, "<!doctype html><title>302</title>nowhere\n"),
        ["bad-location"] => Answer::redirect(302, "http://[not a host/".to_owned()),
        ["relative"] => Answer::redirect(303, "../ok?from=relative#part".to_owned()),
        ["meta-refresh"] => Answer::html(
            200,
            "<!doctype html><meta http-equiv=\"refresh\" content=\"0; url=/ok\"><title>Wait</title>\n",
        ),
        // Each hop's address is longer than the one before.
        ["growing", rest @ ..] => Answer::redirect(
            302,
            here(&format!("{}/{}", request.path.trim_end_matches('/'), rest.len())),
        ),
        ["ok"] => ok(),
        ["robots.txt"] => Answer::text(404, "none\n"),
        _ => super::guide(&GUIDE),
    }
}

fn ok() -> Answer {
    Answer::html(200, "<!doctype html><title>Arrived</title><p>Arrived.\n")
}
