//! Signed requests.

use std::time::Duration;

use http::Method;
use http::request::Parts;
use lead_core::clock::Timestamp;
use lead_core::seam::State;
use lead_core::service::{
    Caller, Component, KeyId, KeyRing, Replays, SignatureLayer, Signer, SigningKey, TrustedKey, Verifier,
    VerifyingKey,
};
use tower_layer::Layer;

use super::{Row, alike, attack, get, row, sent, twice};
use crate::by_hand::{add, hmac_signature, set};
use crate::house::{MOST, NOW, Sent, clock, house, reader, tenant};

const SECRET: [u8; 32] = [7; 32];
const LEAD: &str = "/tenants/acme/leads/1";
const BODY: &str = "{\"max\": 3}";
/// Parameters of a signature that lacks nothing.
const PARAMS: &str = ";created=1800000000;nonce=\"by-hand\";keyid=\"acme\"";

fn id(name: &str) -> KeyId {
    KeyId::new(name).unwrap()
}

fn hmac(secret: &[u8]) -> SigningKey {
    SigningKey::hmac_sha256(secret).unwrap()
}

/// A private key of Ed25519 in PKCS #8 (RFC 8410 §7).
fn ed25519() -> SigningKey {
    let mut pkcs8 = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20".to_vec();
    pkcs8.extend([9; 32]);
    SigningKey::ed25519(&pkcs8).unwrap()
}

/// The 32 bytes that everybody may know.
fn public() -> Vec<u8> {
    use ring::signature::{Ed25519KeyPair, KeyPair};
    let pair = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
    pair.public_key().as_ref().to_vec()
}

fn ring() -> KeyRing {
    let ring = KeyRing::new();
    let at = |second| Timestamp::from_second(NOW + second).unwrap();
    ring.add(
        id("acme"),
        TrustedKey::new(hmac(&SECRET).verifying(), reader("acme")),
    );
    ring.add(
        id("acme-ed"),
        TrustedKey::new(VerifyingKey::ed25519(&public()).unwrap(), reader("acme")),
    );
    ring.add(
        id("other"),
        TrustedKey::new(hmac(&[8; 32]).verifying(), reader("other")),
    );
    let nothing = Caller::new(tenant("acme"), "guest").unwrap();
    ring.add(id("guest"), TrustedKey::new(hmac(&[6; 32]).verifying(), nothing));
    let old = TrustedKey::new(hmac(&[5; 32]).verifying(), reader("acme"));
    ring.add(id("old"), old.clone().until(at(-1)));
    ring.add(id("next"), old.clone().from(at(60)));
    ring.add(id("gone"), old);
    assert!(ring.retire(&id("gone"), at(0)));
    ring
}

fn layer(replays: Replays) -> SignatureLayer {
    SignatureLayer::new(Verifier::new(ring(), replays).clock(clock(0))).body(2 * MOST)
}

fn signer(key: &str, secret: &[u8]) -> Signer {
    Signer::new(id(key), hmac(secret)).clock(clock(0))
}

fn signed_by(signer: &Signer, mut head: Parts, body: &str) -> Parts {
    signer.sign(&mut head, body.as_bytes()).unwrap();
    head
}

fn signed(head: Parts, body: &str) -> Parts {
    signed_by(&signer("acme", &SECRET), head, body)
}

fn post() -> Parts {
    let mut head = get(LEAD);
    head.method = Method::POST;
    set(&mut head, "content-type", "application/json");
    head
}

/// A signed request of which something is changed afterwards.
fn altered(change: impl FnOnce(&mut Parts)) -> Parts {
    let mut head = signed(post(), BODY);
    change(&mut head);
    head
}

/// A field of a signed request with a part of it replaced.
fn replaced(field: &'static str, from: &str, to: &str) -> Parts {
    altered(|head| {
        let text = crate::by_hand::get(head, field);
        assert!(text.contains(from), "{text}");
        set(head, field, &text.replace(from, to));
    })
}

/// Signed by hand: what is covered, and what the signature says of itself.
fn by_hand(mut head: Parts, covered: &[&str], params: &str) -> Parts {
    let value = |name: &str| match name {
        "@method" => head.method.to_string(),
        "@authority" => "api.example".to_owned(),
        "@path" => head.uri.path().to_owned(),
        "@query" => "?".to_owned(),
        field => crate::by_hand::get(&head, field),
    };
    let covered: Vec<_> = covered.iter().map(|name| (*name, value(name))).collect();
    let covered: Vec<_> = covered
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    hmac_signature(&mut head, &SECRET, &covered, params);
    head
}

