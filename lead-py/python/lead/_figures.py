"""Figures of a store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from . import _native
from ._figure_types import Facet, Stats
from ._options import words, written
from ._stream import asked
from ._types import Period

if TYPE_CHECKING:
    from ._store import StorePlace


def _facet_options(
    store: StorePlace,
    fields: str | Iterable[str] | None,
    filter: str | None,
    limit: int | None,
    by: Period | None,
    zone: str | None,
    tenant: str | None,
) -> str:
    named = None if fields is None else words("fields", fields)
    return written(store=store, fields=named, filter=filter, limit=limit, by=by, zone=zone, tenant=tenant)


def facets(
    store: StorePlace,
    fields: str | Iterable[str] | None = None,
    *,
    filter: str | None = None,
    limit: int | None = None,
    by: Period | None = None,
    zone: str | None = None,
    tenant: str | None = None,
) -> list[Facet]:
    """What stands in fields of the leads of a store, and how often. Other threads run meanwhile, and Ctrl-C ends it.

    - `store`: where they live, ``sqlite://leads.db`` or ``postgres://user@host/database``; `tenant`: whose they are.
    - `fields`: as filters name them, ``["city", "confidence"]``; the usual ones unless told.
    - `filter`: which leads, ``has:email city:Lyon``; `limit`: how many values of a field at most, 10.
    - `by`, `zone`: the periods of times, months, and the time zone their days are of, ``Europe/Paris``; UTC unless told.

    Each count is how many leads are left when its value is asked for beside the filter.

    Raises :class:`InvalidInputError` for what means nothing.
    """
    told: list[Facet] = json.loads(_native.facets(_facet_options(store, fields, filter, limit, by, zone, tenant)))
    return told


async def facets_async(
    store: StorePlace,
    fields: str | Iterable[str] | None = None,
    *,
    filter: str | None = None,
    limit: int | None = None,
    by: Period | None = None,
    zone: str | None = None,
    tenant: str | None = None,
) -> list[Facet]:
    """As :func:`facets`, in the event loop."""
    options = _facet_options(store, fields, filter, limit, by, zone, tenant)
    told: list[Facet] = json.loads(await asked(partial(_native.ask_facets, options)))
    return told


def _stats_options(
    store: StorePlace,
    filter: str | None,
    since: str | None,
    until: str | None,
    by: Period | None,
    zone: str | None,
    limit: int | None,
    ahead: int | None,
    stages: Mapping[str, str] | None,
    tenant: str | None,
) -> str:
    listed = None if stages is None else [[name, condition] for name, condition in stages.items()]
    return written(
        store=store,
        filter=filter,
        since=since,
        until=until,
        by=by,
        zone=zone,
        limit=limit,
        ahead=ahead,
        stages=listed,
        tenant=tenant,
    )


def stats(
    store: StorePlace,
    *,
    filter: str | None = None,
    since: str | None = None,
    until: str | None = None,
    by: Period | None = None,
    zone: str | None = None,
    limit: int | None = None,
    ahead: int | None = None,
    stages: Mapping[str, str] | None = None,
    tenant: str | None = None,
) -> Stats:
    """What a store holds, in figures: totals, coverage, distributions, a series with a forecast, a comparison, stages, and what each
    source and run brought and cost. Other threads run meanwhile, and Ctrl-C ends it.

    - `store`: where they live, ``sqlite://leads.db`` or ``postgres://user@host/database``; `tenant`: whose they are.
    - `filter`: which leads, ``has:email city:Lyon``; `since`, `until`: only those first seen in this time, ``2026-01-31``.
    - `by`, `zone`: the periods of the series, months, and the time zone their days are of, ``Europe/Paris``; UTC unless told.
    - `limit`: how many categories, cities and countries at most, 10; `ahead`: how many periods are forecast, 3.
    - `stages`: stages of one's own, a condition each, in their order: ``{"phone": "has:phone"}``.

    Raises :class:`InvalidInputError` for what means nothing.
    """
    options = _stats_options(store, filter, since, until, by, zone, limit, ahead, stages, tenant)
    told: Stats = json.loads(_native.stats(options))
    return told


async def stats_async(
    store: StorePlace,
    *,
    filter: str | None = None,
    since: str | None = None,
    until: str | None = None,
    by: Period | None = None,
    zone: str | None = None,
    limit: int | None = None,
    ahead: int | None = None,
    stages: Mapping[str, str] | None = None,
    tenant: str | None = None,
) -> Stats:
    """As :func:`stats`, in the event loop."""
    options = _stats_options(store, filter, since, until, by, zone, limit, ahead, stages, tenant)
    told: Stats = json.loads(await asked(partial(_native.ask_stats, options)))
    return told
