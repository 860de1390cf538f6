//! Why a token does not hold.

use http::StatusCode;

use crate::service::Problem;

/// Why a token is not taken. Whoever sent it is told no more than that it was not (RFC 6750 §3.1: `invalid_token`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtRefusal {
    /// There is no token.
    Absent,
    /// It is no token, or there are several.
    Malformed,
    /// Its algorithm is not allowed, or not its key's.
    Algorithm,
    /// Its key is not known.
    UnknownKey,
    /// It is not the key's over this token.
    Forged,
    /// Somebody else issued it.
    Issuer,
    /// It is for somebody else.
    Audience,
    /// It has run out.
    Late,
    /// It does not hold yet.
    Early,
    /// It does not say whose it is.
    Claims,
    /// The issuer's keys cannot be had now.
    Unavailable,
}

impl JwtRefusal {
    /// A word for logs and figures.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown_key",
            Self::Forged => "forged",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Late => "late",
            Self::Early => "early",
            Self::Claims => "claims",
            Self::Unavailable => "unavailable",
        }
    }
}

impl From<JwtRefusal> for Problem {
    fn from(refusal: JwtRefusal) -> Self {
        match refusal {
            JwtRefusal::Unavailable => Self::new(StatusCode::SERVICE_UNAVAILABLE),
            JwtRefusal::Absent => Self::unauthorized("Bearer"),
            _ => Self::unauthorized("Bearer error=\"invalid_token\""),
        }
    }
}
