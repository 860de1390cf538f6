//! Why a signature does not hold.

use http::StatusCode;

use crate::service::Problem;

/// Why a request is not taken. The service knows which; whoever sent it is told no more than that it was not signed as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no signature.
    Absent,
    /// The fields are not what RFC 9421 says they are, or hold more than is read.
    Malformed,
    /// A label stands there twice, or several signatures do and none was named.
    Ambiguous,
    /// It covers what is not understood here.
    Unsupported,
    /// It does not cover what it must.
    NotCovered,
    /// It covers what the request does not have.
    NotThere,
    /// It lacks `created`, `keyid` or `nonce`.
    Parameter,
    /// The key is not known, or does not hold now.
    UnknownKey,
    /// It names another algorithm than its key has.
    Algorithm,
    /// It was made too long ago, or has expired.
    Late,
    /// It was made in the future.
    Early,
    /// It is not the key's over this request.
    Forged,
    /// The body is not the one that was signed.
    Digest,
    /// Its nonce was used before.
    Replayed,
    /// The body is larger than is read.
    TooLarge,
    /// The body could not be read to its end.
    Broken,
    /// Nonces cannot be remembered now: the memory is full or away.
    Unavailable,
}

impl Refusal {
    /// A word for logs and figures.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Malformed => "malformed",
            Self::Ambiguous => "ambiguous",
            Self::Unsupported => "unsupported",
            Self::NotCovered => "not_covered",
            Self::NotThere => "not_there",
            Self::Parameter => "parameter",
            Self::UnknownKey => "unknown_key",
            Self::Algorithm => "algorithm",
            Self::Late => "late",
            Self::Early => "early",
            Self::Forged => "forged",
            Self::Digest => "digest",
            Self::Replayed => "replayed",
            Self::TooLarge => "too_large",
            Self::Broken => "broken",
            Self::Unavailable => "unavailable",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooLarge => Self::new(StatusCode::PAYLOAD_TOO_LARGE).code("TOO_LARGE"),
            Refusal::Broken => Self::new(StatusCode::BAD_REQUEST),
            Refusal::Unavailable => Self::new(StatusCode::SERVICE_UNAVAILABLE),
            _ => Self::unauthorized("Signature"),
        }
    }
}
