"""The native half of `lead`."""

import builtins
from collections.abc import Callable, Sequence
from datetime import datetime
from os import PathLike
from typing import Any, ClassVar, Literal, Self, final

from . import _phone as _phone
from ._arrow import ArrowArrayExportable, ArrowStreamExportable
from ._errors import LeadError
from ._store_types import SinkReport
from ._stream import Told
from ._types import (
    EventName,
    Intent,
    Leniency,
    LiveKind,
    Mode,
    NoSite,
    NumberBox,
    Outcome,
    Part,
    PhoneRole,
    PhoneType,
    Picture,
    Rect,
    Shot,
)

__all__ = [
    "Address",
    "ArchiveStream",
    "ArchivedPage",
    "Ask",
    "Asked",
    "Attribute",
    "Browser",
    "Category",
    "Change",
    "ChangesStream",
    "CollectStream",
    "Contacts",
    "CrawlStream",
    "CrawlSummary",
    "CrawledPage",
    "Directives",
    "Email",
    "Engine",
    "Event",
    "Evidence",
    "GeoPoint",
    "ImageCandidate",
    "LiveEvent",
    "LiveStream",
    "Location",
    "Match",
    "MatchStream",
    "OpeningHours",
    "Organization",
    "Page",
    "Person",
    "Phone",
    "PhoneMatch",
    "Plan",
    "Registration",
    "RenderedPage",
    "Reply",
    "SinkRounds",
    "Social",
    "Status",
    "StoreHandle",
    "Trade",
    "VERSION",
    "Website",
    "_phone",
    "ask_export_file",
    "ask_facets",
    "ask_import_file",
    "ask_restore",
    "ask_retain",
    "ask_set_hidden",
    "ask_sinks",
    "ask_stats",
    "ask_versions",
    "error_kinds",
    "export_file",
    "extract",
    "extract_batches",
    "extract_many",
    "facets",
    "find_phones",
    "find_phones_batches",
    "images",
    "import_file",
    "numbers_read",
    "parse_page",
    "plan",
    "restore",
    "retain",
    "set_hidden",
    "sinks",
    "source_names",
    "stats",
    "versions",
]

VERSION: str

def error_kinds() -> list[tuple[str, str]]: ...
def extract(
    html: str | bytes,
    *,
    region: str | None = None,
    base_url: str | None = None,
    content_type: str | None = None,
    mode: Mode = "smart",
    doubtful: bool = False,
    only: Sequence[Part] | None = None,
) -> Contacts:
    """Finds the contacts of a document. Other threads run meanwhile.

    `doubtful` keeps e-mail addresses that are more likely somebody's or something's own than the business's, with a
    confidence below 0.5. `only` names what to look for: everything, unless said otherwise; what is not looked for takes
    no time.
    """

def extract_many(
    pages: Sequence[str | bytes | Page],
    *,
    region: str | None = None,
    mode: Mode = "smart",
    doubtful: bool = False,
    only: Sequence[Part] | None = None,
    threads: int | None = None,
) -> list[Contacts | LeadError]:
    """Finds the contacts of many documents, spread over all cores or `threads`; answers in the order of the documents.

    A document that cannot be read has its error, not raised, in its place. Other threads run meanwhile.
    """

def extract_batches(
    data: ArrowStreamExportable | ArrowArrayExportable,
    *,
    region: str | None = None,
    mode: Mode = "smart",
    doubtful: bool = False,
    only: Sequence[Part] | None = None,
    threads: int | None = None,
) -> ArrowStreamExportable:
    """Finds the contacts of a stream of documents: Arrow in, Arrow out, a batch at a time, as it is asked for.

    Read are the column `html` (text, or bytes as they came over the wire) and, where there are any, `url`,
    `content_type` and `region`; all others pass through. What comes out are the lists of `Contacts` as columns, and
    `error` where a document could not be read. Anything that speaks Arrow's PyCapsule interface is taken, and takes the
    result: pyarrow, polars, pandas, DuckDB.
    """

