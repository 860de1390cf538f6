//! Who signs, and when.

use std::time::Duration;

use super::{ALL, BODY, LEAD, SECRET, by_hand, public, replaced, signed_by, signer};
use crate::attacks::{Row, get, row};
use crate::by_hand::hmac_signature;
use crate::house::clock;

pub(super) fn times() -> Vec<Row> {
    let at = |second| signer("acme", &SECRET).clock(clock(second));
    let brief = at(-20).lifetime(Duration::from_secs(10));
    vec![
        row("late", signed_by(&at(-301), get(LEAD), ""), "", 401),
        row("a year late", signed_by(&at(-31_536_000), get(LEAD), ""), "", 401),
        row("from the future", signed_by(&at(31), get(LEAD), ""), "", 401),
        row("expired", signed_by(&brief, get(LEAD), ""), "", 401),
        row(
            "made younger",
            replaced("signature-input", "1800000000", "1800000001"),
            BODY,
            401,
        ),
        row(
            "of no time",
            by_hand(get(LEAD), &ALL, ";nonce=\"a\";keyid=\"acme\""),
            "",
            401,
        ),
        row(
            "of a time that is a text",
            by_hand(
                get(LEAD),
                &ALL,
                ";created=\"1800000000\";nonce=\"b\";keyid=\"acme\"",
            ),
            "",
            401,
        ),
        row(
            "of the end of time",
            by_hand(
                get(LEAD),
                &ALL,
                ";created=-999999999999999;nonce=\"c\";keyid=\"acme\"",
            ),
            "",
            401,
        ),
        row(
            "of no nonce",
            by_hand(get(LEAD), &ALL, ";created=1800000000;keyid=\"acme\""),
            "",
            401,
        ),
        row(
            "of an empty nonce",
            by_hand(get(LEAD), &ALL, ";created=1800000000;nonce=\"\";keyid=\"acme\""),
            "",
            401,
        ),
        row(
            "of no key",
            by_hand(get(LEAD), &ALL, ";created=1800000000;nonce=\"d\""),
            "",
            401,
        ),
    ]
}

pub(super) fn keys() -> Vec<Row> {
    let by = |key, secret: u8| signed_by(&signer(key, &[secret; 32]), get(LEAD), "");
    // The public key, which everybody knows, as a shared secret.
    let mut confused = get(LEAD);
    let covered: Vec<_> = ALL.into_iter().zip(["GET", "api.example", LEAD, "?"]).collect();
    let params = ";created=1800000000;nonce=\"x\";alg=\"hmac-sha256\";keyid=\"acme-ed\"";
    hmac_signature(&mut confused, &public(), &covered, params);
    let mut unnamed = get(LEAD);
    let params = ";created=1800000000;nonce=\"y\";keyid=\"acme-ed\"";
    hmac_signature(&mut unnamed, &public(), &covered, params);
    vec![
        row("wrong key", by("acme", 1), "", 401),
        row("unknown key", by("nobody", 7), "", 401),
        row("key that ran out", by("old", 5), "", 401),
        row("key of tomorrow", by("next", 5), "", 401),
        row("key that was retired", by("gone", 5), "", 401),
        row(
            "another's name",
            replaced("signature-input", "keyid=\"acme\"", "keyid=\"other\""),
            BODY,
            401,
        ),
        row("downgraded algorithm", confused, "", 401),
        row("downgraded algorithm, not named", unnamed, "", 401),
        row(
            "algorithm of another key",
            by_hand(
                get(LEAD),
                &ALL,
                ";created=1800000000;nonce=\"z\";alg=\"ed25519\";keyid=\"acme\"",
            ),
            "",
            401,
        ),
        row(
            "algorithm that nobody knows",
            by_hand(
                get(LEAD),
                &ALL,
                ";created=1800000000;nonce=\"w\";alg=\"none\";keyid=\"acme\"",
            ),
            "",
            401,
        ),
        row("key of another tenant", by("other", 8), "", 404),
        row("key without the scope", by("guest", 6), "", 403),
    ]
}
