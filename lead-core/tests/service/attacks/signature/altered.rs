//! What is changed on the way.

use http::Method;
use http::request::Parts;
use lead_core::service::Component;

use super::{
    ALL, BODY, LEAD, PARAMS, altered, by_hand, elsewhere, left_out, post, replaced, signed, signed_by,
    signer, with_field,
};
use crate::attacks::{Row, get, row};
use crate::by_hand::{add, set};

pub(super) fn bodies() -> Vec<Row> {
    let digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    let replaced = with_field("content-digest", digest);
    vec![
        row("altered body", signed(post(), BODY), "{\"max\": 9}", 401),
        row("shortened body", signed(post(), BODY), "{\"max\": 3", 401),
        row("body taken away", signed(post(), BODY), "", 401),
        row("body added", signed(get(LEAD), ""), BODY, 401),
        row("body taken away, and its digest with it", replaced, "", 401),
        row("digest taken away", left_out(&["content-digest"]), BODY, 401),
        row(
            "altered type",
            with_field("content-type", "text/plain"),
            BODY,
            401,
        ),
        row(
            "encoding added",
            with_field("content-encoding", "gzip"),
            BODY,
            401,
        ),
    ]
}

pub(super) fn heads() -> Vec<Row> {
    let signer = signer("acme", &super::SECRET).cover(Component::parse("x-trace").unwrap());
    let mut head = get(LEAD);
    set(&mut head, "x-trace", "1");
    let traced = signed_by(&signer, head, "");
    let with = |change: fn(&mut Parts)| {
        let mut head = traced.clone();
        change(&mut head);
        head
    };
    let mut untraced = traced.clone();
    untraced.headers.remove("x-trace");
    let deleted = altered(|head| head.method = Method::DELETE);
    let second = altered(|head| add(head, "host", "evil.example"));
    let asked = |query: &str| elsewhere(&format!("{LEAD}{query}"));
    vec![
        row("altered method", deleted, BODY, 401),
        row("altered path", elsewhere("/tenants/acme/leads/2"), BODY, 401),
        row(
            "path with a slash more",
            elsewhere("/tenants//acme/leads/1"),
            BODY,
            401,
        ),
        row("altered query", asked("?all"), BODY, 401),
        row("a question mark alone, which is no query", asked("?"), BODY, 200),
        row("altered host", with_field("host", "evil.example"), BODY, 401),
        row("second host", second, BODY, 401),
        row("host taken away", left_out(&["host"]), BODY, 401),
        row("altered field", with(|head| set(head, "x-trace", "2")), "", 401),
        row(
            "second line of a field",
            with(|head| add(head, "x-trace", "2")),
            "",
            401,
        ),
        row("field taken away", untraced, "", 401),
        row(
            "a field that is not signed",
            with(|head| set(head, "x-else", "1")),
            "",
            200,
        ),
    ]
}

pub(super) fn components() -> Vec<Row> {
    let without = |left: &str| ALL.into_iter().filter(|name| *name != left).collect::<Vec<_>>();
    let hand = |covered: &[&str], nonce: &str| {
        by_hand(
            get(LEAD),
            covered,
            &format!(";created=1800000000;nonce=\"{nonce}\";keyid=\"acme\""),
        )
    };
    let undigested = by_hand(post(), &[ALL.as_slice(), &["content-type"]].concat(), PARAMS);
    let mut weak = post();
    set(&mut weak, "content-digest", "md5=:AAAA:");
    let weak = by_hand(
        weak,
        &[ALL.as_slice(), &["content-type", "content-digest"]].concat(),
        PARAMS,
    );
    vec![
        row(
            "component stripped",
            replaced("signature-input", "\"@path\" ", ""),
            BODY,
            401,
        ),
        row(
            "component added",
            replaced("signature-input", "\"@path\" ", "\"@path\" \"@scheme\" "),
            BODY,
            401,
        ),
        row(
            "components in another order",
            replaced("signature-input", "\"@path\" \"@query\"", "\"@query\" \"@path\""),
            BODY,
            401,
        ),
        row("method not covered", hand(&without("@method"), "c1"), "", 401),
        row("host not covered", hand(&without("@authority"), "c2"), "", 401),
        row("path not covered", hand(&without("@path"), "c3"), "", 401),
        row("query not covered", hand(&without("@query"), "c4"), "", 401),
        row("nothing covered", hand(&[], "c5"), "", 401),
        row(
            "one twice",
            hand(&["@method", "@authority", "@path", "@query", "@path"], "c6"),
            "",
            401,
        ),
        row("digest not covered", undigested, BODY, 401),
        row("digest of a weak hash", weak, BODY, 401),
        row(
            "a parameter that is not understood",
            replaced("signature-input", "\"@path\"", "\"@path\";req"),
            BODY,
            401,
        ),
    ]
}
