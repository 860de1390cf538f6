"""Leads as files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from . import _native
from ._options import StrPath, words, written
from ._stream import asked
from ._types import Exported, ExportFormat, ExportLayout

if TYPE_CHECKING:
    from ._store import StorePlace


def _options(
    store: StorePlace,
    format: ExportFormat | None,
    layout: ExportLayout | None,
    columns: Iterable[str] | None,
    filter: str | None,
    sort: str | None,
    since: str | None,
    tenant: str | None,
    resume: bool,
) -> str:
    chosen = None if columns is None else words("columns", columns)
    return written(
        store=store,
        format=format,
        layout=layout,
        columns=chosen,
        filter=filter,
        sort=sort,
        since=since,
        tenant=tenant,
        resume=resume or None,
    )


def export_file(
    path: StrPath,
    *,
    store: StorePlace,
    format: ExportFormat | None = None,
    layout: ExportLayout | None = None,
    columns: Iterable[str] | None = None,
    filter: str | None = None,
    sort: str | None = None,
    since: str | None = None,
    tenant: str | None = None,
    resume: bool = False,
) -> Exported:
    """Writes the leads of a store into a file, whole or not at all. Other threads run meanwhile, and Ctrl-C ends it.

    - `store`: where they live, ``sqlite://leads.db`` or ``postgres://user@host/database``; `tenant`: whose they are.
    - `format`: the form of the file; what its name ends with, else CSV, unless told.
    - `layout`: the columns of CSV and workbooks: every value, v3.9's, or what a CRM imports; `columns`: only these of them, in this order.
    - `filter`: which, ``has:email city:Lyon``; `since`: only what was seen since then, ``2026-01-31``; `sort`: by what, ``-score``.
    - `resume`: keeps the file when it is broken off, and goes on where an earlier one that asked for the same was.

    Who is on the suppression list is left out. Cells of CSV that a spreadsheet would run as a formula get a leading ``'``.

    Raises :class:`InvalidInputError` for what means nothing, :class:`IoError` and its kin for the file.
    """
    options = _options(store, format, layout, columns, filter, sort, since, tenant, resume)
    exported: Exported = json.loads(_native.export_file(os.fspath(path), options))
    return exported


async def export_file_async(
    path: StrPath,
    *,
    store: StorePlace,
    format: ExportFormat | None = None,
    layout: ExportLayout | None = None,
    columns: Iterable[str] | None = None,
    filter: str | None = None,
    sort: str | None = None,
    since: str | None = None,
    tenant: str | None = None,
    resume: bool = False,
) -> Exported:
    """As :func:`export_file`, in the event loop."""
    options = _options(store, format, layout, columns, filter, sort, since, tenant, resume)
    exported: Exported = json.loads(await asked(partial(_native.ask_export_file, os.fspath(path), options)))
    return exported