const ALL: [&str; 4] = ["@method", "@authority", "@path", "@query"];

fn honest() -> Vec<Row> {
    let ed = Signer::new(id("acme-ed"), ed25519()).clock(clock(0));
    vec![
        row("nothing", signed(post(), BODY), BODY, 200),
        row("nothing, by Ed25519", signed_by(&ed, post(), BODY), BODY, 200),
        row("nothing, without a body", signed(get(LEAD), ""), "", 200),
        row("nothing, by hand", by_hand(get(LEAD), &ALL, PARAMS), "", 200),
        row(
            "nothing, from a clock a little ahead",
            signed_by(&signer("acme", &SECRET).clock(clock(30)), get(LEAD), ""),
            "",
            200,
        ),
        row(
            "nothing, five minutes ago",
            signed_by(&signer("acme", &SECRET).clock(clock(-300)), get(LEAD), ""),
            "",
            200,
        ),
    ]
}

fn replays() -> Vec<Row> {
    let mut renamed = signed(get(LEAD), "");
    let again = renamed.clone();
    for field in ["signature-input", "signature"] {
        let text = crate::by_hand::get(&renamed, field).replace("sig1", "sig2");
        renamed.headers.insert(field, text.parse().unwrap());
    }
    let mut relabelled = row("replayed under another label", again, "", 401);
    relabelled.requests.push((renamed, Sent::Whole(Vec::new())));
    vec![twice("replayed", signed(post(), BODY), BODY, 401), relabelled]
}

fn alterations() -> Vec<Row> {
    let digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    let traced = signer("acme", &SECRET).cover(Component::parse("x-trace").unwrap());
    let mut head = get(LEAD);
    set(&mut head, "x-trace", "1");
    let traced = signed_by(&traced, head, "");
    let with = |change: fn(&mut Parts)| {
        let mut head = traced.clone();
        change(&mut head);
        head
    };
    vec![
        row("altered body", signed(post(), BODY), "{\"max\": 9}", 401),
        row("shortened body", signed(post(), BODY), "{\"max\": 3", 401),
        row("body taken away", signed(post(), BODY), "", 401),
        row("body added", signed(get(LEAD), ""), BODY, 401),
        row(
            "body taken away, and its digest with it",
            altered(|head| set(head, "content-digest", digest)),
            "",
            401,
        ),
        row(
            "digest taken away",
            altered(|head| {
                head.headers.remove("content-digest");
            }),
            BODY,
            401,
        ),
        row(
            "altered method",
            altered(|head| head.method = Method::DELETE),
            BODY,
            401,
        ),
        row(
            "altered path",
            altered(|head| head.uri = "/tenants/acme/leads/2".parse().unwrap()),
            BODY,
            401,
        ),
        row(
            "altered query",
            altered(|head| head.uri = format!("{LEAD}?all").parse().unwrap()),
            BODY,
            401,
        ),
        row(
            "empty query",
            altered(|head| head.uri = format!("{LEAD}?").parse().unwrap()),
            BODY,
            200,
        ),
        row(
            "altered host",
            altered(|head| set(head, "host", "evil.example")),
            BODY,
            401,
        ),
        row(
            "second host",
            altered(|head| add(head, "host", "evil.example")),
            BODY,
            401,
        ),
        row(
            "host taken away",
            altered(|head| {
                head.headers.remove("host");
            }),
            BODY,
            401,
        ),
        row(
            "altered type",
            altered(|head| set(head, "content-type", "text/plain")),
            BODY,
            401,
        ),
        row(
            "encoding added",
            altered(|head| set(head, "content-encoding", "gzip")),
            BODY,
            401,
        ),
        row("altered field", with(|head| set(head, "x-trace", "2")), "", 401),
        row(
            "second line of a field",
            with(|head| add(head, "x-trace", "2")),
            "",
            401,
        ),
        row(
            "field taken away",
            with(|head| {
                head.headers.remove("x-trace");
            }),
            "",
            401,
        ),
        row(
            "a field that is not signed",
            with(|head| set(head, "x-else", "1")),
            "",
            200,
        ),
    ]
}

