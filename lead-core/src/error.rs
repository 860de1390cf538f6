//! One opaque error with a kind, an operation and context.
//!
//! A caller acts on [`Error::kind`] and [`Error::status`]; a person reads the one line of `Display`; a log keeps
//! `Debug`, which adds the chain of causes. None of them ever holds a URL with credentials, a secret or a person's data:
//! whoever adds context sees to that.

use std::fmt;
use std::time::Duration;

/// A result whose default error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $code:literal,)+) => {
        /// What went wrong, as far as a caller can act on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl ErrorKind {
            /// Every kind, in declaration order: the bindings make one exception class each.
            pub const ALL: &'static [ErrorKind] = &[$(ErrorKind::$kind,)+];

            /// Stable code, as Node's `err.code` and JSON logs show it.
            pub const fn code(self) -> &'static str {
                match self { $(ErrorKind::$kind => $code,)+ }
            }

            /// The kind of an error of the system: room, leave to write, absence; [`ErrorKind::Io`] for the rest.
            pub fn of_io(cause: &std::io::Error) -> Self {
                use std::io::ErrorKind as Io;
                match cause.kind() {
                    Io::StorageFull | Io::QuotaExceeded => Self::StorageFull,
                    Io::ReadOnlyFilesystem => Self::ReadOnly,
                    Io::NotFound => Self::NotFound,
                    _ => Self::Io,
                }
            }

            /// The variant's name, as Python's exception classes are called after it (`NotFound` → `NotFoundError`).
            pub const fn name(self) -> &'static str {
                match self { $(ErrorKind::$kind => stringify!($kind),)+ }
            }
        }
    };
}

kinds! {
    /// A value broke a rule of its type; the context says which rule and where.
    InvalidInput = "INVALID_INPUT",
    /// A setting is missing or contradicts another.
    Config = "CONFIG",
    /// The backend or platform cannot do this.
    Unsupported = "UNSUPPORTED",
    /// What was asked for is not there.
    NotFound = "NOT_FOUND",
    /// Somebody else changed it first.
    Conflict = "CONFLICT",
    /// A lease that is no longer ours.
    StaleLease = "STALE_LEASE",
    /// It took longer than allowed.
    Timeout = "TIMEOUT",
    /// The connection could not be made or broke.
    Network = "NETWORK",
    /// The guard refused the URL or the address it resolves to.
    GuardRefused = "GUARD_REFUSED",
    /// The site's robots.txt forbids it.
    RobotsDenied = "ROBOTS_DENIED",
    /// Asked to slow down.
    RateLimited = "RATE_LIMITED",
    /// The site refused us: login wall, captcha, 401, 403, 451.
    Blocked = "BLOCKED",
    /// The server answered with a status that is no success.
    HttpStatus = "HTTP_STATUS",
    /// Too many redirects, a loop, or a target that cannot be read.
    Redirect = "REDIRECT",
    /// More bytes, depth or items than the caps allow.
    TooLarge = "TOO_LARGE",
    /// The bytes are not what they claim to be.
    Decode = "DECODE",
    /// A page no adapter recognises.
    UnrecognisedPage = "UNRECOGNISED_PAGE",
    /// A platform's pages have changed: fields are found more rarely than they were.
    AdapterDrift = "ADAPTER_DRIFT",
    /// The store or file may only be read.
    ReadOnly = "READ_ONLY",
    /// No room left where it should be stored.
    StorageFull = "STORAGE_FULL",
    /// Somebody else holds the store's lock.
    Locked = "LOCKED",
    /// The stored data is damaged or from a newer version.
    Corrupt = "CORRUPT",
    /// The store failed in some other way.
    Storage = "STORAGE",
    /// Reading or writing a file failed.
    Io = "IO",
    /// The browser failed: it could not be started, crashed, or did not do as it was told.
    Browser = "BROWSER",
    /// Code of the application's failed: a source that is written in Python or Node, say.
    Application = "APPLICATION",
    /// The caller stopped it.
    Cancelled = "CANCELLED",
    /// A fault of this library: please report it.
    Internal = "INTERNAL",
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Whether trying again may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorStatus {
    /// The same call fails again: do not retry.
    Permanent,
    /// A retry may succeed.
    Temporary,
    /// Was temporary; retries were made and did not help.
    Persistent,
}

/// What failed, at which operation, with what context.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: &'static str,
    message: String,
    status: ErrorStatus,
    retry_after: Option<Duration>,
    context: Vec<(&'static str, String)>,
    source: Option<Cause>,
}

impl Error {
    /// A permanent error of `kind` at `operation` (`"fetch"`, `"store.commit"`), with one plain sentence.
    pub fn new(kind: ErrorKind, operation: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation,
            message: message.into(),
            status: ErrorStatus::Permanent,
            retry_after: None,
            context: Vec::new(),
            source: None,
        }))
    }

    /// A value that broke a rule: [`ErrorKind::InvalidInput`].
    pub fn invalid(operation: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidInput, operation, message)
    }

    /// The same error, worth a retry.
    #[must_use]
    pub fn temporary(mut self) -> Self {
        self.0.status = ErrorStatus::Temporary;
        self
    }

    /// The same error after retries that did not help: [`ErrorStatus::Temporary`] becomes [`ErrorStatus::Persistent`].
    #[must_use]
    pub fn persistent(mut self) -> Self {
        if self.0.status == ErrorStatus::Temporary {
            self.0.status = ErrorStatus::Persistent;
        }
        self
    }

    /// When the other side asked us to come back (`Retry-After`).
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// Adds a pair of context; no secrets, no persons' data.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.0.context.push((key, value.to_string()));
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Cause>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it went wrong.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The sentence for a person, without operation and context.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether trying again may help.
    pub fn status(&self) -> ErrorStatus {
        self.0.status
    }

    /// Whether nobody answered: what an outage of the network looks like.
    #[cfg(feature = "net")]
    pub(crate) fn is_unreached(&self) -> bool {
        matches!(self.kind(), ErrorKind::Network | ErrorKind::Timeout)
    }

    /// Whether a retry layer should try again.
    pub fn is_retryable(&self) -> bool {
        self.0.status == ErrorStatus::Temporary
    }

    /// How long the other side asked us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The context pairs, in the order they were added.
    pub fn context(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.context.iter().map(|(key, value)| (*key, value.as_str()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.0.kind, self.0.operation, self.0.message)?;
        for (index, (key, value)) in self.0.context.iter().enumerate() {
            f.write_str(if index == 0 { " (" } else { ", " })?;
            write!(f, "{key}: {value}")?;
        }
        f.write_str(if self.0.context.is_empty() { "" } else { ")" })
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} [{:?}]", self.0.status)?;
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(f, "\n  because: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_is_one_line_and_debug_has_the_causes() {
        let error = Error::new(ErrorKind::Blocked, "fetch", "the site refused us")
            .with("status", 403)
            .because(std::io::Error::other("reset"));
        assert_eq!(
            error.to_string(),
            "BLOCKED at fetch: the site refused us (status: 403)"
        );
        assert!(format!("{error:?}").ends_with("because: reset"));
    }

    #[test]
    fn only_a_temporary_error_becomes_persistent() {
        let timeout = Error::new(ErrorKind::Timeout, "fetch", "too slow").temporary();
        assert!(timeout.is_retryable());
        assert_eq!(timeout.persistent().status(), ErrorStatus::Persistent);
        assert_eq!(
            Error::invalid("x", "y").persistent().status(),
            ErrorStatus::Permanent
        );
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
    }
}
