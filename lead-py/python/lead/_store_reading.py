"""What a store is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import Any

from ._options import words
from ._store_call import Calls
from ._store_types import AuditEntry, Estimate, History, KeyHolder, KnownRun, LeadPage

AT_ONCE = 500
"""Leads of a page when all are gone through."""


class Reading(Calls):
    """What is read out of a store."""

    def leads(
        self,
        filter: str | None = None,
        *,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        as_of: str | datetime | None = None,
    ) -> LeadPage:
        """A page of leads. Pages follow each other by key: leads written meanwhile neither shift nor repeat others.

        - `filter`: which, ``has:email city:Lyon``, or ``@name`` of a filter that has one (:meth:`filters`).
        - `sort`: ``id``, ``name``, ``first_seen``, ``last_seen`` or ``confidence``, with ``-`` for the greatest first.
        - `limit`: 1 to 10,000, fifty unless told; `cursor`: the ``next`` of an earlier page with the same filter and order.
        - `as_of`: values as sure as they still are at this time, each kind fading as it does: ``now``, ``2026-01-31``.

        Raises :class:`InvalidInputError` for what means nothing, :class:`NotFoundError` for a filter that nobody saved.
        """
        page: LeadPage = self._call("leads", filter=filter, sort=sort, limit=limit, cursor=cursor, as_of=as_of)
        return page

    async def leads_async(
        self,
        filter: str | None = None,
        *,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        as_of: str | datetime | None = None,
    ) -> LeadPage:
        """As :meth:`leads`, in the event loop."""
        page: LeadPage = await self._ask("leads", filter=filter, sort=sort, limit=limit, cursor=cursor, as_of=as_of)
        return page

    def each(self, filter: str | None = None, *, sort: str | None = None) -> Iterator[dict[str, Any]]:
        """Every lead that passes, one after the other, some hundreds in memory."""
        cursor: str | None = None
        while True:
            page = self.leads(filter, sort=sort, limit=AT_ONCE, cursor=cursor)
            yield from page["leads"]
            cursor = page["next"]
            if cursor is None:
                return

    async def each_async(self, filter: str | None = None, *, sort: str | None = None) -> AsyncIterator[dict[str, Any]]:
        """As :meth:`each`, for ``async for``."""
        cursor: str | None = None
        while True:
            page = await self.leads_async(filter, sort=sort, limit=AT_ONCE, cursor=cursor)
            for lead in page["leads"]:
                yield lead
            cursor = page["next"]
            if cursor is None:
                return

    def count(self, filter: str | None = None) -> int:
        """How many leads pass."""
        count: int = self._call("count", filter=filter)
        return count

    async def count_async(self, filter: str | None = None) -> int:
        """As :meth:`count`, in the event loop."""
        count: int = await self._ask("count", filter=filter)
        return count

    def estimate(self, filter: str | None = None) -> Estimate:
        """About how many leads pass, for a number that is shown while somebody types; exact when they are few, and where a store is counted
        as fast as it is estimated (SQLite)."""
        estimate: Estimate = self._call("estimate", filter=filter)
        return estimate

    async def estimate_async(self, filter: str | None = None) -> Estimate:
        """As :meth:`estimate`, in the event loop."""
        estimate: Estimate = await self._ask("estimate", filter=filter)
        return estimate

    def marks(self, filter: str | None = None, *, every: int, sort: str | None = None) -> list[str]:
        """Cursors for jumping: of every so-manieth lead, in this order. ``marks(every=50)[9]`` leads to the eleventh page of fifty.

        - `every`: the step, in leads; `filter`, `sort`: as in :meth:`leads`, which takes such a cursor with the same two.

        They are of one moment: leads written since lie between them. There are 100,000 at most, the first of them.
        """
        marks: list[str] = self._call("marks", filter=filter, sort=sort, every=every)
        return marks

    async def marks_async(self, filter: str | None = None, *, every: int, sort: str | None = None) -> list[str]:
        """As :meth:`marks`, in the event loop."""
        marks: list[str] = await self._ask("marks", filter=filter, sort=sort, every=every)
        return marks

    def lead(self, id: str) -> dict[str, Any] | None:
        """One lead, by its id or that of any record it is made of; None when there is none."""
        lead: dict[str, Any] | None = self._call("lead", id=id)
        return lead

    async def lead_async(self, id: str) -> dict[str, Any] | None:
        """As :meth:`lead`, in the event loop."""
        lead: dict[str, Any] | None = await self._ask("lead", id=id)
        return lead

    def history(self, id: str) -> History | None:
        """What a lead is made of: its sightings, older contents included, and why its records are one; None when there is none."""
        history: History | None = self._call("history", id=id)
        return history

    async def history_async(self, id: str) -> History | None:
        """As :meth:`history`, in the event loop."""
        history: History | None = await self._ask("history", id=id)
        return history

    def matching(self, keys: str | Iterable[str]) -> list[KeyHolder]:
        """Which records hold any of these keys: ``phone:+33478000001``, ``site:example.com``, ``id:osm:node/1``."""
        holders: list[KeyHolder] = self._call("matching", keys=words("keys", keys))
        return holders

    async def matching_async(self, keys: str | Iterable[str]) -> list[KeyHolder]:
        """As :meth:`matching`, in the event loop."""
        holders: list[KeyHolder] = await self._ask("matching", keys=words("keys", keys))
        return holders

    def runs(self, limit: int | None = None) -> list[KnownRun]:
        """The runs of the store, newest first, fifty unless told."""
        runs: list[KnownRun] = self._call("runs", limit=limit)
        return runs

    async def runs_async(self, limit: int | None = None) -> list[KnownRun]:
        """As :meth:`runs`, in the event loop."""
        runs: list[KnownRun] = await self._ask("runs", limit=limit)
        return runs

    def audit(self, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
        """Notes of the audit log after the one of this number, oldest first, fifty unless told."""
        notes: list[AuditEntry] = self._call("audit", after=after, limit=limit)
        return notes

    async def audit_async(self, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
        """As :meth:`audit`, in the event loop."""
        notes: list[AuditEntry] = await self._ask("audit", after=after, limit=limit)
        return notes
