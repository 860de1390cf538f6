//! The vectors of RFC 9421 appendix B, what Python signs, and any bytes.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::FutureExt;
use http::request::Parts;
use proptest::prelude::*;
use serde::Deserialize;

use super::base::base;
use super::params::{Params, written};
use super::*;
use crate::clock::{Clock, Timestamp};
use crate::record::TenantId;
use crate::service::Caller;

const BODY: &str = "{\"hello\": \"world\"}";
/// RFC 9421 §B.1.5.
const SECRET: &str =
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
/// RFC 9421 §B.1.4.
const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";
const PUBLIC: &str = "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap()
}

/// RFC 9421 §B.2, with the two fields of a signature.
fn request(input: &str, signature: &str) -> Parts {
    let request = http::Request::post("/foo?param=Value&Pet=dog")
        .header("host", "example.com")
        .header("date", "Tue, 20 Apr 2021 02:07:55 GMT")
        .header("content-type", "application/json")
        .header("content-digest", "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:")
        .header("content-length", "18")
        .header("signature-input", input)
        .header("signature", signature);
    request.body(()).unwrap().into_parts().0
}

/// The text that is signed, and the signature.
fn signed(head: &Parts) -> (String, Vec<u8>) {
    let labelled = labels::read(&head.headers, None).unwrap();
    let params = Params::of_list(&labelled.input).unwrap();
    let text = base(&params.components, &written(&labelled.input), head, "https").unwrap();
    (text, labelled.signature)
}

/// RFC 9421 §B.2.5.
#[test]
fn a_shared_secret_signs_as_in_the_standard() {
    let head = request(
        "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"",
        "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
    );
    let (base, signature) = signed(&head);
    assert_eq!(
        base,
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@authority\": example.com\n\"content-type\": application/json\n\
         \"@signature-params\": (\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\""
    );
    let key = SigningKey::hmac_sha256(&bytes(SECRET)).unwrap();
    assert_eq!(key.sign(&base), signature);
    assert!(key.verifying().verifies(&base, &signature));
    assert!(
        !key.verifying()
            .verifies(&base.replace("20 Apr", "21 Apr"), &signature)
    );
    assert!(!key.verifying().verifies(&base, &signature[..31]));
}

/// RFC 9421 §B.2.6.
#[test]
fn ed25519_signs_as_in_the_standard() {
    let head = request(
        "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"",
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    );
    let (base, signature) = signed(&head);
    let key = SigningKey::ed25519(&bytes(PRIVATE)).unwrap();
    assert_eq!(key.sign(&base), signature);
    let public = VerifyingKey::ed25519(&bytes(PUBLIC)).unwrap();
    assert!(public.verifies(&base, &signature));
    assert!(!public.verifies(&(base + " "), &signature));
}

/// A case of `tests/cases/signatures.json`: a request, and who signed it.
#[derive(Deserialize)]
struct Case {
    name: String,
    signer: String,
    algorithm: String,
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    created: i64,
    nonce: String,
    signature_input: String,
    signature: String,
}

impl Case {
    fn head(&self, signed: bool) -> Parts {
        let request = http::Request::builder()
            .method(self.method.as_str())
            .uri(&self.url);
        let mut head = request.body(()).unwrap().into_parts().0;
        let fields = [
            ("signature-input", &self.signature_input),
            ("signature", &self.signature),
        ];
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value));
        for (name, value) in own.chain(fields.into_iter().filter(|_| signed)) {
            let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            head.headers.append(name, value.parse().unwrap());
        }
        head
    }

    fn key(&self) -> (KeyId, SigningKey) {
        let key = match self.algorithm.as_str() {
            "hmac-sha256" => SigningKey::hmac_sha256(&bytes(SECRET)),
            _ => SigningKey::ed25519(&bytes(PRIVATE)),
        };
        (KeyId::new(&self.algorithm).unwrap(), key.unwrap())
    }

    fn clock(&self) -> Clock {
        Clock::fixed(Timestamp::from_second(self.created).unwrap())
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../../../../tests/cases/signatures.json")).unwrap()
}

