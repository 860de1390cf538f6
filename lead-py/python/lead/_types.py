"""The words that values and options are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

Mode = Literal["smart", "compat"]
"""``smart``: rules for real pages; ``compat``: exactly libphonenumber's matcher."""

Leniency = Literal["possible", "valid", "strict-grouping", "exact-grouping"]
"""How strict a number in running text is read; libphonenumber's levels."""

Part = Literal["phones", "emails", "socials", "addresses", "organizations", "hours", "persons", "registrations"]
"""What to look for on a page."""

PhoneRole = Literal["tel", "fax", "mobile", "toll_free", "whatsapp", "sms", "pager"]
"""What a number is said to be for, by the words beside it."""

Reach = Literal["host", "site", "any"]
"""How far a crawl goes: the hosts of its addresses, their sites, or anywhere."""

RateWord = Literal["auto", "off"]
"""``auto``: about one request a second to a host, more while it keeps up, fewer when it asks; ``off``: as fast as it goes."""

Intent = Literal["find", "best", "cheap", "urgent", "jobs", "students"]
"""To what end somebody asks."""

PlanOrder = Literal["yield", "fixed"]
"""In which order words are asked: what brings most first, or as they stand."""

ProxyPolicy = Literal["round-robin", "least-used", "sticky"]
RenderedPages = Literal["shells", "always"]
"""Which pages a browser renders."""

LiveKind = Literal["opened", "frame", "boxes", "closed"]
"""What is seen of a page."""

Block = Literal["images", "fonts", "media", "styles"]
"""A kind of what pages load."""

UntilWord = Literal["load", "quiet", "dom_quiet", "network_quiet"]
"""What has to come before a page is read."""
"""Which of several proxies takes a request: each in turn, the least used, or the same for a host."""

NoSite = Literal[
    "failed",
    "no_candidate",
    "only_platforms",
    "other_name",
    "elsewhere",
    "parked",
    "gone",
    "kept_away",
    "ambiguous",
    "unsure",
]
"""Why a company has no site in the answer."""

EventName = Literal["planned", "fetched", "found", "lead", "retry", "blocked", "failed", "progress", "done"]
"""What a step of a collection is."""

Outcome = Literal[
    "page",
    "list",
    "redirect",
    "redirect_out",
    "redirect_loop",
    "gone",
    "login_wall",
    "captcha",
    "consent_wall",
    "soft_block",
    "refused",
    "parked",
    "shell",
    "robots_denied",
    "rate_limited",
    "server_error",
    "guarded",
    "unreachable",
    "timeout",
    "not_a_page",
    "too_large",
    "fault",
]
"""What came of asking for a page."""

PhoneType = Literal[
    "fixed",
    "mobile",
    "fixed_or_mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
    "unknown",
]
"""What a number is for, by its numbering plan."""

NumberFormat = Literal["e164", "international", "national", "rfc3966"]
"""How a number is written out."""

CountryCodeSource = Literal[
    "unspecified", "number_with_plus_sign", "number_with_idd", "number_without_plus_sign", "default_country"
]
"""How the country calling code of a number was known."""

Possibility = Literal["possible", "local_only", "invalid_country_code", "too_short", "too_long", "invalid_length"]
"""What the length of a number says."""

Likeness = Literal["none", "short_nsn", "nsn", "exact"]
"""How alike two numbers are: not at all; one ends like the other; the same but for a calling code one does not state; the
same."""

ShortNumberCost = Literal["toll_free", "standard_rate", "premium_rate", "unknown"]
"""What a call to a short number costs."""

ParseReason = Literal["invalid_country_code", "not_a_number", "too_short_after_idd", "too_short_nsn", "too_long"]
"""Why a text is no number: ``error.context["reason"]`` of what :func:`lead.phone.parse` raises."""


class MatchSummary(TypedDict):
    """What a match cost and brought."""

    rows: int
    """Companies answered."""
    found: int
    """Companies with a site."""
    failed: int
    """Companies that could not be looked for."""
    filled: int
    """Fields filled that rows lacked."""
    reasons: dict[str, int]
    """Companies without a site, by why."""
    requests: int
    """Requests made in this run, retries and redirects included."""
    bytes: int
    """Bytes of bodies received in this run."""
    resumed: int
    """Companies that an earlier run had answered."""
    elapsed: float
    """Seconds from start to end, of this run."""
    stopped: bool
    """Whether it was stopped before its end."""


