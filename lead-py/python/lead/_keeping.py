"""What changed in a store, what is put away, what leaves it, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from . import _native
from ._keeping_types import Compared, Hid, Restored, Retained, Versioned
from ._native import Change, ChangesStream
from ._options import StrPath, path, paths, written
from ._stream import Stream, asked

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


Leads = str | Iterable[str] | Mapping[str, str | None]
"""Ids of leads, or ids and the versions they must stand at."""


def _hiding(store: StorePlace, leads: Leads, by: str, hidden: bool, tenant: str | None) -> tuple[list[str], str]:
    named: list[tuple[str, str | None]]
    if isinstance(leads, Mapping):
        named = list(leads.items())
    else:
        named = [(id, None) for id in ([leads] if isinstance(leads, str) else leads)]
    options = written(store=store, leads=named, by=by, hidden=hidden, tenant=tenant)
    return [id for id, _ in named], options


def _came(ids: list[str], told: str) -> dict[str, Hid]:
    return dict(zip(ids, json.loads(told), strict=True))


def hide(store: StorePlace, leads: Leads, *, by: str, tenant: str | None = None) -> dict[str, Hid]:
    """Puts leads away until :func:`unhide` brings them back; what came of each, by its id.

    A hidden lead is in no export, change, figure or sink unless a filter asks for it, ``is:hidden``. It goes on gathering what is seen of
    it, and what is joined to it is hidden, too.

    - `leads`: ids; or a mapping of ids to the versions that :func:`versions` told: a lead that is not what it was any more is left as it
      is, and ``"changed"`` is told of it.
    - `by`: who wants it, for the audit log; `tenant`: whose the leads are.

    Raises :class:`InvalidInputError` for what means nothing, and what the store says.

    >>> read = lead.versions("sqlite://leads.db", [id])
    >>> lead.hide("sqlite://leads.db", {id: read[id]["version"]}, by="anna")
    {'1fd21487-f3db-573d-855b-9bddcf0d2238': 'done'}
    """
    ids, options = _hiding(store, leads, by, True, tenant)
    return _came(ids, _native.set_hidden(options))


async def hide_async(store: StorePlace, leads: Leads, *, by: str, tenant: str | None = None) -> dict[str, Hid]:
    """As :func:`hide`, in the event loop."""
    ids, options = _hiding(store, leads, by, True, tenant)
    return _came(ids, await asked(partial(_native.ask_set_hidden, options)))


def unhide(store: StorePlace, leads: Leads, *, by: str, tenant: str | None = None) -> dict[str, Hid]:
    """Brings leads back that :func:`hide` put away, with all that was seen of them meanwhile; otherwise as there."""
    ids, options = _hiding(store, leads, by, False, tenant)
    return _came(ids, _native.set_hidden(options))


async def unhide_async(store: StorePlace, leads: Leads, *, by: str, tenant: str | None = None) -> dict[str, Hid]:
    """As :func:`unhide`, in the event loop."""
    ids, options = _hiding(store, leads, by, False, tenant)
    return _came(ids, await asked(partial(_native.ask_set_hidden, options)))


def _found(ids: list[str], told: str) -> dict[str, Versioned]:
    return {id: lead for id, lead in zip(ids, json.loads(told), strict=True) if lead is not None}


def versions(store: StorePlace, ids: Iterable[str], *, tenant: str | None = None) -> dict[str, Versioned]:
    """Leads as they stand, all of one moment, by the ids asked for: what each says, its version, and whether it is hidden.

    The id of any record of a lead leads to it. A lead that is not there is left out. A version is told to :func:`hide` and :func:`unhide`, which
    do nothing to a lead that has changed since.

    Raises :class:`InvalidInputError` for what is no id, and what the store says.
    """
    ids = list(ids)
    return _found(ids, _native.versions(written(store=store, ids=ids, tenant=tenant)))


async def versions_async(store: StorePlace, ids: Iterable[str], *, tenant: str | None = None) -> dict[str, Versioned]:
    """As :func:`versions`, in the event loop."""
    ids = list(ids)
    options = written(store=store, ids=ids, tenant=tenant)
    return _found(ids, await asked(partial(_native.ask_versions, options)))
