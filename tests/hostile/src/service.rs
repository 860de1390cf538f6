use std::sync::LazyLock;

use futures::executor::block_on;
use lead_core::clock::{Clock, Timestamp};
use lead_core::prelude::TenantId;
use lead_core::service::{
    ApiKey, Caller, Jwks, JwtVerifier, KeyId, KeyPrefix, KeyRing, PasswordHash, Replays, SigningKey,
    TrustedKey, Verifier, read_json,
};

/// A service that trusts one key, at a fixed time.
static VERIFIER: LazyLock<Option<Verifier>> = LazyLock::new(|| {
    let key = SigningKey::hmac_sha256(&[7; 32]).ok()?;
    let caller = Caller::new(TenantId::default(), "a").ok()?;
    let ring = KeyRing::new();
    ring.add(KeyId::new("a").ok()?, TrustedKey::new(key.verifying(), caller));
    let clock = Clock::fixed(Timestamp::from_second(1_800_000_000).ok()?);
    Some(Verifier::new(ring, Replays::memory(9)).clock(clock))
});

/// Any bytes as the fields of a signature, a line each, and a body: nobody is taken who has no key.
pub fn signatures(data: &[u8]) {
    let mut lines = data.splitn(4, |byte| *byte == b'\n');
    let mut head = http::Request::post("https://api.example/leads").body(());
    for name in ["signature-input", "signature", "content-digest"] {
        let value = http::HeaderValue::from_bytes(lines.next().unwrap_or_default());
        if let (Ok(request), Ok(value)) = (&mut head, value) {
            request.headers_mut().insert(name, value);
        }
    }
    let (Ok(request), Some(verifier)) = (head, VERIFIER.as_ref()) else {
        return;
    };
    let (head, ()) = request.into_parts();
    let body = lines.next().unwrap_or_default();
    assert!(block_on(verifier.verify(&head, body)).is_err());
}

/// Any bytes as an API key, a token, a set of keys, a hash of a password and a body: what is read is written as it was, and nobody is taken.
pub fn credentials(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(prefix) = KeyPrefix::new("lead")
        && let Ok(key) = ApiKey::parse(&prefix, &text)
    {
        assert_eq!(key.expose(), text);
    }
    if let Ok(hash) = PasswordHash::new(&text) {
        assert_eq!(hash.expose(), text);
    }
    if let Ok(keys) = Jwks::fixed(data) {
        let verifier = JwtVerifier::new("https://login.example", "leads", keys);
        assert!(block_on(verifier.verify(&text)).is_err());
    }
    if let Ok(keys) = Jwks::fixed(b"{\"keys\": []}") {
        let verifier = JwtVerifier::new("https://login.example", "leads", keys);
        assert!(block_on(verifier.verify(&text)).is_err());
    }
    if let Err(problem) = read_json::<lead_core::prelude::Query>(data) {
        assert!(problem.status().is_client_error());
    }
}