def find_phones_batches(
    data: ArrowStreamExportable | ArrowArrayExportable,
    *,
    region: str | None = None,
    leniency: Leniency = "valid",
    mode: Mode = "smart",
    threads: int | None = None,
) -> ArrowStreamExportable:
    """Finds the telephone numbers in a stream of texts: Arrow in, Arrow out.

    Read are the column `text` and, where there is one, `region`; all others pass through. What comes out are `matches`,
    places in code points, and `error` where a text could not be read.
    """

def find_phones(
    text: str,
    *,
    region: str | None = None,
    leniency: Leniency = "valid",
    mode: Mode = "smart",
    max_tries: int | None = None,
) -> list[PhoneMatch]:
    """Finds the telephone numbers in a text, in the order they stand there. Other threads run meanwhile.

    `max_tries` is for compat mode: after how many readings that came to no number to give up on a text.
    """

def images(
    html: str | bytes, *, base_url: str | None = None, content_type: str | None = None
) -> list[ImageCandidate]:
    """The pictures of a document that may show a telephone number, the likeliest first, at most sixteen. Other threads run
    meanwhile.

    What speaks for one: a label before it, its `alt` or `title`, its name, the size of a line of digits, a footer or an
    address around it. :func:`numbers_of_image` reads one.

    >>> [candidate] = lead.images("<p>Fax: <img src=n2.gif width=120 height=16></p>")
    >>> candidate.source, candidate.role
    ('n2.gif', 'fax')
    """

def numbers_read(text: str, candidate: ImageCandidate | None = None, region: str | None = None) -> list[Phone]:
    """The numbers in what was read from a picture."""

@final
class Page:
    """A document of a batch, and what is known of it alone."""

    def __new__(
        cls,
        html: str | bytes,
        *,
        base_url: str | None = None,
        content_type: str | None = None,
        region: str | None = None,
    ) -> Self: ...
    @property
    def base_url(self) -> str | None:
        """The address the document came from: `http` or `https`."""

    @property
    def content_type(self) -> str | None:
        """The `Content-Type` of the response, whole."""

    @property
    def region(self) -> str | None:
        """The country whose national numbers are read, ISO 3166-1; in place of the batch's."""

