//! Tokens of an issuer.

use http::request::Parts;
use lead_core::service::{GateLayer, Jwks, JwtAlgorithm, JwtGate, JwtVerifier};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use tower_layer::Layer;

use super::{alike, attack, get, row};
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

#[tokio::test]
async fn requests_with_tokens() {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
    let stranger = Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap();
    let public = data_encoding::BASE64URL_NOPAD.encode(pair.public_key().as_ref());
    let jwks = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": public}]});
    let verifier = JwtVerifier::new(
        "https://login.example",
        "leads-api",
        Jwks::fixed(jwks.to_string().as_bytes()).unwrap(),
    )
    .algorithms([JwtAlgorithm::EdDsa])
    .tenant_claim("org")
    .clock(clock(0));

    let header = json!({"alg": "EdDSA", "kid": "a"});
    let by = |pair: &Ed25519KeyPair, header: &Value, claims: &Value| {
        let text = token_text(header, claims);
        token(&text, pair.sign(text.as_bytes()).as_ref())
    };
    let own = by(&pair, &header, &claims("acme", json!({})));
    let changed = |change: Value| by(&pair, &header, &claims("acme", change));
    let mut parts: Vec<&str> = own.split('.').collect();
    let forged = token_text(&header, &claims("other", json!({})));
    parts[1] = forged.split('.').nth(1).unwrap();
    let forged = parts.join(".");
    let unsigned = token(
        &token_text(&json!({"alg": "none"}), &claims("acme", json!({}))),
        b"",
    );
    let text = token_text(&json!({"alg": "HS256", "kid": "a"}), &claims("acme", json!({})));
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, pair.public_key().as_ref());
    let confused = token(&text, ring::hmac::sign(&secret, text.as_bytes()).as_ref());
    let mut twice = with(&own, LEAD);
    add(&mut twice, "authorization", "Bearer a.b.c");
    let mut basic = get(LEAD);
    set(&mut basic, "authorization", "Basic YTpi");
    let other = by(&pair, &header, &claims("other", json!({})));

    // What is no token is asked for one; the challenge of a token that is not taken says so, too (RFC 6750 §3): two tables.
    let absent = vec![
        row("nothing", with(&own, LEAD), "", 200),
        row("no token", get(LEAD), "", 401),
        row("another way", basic, "", 401),
    ];
    let rows = vec![
        row("empty", with("", LEAD), "", 401),
        row("no token at all", with("a.b.c", LEAD), "", 401),
        row("no signature", with(&unsigned, LEAD), "", 401),
        row("public key as a secret", with(&confused, LEAD), "", 401),
        row("altered claims", with(&forged, LEAD), "", 401),
        row(
            "signature cut off",
            with(own.rsplit_once('.').unwrap().0, LEAD),
            "",
            401,
        ),
        row(
            "of a stranger",
            with(&by(&stranger, &header, &claims("acme", json!({}))), LEAD),
            "",
            401,
        ),
        row(
            "unknown key",
            with(
                &by(
                    &pair,
                    &json!({"alg": "EdDSA", "kid": "b"}),
                    &claims("acme", json!({})),
                ),
                LEAD,
            ),
            "",
            401,
        ),
        row(
            "of another algorithm",
            with(
                &by(
                    &pair,
                    &json!({"alg": "ES256", "kid": "a"}),
                    &claims("acme", json!({})),
                ),
                LEAD,
            ),
            "",
            401,
        ),
        row("run out", with(&changed(json!({"exp": NOW - 60})), LEAD), "", 401),
        row("not yet", with(&changed(json!({"nbf": NOW + 61})), LEAD), "", 401),
        row(
            "for somebody else",
            with(&changed(json!({"aud": "other-api"})), LEAD),
            "",
            401,
        ),
        row(
            "of another issuer",
            with(&changed(json!({"iss": "https://evil.example"})), LEAD),
            "",
            401,
        ),
        row("two tokens", twice, "", 401),
        row("too long", with(&"a".repeat(20_000), LEAD), "", 401),
        row(
            "without the scope",
            with(&changed(json!({"scope": "leads:readers"})), LEAD),
            "",
            403,
        ),
        row("of another tenant", with(&other, LEAD), "", 404),
    ];
    let layer = GateLayer::new(JwtGate::new(verifier));
    let mut house = house(|inner| layer.layer(inner));
    attack(&mut house, absent, &["crm"]).await;
    attack(&mut house, rows, &["crm", "evil"]).await;
    alike(
        &mut house,
        with(&other, LEAD),
        with(&own, "/tenants/acme/leads/9"),
    )
    .await;
}
