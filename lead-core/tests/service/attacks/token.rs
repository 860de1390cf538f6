//! Tokens of an issuer.

use http::request::Parts;
use lead_core::service::{GateLayer, Jwks, JwtAlgorithm, JwtGate, JwtVerifier};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use tower_layer::Layer;

use super::{Row, alike, attack, get, row};
use crate::by_hand::{add, set, token, token_text};
use crate::house::{NOW, clock, house};

const LEAD: &str = "/tenants/acme/leads/1";

fn claims(tenant: &str, change: Value) -> Value {
    let mut claims = json!({"iss": "https://login.example", "aud": "leads-api", "sub": "crm", "exp": NOW + 60, "org": tenant, "scope": "leads:read"});
    let Value::Object(change) = change else {
        panic!("an object is wanted")
    };
    for (name, value) in change {
        claims[name] = value;
    }
    claims
}

fn with(token: &str, path: &str) -> Parts {
    let mut head = get(path);
    set(&mut head, "authorization", &format!("Bearer {token}"));
    head
}

fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn public() -> Vec<u8> {
    key(9).public_key().as_ref().to_vec()
}

/// A token by the key of this seed.
fn by(seed: u8, header: &Value, claims: &Value) -> String {
    let text = token_text(header, claims);
    token(&text, key(seed).sign(text.as_bytes()).as_ref())
}

fn header() -> Value {
    json!({"alg": "EdDSA", "kid": "a"})
}

/// A token of the issuer's, with some claims changed.
fn changed(change: Value) -> String {
    by(9, &header(), &claims("acme", change))
}

fn own() -> String {
    changed(json!({}))
}

fn other() -> String {
    by(9, &header(), &claims("other", json!({})))
}

fn layer() -> GateLayer<JwtGate> {
    let x = data_encoding::BASE64URL_NOPAD.encode(&public());
    let jwks = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": x}]});
    let jwks = Jwks::fixed(jwks.to_string().as_bytes()).unwrap();
    let verifier = JwtVerifier::new("https://login.example", "leads-api", jwks)
        .algorithms([JwtAlgorithm::EdDsa])
        .tenant_claim("org")
        .clock(clock(0));
    GateLayer::new(JwtGate::new(verifier))
}

fn forged() -> Vec<Row> {
    let acme = claims("acme", json!({}));
    let (own, other) = (own(), other());
    let (head, signature) = own.rsplit_once('.').unwrap();
    let (other, _) = other.rsplit_once('.').unwrap();
    let altered = format!("{other}.{signature}");
    let unsigned = token(&token_text(&json!({"alg": "none"}), &acme), b"");
    let text = token_text(&json!({"alg": "HS256", "kid": "a"}), &acme);
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &public());
    let confused = token(&text, ring::hmac::sign(&secret, text.as_bytes()).as_ref());
    let unknown = by(9, &json!({"alg": "EdDSA", "kid": "b"}), &acme);
    let misnamed = by(9, &json!({"alg": "ES256", "kid": "a"}), &acme);
    let stranger = by(8, &header(), &acme);
    let mut twice = with(&own, LEAD);
    add(&mut twice, "authorization", "Bearer a.b.c");
    vec![
        row("empty", with("", LEAD), "", 401),
        row("no token at all", with("a.b.c", LEAD), "", 401),
        row("no signature", with(&unsigned, LEAD), "", 401),
        row("public key as a secret", with(&confused, LEAD), "", 401),
        row("altered claims", with(&altered, LEAD), "", 401),
        row("signature cut off", with(head, LEAD), "", 401),
        row("of a stranger", with(&stranger, LEAD), "", 401),
        row("unknown key", with(&unknown, LEAD), "", 401),
        row("of another algorithm", with(&misnamed, LEAD), "", 401),
        row("two tokens", twice, "", 401),
        row("too long", with(&"a".repeat(20_000), LEAD), "", 401),
    ]
}

fn untrue() -> Vec<Row> {
    let told = |name, change| row(name, with(&changed(change), LEAD), "", 401);
    vec![
        told("run out", json!({"exp": NOW - 60})),
        told("not yet", json!({"nbf": NOW + 61})),
        told("for somebody else", json!({"aud": "other-api"})),
        told("of another issuer", json!({"iss": "https://evil.example"})),
    ]
}

#[tokio::test]
async fn requests_with_tokens() {
    let mut basic = get(LEAD);
    set(&mut basic, "authorization", "Basic YTpi");
    // The challenge to who has no token says less than the one to who has a wrong one (RFC 6750 §3.1): two tables.
    let absent = vec![
        row("nothing", with(&own(), LEAD), "", 200),
        row("no token", get(LEAD), "", 401),
        row("another way", basic, "", 401),
    ];
    let guest = changed(json!({"scope": "leads:readers"}));
    let others = vec![
        row("without the scope", with(&guest, LEAD), "", 403),
        row("of another tenant", with(&other(), LEAD), "", 404),
    ];
    let layer = layer();
    let mut house = house(|inner| layer.layer(inner));
    attack(&mut house, absent, &["crm"]).await;
    let rows = forged().into_iter().chain(untrue()).chain(others);
    attack(&mut house, rows.collect(), &["crm", "evil"]).await;
    let nowhere = with(&own(), "/tenants/acme/leads/9");
    alike(&mut house, with(&other(), LEAD), nowhere).await;
}