@final
class Evidence:
    """Where a value was seen."""

    @property
    def method(self) -> str:
        """By which layer: `tel-link`, `visible-text`, `structured-data` …"""

    @property
    def locator(self) -> str | None:
        """Where in the document: a path of elements, a JSON pointer."""

    @property
    def snippet(self) -> str | None:
        """The words around it."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Phone:
    """A telephone number."""

    @property
    def e164(self) -> str:
        """In E.164 form, without extension: `+33478000001`."""

    @property
    def national(self) -> str:
        """As dialled inside its country."""

    @property
    def raw(self) -> str:
        """As it stood on the page."""

    @property
    def extension(self) -> str | None:
        """The digits to dial after the connection stands."""

    @property
    def region(self) -> str | None:
        """Its country, ISO 3166-1; None for non-geographic codes."""

    @property
    def type(self) -> PhoneType:
        """By its numbering plan: `fixed`, `mobile`, `toll_free` …"""

    @property
    def role(self) -> PhoneRole:
        """By the words beside it: `tel`, `fax`, `mobile`, `whatsapp` …"""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Email:
    """An e-mail address."""

    @property
    def address(self) -> str:
        """The address, in lower case."""

    @property
    def kind(self) -> Literal["role", "personal", "free", "disposable"]:
        """Whose mailbox it is: `role`, `personal`, `free`, `disposable`."""

    @property
    def scheme(self) -> Literal[
        "plain", "mailto", "structured", "cloudflare", "spelled", "entities", "attributes", "reversed", "encoded", "script"
    ]:
        """How it was written: `plain`, `mailto`, `cloudflare` …"""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Social:
    """A profile on a social network."""

    @property
    def network(self) -> str:
        """The network: `facebook`, `instagram` …"""

    @property
    def handle(self) -> str:
        """What the network calls the profile, without `@`."""

    @property
    def url(self) -> str:
        """The profile's canonical address."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Address:
    """A postal address."""

    @property
    def text(self) -> str:
        """The whole address on one line."""

    @property
    def street(self) -> str | None:
        """Street and house number."""

    @property
    def city(self) -> str | None:
        """City, town or village."""

    @property
    def region(self) -> str | None:
        """State, province or region."""

    @property
    def postal_code(self) -> str | None:
        """Postal code."""

    @property
    def country(self) -> str | None:
        """Country, ISO 3166-1."""

    @property
    def borough(self) -> str | None:
        """Borough or district of a city."""

    @property
    def neighbourhood(self) -> str | None:
        """Neighbourhood."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Location:
    """A place of a business; the numbers are places in the lists of the same `Contacts`."""

    @property
    def name(self) -> str | None:
        """What the place is called."""

    @property
    def address(self) -> int | None:
        """Its address, an index into `addresses`."""

    @property
    def phones(self) -> list[int]:
        """Its numbers, indices into `phones`."""

    @property
    def emails(self) -> list[int]:
        """Its mailboxes, indices into `emails`."""

    @property
    def hours(self) -> str | None:
        """When it is open, in OpenStreetMap's syntax."""

    @property
    def geo(self) -> tuple[float, float] | None:
        """Where it lies: latitude and longitude, WGS 84."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Person:
    """A person who speaks for a business; the numbers are places in the lists of the same `Contacts`."""

    @property
    def name(self) -> str:
        """The person's name."""

    @property
    def function(self) -> str | None:
        """What they do there."""

    @property
    def phones(self) -> list[int]:
        """Their numbers, indices into `phones`."""

    @property
    def emails(self) -> list[int]:
        """Their mailboxes, indices into `emails`."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Organization:
    """A name the business goes by."""

    @property
    def name(self) -> str:
        """The name, as written."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Website:
    """A web site of the business."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Category:
    """What a business does."""

    @property
    def scheme(self) -> str:
        """The taxonomy: `osm`, `schema.org` …"""

    @property
    def category(self) -> str:
        """The category in it."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class OpeningHours:
    """When it is open."""

    @property
    def hours(self) -> str:
        """In OpenStreetMap's syntax: `Mo-Fr 09:00-17:00`."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class GeoPoint:
    """Where it lies, WGS 84."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Status:
    """Whether it still runs."""

    @property
    def status(self) -> Literal["open", "temporarily_closed", "permanently_closed"]:
        """`open`, `temporarily_closed` or `permanently_closed`."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Registration:
    """A number a register gave."""

    @property
    def kind(self) -> str:
        """Which register: `VAT`, `SIREN`, `HRB` …"""

    @property
    def value(self) -> str:
        """The number, without spaces."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Attribute:
    """Anything else, by name."""

    @property
    def name(self) -> str:
        """The name: a known one, or `x:` and a name of one's own."""

    @property
    def value(self) -> Any:
        """The value, as plain data."""

    @property
    def method(self) -> str:
        """The layer of the first piece of evidence."""

    @property
    def confidence(self) -> float:
        """The probability, 0 to 1, that it is right and belongs here."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was seen, strongest first; never empty."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Contacts:
    """The contacts of one document, lists ordered by confidence."""

    @property
    def url(self) -> str | None:
        """The document's address, when it is known."""

    @property
    def region(self) -> str | None:
        """The country that numbers without a country code were read for."""

    @property
    def language(self) -> str | None:
        """The document's language, BCP 47."""

    @property
    def structured(self) -> Any:
        """Structured data of the page, as plain data."""

    @property
    def warnings(self) -> list[str]:
        """What could not be read, and why; the rest was."""

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """Names the business goes by."""

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Telephone numbers."""

    @property
    def emails(self) -> tuple[Email, ...]:
        """E-mail addresses."""

    @property
    def socials(self) -> tuple[Social, ...]:
        """Profiles on social networks."""

    @property
    def websites(self) -> tuple[Website, ...]:
        """Web sites."""

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Postal addresses."""

    @property
    def categories(self) -> tuple[Category, ...]:
        """What the business does."""

    @property
    def hours(self) -> tuple[OpeningHours, ...]:
        """When it is open."""

    @property
    def geo(self) -> tuple[GeoPoint, ...]:
        """Where it lies."""

    @property
    def status(self) -> tuple[Status, ...]:
        """Whether it still runs."""

    @property
    def locations(self) -> tuple[Location, ...]:
        """Places, when there are several or one keeps contacts of its own."""

    @property
    def persons(self) -> tuple[Person, ...]:
        """Persons who speak for it."""

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """Numbers registers gave it."""

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Everything else, by name."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class PhoneMatch:
    """A telephone number found in a text."""

    @property
    def start(self) -> int:
        """Where it begins, in code points: `text[start:end] == raw`."""

    @property
    def end(self) -> int:
        """Where it ends, in code points."""

    @property
    def raw(self) -> str:
        """The text between, as it stood there."""

    @property
    def e164(self) -> str:
        """In E.164 form, without extension: `+33478000001`."""

    @property
    def extension(self) -> str | None:
        """The digits to dial after the connection stands."""

    @property
    def region(self) -> str | None:
        """Its country, ISO 3166-1; None for non-geographic codes."""

    @property
    def type(self) -> PhoneType:
        """By its numbering plan: `fixed`, `mobile`, `toll_free` …"""

    @property
    def national(self) -> str:
        """As dialled inside its country."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class ImageCandidate:
    """A picture that may show a telephone number."""

    @property
    def source(self) -> str:
        """Its address as the page has it, a `data:` URL included."""

    @property
    def url(self) -> str | None:
        """The address resolved against the document's; None when it is no URL."""

    @property
    def role(self) -> PhoneRole:
        """What the words beside it say it is: `tel`, `fax`, `mobile`, `whatsapp` …"""

    @property
    def score(self) -> float:
        """How likely it shows a number, above 0 and at most 1; an order, not a probability."""

    @property
    def locator(self) -> str:
        """Where in the document: a path of elements."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Ask:
    """A source asked in one way."""

    @property
    def source(self) -> str:
        """The source."""

    @property
    def words(self) -> str:
        """The words."""

    @property
    def believed(self) -> float:
        """How many new businesses a request is believed to bring before it is asked."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Trade:
    """A trade in four taxonomies."""

    @property
    def osm(self) -> list[str]:
        """Tags of OpenStreetMap."""

    @property
    def google(self) -> list[str]:
        """Place types of Google Maps."""

    @property
    def overture(self) -> list[str]:
        """Categories of Overture Maps."""

    @property
    def naics(self) -> list[str]:
        """Codes of NAICS 2022."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Plan:
    """What a query would ask, and why."""

    @property
    def query(self) -> str:
        """The query."""

    @property
    def what(self) -> str:
        """What is looked for."""

    @property
    def place(self) -> str | None:
        """The place its words name."""

    @property
    def intent(self) -> Intent:
        """To what end: `find`, `best`, `cheap`, `urgent`, `jobs`, `students`."""

    @property
    def language(self) -> str | None:
        """The language of its words, ISO 639-1."""

    @property
    def variants(self) -> list[str]:
        """The other words it is asked by, of sources that go by words."""

    @property
    def cells(self) -> list[list[float]]:
        """The boxes that cover where it looks: west, south, east, north."""

    @property
    def fixed(self) -> bool:
        """Whether the words are asked in their order, each to its end."""

    @property
    def trades(self) -> tuple[Trade, ...]:
        """The trades its words name."""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What is asked, in the order it is tried first."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

def plan(query: str, options: str) -> Plan:
    """What would be asked, options as JSON."""

@final
class Directives:
    """What a page says to programs, in its head or its header fields."""

    @property
    def noindex(self) -> bool:
        """It shall not stand in an index."""

    @property
    def nofollow(self) -> bool:
        """Its links shall not be followed: they are not."""

    @property
    def tdm_reserved(self) -> bool:
        """It reserves the rights of text and data mining."""

    @property
    def tdm_policy(self) -> str | None:
        """Where the terms of such a reservation stand, as written."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class CrawledPage:
    """An address that was asked, and what came of it."""

    @property
    def input(self) -> str:
        """The address that was asked, in canonical form."""

    @property
    def outcome(self) -> Outcome:
        """What came of it: `page`, `redirect`, `gone`, `login_wall` …"""

    @property
    def http_status(self) -> int | None:
        """The HTTP status of the answer, when there was one."""

    @property
    def depth(self) -> int:
        """Links from a seed to it."""

    @property
    def bytes(self) -> int:
        """Bytes of its body."""

    @property
    def attempts(self) -> int:
        """How often it was asked for."""

    @property
    def fetched_at(self) -> datetime:
        """When it was fetched."""

    @property
    def redirect(self) -> str | None:
        """Where it leads, when it is a redirect."""

    @property
    def canonical(self) -> str | None:
        """The address the page calls its own, when that is another."""

    @property
    def title(self) -> str | None:
        """Its title."""

    @property
    def rendered(self) -> bool:
        """Whether a browser rendered it."""

    @property
    def directives(self) -> Directives:
        """What it says to programs."""

    @property
    def links(self) -> int:
        """How many addresses on it belong to the crawl."""

    @property
    def reason(self) -> str | None:
        """What went wrong, on one line; of a rendered page also what it was not waited for."""

    @property
    def has_contacts(self) -> bool:
        """Whether telephone numbers, e-mail addresses or profiles stand on it."""

    @property
    def contacts(self) -> Contacts | None:
        """What stands on it, when it is a page."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class CrawlSummary:
    """What a crawl cost and brought."""

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """What came of the addresses asked, how often."""

    @property
    def asked(self) -> int:
        """Addresses asked."""

    @property
    def with_contacts(self) -> int:
        """Pages on which contacts stand."""

    @property
    def contacts(self) -> int:
        """Numbers, e-mail addresses and profiles found, each counted once a host."""

    @property
    def pages_a_contact(self) -> float | None:
        """Pages read for each contact found; `None` when none was."""

    @property
    def requests(self) -> int:
        """Requests made for pages in this run, retries included."""

    @property
    def bytes(self) -> int:
        """Bytes of bodies received in this run."""

    @property
    def hosts(self) -> int:
        """Hosts met."""

    @property
    def left(self) -> int:
        """Addresses left over: past a budget, of hosts that were left, or when it was stopped."""

    @property
    def resumed(self) -> int:
        """Pages that an earlier run fetched."""

    @property
    def elapsed(self) -> float:
        """Seconds from start to end, of this run."""

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before its end."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class ArchivedPage:
    """A page of a web archive: what a server answered, or what was made of it."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def status(self) -> int:
        """The HTTP status; 200 where the record has none."""

    @property
    def content_type(self) -> str | None:
        """The `Content-Type`, whole."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The header fields in their order, names in lower case."""

    @property
    def fetched_at(self) -> datetime | None:
        """When it was fetched; None when the record does not say so."""

    @property
    def offset(self) -> int:
        """Where its record begins in the archive, in bytes."""

    @property
    def body(self) -> bytes:
        """Its body, decompressed; empty with `bodies=False`."""

    @property
    def contacts(self) -> Contacts | None:
        """What stands on it, when that was asked for and could be read."""

    @property
    def error(self) -> LeadError | None:
        """Why its contacts could not be read."""

    def html(self) -> str:
        """The body as text, in the encoding that browsers would find.

        Raises :class:`DecodeError` when it is no text.
        """

