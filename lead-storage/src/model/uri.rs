//! What the URIs of databases have in common.

use std::time::Duration;

use lead_core::{Error, Result};
use serde::{Deserialize, Serialize};

/// What may be done with a database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Access {
    /// Read and write; it is made when there is none. `mode=rwc`
    #[default]
    Create,
    /// Read and write; it must be there. `mode=rw`
    Write,
    /// Only read; it must be there. `mode=ro`
    Read,
}

impl Access {
    /// By the value of the parameter `mode`.
    pub(crate) fn of_mode(mode: &str) -> Option<Self> {
        Some(match mode {
            "ro" => Self::Read,
            "rw" => Self::Write,
            "rwc" => Self::Create,
            _ => return None,
        })
    }
}

/// Percent-decoded.
pub(crate) fn decoded(operation: &'static str, text: &str) -> Result<String> {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|cause| Error::invalid(operation, "the path is not UTF-8").because(cause))
}

/// `5s`, `250ms`, or milliseconds; an hour at most.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(millis), _) => (millis, 1),
        (None, Some(seconds)) => (seconds, 1000),
        (None, None) => (text, 1),
    };
    // An hour is the most SQLite's 32-bit milliseconds comfortably take.
    let millis = number.parse::<u64>().ok()?.checked_mul(unit)?;
    (millis <= 3_600_000).then(|| Duration::from_millis(millis))
}
