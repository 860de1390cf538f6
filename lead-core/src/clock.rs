//! The only place that asks what time it is.
//!
//! Whatever needs the time is handed a [`Clock`], so a test sets it and a replay repeats it.

use std::fmt;
use std::sync::Arc;

/// An instant in UTC, nanosecond resolution; in JSON an RFC 3339 string (`2026-01-31T09:30:00Z`).
pub type Timestamp = jiff::Timestamp;

/// Reads an instant as people write it: `2026-01-31T09:30:00Z`, or a day, which begins at midnight UTC.
///
/// ```
/// assert_eq!(lead_core::clock::instant("2026-01-31"), lead_core::clock::instant("2026-01-31T00:00:00Z"));
/// assert!(lead_core::clock::instant("yesterday").is_none());
/// ```
pub fn instant(text: &str) -> Option<Timestamp> {
    let day = || format!("{text}T00:00:00Z").parse();
    text.parse().or_else(|_| day()).ok()
}

/// The moment so long before another, as people say it: `90d`, `6mo`, `2y`, `1y 6mo`. Months and years are the calendar's, in UTC.
///
/// ```
/// let now = lead_core::clock::instant("2026-03-31").unwrap();
/// assert_eq!(lead_core::clock::before(now, "1mo"), lead_core::clock::instant("2026-02-28"));
/// assert!(lead_core::clock::before(now, "-1d").is_none() && lead_core::clock::before(now, "soon").is_none());
/// ```
pub fn before(now: Timestamp, span: &str) -> Option<Timestamp> {
    let span: jiff::Span = span.parse().ok()?;
    let then = now
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .checked_sub(span)
        .ok()?
        .timestamp();
    (then <= now).then_some(then)
}

/// A cheaply cloned source of the current time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The operating system's clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the system clock"
    )]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that always shows `at`.
    pub fn fixed(at: Timestamp) -> Self {
        Self(Arc::new(move || at))
    }

    /// A clock of the caller's.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
