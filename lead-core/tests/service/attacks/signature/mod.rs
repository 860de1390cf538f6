//! Signed requests.

mod altered;
mod forged;
mod framed;

use std::time::Duration;

use http::Method;
use http::request::Parts;
use lead_core::clock::Timestamp;
use lead_core::seam::State;
use lead_core::service::{
    Caller, KeyId, KeyRing, Replays, SignatureLayer, Signer, SigningKey, TrustedKey, Verifier, VerifyingKey,
};
use tower_layer::Layer;

use super::{Row, alike, attack, get, row, twice};
use crate::by_hand::{hmac_signature, set};
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

/// A signed request that lost fields on the way.
fn left_out(names: &[&str]) -> Parts {
    altered(|head| {
        for name in names {
            head.headers.remove(*name);
        }
    })
}

/// A signed request of which a field was set on the way.
fn with_field(name: &'static str, value: &str) -> Parts {
    altered(|head| set(head, name, value))
}

/// A signed request that asks for something else.
fn elsewhere(path: &str) -> Parts {
    altered(|head| head.uri = path.parse().unwrap())
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

#[tokio::test(start_paused = true)]
async fn signed_requests() {
    for replays_in in [Replays::memory(1_000), Replays::state(State::memory())] {
        let layer = layer(replays_in);
        let mut house = house(|inner| layer.layer(inner));
        let rows = [
            honest(),
            replays(),
            altered::bodies(),
            altered::heads(),
            altered::components(),
            forged::times(),
            forged::keys(),
            framed::fields(),
            framed::bodies(),
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
