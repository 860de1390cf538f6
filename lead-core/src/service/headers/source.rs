//! From where a page may take something.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::record::SafeUrl;
use crate::service::digest::sha256;
use crate::{Error, Result};

/// A source expression of CSP Level 3 §2.3.1. There is none for `'unsafe-inline'`, `'unsafe-eval'` or `'unsafe-hashes'`, and no
/// scheme (`data:` in `script-src` lets in what `'unsafe-inline'` does).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CspSource(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Own,
    Nonce,
    StrictDynamic,
    Hash(String),
    Origin(String),
}

impl CspSource {
    /// The same origin: `'self'`.
    pub const fn own() -> Self {
        Self(Kind::Own)
    }

    /// Elements with the nonce of this answer, which is drawn for each: [`CspNonce`](super::CspNonce).
    pub const fn nonce() -> Self {
        Self(Kind::Nonce)
    }

    /// What a trusted script loads is trusted: `'strict-dynamic'`.
    pub const fn strict_dynamic() -> Self {
        Self(Kind::StrictDynamic)
    }

    /// An inline script or style of exactly this text.
    pub fn hash_of(text: &str) -> Self {
        Self(Kind::Hash(STANDARD.encode(sha256(text.as_bytes()))))
    }

    /// Another origin, over TLS: `https://cdn.example`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is no `https` address, or more than an origin.
    pub fn origin(text: &str) -> Result<Self> {
        let url = SafeUrl::parse(text)?;
        let origin = url.origin();
        // A host may hold what ends a directive: `https://a;script-src` is an address.
        let fine = |c: char| c.is_ascii_alphanumeric() || ".-:/[]".contains(c);
        let whole = text.trim_end_matches('/').eq_ignore_ascii_case(origin);
        if origin.starts_with("https://") && whole && origin.chars().all(fine) {
            Ok(Self(Kind::Origin(origin.to_owned())))
        } else {
            Err(Error::invalid(
                "content security policy",
                "an origin such as https://cdn.example is wanted",
            ))
        }
    }

    /// Whether each answer needs a nonce.
    pub(super) fn is_nonce(&self) -> bool {
        self.0 == Kind::Nonce
    }

    /// As it stands in the header.
    pub(super) fn write(&self, nonce: &str, out: &mut String) -> fmt::Result {
        use fmt::Write;
        match &self.0 {
            Kind::Own => out.write_str("'self'"),
            Kind::Nonce => write!(out, "'nonce-{nonce}'"),
            Kind::StrictDynamic => out.write_str("'strict-dynamic'"),
            Kind::Hash(hash) => write!(out, "'sha256-{hash}'"),
            Kind::Origin(origin) => out.write_str(origin),
        }
    }
}
