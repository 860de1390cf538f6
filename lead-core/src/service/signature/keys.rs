//! Keys that sign, and keys that verify.

use std::fmt;
use std::sync::Arc;

use ring::hmac::{self, HMAC_SHA256};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::{Error, Result};

/// What a key is called in `keyid`: 1 to 128 printable characters of ASCII. It is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(Arc<str>);

impl KeyId {
    /// Parses the name.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is none.
    pub fn new(text: &str) -> Result<Self> {
        let fine = |byte: u8| (b' '..=b'~').contains(&byte);
        if (1..=128).contains(&text.len()) && text.bytes().all(fine) {
            Ok(Self(text.into()))
        } else {
            Err(Error::invalid(
                "key id",
                "1 to 128 printable characters of ASCII are wanted",
            ))
        }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Bytes that a shared secret has at the least: those of the hash (RFC 2104 §3).
const LEAST_SECRET: usize = 32;

/// RFC 9421 §6.2.2: what the algorithms are called in `alg`.
const HMAC: &str = "hmac-sha256";
const ED: &str = "ed25519";

/// A key that signs. Never shown.
#[derive(Clone)]
pub struct SigningKey(Signing);

#[derive(Clone)]
enum Signing {
    Hmac(Arc<hmac::Key>),
    Ed25519(Arc<Ed25519KeyPair>),
}

impl SigningKey {
    /// A secret that both sides know: `hmac-sha256`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it has fewer than 32 bytes.
    pub fn hmac_sha256(secret: &[u8]) -> Result<Self> {
        Ok(Self(Signing::Hmac(Arc::new(shared(secret)?))))
    }

    /// A private key in PKCS #8 (RFC 8410), as `openssl genpkey -algorithm ed25519 -outform DER` writes it: `ed25519`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is none.
    pub fn ed25519(pkcs8: &[u8]) -> Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8)
            .map_err(|_| Error::invalid("signing key", "a key of Ed25519 in PKCS #8 is wanted"))?;
        Ok(Self(Signing::Ed25519(Arc::new(pair))))
    }

    /// The key that verifies what this one signs.
    pub fn verifying(&self) -> VerifyingKey {
        VerifyingKey(match &self.0 {
            Signing::Hmac(key) => Verifying::Hmac(Arc::clone(key)),
            Signing::Ed25519(pair) => Verifying::Ed25519(pair.public_key().as_ref().into()),
        })
    }

    /// What its algorithm is called.
    pub fn algorithm(&self) -> &'static str {
        self.verifying().algorithm()
    }

    pub(super) fn sign(&self, base: &str) -> Vec<u8> {
        match &self.0 {
            Signing::Hmac(key) => hmac::sign(key, base.as_bytes()).as_ref().to_vec(),
            Signing::Ed25519(pair) => pair.sign(base.as_bytes()).as_ref().to_vec(),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.algorithm())
    }
}

/// A key that verifies. The algorithm is the key's: no signature chooses it.
#[derive(Clone)]
pub struct VerifyingKey(Verifying);

#[derive(Clone)]
enum Verifying {
    Hmac(Arc<hmac::Key>),
    Ed25519(Arc<[u8]>),
}

impl VerifyingKey {
    /// A secret that both sides know: `hmac-sha256`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it has fewer than 32 bytes.
    pub fn hmac_sha256(secret: &[u8]) -> Result<Self> {
        Ok(Self(Verifying::Hmac(Arc::new(shared(secret)?))))
    }

    /// The 32 bytes of a public key (RFC 8032 §5.1.5): `ed25519`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when there are more or fewer.
    pub fn ed25519(public: &[u8]) -> Result<Self> {
        if public.len() == 32 {
            Ok(Self(Verifying::Ed25519(public.into())))
        } else {
            Err(Error::invalid(
                "verifying key",
                "a public key of Ed25519 has 32 bytes",
            ))
        }
    }

    /// What its algorithm is called.
    pub fn algorithm(&self) -> &'static str {
        match self.0 {
            Verifying::Hmac(_) => HMAC,
            Verifying::Ed25519(_) => ED,
        }
    }

    /// Whether the signature is the key's; of a shared secret's, in a time that tells nothing of the right bytes.
    pub(super) fn verifies(&self, base: &str, signature: &[u8]) -> bool {
        match &self.0 {
            Verifying::Hmac(key) => hmac::verify(key, base.as_bytes(), signature).is_ok(),
            Verifying::Ed25519(public) => UnparsedPublicKey::new(&ED25519, public)
                .verify(base.as_bytes(), signature)
                .is_ok(),
        }
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", self.algorithm())
    }
}

fn shared(secret: &[u8]) -> Result<hmac::Key> {
    if secret.len() < LEAST_SECRET {
        return Err(Error::invalid(
            "signing key",
            "a shared secret has 32 bytes at the least",
        ));
    }
    Ok(hmac::Key::new(HMAC_SHA256, secret))
}