@final
class RenderedPage:
    """A page that a browser rendered."""

    @property
    def url(self) -> str:
        """Where it finally came from."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def content_type(self) -> str | None:
        """The `Content-Type`, whole."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The header fields in their order, names in lower case."""

    @property
    def hops(self) -> list[str]:
        """The addresses that redirected there, in order."""

    @property
    def fetched_at(self) -> datetime:
        """When it was fetched."""

    @property
    def attempts(self) -> int:
        """How often the server was asked, 1 without retries."""

    @property
    def browser(self) -> str:
        """Which browser: `Chrome/131.0.6778.85`."""

    @property
    def identity(self) -> str | None:
        """The identity presented, when it was not the honest one."""

    @property
    def unmet(self) -> str | None:
        """What was waited for and did not come in time: it is the page as it stood then."""

    @property
    def requests(self) -> int:
        """Requests the page made, encrypted connections counted as one each."""

    @property
    def refused(self) -> int:
        """Requests the guard refused."""

    @property
    def bytes(self) -> int:
        """Bytes that came over the wire."""

    @property
    def took(self) -> float:
        """Seconds it took."""

    @property
    def body(self) -> builtins.bytes:
        """The document as it stood at the end, in UTF-8; of what is no page, what was sent."""

    @property
    def picture(self) -> Picture | None:
        """The page as it was seen, when pictures are kept: `jpeg`, the part of the document it `shows`, and `boxes`."""

    @property
    def shots(self) -> list[Shot]:
        """What may show a number as a picture, as it was seen, when such are kept: `source` of its candidate, and `png`."""

    def html(self) -> str:
        """The body as text, in the encoding that browsers would find.

        Raises :class:`DecodeError` when it is no text.
        """

