//! How fields and bodies come.

use http::request::Parts;

use super::{BODY, LEAD, altered, left_out, post, replaced, signed, with_field};
use crate::attacks::{Row, get, row, sent};
use crate::by_hand::{add, get as field, set};
use crate::house::{MOST, Sent};

/// A signature that stands there twice, under these labels.
fn double(first: &str, second: &str) -> Parts {
    altered(|head| {
        for name in ["signature-input", "signature"] {
            let text = field(head, name);
            let rename = |label: &str| text.replacen("sig1", label, 1);
            set(head, name, &format!("{}, {}", rename(first), rename(second)));
        }
    })
}

pub(super) fn fields() -> Vec<Row> {
    let again = altered(|head| add(head, "signature-input", &field(head, "signature-input")));
    let long = format!("sig1=({})", "\"a\" ".repeat(4_000));
    let mut beyond = signed(post(), BODY);
    let bytes = http::HeaderValue::from_bytes(b"sig1=(\"\xe9\")").unwrap();
    beyond.headers.insert("signature-input", bytes);
    vec![
        row("no signature", get(LEAD), "", 401),
        row("signature stripped", left_out(&["signature"]), BODY, 401),
        row("input stripped", left_out(&["signature-input"]), BODY, 401),
        row(
            "both stripped",
            left_out(&["signature", "signature-input"]),
            BODY,
            401,
        ),
        row("duplicate label", double("sig1", "sig1"), BODY, 401),
        row("two labels", double("sig1", "sig2"), BODY, 401),
        row("duplicate label in a second line", again, BODY, 401),
        row(
            "label of the other field",
            replaced("signature", "sig1", "sig2"),
            BODY,
            401,
        ),
        row(
            "signature that is a text",
            with_field("signature", "sig1=\"AAAA\""),
            BODY,
            401,
        ),
        row("empty signature", with_field("signature", "sig1=::"), BODY, 401),
        row("no dictionary", with_field("signature-input", "((("), BODY, 401),
        row("too long", with_field("signature-input", &long), BODY, 401),
        row("bytes beyond ASCII", beyond, BODY, 401),
    ]
}

pub(super) fn bodies() -> Vec<Row> {
    let declared = |bytes: usize| {
        let mut head = signed(post(), BODY);
        set(&mut head, "content-length", &bytes.to_string());
        head
    };
    let length = altered(|head| set(head, "content-length", "many"));
    vec![
        row("oversized, declared", declared(MOST + 1), BODY, 413),
        row("oversized, declared by a word", length, BODY, 413),
        row(
            "oversized, not declared",
            signed(post(), BODY),
            vec![b'a'; MOST + 1],
            413,
        ),
        sent("endless", signed(post(), BODY), Sent::Endless(b"aaaaaaaa"), 413),
        sent(
            "endless, where none may be",
            signed(get(LEAD), ""),
            Sent::Endless(b"a"),
            401,
        ),
        sent("endless, from nobody", get(LEAD), Sent::Endless(b"a"), 401),
        sent("slow", signed(post(), BODY), Sent::Drip(BODY.into()), 408),
    ]
}