/// Guards M5: what PyPI's `http-message-signatures` signed is verified here; `lead-py/tests/test_signatures.py` signs it again to the last byte, and verifies
/// what was signed here.
#[test]
fn what_either_side_signs_the_other_verifies() {
    let mut seen = [0; 2];
    for case in cases() {
        let (id, key) = case.key();
        if case.signer == "rust" {
            let mut head = case.head(false);
            let signer = Signer::new(id.clone(), key.clone()).clock(case.clock());
            signer
                .sign_with(&mut head, case.body.as_bytes(), &case.nonce)
                .unwrap();
            assert_eq!(
                head.headers["signature-input"], case.signature_input,
                "{}",
                case.name
            );
            assert_eq!(head.headers["signature"], case.signature, "{}", case.name);
        }
        seen[usize::from(case.signer == "rust")] += 1;
        let caller = Caller::new(TenantId::default(), "a").unwrap();
        let ring = KeyRing::new();
        ring.add(id, TrustedKey::new(key.verifying(), caller.clone()));
        let verifier = Verifier::new(ring, Replays::memory(9)).clock(case.clock());
        let head = case.head(true);
        let verified = verifier.verify(&head, case.body.as_bytes());
        assert_eq!(verified.now_or_never().unwrap(), Ok(caller), "{}", case.name);
    }
    assert!(seen.iter().all(|count| *count >= 3), "{seen:?}");
}

proptest! {
    /// Any two fields: nobody but the key's holder is taken, and reading ends.
    #[test]
    fn no_bytes_pass(
        input in "(sig1=)?\\(?(\"@method\"|\"@path\"| |\"x\"|;sf|[ -~]){0,6}\\)?(;created=1800000000|;keyid=\"a\"|;nonce=\"n\"|;alg=\"hmac-sha256\"|[ -~]){0,6}",
        signature in "(sig1=)?:?[A-Za-z0-9+/=]{0,48}:?",
    ) {
        let ring = KeyRing::new();
        let caller = Caller::new(TenantId::default(), "a").unwrap();
        let key = VerifyingKey::hmac_sha256(&[7; 32]).unwrap();
        ring.add(KeyId::new("a").unwrap(), TrustedKey::new(key, caller));
        let clock = Clock::fixed(Timestamp::from_second(1_800_000_000).unwrap());
        let verifier = Verifier::new(ring, Replays::memory(9)).clock(clock).window(Duration::from_secs(9));
        let head = request(&input, &signature);
        let refused = verifier.verify(&head, BODY.as_bytes());
        prop_assert!(refused.now_or_never().unwrap().is_err());
    }

    /// What is signed is verified, whatever stands in it, and any other byte of it is not.
    #[test]
    fn what_is_signed_is_verified(
        path in "/[a-z0-9/%._~-]{0,20}",
        value in "[ -~]{0,20}",
        body in prop::collection::vec(any::<u8>(), 0..40),
        flip in any::<prop::sample::Index>(),
    ) {
        let key = SigningKey::ed25519(&bytes(PRIVATE)).unwrap();
        let id = KeyId::new("a").unwrap();
        let ring = KeyRing::new();
        ring.add(id.clone(), TrustedKey::new(key.verifying(), Caller::new(TenantId::default(), "a").unwrap()));
        let verifier = Verifier::new(ring, Replays::memory(9));
        let request = http::Request::post(format!("https://a.example{path}")).header("x-a", value);
        let (mut head, ()) = request.body(()).unwrap().into_parts();
        let signer = Signer::new(id, key).cover(Component::parse("x-a").unwrap());
        signer.sign(&mut head, &body).unwrap();
        let verified = |head: &Parts, body: &[u8]| verifier.verify(head, body).now_or_never().unwrap();
        if !body.is_empty() {
            let mut changed = body.clone();
            changed[flip.index(body.len())] ^= 1;
            prop_assert_eq!(verified(&head, &changed), Err(Refusal::Digest));
        }
        prop_assert!(verified(&head, &body).is_ok());
        prop_assert_eq!(verified(&head, &body), Err(Refusal::Replayed));
    }
}
