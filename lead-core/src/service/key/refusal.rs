//! Why a key does not open.

use http::StatusCode;

use crate::service::Problem;

/// Why a key is not taken. Whoever sent it is told no more than that it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyRefusal {
    /// There is no key.
    Absent,
    /// It is no key of this service, or there are several.
    Malformed,
    /// There is none of this name.
    Unknown,
    /// It has the name of one, and is another.
    Wrong,
    /// It has run out.
    Expired,
    /// It was revoked.
    Revoked,
    /// Keys cannot be looked up now.
    Unavailable,
}

impl KeyRefusal {
    /// A word for logs and figures.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::Wrong => "wrong",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Unavailable => "unavailable",
        }
    }
}

impl From<KeyRefusal> for Problem {
    fn from(refusal: KeyRefusal) -> Self {
        match refusal {
            KeyRefusal::Unavailable => Self::new(StatusCode::SERVICE_UNAVAILABLE),
            _ => Self::unauthorized("ApiKey"),
        }
    }
}
