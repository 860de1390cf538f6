//! The `Retry-After` header.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;

use crate::clock::Timestamp;
use crate::seam::Response;

/// The wait `response` asks for.
pub(super) fn of(response: &Response, now: Timestamp) -> Option<Duration> {
    parse(response.header(&RETRY_AFTER)?, now)
}

/// Reads a `Retry-After` value (RFC 9110 §10.2.3): seconds, or a date, which means the time until then from `now`, none
/// when it is past. `None` when it is neither.
pub fn parse(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit are for ever all the same.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(
        date.duration_since(SystemTime::try_from(now).ok()?)
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms() {
        let now = "2026-01-31T09:30:00Z".parse().unwrap();
        assert_eq!(parse(" 120 ", now), Some(Duration::from_mins(2)));
        assert_eq!(
            parse("Sat, 31 Jan 2026 09:31:00 GMT", now),
            Some(Duration::from_mins(1))
        );
        assert_eq!(
            parse("Saturday, 31-Jan-26 09:31:00 GMT", now),
            Some(Duration::from_mins(1))
        );
        assert_eq!(
            parse("Sat Jan 31 09:31:00 2026", now),
            Some(Duration::from_mins(1))
        );
        assert_eq!(parse("Sat, 31 Jan 2026 09:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(
            parse("99999999999999999999999", now),
            Some(Duration::from_secs(u64::from(u32::MAX)))
        );
        for bad in ["", "-1", "1.5", "soon", "+5", "5s"] {
            assert_eq!(parse(bad, now), None, "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text: String) {
            parse(&text, Timestamp::UNIX_EPOCH);
        }
    }
}
