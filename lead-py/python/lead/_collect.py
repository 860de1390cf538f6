"""Collections, and sources that are written in Python."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ._native import CollectStream, Event, Reply
from ._net import net
from ._options import StrPath, path, platform_of, words, written
from ._stream import Stream, summary
from ._types import Batch, CollectSummary, PlanOrder, SourceQuery

if TYPE_CHECKING:
    from typing import Unpack

    from ._net import NetOptions
    from ._store import StorePlace

Steps = Callable[[str, "str | None", Reply], "Callable[[], object] | None"]


class Source(Protocol):
    """A source of your own. Beside `id` and `step` it may have a `name`, a `licence` and an `attribution`, which outlive it in the
    evidence."""

    id: str
    """Its stable name: letters, digits, ``_``, ``-``, ``.``, ``:``."""

    def step(self, query: SourceQuery, cursor: str | None, /) -> Batch | Awaitable[Batch]:
        """One step of a search, from the beginning (None) or from a cursor that an earlier step gave as ``next``.

        The cursor is the checkpoint: a run that goes on asks with the last one. A step is therefore a function of its arguments and
        the web alone, and the cursors of one search are all different. What it raises ends the source in this run, and is an event;
        a run that goes on asks again. A plain function is called in a thread; one that is awaited runs in the event loop that
        :func:`collect` was called in, else in one of its own, and is cancelled with the run.
        """


class CollectProgress(NamedTuple):
    """How far a collection has come."""

    done: int
    """Sites visited."""
    known: int
    """Sites known."""


class Collection(Stream[Event]):
    """A collection under way: an iterator of its events, for ``for`` and for ``async for``. Made by :func:`collect`."""

    _native: CollectStream

    @property
    def run(self) -> str | None:
        """The run, to resume it by; None before it is planned."""
        return self._native.run()

    @property
    def progress(self) -> CollectProgress:
        """How far it has come, as it last told."""
        return CollectProgress(*self._native.progress())

    @property
    def summary(self) -> CollectSummary | None:
        """What it cost and brought, once it is over or was closed; None when it never began."""
        told: CollectSummary | None = summary(self._native.summary())
        return told


def collect(
    query: str | None = None,
    *,
    near: str | None = None,
    radius: float | None = None,
    bbox: Sequence[float] | None = None,
    area: Mapping[str, Any] | None = None,
    seed: int = 0,
    expand: bool = True,
    templates: Iterable[str] | None = None,
    order: PlanOrder | None = None,
    sources: str | Iterable[StrPath | Source] = (),
    sites: str | Iterable[str] = (),
    max: int | None = None,
    max_requests: int | None = None,
    max_time: float | None = None,
    until_coverage: float | None = None,
    concurrency: int | None = None,
    visit_sites: bool | None = None,
    store: StorePlace = "memory://",
    mirror: str | None = None,
    tenant: str | None = None,
    resume: str | None = None,
    searxng: str | None = None,
    overpass_url: str | None = None,
    nominatim_url: str | None = None,
    accept_terms: Mapping[str, str] | None = None,
    source_url: Mapping[str, str] | None = None,
    key: Mapping[str, str] | None = None,
    list_only: bool = False,
    quarantine: StrPath | None = None,
    engine: str | Iterable[str] = (),
    search_budget: int | None = None,
    **fetching: Unpack[NetOptions],
) -> Collection:
    """Collects businesses: asks sources, visits the sites they name, merges what is the same business, stores it, and tells.

    The run begins at once and goes no faster than its events are taken. Leave the loop inside a ``with`` or ``async with`` to end it;
    what was committed stays in the store.

    - `query`: what to look for; `near` a place, `radius` metres around it, or within `bbox` (west, south, east, north) or `area`
      (polygons as GeoJSON). A source that gives only so many at once is asked cell by cell, in the order of `seed`.
    - `expand`, `templates`, `order`: by which other words it is asked, as for :func:`plan`.
    - `max_requests`, `max_time` (seconds): its budget; `until_coverage`: asks sources no further when this part of what there is
      was found, from 0 to 1, as far as the summary's ``coverage`` tells.
    - `sources`: names of built-in ones (see :func:`sources`), adapter files ``*.toml``, and sources of your own (:class:`Source`),
      asked in their order; OpenStreetMap unless others or `sites` are given.
    - `sites`: web sites to visit, each a business.
    - `max`: listings a source; `concurrency`: sites visited at a time (64); `visit_sites`: whether sites are visited;
      they are unless told, and a run that goes on does as it did.
    - `store`: where leads live: ``sqlite://leads.db``, ``postgres://user@host/database`` (with ``?partitions=``, ``?replica=`` and
      the like: docs/postgres.md), or ``memory://``; `tenant`: whose they are; `mirror`: what is kept in step with the store,
      ``csv://leads.csv`` or another store.
    - `resume`: goes on with a run of the store: its id, or ``last``. The sources must be given again, and
      ask where they did.
    - `searxng`, `overpass_url`, `nominatim_url`: where the built-in sources are.
    - `accept_terms`: why platforms are asked whose terms restrict programs, by name; the run keeps the reasons. `source_url`: hosts
      in place of platforms' own, by name; `key`: keys of those that want one; `list_only`: reads their lists only, not the
      entries' own pages; `quarantine`: a folder for pages that no adapter knows.
    - `engine`: the engines that the source ``web_search`` asks, the preferred first; `search_budget`: its requests at most (40).
    - how it fetches: as for :func:`crawl`.

    Raises :class:`InvalidInputError` for an option or a source that means nothing. Iterating raises what ended the run. What fails of
    it, a source's own code (:class:`ApplicationError`'s code ``APPLICATION``) or a site, is an event: ``failed``.

    >>> class Guide:
    ...     id = "guide"
    ...     def step(self, query, cursor):
    ...         page = fetch(query["text"], page=int(cursor or 1))
    ...         return {"listings": [{"key": shop.id, "name": shop.name, "phone": shop.phone} for shop in page],
    ...                 "next": str(int(cursor or 1) + 1) if page else None}
    >>> for event in lead.collect("bakeries", sources=[Guide()], store="sqlite://leads.db"):
    ...     if event.event == "lead":
    ...         print(event.lead["name"])
    """
    named: list[str | int | dict[str, str]] = []
    own: list[tuple[str, Steps]] = []
    for source in [sources] if isinstance(sources, str) else sources:
        if isinstance(source, (str, os.PathLike)):
            named.append(platform_of(source))
        else:
            named.append(len(own))
            own.append((_card(source), _steps(source)))
    how, browser = net(fetching)
    options = written(
        near=near,
        radius=radius,
        bbox=None if bbox is None else list(bbox),
        area=None if area is None else dict(area),
        seed=seed,
        expand=expand,
        templates=None if templates is None else words("templates", templates),
        order=order,
        sources=named,
        sites=words("sites", sites),
        max=max,
        max_requests=max_requests,
        max_time=max_time,
        until_coverage=until_coverage,
        concurrency=concurrency,
        visit_sites=visit_sites,
        store=store,
        mirror=mirror,
        tenant=tenant,
        resume=resume,
        searxng=searxng,
        overpass_url=overpass_url,
        nominatim_url=nominatim_url,
        accept_terms=None if accept_terms is None else dict(accept_terms),
        source_url=None if source_url is None else dict(source_url),
        key=None if key is None else dict(key),
        list_only=list_only,
        quarantine=path(quarantine),
        engine=words("engine", engine),
        search_budget=search_budget,
        **how,
    )
    return Collection(CollectStream(query, own, options, browser))


def _card(source: Source) -> str:
    """What a source says of itself."""
    if not callable(getattr(source, "step", None)):
        raise TypeError("a source has a step(query, cursor)")
    known = {name: getattr(source, name, None) for name in ("id", "name", "licence", "attribution")}
    return json.dumps({name: value for name, value in known.items() if value is not None})


def _steps(source: Source) -> Steps:
    """What takes the steps of a source, called in a thread of the runtime."""
    try:
        loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
    except RuntimeError:
        loop = None

    async def awaited(waiting: Awaitable[Batch]) -> str:
        return _batch(await waiting)

    def take(query: str, cursor: str | None, reply: Reply) -> Callable[[], object] | None:
        wanted: SourceQuery = json.loads(query)
        given: Any = source.step(wanted, cursor)
        if not inspect.isawaitable(given):
            reply(_batch(given), None)
            return None
        if loop is None or not loop.is_running():
            reply(asyncio.run(awaited(given)), None)
            return None
        future = asyncio.run_coroutine_threadsafe(awaited(given), loop)

        def settled(done: Any) -> None:
            if done.cancelled():
                reply(None, RuntimeError("the step was cancelled"))
            elif (error := done.exception()) is not None:
                reply(None, error)
            else:
                reply(done.result(), None)

        future.add_done_callback(settled)
        return future.cancel

    return take


def _batch(given: Any) -> str:
    """A batch as JSON; a list alone is one of listings, and the last."""
    if isinstance(given, (list, tuple)):
        given = {"listings": list(given)}
    if not isinstance(given, dict):
        raise TypeError(f"a step gives a dict with listings and next, not {type(given).__name__}")
    return json.dumps({name: value for name, value in given.items() if value is not None}, default=str)
