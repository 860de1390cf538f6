"""What is written to a store, and what leaves it."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from ._options import StrPath, path, words
from ._store_call import Calls
from ._store_types import Erased, Link, Linked, Written

AT_ONCE = 10_000
"""Listings that cross at once."""

REJECTS = 1_000
"""Rejects that are handed over."""


class Writing(Calls):
    """What is written to a store, and what leaves it."""

    def write(
        self, source: str, listings: Iterable[Mapping[str, Any]], *, seen_at: str | datetime | None = None
    ) -> Written:
        """Writes what you know yourself, as fast as the store takes it: a list, or an iterator of millions.

        - `source`: who says so: letters, digits, ``_``, ``-``, ``.``, ``:``.
        - `listings`: as those of a :class:`Source`: ``{"key": "17", "name": "Rossi", "phone": ["06 555 01170"], "city": "Roma",
          "country": "IT"}``. The same key is the same record, so what broke off may be written again.
        - `seen_at`: when it was seen, now unless told: ``2026-01-31``, or a time with its zone.

        Suppression holds; listings that cannot be read are kept aside. Raises :class:`InvalidInputError` for a field that nobody knows,
        and what the store says; what was committed before stays.
        """
        sum = _nothing()
        rest = iter(listings)
        while some := [dict(one) for one in islice(rest, AT_ONCE)]:
            _add(sum, self._call("write", source=source, listings=some, seen_at=seen_at))
        return sum

    async def write_async(
        self,
        source: str,
        listings: Iterable[Mapping[str, Any]] | AsyncIterable[Mapping[str, Any]],
        *,
        seen_at: str | datetime | None = None,
    ) -> Written:
        """As :meth:`write`, in the event loop; the listings may come from an ``async`` iterator."""
        sum = _nothing()
        some: list[dict[str, Any]] = []
        async for one in _each(listings):
            some.append(dict(one))
            if len(some) == AT_ONCE:
                _add(sum, await self._ask("write", source=source, listings=some, seen_at=seen_at))
                some = []
        if some:
            _add(sum, await self._ask("write", source=source, listings=some, seen_at=seen_at))
        return sum

    def link(self, links: Iterable[Link]) -> Linked:
        """Makes records one business: ``{"left": record, "right": record, "because": "site:example.com"}``. A lead's records stand in its
        ``sources``."""
        linked: Linked = self._call("link", links=[dict(link) for link in links])
        return linked

    async def link_async(self, links: Iterable[Link]) -> Linked:
        """As :meth:`link`, in the event loop."""
        linked: Linked = await self._ask("link", links=[dict(link) for link in links])
        return linked

    def erase(
        self,
        ids: str | Iterable[str] | None = None,
        *,
        filter: str | None = None,
        archive: StrPath | None = None,
        dry_run: bool = False,
    ) -> Erased:
        """Erases leads for good, with all they are made of: those of these ids, or all that pass `filter`, hidden or not.

        - `archive`: erases those ids too from the archives in this folder, which :func:`retain` wrote.
        - `dry_run`: those that pass the filter are only counted.

        The audit log keeps that it was done, not what. The next run finds them again unless they are on the suppression list. An empty
        filter is refused: ``*`` says every lead.
        """
        erased: Erased = self._call("erase", ids=_ids(ids), filter=filter, archive=path(archive), dry_run=dry_run)
        return erased

    async def erase_async(
        self,
        ids: str | Iterable[str] | None = None,
        *,
        filter: str | None = None,
        archive: StrPath | None = None,
        dry_run: bool = False,
    ) -> Erased:
        """As :meth:`erase`, in the event loop."""
        erased: Erased = await self._ask("erase", ids=_ids(ids), filter=filter, archive=path(archive), dry_run=dry_run)
        return erased

    def withdraw(self, leads: Mapping[str, str]) -> list[str]:
        """Takes out leads that still are what was read: ids with the ``version`` of their :meth:`history`. One that was seen again
        meanwhile, or joined to another, stays. The ids of those taken."""
        taken: list[str] = self._call("withdraw", leads=list(leads.items()))
        return taken

    async def withdraw_async(self, leads: Mapping[str, str]) -> list[str]:
        """As :meth:`withdraw`, in the event loop."""
        taken: list[str] = await self._ask("withdraw", leads=list(leads.items()))
        return taken


def _ids(ids: str | Iterable[str] | None) -> list[str] | None:
    return None if ids is None else words("ids", ids)


def _nothing() -> Written:
    return Written(listings=0, inserted=0, seen_again=0, suppressed=0, created=0, updated=0, rejects=[])


def _add(sum: Written, more: Written) -> None:
    sum["listings"] += more["listings"]
    sum["inserted"] += more["inserted"]
    sum["seen_again"] += more["seen_again"]
    sum["suppressed"] += more["suppressed"]
    sum["created"] += more["created"]
    sum["updated"] += more["updated"]
    sum["rejects"] += more["rejects"][: REJECTS - len(sum["rejects"])]


async def _each(
    listings: Iterable[Mapping[str, Any]] | AsyncIterable[Mapping[str, Any]],
) -> AsyncIterator[Mapping[str, Any]]:
    if isinstance(listings, AsyncIterable):
        async for one in listings:
            yield one
    else:
        for one in listings:
            yield one