class Coverage(TypedDict):
    """How much of what there is a collection has found, as far as what it found tells."""

    found: int
    """Businesses the sources listed, each once."""
    total: float
    """How many there are: the likeliest figure."""
    low: float
    """The lower end of its 95 % interval."""
    high: float
    """The upper end."""
    share: float
    """The part that was found, from 0 to 1."""
    compared: int
    """How many sources, or ways of asking one, were held against each other; 1 when there was one."""
    lower_bound: bool
    """Whether there are at least so many: some businesses are known to few."""
    requests_to_99: int | None
    """About so many requests more find 99 %; None when those sources, asked to their end, list less."""


class Limits(TypedDict, total=False):
    """What is told of a collection only where there is something to tell."""

    reached: Literal["requests", "time", "coverage"]
    """Which of its limits ended it."""
    cut: list[str]
    """Sources that know more than was asked of them: a limit ended the asking, or they show no more of a search."""
    coverage: Coverage
    """How much of what there is was found."""


class CollectSummary(Limits):
    """What a collection cost and brought."""

    listings: int
    """Listings sources gave."""
    pages: int
    """Pages fetched."""
    requests: int
    """Requests made, retries and redirects included."""
    bytes: int
    """Bytes of bodies received."""
    created: int
    """Leads that came to be."""
    updated: int
    """Leads that changed."""
    merged: int
    """Leads that went into another."""
    suppressed: int
    """Sightings dropped because someone must not be contacted."""
    blocked: int
    """Pages robots.txt, the guard or the site kept us from."""
    failed: int
    """Things that failed and were kept aside."""
    elapsed: float
    """Seconds from start to end."""
    stopped: bool
    """Whether it was stopped before its end."""


class SourceQuery(TypedDict, total=False):
    """What a source of your own is asked."""

    text: str
    """The words."""
    near: str
    """A place, by name."""
    radius: float
    """So many metres around that place."""
    area: Any
    """A box as ``[west, south, east, north]``, a circle as ``{"center": …, "metres": …}``, or the rings of polygons."""
    seed: int
    """In which order an area is gone through."""
    max: int
    """At most so many listings."""


class Batch(TypedDict, total=False):
    """One step's worth of listings."""

    listings: list[dict[str, Any]]
    """The listings, by the fields of adapters: ``key`` (wanted), ``url``, ``name``, ``phone``, ``email``, ``website``, ``social``,
    ``address`` or its parts, ``latitude``, ``longitude``, ``category``, ``hours``, ``status``, attributes, ``x:<own>``; a value or a list
    each."""
    next: str | None
    """Where to go on; None at the end."""
    total: int | None
    """How many listings there are in all."""
    rejects: list[dict[str, str]]
    """Entries that cannot be read: ``entry`` and ``reason``."""


class SourceNames(TypedDict):
    """The names of sources."""

    sources: list[str]
    """Sources that a collection can ask."""
    platforms: list[str]
    """Platforms whose pages can be read."""
    layouts: list[str]
    """Layouts of files of open data."""


class ParsedPage(TypedDict, total=False):
    """What came of a saved page."""

    outcome: str
    """``listings`` or ``negative``."""
    page: str
    """The rule that knew the page."""
    kind: str
    """What the page is in place of listings."""
    listings: list[dict[str, Any]]
    """Its listings, as the library's JSON has them."""
    rejects: list[dict[str, str]]
    """Entries that lack a field that is required."""
    fields: list[dict[str, Any]]
    """By which readers each field was read."""
    next: str
    """Where the next page of a search is, as the page says it: an address or a token."""
    total: int
    """How many entries the platform says there are in all."""
    details: list[str | None]
    """For each listing the address of its own page, where the adapter says that it is to be read."""


Period = Literal["day", "week", "month", "year"]
"""How long a period of a series is."""

ExportFormat = Literal["csv", "csv-legacy", "jsonl", "json", "xlsx", "parquet", "arrow", "geojson", "vcard"]
ExportLayout = Literal["full", "legacy", "hubspot", "salesforce", "pipedrive", "zoho"]