@final
class LiveEvent:
    """What is seen of a page."""

    @property
    def kind(self) -> LiveKind:
        """What it is: `opened`, `frame`, `boxes` or `closed`."""

    @property
    def page(self) -> int:
        """Which page it speaks of; numbers are not used again."""

    @property
    def url(self) -> str | None:
        """The page's address, of one that is `opened`."""

    @property
    def jpeg(self) -> bytes | None:
        """The picture, of a `frame`."""

    @property
    def shows(self) -> Rect | None:
        """The part of the document that a `frame` shows, in CSS pixels."""

    @property
    def boxes(self) -> list[NumberBox] | None:
        """The numbers found on the page, of `boxes`."""

@final
class Browser:
    """Browsers that render pages."""

    def __new__(cls, options: str) -> Self: ...
    def fetch(self, url: str) -> RenderedPage:
        """Renders a page."""

    def ask(self, url: str, told: Told) -> Asked:
        """As `fetch`, told to `told(page, None)` or `told(None, error)`."""

    def live(self) -> LiveStream:
        """Looks at pages from now on."""

    def stats(self) -> tuple[int, int]:
        """Browsers that run, pages open in them."""

    def close(self) -> None:
        """Ends them, and waits until nothing is left of them."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

@final
class LiveStream:
    """Somebody who looks at pages."""

    def next(self) -> list[LiveEvent] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

@final
class Asked:
    """Work that somebody waits for in an event loop."""

    def cancel(self) -> None:
        """Gives the work up: nobody waits for it any more."""

@final
class CrawlStream:
    """A crawl under way."""

    def __new__(cls, urls: Sequence[str], options: str, browser: Browser | None = None) -> Self: ...
    def next(self) -> list[CrawledPage] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

    def progress(self) -> tuple[int, int, int]:
        """Addresses asked, addresses that wait, hosts met."""

    def summary(self) -> CrawlSummary | None:
        """What it came to, when it is over."""

@final
class ArchiveStream:
    """A web archive that is being read."""

    def __new__(cls, path: str | PathLike[str], options: str) -> Self: ...
    def next(self) -> list[ArchivedPage | LeadError] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

@final
class Engine:
    """The system's tesseract."""

    def __new__(cls, options: str) -> Self: ...
    def recognize(self, picture: bytes) -> str:
        """The characters in a picture."""

    def ask(self, picture: bytes, told: Told) -> Asked:
        """As `recognize`, told to `told(text, None)` or `told(None, error)`."""

    def check(self) -> None:
        """Whether it can be run at all."""

