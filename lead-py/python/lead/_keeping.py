"""What changed in a store, what leaves it, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from . import _native
from ._native import Change, ChangesStream
from ._options import StrPath, path, paths, written
from ._stream import Stream, asked
from ._types import Compared, Restored, Retained

if TYPE_CHECKING:
    from ._store import StorePlace


class Changes(Stream[Change]):
    """Changes being found: an iterator, for ``for`` and for ``async for``. Made by :func:`changes`."""

    _native: ChangesStream

    @property
    def compared(self) -> Compared | None:
        """How many leads were compared, once it is over; None before."""
        told = self._native.compared()
        compared: Compared | None = None if told is None else json.loads(told)
        return compared


def changes(store: StorePlace, *, since: str, filter: str | None = None, tenant: str | None = None) -> Changes:
    """What is new in a store, and what says something else than it did.

    Each lead seen since then is held against what it was just before. How sure a value is and how often it was seen are no change.

    - `store`: where the leads live, ``sqlite://leads.db`` or ``postgres://user@host/database``; `tenant`: whose they are.
    - `since`: the id of a run, ``last`` for the latest, a day (``2026-01-31``) or a time (``2026-01-31T09:30:00Z``).
    - `filter`: only leads that pass as they are now, ``has:email city:Lyon``.

    Raises :class:`InvalidInputError` for what means nothing. Iterating raises :class:`NotFoundError` when there is no such run, and what
    the store says.

    >>> for change in lead.changes("sqlite://leads.db", since="last"):
    ...     print(change.change, change.name, change.fields)
    """
    return Changes(ChangesStream(written(store=store, since=since, filter=filter, tenant=tenant)))


def _retaining(
    store: StorePlace,
    older_than: str,
    archive: StrPath | None,
    delete: bool,
    filter: str | None,
    dry_run: bool,
    tenant: str | None,
) -> str:
    return written(
        store=store,
        older_than=older_than,
        archive=path(archive),
        delete=delete,
        filter=filter,
        dry_run=dry_run,
        tenant=tenant,
    )


def retain(
    store: StorePlace,
    *,
    older_than: str,
    archive: StrPath | None = None,
    delete: bool = False,
    filter: str | None = None,
    dry_run: bool = False,
    tenant: str | None = None,
) -> Retained:
    """Takes out of a store leads that nobody has seen for long. Other threads run meanwhile, and Ctrl-C ends it.

    Archives are Parquet files that hold all a lead was made of; :func:`restore` brings it back as it was. Leads leave the store only when
    their file is safe on the disk, and only if they have not been seen again meanwhile. Killed anywhere, nothing is lost: call it again.

    - `older_than`: not seen for so long, ``90d``, ``6mo``, ``2y``; `filter`: only of those that pass.
    - `archive`: the folder their files go to; or `delete`: they go for good.
    - `dry_run`: they are only counted.

    Raises :class:`InvalidInputError` for what means nothing, :class:`IoError` and its kin for the files, and what the store says.
    """
    options = _retaining(store, older_than, archive, delete, filter, dry_run, tenant)
    retained: Retained = json.loads(_native.retain(options))
    return retained


async def retain_async(
    store: StorePlace,
    *,
    older_than: str,
    archive: StrPath | None = None,
    delete: bool = False,
    filter: str | None = None,
    dry_run: bool = False,
    tenant: str | None = None,
) -> Retained:
    """As :func:`retain`, in the event loop."""
    options = _retaining(store, older_than, archive, delete, filter, dry_run, tenant)
    retained: Retained = json.loads(await asked(partial(_native.ask_retain, options)))
    return retained


def restore(files: StrPath | Iterable[StrPath], *, store: StorePlace, tenant: str | None = None) -> Restored:
    """Brings back leads that :func:`retain` archived, as they were: files, or folders of them.

    What is there already stays as it is, so a file may be read again. Who was suppressed or erased since does not come back.

    Raises :class:`NotFoundError`, :class:`CorruptError` and their kin for the files, and what the store says.
    """
    options = written(files=paths(files), store=store, tenant=tenant)
    restored: Restored = json.loads(_native.restore(options))
    return restored


async def restore_async(files: StrPath | Iterable[StrPath], *, store: StorePlace, tenant: str | None = None) -> Restored:
    """As :func:`restore`, in the event loop."""
    options = written(files=paths(files), store=store, tenant=tenant)
    restored: Restored = json.loads(await asked(partial(_native.ask_restore, options)))
    return restored
