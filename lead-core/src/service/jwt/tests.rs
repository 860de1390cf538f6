//! Tokens of an issuer, and those that only look like it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::FutureExt;
use http::{HeaderMap, StatusCode};
use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;
use crate::clock::{Clock, Timestamp};
use crate::record::{SafeUrl, TenantId};
use crate::seam::{Fetch, Fetcher, Request, Response};
use crate::service::{Caller, Role, Scope};
use crate::{Error, ErrorKind, Result};

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://login.example";

fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn clock(second: i64) -> Clock {
    Clock::fixed(Timestamp::from_second(NOW + second).unwrap())
}

/// An issuer with one key of P-256.
struct Issuer(EcdsaKeyPair);

impl Issuer {
    fn new() -> Self {
        let chance = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &chance).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &chance).unwrap())
    }

    fn jwk(&self, kid: &str) -> Value {
        let point = self.0.public_key().as_ref();
        json!({"kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "alg": "ES256",
               "x": base64(&point[1..33]), "y": base64(&point[33..])})
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let text = format!("{}.{}", base64(header.to_string()), base64(claims.to_string()));
        let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", base64(signature.as_ref()))
    }

    fn token(&self, change: Value) -> String {
        self.sign(
            &json!({"alg": "ES256", "kid": "a", "typ": "JWT"}),
            &claims(change),
        )
    }
}

/// Claims that hold, with some changed; `null` takes one out.
fn claims(change: Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "aud": ["leads-api", "other"], "sub": "crm", "exp": NOW + 60, "org": "acme",
        "scope": "leads:read leads:write", "roles": ["editor", 7, "not a name"],
    });
    let Value::Object(change) = change else {
        panic!("an object is wanted")
    };
    for (name, value) in change {
        claims[name] = value;
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    claims
}

