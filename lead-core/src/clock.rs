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
pub struct Clock(Source);

/// Where a clock has its time from. The system's is a case of its own, as there is a quicker way to measure by it.
#[derive(Clone)]
enum Source {
    System,
    Other(Arc<dyn Fn() -> Timestamp + Send + Sync>),
}

impl Clock {
    /// The operating system's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that always shows `at`.
    pub fn fixed(at: Timestamp) -> Self {
        Self::from_fn(move || at)
    }

    /// A clock of the caller's.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Source::Other(Arc::new(now)))
    }

    /// The current time.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the system clock"
    )]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp::now(),
            Source::Other(now) => now(),
        }
    }

    /// What short times are measured by that are asked for again and again.
    pub(crate) fn into_ticks(self) -> Ticks {
        match self.0 {
            Source::System => {
                let counter = quanta::Clock::new();
                let began = counter.raw();
                Ticks::Counter(counter, began)
            }
            Source::Other(_) => Ticks::Clock(self),
        }
    }
}

/// Nanoseconds since some moment of the past. Those of the system's clock are the processor's own, which take a third of the time to
/// read and which nobody sets back; the first of a process take up to 200 ms to make.
#[derive(Debug)]
pub(crate) enum Ticks {
    Counter(quanta::Clock, u64),
    Clock(Clock),
}

impl Ticks {
    #[inline]
    pub(crate) fn now(&self) -> u64 {
        match self {
            Self::Counter(counter, began) => counter.delta_as_nanos(*began, counter.raw()),
            // Since 1970, until 2554; before, there was no time.
            Self::Clock(clock) => u64::try_from(clock.now().as_nanosecond()).unwrap_or(0),
        }
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