@final
class Match:
    """A company, its site, and how to reach it."""

    @property
    def row(self) -> int:
        """Its place in the input, from 0."""

    @property
    def company(self) -> dict[str, Any]:
        """What was given of it: `name`, `city`, `website` …, those that were."""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of its row, as they came."""

    @property
    def site(self) -> str | None:
        """Its site's front page; None with a `reason`."""

    @property
    def confidence(self) -> float | None:
        """The probability, 0 to 1, that the site is the company's; None without one."""

    @property
    def why(self) -> list[str]:
        """What speaks for the site, a line each."""

    @property
    def reason(self) -> NoSite | None:
        """Why there is no site: `no_candidate`, `elsewhere`, `parked`, `unsure`, `failed` …"""

    @property
    def filled(self) -> dict[str, Any]:
        """What the row lacks and is known now, by field: `value`, `confidence` and `evidence` of each."""

    @property
    def contacts(self) -> dict[str, Any] | None:
        """Everything known of how to reach it, as the library's JSON has a lead; None without a site."""

    @property
    def phones(self) -> list[str]:
        """Its telephone numbers in E.164 form, the surest first."""

    @property
    def emails(self) -> list[str]:
        """Its e-mail addresses, the surest first."""

    @property
    def socials(self) -> list[str]:
        """Its profiles, the surest first."""

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """The sites that were looked at, the surest first: `url`, `confidence`, `origins`, `why`, `refused`."""

    @property
    def failures(self) -> list[dict[str, str]]:
        """What failed meanwhile: `what`, `code`, `reason`."""

    @property
    def failure(self) -> dict[str, str] | None:
        """Why the row could not be looked for; None unless `reason` is `failed`."""

    @property
    def requests(self) -> int:
        """Requests made for it."""

    @property
    def resumed(self) -> bool:
        """Whether an earlier run found it."""

    def value(self, field: str) -> str | None:
        """A field: what the row has, else what was found."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data: dicts, lists, strings, numbers, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

@final
class Event:
    """A step of a collection."""

    @property
    def event(self) -> EventName:
        """What happened: `planned`, `fetched`, `found`, `lead`, `retry`, `blocked`, `failed`, `progress`, `done`."""

    @property
    def lead(self) -> dict[str, Any] | None:
        """The lead as it is now, of a `lead`; None of others."""

    @property
    def is_new(self) -> bool:
        """Whether the lead of a `lead` is new."""

    @property
    def failure(self) -> dict[str, str] | None:
        """What failed and why, of a `failed` or `blocked`: `what`, `code`, `reason`; None of others."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data: dicts, lists, strings, numbers, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