fn times() -> Vec<Row> {
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

fn keys() -> Vec<Row> {
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

fn components() -> Vec<Row> {
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

fn fields() -> Vec<Row> {
    let double = |first: &'static str, second: &'static str| {
        altered(|head| {
            let (input, signature) = (
                crate::by_hand::get(head, "signature-input"),
                crate::by_hand::get(head, "signature"),
            );
            let rename = |text: &str, label: &str| text.replacen("sig1", label, 1);
            set(
                head,
                "signature-input",
                &format!("{}, {}", rename(&input, first), rename(&input, second)),
            );
            set(
                head,
                "signature",
                &format!("{}, {}", rename(&signature, first), rename(&signature, second)),
            );
        })
    };
    vec![
        row("no signature", get(LEAD), "", 401),
        row(
            "signature stripped",
            altered(|head| {
                head.headers.remove("signature");
            }),
            BODY,
            401,
        ),
        row(
            "input stripped",
            altered(|head| {
                head.headers.remove("signature-input");
            }),
            BODY,
            401,
        ),
        row(
            "both stripped",
            altered(|head| {
                head.headers.remove("signature");
                head.headers.remove("signature-input");
            }),
            BODY,
            401,
        ),
        row("duplicate label", double("sig1", "sig1"), BODY, 401),
        row("two labels", double("sig1", "sig2"), BODY, 401),
        row(
            "duplicate label in a second line",
            altered(|head| {
                let input = crate::by_hand::get(head, "signature-input");
                add(head, "signature-input", &input);
            }),
            BODY,
            401,
        ),
        row(
            "label of the other field",
            replaced("signature", "sig1", "sig2"),
            BODY,
            401,
        ),
        row(
            "signature that is a text",
            altered(|head| set(head, "signature", "sig1=\"AAAA\"")),
            BODY,
            401,
        ),
        row(
            "empty signature",
            altered(|head| set(head, "signature", "sig1=::")),
            BODY,
            401,
        ),
        row(
            "no dictionary",
            altered(|head| set(head, "signature-input", "(((")),
            BODY,
            401,
        ),
        row(
            "too long",
            altered(|head| {
                set(
                    head,
                    "signature-input",
                    &format!("sig1=({})", "\"a\" ".repeat(4_000)),
                )
            }),
            BODY,
            401,
        ),
        row(
            "bytes beyond ASCII",
            altered(|head| {
                head.headers.insert(
                    "signature-input",
                    http::HeaderValue::from_bytes(b"sig1=(\"\xe9\")").unwrap(),
                );
            }),
            BODY,
            401,
        ),
    ]
}

fn bodies() -> Vec<Row> {
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

#[tokio::test(start_paused = true)]
async fn signed_requests() {
    for replays_in in [Replays::memory(1_000), Replays::state(State::memory())] {
        let layer = layer(replays_in);
        let mut house = house(|inner| layer.layer(inner));
        let rows = [
            honest(),
            replays(),
            alterations(),
            times(),
            keys(),
            components(),
            fields(),
            bodies(),
        ];
        let rows: Vec<_> = rows.into_iter().flatten().collect();
        assert!(rows.len() > 75, "{}", rows.len());
        attack(&mut house, rows, &["acme", "other", "by-hand"]).await;
    }
}

/// Guards tenants: another's lead and one that is nowhere look alike, and so do all paths without a lead.
#[tokio::test]
async fn nothing_tells_of_another_tenant() {
    let layer = layer(Replays::memory(1_000));
    let mut house = house(|inner| layer.layer(inner));
    let ask = |path: &str| signed(get(path), "");
    alike(
        &mut house,
        ask("/tenants/other/leads/1"),
        ask("/tenants/acme/leads/9"),
    )
    .await;
    alike(
        &mut house,
        ask("/tenants/other/leads/1"),
        ask("/tenants/nobody/leads/1"),
    )
    .await;
    alike(
        &mut house,
        ask("/tenants/other/leads/1"),
        ask("/tenants/../leads/1"),
    )
    .await;
}

/// Guards the order: what is not signed is refused before its body is read, however long it takes to come.
#[tokio::test(start_paused = true)]
async fn a_stranger_cannot_make_the_service_wait() {
    let layer = layer(Replays::memory(1_000));
    let mut house = house(|inner| layer.layer(inner));
    let begun = tokio::time::Instant::now();
    let answer = house.ask(get(LEAD), Sent::Drip(vec![b'a'; 100])).await;
    assert_eq!((answer.status, begun.elapsed()), (401, Duration::ZERO));
}
