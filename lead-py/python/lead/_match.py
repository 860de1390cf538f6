"""Companies in, their web sites and contacts out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._native import Match, MatchStream
from ._net import net
from ._options import StrPath, path, words, written
from ._stream import Stream, summary
from ._types import MatchSummary

if TYPE_CHECKING:
    from typing import Unpack

    from ._net import NetOptions


class Matches(Stream[Match]):
    """A match under way: an iterator of what comes of each company, in their order, for ``for`` and for ``async for``. Made by
    :func:`match`."""

    _native: MatchStream

    @property
    def done(self) -> int:
        """How many companies were answered."""
        return self._native.done()

    @property
    def summary(self) -> MatchSummary | None:
        """What it cost and brought, once it is over or was closed; None when it never began."""
        told: MatchSummary | None = summary(self._native.summary())
        return told


def match(
    companies: Iterable[str | Mapping[str, Any]] | StrPath | bytes,
    *,
    columns: Mapping[str, str] | None = None,
    default_country: str | None = None,
    min_confidence: float | None = None,
    osm: bool = True,
    searxng: str | None = None,
    guess: bool = True,
    domains: str | Iterable[str] = (),
    overpass_url: str | None = None,
    nominatim_url: str | None = None,
    max_pages: int | None = None,
    concurrency: int | None = None,
    resume: StrPath | None = None,
    **fetching: Unpack[NetOptions],
) -> Matches:
    """Finds the web sites of companies, and what stands there of how to reach them.

    A company is a mapping with any of ``name``, ``street``, ``postal_code``, ``city``, ``region``, ``country``, ``website``,
    ``place_id``, ``phone``, ``email``; other members are kept and handed back. A string in a list is a name. Instead of companies, the
    path of a CSV or its bytes may be given: columns are found by their headings.

    Sites are looked for in OpenStreetMap, in a SearXNG of yours, and at addresses made of the name; they are judged by what stands on
    their pages. When none is sure enough, ``Match.site`` is None and ``Match.reason`` says why. What a row has is kept, what it lacks
    is in ``Match.filled``, with evidence. A row that fails is told as one (``reason == "failed"``); the others go on.

    - `columns`: which column or member holds a field: ``{"name": "Firma", "city": "Ort"}``.
    - `default_country`: country of companies that name none, ISO 3166-1.
    - `min_confidence`: answers only with sites that are at least so sure (0.8).
    - `osm`: whether OpenStreetMap is asked; `overpass_url`, `nominatim_url`: at servers of your own.
    - `searxng`: the address of a SearXNG instance that allows the format json.
    - `guess`: whether addresses made of the name are tried; `domains`: under which domains, instead of the country's and ``com``.
    - `max_pages`: pages read of a site (8); `concurrency`: companies looked for at a time (32).
    - `resume`: a folder for a journal; another match of the folder goes on where it ends. Its rows are told again first.
    - how it fetches: as for :func:`crawl`.

    Raises :class:`InvalidInputError` for an option or a table that means nothing. Iterating raises what ended the match:
    :class:`LockedError` when another is under way in the folder, :class:`IoError` and its kin.

    >>> for found in lead.match([{"name": "Bäckerei Muster", "city": "Köln"}], searxng="http://localhost:8888/"):
    ...     print(found.site, found.confidence, found.phones, found.reason)
    """
    how, browser = net(fetching)
    options = written(
        columns=None if columns is None else dict(columns),
        default_country=default_country,
        min_confidence=min_confidence,
        osm=osm,
        searxng=searxng,
        guess=guess,
        domains=words("domains", domains),
        overpass_url=overpass_url,
        nominatim_url=nominatim_url,
        max_pages=max_pages,
        concurrency=concurrency,
        resume=path(resume),
        **how,
    )
    return Matches(MatchStream(_given(companies), options, browser))


def _given(companies: Iterable[str | Mapping[str, Any]] | StrPath | bytes) -> str | bytes:
    if isinstance(companies, bytes):
        return companies
    if isinstance(companies, (str, os.PathLike)):
        with open(companies, "rb") as file:
            return file.read()
    rows: Sequence[Any] = [{"name": one} if isinstance(one, str) else dict(one) for one in companies]
    return json.dumps(rows, default=str)