fn fixed(keys: &[Value]) -> Jwks {
    Jwks::fixed(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn verifier(keys: Jwks) -> JwtVerifier {
    JwtVerifier::new(ISSUER, "leads-api", keys)
        .tenant_claim("org")
        .clock(clock(0))
}

fn verify(verifier: &JwtVerifier, token: &str) -> std::result::Result<Caller, JwtRefusal> {
    verifier.verify(token).now_or_never().unwrap()
}

#[test]
fn a_token_says_whose_its_bearer_is() {
    let issuer = Issuer::new();
    let caller = verify(&verifier(fixed(&[issuer.jwk("a")])), &issuer.token(json!({}))).unwrap();
    let wanted = Caller::new(TenantId::new("acme").unwrap(), "crm")
        .unwrap()
        .scope(Scope::new("leads:read").unwrap())
        .scope(Scope::new("leads:write").unwrap())
        .role(Role::new("editor").unwrap());
    assert_eq!(caller, wanted);
}

#[test]
fn claims_that_do_not_hold_are_refused() {
    let issuer = Issuer::new();
    let verifier = verifier(fixed(&[issuer.jwk("a")]));
    for (change, wanted) in [
        (json!({"iss": "https://evil.example"}), JwtRefusal::Issuer),
        (json!({"iss": null}), JwtRefusal::Claims),
        (json!({"aud": "other"}), JwtRefusal::Audience),
        (json!({"aud": null}), JwtRefusal::Claims),
        (json!({"aud": []}), JwtRefusal::Audience),
        (json!({"exp": null}), JwtRefusal::Claims),
        (json!({"exp": "tomorrow"}), JwtRefusal::Claims),
        (json!({"exp": NOW - 60}), JwtRefusal::Late),
        (json!({"exp": -1}), JwtRefusal::Claims),
        (json!({"nbf": NOW + 61}), JwtRefusal::Early),
        (json!({"iat": NOW + 61}), JwtRefusal::Early),
        (json!({"sub": null}), JwtRefusal::Claims),
        (json!({"sub": ""}), JwtRefusal::Claims),
        (json!({"org": null}), JwtRefusal::Claims),
        (json!({"org": "../main"}), JwtRefusal::Claims),
    ] {
        assert_eq!(
            verify(&verifier, &issuer.token(change.clone())),
            Err(wanted),
            "{change}"
        );
    }
    for change in [
        json!({"exp": NOW - 59}),
        json!({"nbf": NOW + 60}),
        json!({"aud": "leads-api"}),
    ] {
        assert!(
            verify(&verifier, &issuer.token(change.clone())).is_ok(),
            "{change}"
        );
    }
}

#[test]
fn signatures_that_are_not_the_issuers_are_refused() {
    let (issuer, stranger) = (Issuer::new(), Issuer::new());
    let keys = fixed(&[issuer.jwk("a")]);
    let verifier = verifier(keys.clone());
    let token = issuer.token(json!({}));
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = head.split_once('.').unwrap();
    let other = base64(claims(json!({"org": "other"})).to_string());
    assert_eq!(
        verify(&verifier, &format!("{header}.{other}.{signature}")),
        Err(JwtRefusal::Forged)
    );
    assert_eq!(
        verify(&verifier, &stranger.token(json!({}))),
        Err(JwtRefusal::Forged)
    );
    assert_eq!(verify(&verifier, &format!("{head}.")), Err(JwtRefusal::Forged));

    let named = |header: Value| issuer.sign(&header, &claims(json!({})));
    let unknown = named(json!({"alg": "ES256", "kid": "b"}));
    assert_eq!(verify(&verifier, &unknown), Err(JwtRefusal::UnknownKey));
    // What a token brings along is not trusted.
    let brought = stranger.sign(
        &json!({"alg": "ES256", "kid": "b", "jwk": stranger.jwk("b"), "jku": "https://evil.example/keys"}),
        &claims(json!({})),
    );
    assert_eq!(verify(&verifier, &brought), Err(JwtRefusal::UnknownKey));
    let critical = named(json!({"alg": "ES256", "kid": "a", "crit": ["x"], "x": 1}));
    assert_eq!(verify(&verifier, &critical), Err(JwtRefusal::Malformed));
    let not_allowed = verifier.clone().algorithms([JwtAlgorithm::EdDsa]);
    assert_eq!(verify(&not_allowed, &token), Err(JwtRefusal::Algorithm));
}

/// Guards the two classics: no signature at all, and the public key as a shared secret.
#[test]
fn none_and_shared_secrets_are_refused() {
    let issuer = Issuer::new();
    let verifier = verifier(fixed(&[issuer.jwk("a")]));
    let unsigned = |alg: &str| {
        let header = base64(json!({"alg": alg, "kid": "a"}).to_string());
        format!("{header}.{}.", base64(claims(json!({})).to_string()))
    };
    for alg in ["none", "None", "NONE", ""] {
        assert_eq!(
            verify(&verifier, &unsigned(alg)),
            Err(JwtRefusal::Malformed),
            "{alg}"
        );
    }
    let text = unsigned("HS256");
    let text = text.trim_end_matches('.');
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, issuer.0.public_key().as_ref());
    let token = format!("{text}.{}", base64(ring::hmac::sign(&secret, text.as_bytes())));
    assert_eq!(verify(&verifier, &token), Err(JwtRefusal::Algorithm));
    // And when the issuer's own set holds a secret.
    let secret = json!({"kty": "oct", "kid": "a", "k": base64([7; 32])});
    let trusting = JwtVerifier::new(ISSUER, "leads-api", fixed(&[secret])).clock(clock(0));
    assert_eq!(verify(&trusting, &token), Err(JwtRefusal::Algorithm));
    assert_eq!(
        verify(&trusting, &issuer.token(json!({}))),
        Err(JwtRefusal::Algorithm)
    );
}

#[test]
fn ed25519_is_verified_and_a_key_for_something_else_is_not_used() {
    let seed = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let text = format!(
        "{}.{}",
        base64(json!({"alg": "EdDSA"}).to_string()),
        base64(claims(json!({})).to_string())
    );
    let token = format!("{text}.{}", base64(seed.sign(text.as_bytes())));
    let jwk = |more: Value| {
        let mut jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": base64(seed.public_key())});
        let Value::Object(more) = more else {
            panic!("an object is wanted")
        };
        jwk.as_object_mut().unwrap().extend(more);
        verifier(fixed(&[jwk]))
    };
    assert!(
        verify(&jwk(json!({})), &token).is_ok(),
        "the only key needs no name"
    );
    for wrong in [
        json!({"use": "enc"}),
        json!({"alg": "ES256"}),
        json!({"alg": "HS256"}),
    ] {
        assert_eq!(
            verify(&jwk(wrong.clone()), &token),
            Err(JwtRefusal::Algorithm),
            "{wrong}"
        );
    }
    let two = fixed(&[Issuer::new().jwk("a"), Issuer::new().jwk("b")]);
    assert_eq!(verify(&verifier(two), &token), Err(JwtRefusal::UnknownKey));
}

/// The keys and tokens were made by PyPI's `cryptography` 50.
#[test]
fn tokens_of_rsa_are_verified() {
    let case: Value = serde_json::from_str(include_str!("rsa.json")).unwrap();
    let verifier =
        verifier(fixed(&[case["jwk"].clone()])).algorithms([JwtAlgorithm::Rs256, JwtAlgorithm::Ps256]);
    for name in ["rs256", "ps256"] {
        let token = case[name].as_str().unwrap();
        assert_eq!(verify(&verifier, token).unwrap().subject(), "crm", "{name}");
        let (head, _) = token.rsplit_once('.').unwrap();
        assert_eq!(
            verify(&verifier, &format!("{head}.AAAA")),
            Err(JwtRefusal::Forged)
        );
    }
}

/// A site that serves the keys it holds now, or nothing.
#[derive(Clone, Debug, Default)]
struct Site {
    keys: Arc<Mutex<Option<Vec<Value>>>>,
    asked: Arc<AtomicUsize>,
}

impl Site {
    fn serve(&self, keys: Option<Vec<Value>>) {
        *self.keys.lock().unwrap() = keys;
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Fetch for Site {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let keys = self.keys.lock().unwrap().clone();
        let Some(keys) = keys else {
            return Err(Error::new(ErrorKind::Network, "fetch", "nobody answers"));
        };
        let body = json!({ "keys": keys }).to_string();
        Ok(Response::new(
            request.url,
            StatusCode::OK,
            HeaderMap::new(),
            body.into(),
            Timestamp::UNIX_EPOCH,
        ))
    }
}

/// Guards the issuer: whatever names tokens make up, its keys are asked for at a bounded rate; and a key that is new is found.
#[test]
fn keys_are_fetched_seldom_and_found_when_they_change() {
    let (first, second) = (Issuer::new(), Issuer::new());
    let site = Site::default();
    let second_now = Arc::new(std::sync::atomic::AtomicI64::new(0));
    let hand = Arc::clone(&second_now);
    let clock = Clock::from_fn(move || Timestamp::from_second(NOW + hand.load(Ordering::Relaxed)).unwrap());
    let url = SafeUrl::parse("https://login.example/keys").unwrap();
    let keys = Jwks::at(url, Fetcher::new(site.clone())).clock(clock.clone());
    let verifier = verifier(keys).clock(clock);
    let at = |second: i64| second_now.store(second, Ordering::Relaxed);
    let far = json!({"exp": NOW + 1_000_000});
    let old = first.token(far.clone());
    let new = second.sign(&json!({"alg": "ES256", "kid": "b"}), &claims(far));

    assert_eq!(
        verify(&verifier, &old),
        Err(JwtRefusal::Unavailable),
        "nobody answers"
    );
    site.serve(Some(vec![first.jwk("a")]));
    assert_eq!(
        verify(&verifier, &old),
        Err(JwtRefusal::Unavailable),
        "not yet asked again"
    );
    assert_eq!(site.asked(), 1);
    at(60);
    assert!(verify(&verifier, &old).is_ok());
    for _ in 0..5 {
        assert_eq!(verify(&verifier, &new), Err(JwtRefusal::UnknownKey));
    }
    assert_eq!(site.asked(), 2);
    site.serve(Some(vec![first.jwk("a"), second.jwk("b")]));
    at(120);
    assert!(verify(&verifier, &new).is_ok());
    assert_eq!(site.asked(), 3);

    // Away: what was kept is used for a day, and no longer.
    site.serve(None);
    at(120 + 3_600);
    assert!(verify(&verifier, &old).is_ok());
    assert!(verify(&verifier, &old).is_ok());
    assert_eq!(site.asked(), 4);
    at(120 + 24 * 3_600);
    assert_eq!(verify(&verifier, &old), Err(JwtRefusal::Unavailable));

    // A key that was taken out opens nothing any more.
    site.serve(Some(vec![second.jwk("b")]));
    at(200 + 24 * 3_600);
    assert_eq!(verify(&verifier, &old), Err(JwtRefusal::UnknownKey));
    assert!(verify(&verifier, &new).is_ok());
}

#[test]
fn what_is_no_set_is_refused() {
    for bad in ["", "{}", "[]", "{\"keys\": 1}"] {
        assert!(Jwks::fixed(bad.as_bytes()).is_err(), "{bad}");
    }
    let strange = fixed(&[json!({"kty": "??"}), json!(7), Issuer::new().jwk("a")]);
    assert_eq!(verify(&verifier(strange), "a.b.c"), Err(JwtRefusal::Malformed));
}

proptest! {
    #[test]
    fn no_text_passes(text in "[A-Za-z0-9_.=-]{0,200}", any in any::<String>()) {
        let verifier = verifier(fixed(&[Issuer::new().jwk("a")]));
        prop_assert!(verify(&verifier, &text).is_err());
        prop_assert!(verify(&verifier, &any).is_err());
    }
}