class Exported(TypedDict):
    """What an export wrote."""

    leads: int
    """Leads written."""
    suppressed: int
    """Leads left out because their site is suppressed."""
    bytes: int
    """Bytes of the file."""
    resumed: int
    """How many of the leads an export that was broken off had written already."""
    anew: Literal["form", "forgotten", "damaged"] | None
    """Why an export that was to go on began from the start, when it did."""


class Imported(TypedDict):
    """What an import came to."""

    layout: str
    """The file's layout."""
    rows: int
    """Rows read."""
    listings: int
    """Listings among them."""
    created: int
    """Leads that came to be; 0 without a store."""
    updated: int
    """Leads that changed."""
    rejected: int
    """Rows that could not be read."""
    rejects: list[dict[str, str]]
    """The first thousand of them: ``entry`` and ``reason``."""


class UntilSelector(TypedDict):
    """Until an element is there."""

    selector: str
    """A CSS selector."""


class UntilPredicate(TypedDict):
    """Until an expression is true."""

    predicate: str
    """JavaScript. It sees the document, not the variables of the page's scripts."""


class Wait(TypedDict, total=False):
    """When a page is read."""

    until: UntilWord | UntilSelector | UntilPredicate
    """What has to come: ``quiet``, unless said otherwise."""
    quiet: float
    """Seconds it must be still for (0.5)."""
    scrolls: int
    """How often it is scrolled through at most (10)."""


class LiveSettings(TypedDict, total=False):
    """How pages are shown."""

    rate: float
    """Frames a second of a page at most (5)."""
    quality: int
    """Quality of the pictures, 1 to 100 (60)."""
    size: Sequence[int]
    """The widest and highest a picture is, in pixels (1366, 768)."""
    region: str | None
    """Where numbers without a country code are from."""


class CoherentParts(TypedDict, total=False):
    """What a coherent identity agrees on; what is not given is drawn by the seed."""

    seed: int
    """The same seed draws the same (0)."""
    country: str
    """Where it is, ISO 3166-1: the country of the proxy, when there is one (``US``)."""
    languages: list[str]
    """BCP 47, the first the browser's own; those of the country."""
    time_zone: str
    """IANA; one of the country's."""
    noise: list[Literal["canvas", "web_gl"]]
    """What is changed a little when scripts read it back (nothing); it gives the page's browser away."""


class CoherentIdentity(TypedDict):
    """A browser as on a desk."""

    coherent: CoherentParts
    """What it agrees on."""


class SiteCookie(TypedDict):
    """A cookie of a site."""

    name: str
    """Its name."""
    value: str
    """Its value."""


class _Hosts(TypedDict):
    hosts: list[str]
    """Hosts by name, or ``*.`` and what they end with."""


class SiteRule(_Hosts, total=False):
    """What a site wants before it shows what is on it."""

    cookies: list[SiteCookie]
    """Set before a page is asked for."""
    press: list[str]
    """Selectors of buttons that are pressed once, when they are there."""
    reveal: list[str]
    """Selectors of buttons that all are pressed."""
    scrolls: int
    """How often a page is scrolled through."""
    until: UntilWord | UntilSelector | UntilPredicate
    """What has to come."""


class SiteRules(TypedDict):
    """What single sites want; the first rule that names a host holds for it."""

    site: list[SiteRule]
    """The rules."""


class Rect(TypedDict):
    """A rectangle in a document, in CSS pixels from its corner."""

    x: float
    """From the left."""
    y: float
    """From the top."""
    width: float
    """Its width."""
    height: float
    """Its height."""


class NumberBox(TypedDict):
    """A place where a number stands; one over two lines has two."""

    number: str
    """The number, E.164."""
    method: str
    """How it was found."""
    confidence: float
    """How sure it is, 0 to 1."""
    rect: Rect
    """Where it stands."""


class Picture(TypedDict):
    """A page as it was seen."""

    jpeg: bytes
    """The picture, a JPEG."""
    shows: Rect
    """The part of the document it shows."""
    boxes: list[NumberBox]
    """Where numbers stand in the document."""


class Shot(TypedDict):
    """What may show a number as a picture, as it was seen."""

    source: str
    """Which one: ``ImageCandidate.source`` of the page as it was read."""
    png: bytes
    """A PNG."""