@final
class Reply:
    """Who is told what a step comes to: `reply(batch, None)` or `reply(None, error)`, once."""

    def __call__(self, batch: str | None, error: BaseException | None, /) -> None: ...

@final
class Change:
    """A lead that is new, or that says something else than it did."""

    @property
    def change(self) -> Literal["new", "changed"]:
        """What happened: `new` or `changed`."""

    @property
    def id(self) -> str:
        """The lead's id, as it is now."""

    @property
    def name(self) -> str | None:
        """Its name, as it is now."""

    @property
    def since(self) -> str:
        """What it is compared with: as it stood just before this time, RFC 3339."""

    @property
    def last_seen(self) -> str:
        """When anything of it was last seen, RFC 3339."""

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that say something else: `field`, and `added`, `removed`, `changed` where there are any."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data: dicts, lists, strings, numbers, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

@final
class ChangesStream:
    """Changes being found."""

    def __new__(cls, options: str) -> Self: ...
    def next(self) -> list[Change] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

    def compared(self) -> str | None:
        """How many leads were compared, when it is over, as JSON."""

@final
class MatchStream:
    """A match under way."""

    def __new__(cls, companies: str | bytes, options: str, browser: Browser | None = None) -> Self: ...
    def next(self) -> list[Match] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

    def done(self) -> int:
        """Rows answered."""

    def summary(self) -> str | None:
        """What it came to, when it is over, as JSON."""

@final
class CollectStream:
    """A collection under way."""

    def __new__(
        cls,
        query: str | None,
        own: Sequence[tuple[str, Callable[[str, str | None, Reply], Callable[[], object] | None]]],
        options: str,
        browser: Browser | None = None,
    ) -> Self: ...
    def next(self) -> list[Event] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

    def run(self) -> str | None:
        """The run, to resume it by."""

    def progress(self) -> tuple[int, int]:
        """Sites visited, and sites known."""

    def summary(self) -> str | None:
        """What it came to, when it is over, as JSON."""

    @staticmethod
    def refresh(options: str, browser: Browser | None = None) -> CollectStream:
        """Begins to visit again sites of leads that nobody has seen for long."""

    def sites(self) -> str | None:
        """What came of the sites that were visited again, when it is over, as JSON."""

