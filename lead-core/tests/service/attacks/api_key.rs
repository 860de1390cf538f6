//! API keys.

use data_encoding::BASE32_NOPAD;
use http::HeaderName;
use http::request::Parts;
use lead_core::clock::Timestamp;
use lead_core::seam::State;
use lead_core::service::{
    ApiKey, ApiKeyGate, ApiKeys, Caller, GateLayer, KeyId, KeyPrefix, KeyRing, NewApiKey, Replays,
    SignatureLayer, Signer, SigningKey, TrustedKey, Verifier,
};
use tower_layer::Layer;

use super::{Row, alike, attack, get, row};
use crate::by_hand::{add, set};
use crate::house::{NOW, clock, house, reader, tenant};

const LEAD: &str = "/tenants/acme/leads/1";

fn keys() -> ApiKeys {
    ApiKeys::new(State::memory(), KeyPrefix::new("lead").unwrap()).clock(clock(0))
}

fn with(key: &str, path: &str) -> Parts {
    let mut head = get(path);
    set(&mut head, "x-api-key", key);
    head
}

async fn issue(keys: &ApiKeys, new: NewApiKey) -> ApiKey {
    keys.issue(new).await.unwrap().0
}

/// The name of one key and the secret of another, with the check that belongs to them.
fn spliced(name: &str, secret: &str) -> String {
    let text = format!("{}{}", &name[..5 + 16], &secret[5 + 16..5 + 16 + 52]);
    let hash = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    format!("{text}{}", BASE32_NOPAD.encode(&hash.as_ref()[..4]))
}

#[tokio::test]
async fn requests_with_keys() {
    let keys = keys();
    let own = issue(&keys, NewApiKey::new(reader("acme"))).await;
    let other = issue(&keys, NewApiKey::new(reader("other"))).await;
    let guest = Caller::new(tenant("acme"), "guest").unwrap();
    let guest = issue(&keys, NewApiKey::new(guest)).await;
    let expired = NewApiKey::new(reader("acme")).expires(Timestamp::from_second(NOW).unwrap());
    let expired = issue(&keys, expired).await;
    let revoked = issue(&keys, NewApiKey::new(reader("acme"))).await;
    keys.revoke(&tenant("acme"), revoked.id()).await.unwrap();
    let stranger = issue(&self::keys(), NewApiKey::new(reader("acme"))).await;

    let text = own.expose();
    let spliced = spliced(text, other.expose());
    let mut twice = with(text, LEAD);
    add(&mut twice, "x-api-key", other.expose());
    let mut elsewhere = get(LEAD);
    set(&mut elsewhere, "authorization", &format!("Bearer {text}"));
    let mut bytes = get(LEAD);
    let beyond = http::HeaderValue::from_bytes(b"lead_\xff").unwrap();
    bytes.headers.insert(HeaderName::from_static("x-api-key"), beyond);

    let rows: Vec<Row> = vec![
        row("nothing", with(text, LEAD), "", 200),
        row("no key", get(LEAD), "", 401),
        row("empty key", with("", LEAD), "", 401),
        row("mistyped", with(&text[..text.len() - 1], LEAD), "", 401),
        row("in lower case", with(&text.to_lowercase(), LEAD), "", 401),
        row(
            "with something behind it",
            with(&format!("{text}A"), LEAD),
            "",
            401,
        ),
        row(
            "of another prefix",
            with(&text.replace("lead_", "live_"), LEAD),
            "",
            401,
        ),
        row("unknown", with(stranger.expose(), LEAD), "", 401),
        row("another's secret", with(&spliced, LEAD), "", 401),
        row("run out", with(expired.expose(), LEAD), "", 401),
        row("revoked", with(revoked.expose(), LEAD), "", 401),
        row("two keys", twice, "", 401),
        row("in another header", elsewhere, "", 401),
        row("bytes beyond ASCII", bytes, "", 401),
        row("without the scope", with(guest.expose(), LEAD), "", 403),
        row("of another tenant", with(other.expose(), LEAD), "", 404),
    ];
    let layer = GateLayer::new(ApiKeyGate::new(keys));
    let mut house = house(|inner| layer.layer(inner));
    attack(&mut house, rows, &[&text[5..], "acme"]).await;
    alike(
        &mut house,
        with(other.expose(), LEAD),
        with(text, "/tenants/acme/leads/9"),
    )
    .await;
}

/// Guards against two ways at once: a signature of one caller and a key of another make nobody.
#[tokio::test]
async fn the_credentials_of_two_are_nobodys() {
    let keys = keys();
    let key = SigningKey::hmac_sha256(&[7; 32]).unwrap();
    let id = KeyId::new("acme").unwrap();
    let ring = KeyRing::new();
    ring.add(id.clone(), TrustedKey::new(key.verifying(), reader("acme")));
    let (own, other) = (
        issue(&keys, NewApiKey::new(reader("acme"))).await,
        issue(&keys, NewApiKey::new(reader("other"))).await,
    );
    let signatures = SignatureLayer::new(Verifier::new(ring, Replays::memory(99)).clock(clock(0))).optional();
    let gate = GateLayer::new(ApiKeyGate::new(keys).optional());
    let mut house = house(|inner| signatures.layer(gate.layer(inner)));
    let signed = |mut head: Parts| {
        let signer = Signer::new(id.clone(), key.clone()).clock(clock(0));
        signer.sign(&mut head, b"").unwrap();
        head
    };
    let rows = vec![
        row("signed alone", signed(get(LEAD)), "", 200),
        row("key alone", with(own.expose(), LEAD), "", 200),
        row("neither", get(LEAD), "", 401),
        row("both of one", signed(with(own.expose(), LEAD)), "", 200),
        row("of two", signed(with(other.expose(), LEAD)), "", 401),
        row(
            "of two, the other way",
            signed(with(other.expose(), "/tenants/other/leads/1")),
            "",
            401,
        ),
    ];
    attack(&mut house, rows, &[]).await;
}
