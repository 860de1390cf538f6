"""Saved pages of platforms, and files that are imported."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from . import _native
from ._options import StrPath, platform_of, written
from ._stream import asked
from ._types import Imported, ParsedPage, SourceNames

if TYPE_CHECKING:
    from ._store import StorePlace


def sources() -> SourceNames:
    """The names of sources that :func:`collect` can ask, of platforms whose saved pages :func:`parse_page` reads, and of layouts of
    files that :func:`import_file` reads."""
    names: SourceNames = json.loads(_native.source_names())
    return names


def parse_page(
    platform: str | os.PathLike[str], page: str | bytes, *, url: str | None = None, region: str | None = None
) -> ParsedPage:
    """Reads a saved page or answer of a platform.

    - `platform`: the id of a built-in one (see :func:`sources`), or the path of an adapter file of your own, ``*.toml``.
    - `page`: what the platform answered.
    - `url`: where it came from; `region`: the country whose national numbers are read where an entry names none.

    ``outcome`` is ``listings``, with ``listings``, ``rejects`` and how each field was read in ``fields``; or ``negative`` with what the
    page is in their place in ``kind``: ``captcha``, ``login_wall``, ``no_results`` …

    Raises :class:`NotFoundError` for a platform that nobody knows, :class:`ConfigError` for a faulty adapter file,
    :class:`UnrecognisedPageError` for a page that no rule knows.
    """
    named = platform_of(platform)
    name, toml = (named, None) if isinstance(named, str) else (None, named["toml"])
    parsed: ParsedPage = json.loads(_native.parse_page(name, toml, page, url, region))
    return parsed


def _import_options(
    layout: str,
    store: StorePlace | None,
    mirror: str | None,
    tenant: str | None,
    bbox: Sequence[float] | None,
    category: str | None,
    max: int | None,
    zone: str | None,
    region: str | None,
    resume: bool,
) -> str:
    box = None if bbox is None else list(bbox)
    return written(
        layout=layout,
        store=store,
        mirror=mirror,
        tenant=tenant,
        bbox=box,
        category=category,
        max=max,
        zone=zone,
        region=region,
        resume=resume,
    )


def import_file(
    path: StrPath,
    *,
    layout: str = "auto",
    store: StorePlace | None = None,
    mirror: str | None = None,
    tenant: str | None = None,
    bbox: Sequence[float] | None = None,
    category: str | None = None,
    max: int | None = None,
    zone: str | None = None,
    region: str | None = None,
    resume: bool = False,
) -> Imported:
    """Imports a file of open data, or one of v3.9 (CSV, JSON, xlsx), however large. Other threads run meanwhile, and Ctrl-C ends it; what was stored is kept.

    - `layout`: what the file is (see :func:`sources`); ``auto`` looks at it.
    - `store`: where leads live, ``sqlite://leads.db`` or ``postgres://user@host/database``; without one everything is read and nothing kept.
    - `mirror`: what is kept in step with the store, ``csv://leads.csv`` or another store.
    - `bbox`, `category`, `max`: only what lies in the box, is of the category, and at most so many.
    - for files of v3.9: `zone` of times that say none, UTC unless told; `region` whose national numbers are read in rows that name no
      country; `resume` goes on where an earlier import ended.

    Rows that cannot be read are kept aside: ``rejected`` counts them, ``rejects`` has the first thousand.

    Raises :class:`NotFoundError` and :class:`IoError` and its kin for the file, :class:`UnsupportedError` when its layout is not known.
    """
    options = _import_options(layout, store, mirror, tenant, bbox, category, max, zone, region, resume)
    imported: Imported = json.loads(_native.import_file(os.fspath(path), options))
    return imported


async def import_file_async(
    path: StrPath,
    *,
    layout: str = "auto",
    store: StorePlace | None = None,
    mirror: str | None = None,
    tenant: str | None = None,
    bbox: Sequence[float] | None = None,
    category: str | None = None,
    max: int | None = None,
    zone: str | None = None,
    region: str | None = None,
    resume: bool = False,
) -> Imported:
    """As :func:`import_file`, in the event loop."""
    options = _import_options(layout, store, mirror, tenant, bbox, category, max, zone, region, resume)
    imported: Imported = json.loads(await asked(partial(_native.ask_import_file, os.fspath(path), options)))
    return imported
