"""What a store keeps beside its leads: the suppression list, filters by name, a mirror."""

from __future__ import annotations

from collections.abc import Iterable

from ._options import words
from ._store_call import Calls
from ._store_types import MirrorLag, MirrorReport, NamedFilter, Suppression, SuppressionState


class Listing(Calls):
    """The list of those who must not be contacted. A subject is ``phone:+33478000001``, ``email:info@example.com`` or
    ``domain:example.com``."""

    def suppress(self, subjects: str | Iterable[str], *, reason: str | None = None) -> None:
        """Adds subjects, and takes them out of the leads there are; whenever they are found again they are dropped. `reason`: why,
        ``objection`` unless told."""
        self._call("suppress", subjects=words("subjects", subjects), reason=reason)

    async def suppress_async(self, subjects: str | Iterable[str], *, reason: str | None = None) -> None:
        """As :meth:`suppress`, in the event loop."""
        await self._ask("suppress", subjects=words("subjects", subjects), reason=reason)

    def unsuppress(self, subjects: str | Iterable[str]) -> int:
        """Takes subjects off; how many of them were listed. What was dropped meanwhile does not come back by itself."""
        count: int = self._call("unsuppress", subjects=words("subjects", subjects))
        return count

    async def unsuppress_async(self, subjects: str | Iterable[str]) -> int:
        """As :meth:`unsuppress`, in the event loop."""
        count: int = await self._ask("unsuppress", subjects=words("subjects", subjects))
        return count

    def suppressed(self, subjects: str | Iterable[str]) -> list[SuppressionState]:
        """For each subject whether it is listed: itself, or a mailbox by its domain."""
        states: list[SuppressionState] = self._call("suppressed", subjects=words("subjects", subjects))
        return states

    async def suppressed_async(self, subjects: str | Iterable[str]) -> list[SuppressionState]:
        """As :meth:`suppressed`, in the event loop."""
        states: list[SuppressionState] = await self._ask("suppressed", subjects=words("subjects", subjects))
        return states

    def suppressions(self) -> list[Suppression]:
        """The whole list, in order of subject."""
        entries: list[Suppression] = self._call("suppressions")
        return entries

    async def suppressions_async(self) -> list[Suppression]:
        """As :meth:`suppressions`, in the event loop."""
        entries: list[Suppression] = await self._ask("suppressions")
        return entries


class Filters(Calls):
    """Filters by name: ``@name``, or ``@name city:Lyon``, wherever a filter is asked for."""

    def filters(self) -> list[NamedFilter]:
        """Those that were saved in the store, then those that are built in."""
        filters: list[NamedFilter] = self._call("filters")
        return filters

    async def filters_async(self) -> list[NamedFilter]:
        """As :meth:`filters`, in the event loop."""
        filters: list[NamedFilter] = await self._ask("filters")
        return filters

    def save_filter(self, name: str, filter: str) -> None:
        """Saves a filter, over an earlier one of the name: small letters, digits, ``-`` and ``_``, none that is built in."""
        self._call("save_filter", name=name, filter=filter)

    async def save_filter_async(self, name: str, filter: str) -> None:
        """As :meth:`save_filter`, in the event loop."""
        await self._ask("save_filter", name=name, filter=filter)

    def remove_filter(self, name: str) -> bool:
        """Removes a filter that was saved; whether it was there."""
        was_there: bool = self._call("remove_filter", name=name)
        return was_there

    async def remove_filter_async(self, name: str) -> bool:
        """As :meth:`remove_filter`, in the event loop."""
        was_there: bool = await self._ask("remove_filter", name=name)
        return was_there


class Mirroring(Calls):
    """What is kept in step with a store that was opened with `mirror`; without one, each raises :class:`InvalidInputError`."""

    def mirror_lag(self) -> MirrorLag:
        """How far the mirror is behind."""
        lag: MirrorLag = self._call("mirror_lag")
        return lag

    async def mirror_lag_async(self) -> MirrorLag:
        """As :meth:`mirror_lag`, in the event loop."""
        lag: MirrorLag = await self._ask("mirror_lag")
        return lag

    def drain_mirror(self, seconds: float | None = None) -> MirrorLag:
        """Waits until the mirror has everything, a minute at most unless told; how far it is behind then."""
        lag: MirrorLag = self._call("mirror_drain", seconds=seconds)
        return lag

    async def drain_mirror_async(self, seconds: float | None = None) -> MirrorLag:
        """As :meth:`drain_mirror`, in the event loop."""
        lag: MirrorLag = await self._ask("mirror_drain", seconds=seconds)
        return lag

    def check_mirror(self, *, most: int | None = None) -> MirrorReport:
        """Compares both, lead by lead; nothing is changed. `most`: so many leads that differ are told by their ids, 1,000. What was not
        carried yet differs: :meth:`drain_mirror` first."""
        report: MirrorReport = self._call("mirror_check", most=most)
        return report

    async def check_mirror_async(self, *, most: int | None = None) -> MirrorReport:
        """As :meth:`check_mirror`, in the event loop."""
        report: MirrorReport = await self._ask("mirror_check", most=most)
        return report

    def repair_mirror(
        self, *, erase: bool = False, most: int | None = None, seconds: float | None = None
    ) -> MirrorReport:
        """Makes the mirror agree with the store, which also fills a new one; it is drained before, for `seconds`. `erase`: leads that are
        only in the mirror are erased there."""
        report: MirrorReport = self._call("mirror_repair", erase=erase, most=most, seconds=seconds)
        return report

    async def repair_mirror_async(
        self, *, erase: bool = False, most: int | None = None, seconds: float | None = None
    ) -> MirrorReport:
        """As :meth:`repair_mirror`, in the event loop."""
        report: MirrorReport = await self._ask("mirror_repair", erase=erase, most=most, seconds=seconds)
        return report
