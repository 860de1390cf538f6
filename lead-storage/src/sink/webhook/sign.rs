//! Signatures (Standard Webhooks, *Signature scheme*): HMAC-SHA256 of `id.timestamp.payload`, in base64, after `v1,`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use lead_core::{Error, ErrorKind, Result};
use sha2::Sha256;

use crate::sink::SINK;
use crate::sink::secret::Secret;

/// Before the base64 of a key.
const PREFIX: &str = "whsec_";

/// Before a signature.
pub(super) const VERSION: &str = "v1,";

/// A key has 24 to 64 bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

/// What signs. It is never shown.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// # Errors
    /// [`ErrorKind::Config`] for what is no key.
    pub(super) fn new(secret: &Secret) -> Result<Self> {
        let text = secret.text();
        let bytes = STANDARD.decode(text.strip_prefix(PREFIX).unwrap_or(text)).ok();
        let bytes = bytes.filter(|bytes| LENGTH.contains(&bytes.len()));
        let mac = bytes.and_then(|bytes| Hmac::new_from_slice(&bytes).ok());
        mac.map(Self).ok_or_else(|| {
            let message = "a key of a webhook is whsec_ and base64 of 24 to 64 bytes";
            Error::new(ErrorKind::Config, SINK, message)
        })
    }

    /// `v1,` and the signature.
    pub(super) fn sign(&self, id: &str, at: i64, body: &[u8]) -> String {
        let signature = self.mac(id, at, body).finalize().into_bytes();
        format!("{VERSION}{}", STANDARD.encode(signature))
    }

    /// Whether a signature (in base64) is right, in a time that does not tell where it is wrong.
    pub(super) fn signed(&self, id: &str, at: i64, body: &[u8], signature: &str) -> bool {
        let given = STANDARD.decode(signature);
        given.is_ok_and(|given| self.mac(id, at, body).verify_slice(&given).is_ok())
    }

    fn mac(&self, id: &str, at: i64, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(body);
        mac
    }
}
