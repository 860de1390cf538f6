"""Shapes of figures."""

from __future__ import annotations

from typing import TypedDict

from ._types import Period


class Count(TypedDict):
    """A value, and how many leads have it."""

    value: str
    """The value as filters compare it, or what its bin or period is called."""
    leads: int
    """Leads that have it; a lead with several values counts for each."""
    share: float
    """The part of the leads that pass, 0 to 1."""
    filter: str | None
    """A condition that, beside the filter, exactly these leads pass; None where none says so."""


class Facet(TypedDict):
    """What stands in a field of the leads that pass."""

    field: str
    """The field."""
    leads: int
    """Leads that pass."""
    having: int
    """Those of them that have a value in the field."""
    distinct: int
    """Different values there are, told or not."""
    counts: list[Count]
    """Values, the most frequent first; bins of numbers and periods of times in their order."""


class FieldCoverage(TypedDict):
    """How many leads have something."""

    field: str
    """What: a field's name."""
    leads: int
    """Leads that have it."""
    share: float
    """The part of all, 0 to 1."""


class SourceFigures(TypedDict):
    """What a source brought, and what it cost."""

    source: str
    """The source."""
    leads: int
    """Leads it knows, of those that pass."""
    share: float
    """Their part of all that pass; leads that several sources know count for each."""
    with_phone: int
    """Those of them with a phone."""
    with_email: int
    """Those of them with an e-mail."""
    requests: int
    """Requests it answered in the newest runs, whatever the filter is."""
    listings: int
    """Listings it gave in those runs."""
    new: int
    """Businesses that it was the first of a run's sources to list."""
    requests_per_new: float | None
    """Requests for each of them: the cost. None where there are none."""


class RunFigures(TypedDict):
    """What a run brought."""

    run: str
    """The run."""
    started: str
    """When it began, RFC 3339."""
    query: str
    """What it looked for."""
    near: str | None
    """Where."""
    done: bool
    """Whether it came to its end."""
    new: int
    """Leads first seen after it began and before the next run did."""
    requests: int
    """Requests its sources answered."""
    listings: int
    """Listings its sources gave."""
    sites: int
    """Sites it visited."""


class Stage(TypedDict):
    """A stage that leads come to."""

    name: str
    """What it is called."""
    filter: str
    """The condition that leads must pass beside those of the stages before."""
    leads: int
    """Leads that came so far."""
    of_all: float
    """The part of all leads."""
    of_previous: float
    """The part of those of the stage before."""


class Point(TypedDict):
    """A period of the series."""

    label: str
    """``2026-01-31``, ``2026-W05``, ``2026-01`` or ``2026``."""
    start: str
    """Its first instant."""
    end: str
    """The first instant after it."""
    new: int
    """Leads first seen in it."""
    total: int
    """Leads first seen until its end."""
    complete: bool
    """Whether it lies whole in the time that is looked at, and is over."""


class Series(TypedDict):
    """New leads, period by period."""

    unit: Period
    """How long a period is."""
    zone: str
    """The time zone its days are of."""
    points: list[Point]
    """From the first period with a lead to the current one."""


class Stretch(TypedDict):
    """A stretch of time."""

    start: str
    """Its first instant."""
    end: str
    """The first instant after it."""


class Difference(TypedDict):
    """A figure in two stretches of time."""

    figure: str
    """``leads``, or those with a ``phone``, an ``email``, a ``website``."""
    before: int
    """In the earlier stretch."""
    now: int
    """In the later one."""
    change: int
    """How many more."""
    relative: float | None
    """The change as a part of what was before; None where there was nothing."""


class Comparison(TypedDict):
    """What changed from one stretch of time to the next."""

    before: Stretch
    """The earlier one."""
    now: Stretch
    """The later one."""
    changes: list[Difference]
    """Each figure in both."""


class Expected(TypedDict):
    """What is expected of a period."""

    label: str
    """What it is called."""
    start: str
    """Its first instant."""
    end: str
    """The first instant after it."""
    new: float
    """New leads, on average."""
    within_80: list[float]
    """Between these two numbers with 80 % probability."""
    within_95: list[float]
    """Between these with 95 %."""


class Forecast(TypedDict):
    """How the series is likely to go on."""

    method: str
    """``holt``: Holt's linear trend method, with the intervals of its model."""
    alpha: float
    """How fast the level follows what is seen."""
    beta_star: float
    """How fast the slope does, as a part of alpha."""
    fitted: int
    """Periods it was fitted to."""
    periods: list[Expected]
    """What is expected of each period to come."""


class Stats(TypedDict):
    """What a store holds, in figures."""

    at: str
    """When it was told, RFC 3339."""
    filter: str
    """Which leads."""
    since: str | None
    """First seen since then."""
    until: str | None
    """First seen before then."""
    leads: int
    """How many there are."""
    coverage: list[FieldCoverage]
    """How many of them have what."""
    confidence: Facet
    """By the confidence of their surest phone or e-mail."""
    score: Facet
    """By their score."""
    sources: list[SourceFigures]
    """By source, with what each cost."""
    categories: Facet
    """By what they do."""
    cities: Facet
    """By city."""
    countries: Facet
    """By country."""
    runs: list[RunFigures]
    """By run, the newest first."""
    stages: list[Stage]
    """How far they have come."""
    series: Series
    """New leads, period by period."""
    comparison: Comparison | None
    """What changed; None where there is nothing to compare."""
    forecast: Forecast | None
    """How the series is likely to go on; None when fewer than six periods are whole."""
