"""A store that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._native import StoreHandle
from ._options import written
from ._store_beside import Filters, Listing, Mirroring
from ._store_reading import Reading
from ._store_writing import Writing
from ._stream import asked

if TYPE_CHECKING:
    from typing import Self


class Store(Reading, Writing, Listing, Filters, Mirroring):
    """A store that is open: what it holds is asked, written and erased by its methods, each with an ``_async`` twin for the event loop;
    whatever else takes `store` takes it too (:func:`collect`, :func:`facets`, :func:`export_file` …). Made by :func:`open_store`.

    Leave its ``with`` or ``async with``, or call :meth:`close` or :meth:`aclose`, to let go of files and connections.
    """

    def __init__(self, store: str, *, mirror: str | None = None, tenant: str | None = None) -> None:
        self._native = StoreHandle(written(store=store, mirror=mirror, tenant=tenant))

    @property
    def _name(self) -> str:
        """What it is called where the native half takes a store."""
        return self._native.name()

    def open(self) -> Self:
        """Opens it, unless it is open: the first call does so as well."""
        self._native.open()
        return self

    async def aopen(self) -> Self:
        """As :meth:`open`, in the event loop."""
        await asked(self._native.ask_open)
        return self

    def close(self) -> None:
        """Lets go of it. A mirror is waited for, ten seconds at most; what it lacks then is kept in the store."""
        self._native.close()

    async def aclose(self) -> None:
        """As :meth:`close`, in the event loop."""
        await asked(self._native.ask_close)

    def __enter__(self) -> Self:
        return self.open()

    async def __aenter__(self) -> Self:
        return await self.aopen()


StorePlace = str | Store
"""A store: where it is, or one that is open."""


def open_store(store: str, *, mirror: str | None = None, tenant: str | None = None) -> Store:
    """A store to work with: ``with``, ``async with``, or its first call opens it. Threads may share it.

    - `store`: where leads live: ``sqlite://leads.db``, ``postgres://user@host/database``, or ``memory://``.
    - `mirror`: what is kept in step with it: ``csv://leads.csv`` or another store; `tenant`: whose leads they are.

    Raises :class:`InvalidInputError` for what means nothing; opening raises what the store says.

    >>> with lead.open_store("sqlite://leads.db") as store:
    ...     for event in lead.collect("dentists", near="Lyon", store=store): ...
    ...     print(store.count("has:phone"), store.leads("@reachable", sort="-last_seen")["leads"])
    """
    return Store(store, mirror=mirror, tenant=tenant)
