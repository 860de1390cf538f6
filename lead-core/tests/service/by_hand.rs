//! Signatures and tokens as an attacker writes them: each part as it is wanted.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::request::Parts;
use ring::hmac::{HMAC_SHA256, Key, sign};
use serde_json::Value;

/// Signs lines of a signature base with a shared secret: `covered` are names and values, `params` what follows the list.
pub(crate) fn hmac_signature(head: &mut Parts, secret: &[u8], covered: &[(&str, &str)], params: &str) {
    let names: Vec<_> = covered.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let params = format!("({}){params}", names.join(" "));
    let lines = covered
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}\n"));
    let lines = lines.collect::<Vec<_>>().concat();
    let base = format!("{lines}\"@signature-params\": {params}");
    let signature = STANDARD.encode(sign(&Key::new(HMAC_SHA256, secret), base.as_bytes()));
    set(head, "signature-input", &format!("sig1={params}"));
    set(head, "signature", &format!("sig1=:{signature}:"));
}

pub(crate) fn set(head: &mut Parts, name: &'static str, value: &str) {
    head.headers.insert(name, value.parse().unwrap());
}

pub(crate) fn add(head: &mut Parts, name: &'static str, value: &str) {
    head.headers.append(name, value.parse().unwrap());
}

pub(crate) fn get(head: &Parts, name: &str) -> String {
    head.headers[name].to_str().unwrap().to_owned()
}

/// What is signed of a token.
pub(crate) fn token_text(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// A token with this signature.
pub(crate) fn token(text: &str, signature: &[u8]) -> String {
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}
