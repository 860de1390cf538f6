//! Algorithms that may be allowed.

use jsonwebtoken::Algorithm;

/// An algorithm of RFC 7518 §3 or RFC 8037 whose keys come in pairs. There is no `none` and no `HS256`: a public key is never taken for a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// ECDSA with P-384 and SHA-384.
    Es384,
    /// Ed25519.
    EdDsa,
}

impl JwtAlgorithm {
    /// The algorithm that a token names, if it may be allowed at all.
    pub(super) const fn of(algorithm: Algorithm) -> Option<Self> {
        match algorithm {
            Algorithm::RS256 => Some(Self::Rs256),
            Algorithm::PS256 => Some(Self::Ps256),
            Algorithm::ES256 => Some(Self::Es256),
            Algorithm::ES384 => Some(Self::Es384),
            Algorithm::EdDSA => Some(Self::EdDsa),
            _ => None,
        }
    }
}
