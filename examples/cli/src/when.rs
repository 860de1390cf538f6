//! Moments, as they are given on the command line.

use lead_core::clock::{self, Clock, Timestamp, instant};

/// A day or a time.
pub(crate) fn day(text: &str) -> Result<Timestamp, String> {
    let wanted = "a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z is wanted";
    instant(text).ok_or_else(|| wanted.to_owned())
}

/// A day, a time, or now.
pub(crate) fn moment(text: &str) -> Result<Timestamp, String> {
    match text {
        "now" => Ok(Clock::system().now()),
        text => day(text).map_err(|wanted| format!("{wanted}, or now")),
    }
}

/// The moment so long ago: `90d`, `6mo`, `2y`.
pub(crate) fn ago(text: &str) -> Result<Timestamp, String> {
    let wanted = "a length of time such as 90d, 6mo or 2y is wanted";
    clock::before(Clock::system().now(), text).ok_or_else(|| wanted.to_owned())
}
