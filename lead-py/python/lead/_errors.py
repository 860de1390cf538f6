"""One exception class for each kind of error, all below :class:`LeadError`."""

from collections.abc import Mapping
from typing import ClassVar


class LeadError(Exception):
    """Base class of every error of this package."""

    kind: ClassVar[str] = "Unknown"
    """The kind, as the class is called: ``NotFound`` of ``NotFoundError``."""
    code: ClassVar[str] = "UNKNOWN"
    """The kind's stable code: ``NOT_FOUND``."""

    operation: str
    """What was being done: ``extract``, ``store.commit``."""
    retryable: bool
    """Whether the same call may succeed later."""
    retry_after: float | None
    """Seconds the other side asked us to wait."""
    context: Mapping[str, str]
    """What else is known; never a secret or a person's data."""

    def __init__(
        self,
        message: str = "",
        *,
        operation: str = "",
        retryable: bool = False,
        retry_after: float | None = None,
        context: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.retryable = retryable
        self.retry_after = retry_after
        self.context = dict(context or {})


class InvalidInputError(LeadError, ValueError):
    """A value broke a rule of its type; the context says which rule and where."""

    kind = "InvalidInput"
    code = "INVALID_INPUT"


class ConfigError(LeadError):
    """A setting is missing or contradicts another."""

    kind = "Config"
    code = "CONFIG"


class UnsupportedError(LeadError):
    """The backend or platform cannot do this."""

    kind = "Unsupported"
    code = "UNSUPPORTED"


class NotFoundError(LeadError):
    """What was asked for is not there."""

    kind = "NotFound"
    code = "NOT_FOUND"


class ConflictError(LeadError):
    """Somebody else changed it first."""

    kind = "Conflict"
    code = "CONFLICT"


class StaleLeaseError(LeadError):
    """A lease that is no longer ours."""

    kind = "StaleLease"
    code = "STALE_LEASE"


class TimeoutError(LeadError):
    """It took longer than allowed."""

    kind = "Timeout"
    code = "TIMEOUT"


class NetworkError(LeadError):
    """The connection could not be made or broke."""

    kind = "Network"
    code = "NETWORK"


class GuardRefusedError(LeadError):
    """The guard refused the URL or the address it resolves to."""

    kind = "GuardRefused"
    code = "GUARD_REFUSED"


class RobotsDeniedError(LeadError):
    """The site's robots.txt forbids it."""

    kind = "RobotsDenied"
    code = "ROBOTS_DENIED"


class RateLimitedError(LeadError):
    """Asked to slow down."""

    kind = "RateLimited"
    code = "RATE_LIMITED"


class BlockedError(LeadError):
    """The site refused us: login wall, captcha, 401, 403, 451."""

    kind = "Blocked"
    code = "BLOCKED"


class HttpStatusError(LeadError):
    """The server answered with a status that is no success."""

    kind = "HttpStatus"
    code = "HTTP_STATUS"


class RedirectError(LeadError):
    """Too many redirects, a loop, or a target that cannot be read."""

    kind = "Redirect"
    code = "REDIRECT"


class TooLargeError(LeadError):
    """More bytes, depth or items than the caps allow."""

    kind = "TooLarge"
    code = "TOO_LARGE"


class DecodeError(LeadError):
    """The bytes are not what they claim to be."""

    kind = "Decode"
    code = "DECODE"


class UnrecognisedPageError(LeadError):
    """A page no adapter recognises."""

    kind = "UnrecognisedPage"
    code = "UNRECOGNISED_PAGE"


class AdapterDriftError(LeadError):
    """A platform's pages have changed: fields are found more rarely than they were."""

    kind = "AdapterDrift"
    code = "ADAPTER_DRIFT"


class ReadOnlyError(LeadError):
    """The store or file may only be read."""

    kind = "ReadOnly"
    code = "READ_ONLY"


class StorageFullError(LeadError):
    """No room left where it should be stored."""

    kind = "StorageFull"
    code = "STORAGE_FULL"


class LockedError(LeadError):
    """Somebody else holds the store's lock."""

    kind = "Locked"
    code = "LOCKED"


class CorruptError(LeadError):
    """The stored data is damaged or from a newer version."""

    kind = "Corrupt"
    code = "CORRUPT"


class StorageError(LeadError):
    """The store failed in some other way."""

    kind = "Storage"
    code = "STORAGE"


class IoError(LeadError):
    """Reading or writing a file failed."""

    kind = "Io"
    code = "IO"


class BrowserError(LeadError):
    """The browser failed: it could not be started, crashed, or did not do as it was told."""

    kind = "Browser"
    code = "BROWSER"


class ApplicationError(LeadError):
    """Code of the application's failed: a source that is written in Python, say."""

    kind = "Application"
    code = "APPLICATION"


class CancelledError(LeadError):
    """The caller stopped it."""

    kind = "Cancelled"
    code = "CANCELLED"


class InternalError(LeadError):
    """A fault of this library: please report it."""

    kind = "Internal"
    code = "INTERNAL"