@final
class SinkRounds:
    """Leads being handed on, round after round."""

    def __new__(cls, options: str) -> Self: ...
    def next(self) -> list[SinkReport] | None:
        """The next batch; None when it is over."""

    def ask(self, told: Told) -> Asked:
        """As `next`, told to `told(batch, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Ends it, and waits until it has ended."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

@final
class StoreHandle:
    """A store that is held open, asked by a word and options."""

    def __new__(cls, options: str) -> Self: ...
    def name(self) -> str:
        """What it is called wherever a store's URI is wanted."""

    def open(self) -> None:
        """Opens it, unless it is open."""

    def ask_open(self, told: Told) -> Asked:
        """As `open`, told to `told(None, None)` or `told(None, error)`."""

    def call(self, what: str, options: str) -> str:
        """Asks it; the answer, as JSON."""

    def ask(self, what: str, options: str, told: Told) -> Asked:
        """As `call`, told to `told(json, None)` or `told(None, error)`."""

    def close(self) -> None:
        """Lets go of it."""

    def ask_close(self, told: Told) -> Asked:
        """As `close`, told to `told(None, None)`."""

def sinks(what: str, options: str) -> str:
    """Does something with sinks: `run`, `check`, `dead` or `retry`; what it came to, as JSON."""

def ask_sinks(what: str, options: str, told: Told) -> Asked:
    """As `sinks`, told to `told(json, None)` or `told(None, error)`."""

def parse_page(
    id: str | None, toml: str | None, page: str | bytes, url: str | None = None, region: str | None = None
) -> str:
    """A saved page of a platform, as JSON: by the id of a built-in one, or the text of an adapter file."""

def source_names() -> str:
    """The names of sources, platforms and layouts, as JSON."""

def import_file(path: str | PathLike[str], options: str) -> str:
    """Imports a file of open data; what it came to, as JSON."""

def ask_import_file(path: str | PathLike[str], options: str, told: Told) -> Asked:
    """As `import_file`, told to `told(json, None)` or `told(None, error)`."""

def export_file(path: str | PathLike[str], options: str) -> str:
    """Writes leads into a file; what it came to, as JSON."""

def ask_export_file(path: str | PathLike[str], options: str, told: Told) -> Asked:
    """As `export_file`, told to `told(json, None)` or `told(None, error)`."""

def facets(options: str) -> str:
    """What stands in fields of a store's leads, and how often, as JSON."""

def ask_facets(options: str, told: Told) -> Asked:
    """As `facets`, told to `told(json, None)` or `told(None, error)`."""

def stats(options: str) -> str:
    """What a store holds, in figures, as JSON."""

def ask_stats(options: str, told: Told) -> Asked:
    """As `stats`, told to `told(json, None)` or `told(None, error)`."""
def retain(options: str) -> str:
    """Takes leads out of a store; what it came to, as JSON."""

def ask_retain(options: str, told: Told) -> Asked:
    """As `retain`, told to `told(json, None)` or `told(None, error)`."""

def set_hidden(options: str) -> str:
    """Hides leads, or hides them no more; what came of each, as JSON."""

def ask_set_hidden(options: str, told: Told) -> Asked:
    """As `set_hidden`, told to `told(json, None)` or `told(None, error)`."""

def versions(options: str) -> str:
    """Leads with the versions they stand at, as JSON."""

def ask_versions(options: str, told: Told) -> Asked:
    """As `versions`, told to `told(json, None)` or `told(None, error)`."""

def restore(options: str) -> str:
    """Brings leads back from archives; what it came to, as JSON."""

def ask_restore(options: str, told: Told) -> Asked:
    """As `restore`, told to `told(json, None)` or `told(None, error)`."""
