"""Leads handed on to webhooks, CRMs and sheets, by rules."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

from . import _native
from ._native import SinkRounds
from ._options import StrPath, words, written
from ._store_types import DeadLetter, SinkReport, SinkRule
from ._stream import Stream, asked

if TYPE_CHECKING:
    from typing import Unpack

    from ._store import StorePlace


class SinkOptions(TypedDict, total=False):
    """Whose leads are handed on, and how; see :func:`lead.run_sinks`."""

    tenant: str | None
    queue: str | None
    secrets: Mapping[str, str] | None
    allow_net: str | Iterable[str]
    resolve: str | Iterable[str]


Settings = StrPath | Mapping[str, Any]
"""The path of a file of sinks, its text, or what stands in it."""


class SinkRun(Stream[SinkReport]):
    """Leads being handed on, round after round: an iterator of reports. Made by :func:`watch_sinks`.

    Closing it ends it in good order: a round that is under way is done first.
    """

    _native: SinkRounds


def _options(settings: Settings, store: StorePlace, options: Mapping[str, Any], **more: Any) -> str:
    for name in options:
        if name not in SinkOptions.__annotations__:
            raise TypeError(f"there is no option {name}")
    given = dict(options)
    for name in ("allow_net", "resolve"):
        given[name] = words(name, given.get(name) or ())
    secrets = given.pop("secrets", None)
    return written(
        settings=dict(settings) if isinstance(settings, Mapping) else os.fspath(settings),
        store=store,
        secrets=None if secrets is None else dict(secrets),
        **given,
        **more,
    )


def run_sinks(settings: Settings, *, store: StorePlace, **options: Unpack[SinkOptions]) -> SinkReport:
    """Hands on what is new or changed and passes a rule's filter, and what is due from before; once. Other threads run meanwhile.

    - `settings`: sinks and rules: the path of a TOML file, its text, or what stands in it: ``{"sink": [{"name": "crm", "kind": "webhook",
      "url": "https://crm.example/hooks", "secrets": ["env:HOOK"]}], "rule": [{"name": "all", "sink": "crm", "filter": "has:phone"}]}``.
    - `store`: whose leads, where what was queued is noted too; `tenant`: whose part of it; `queue`: where jobs wait, in the store unless told.
    - `secrets`: values of ``env:NAME``, by name; what is not among them is read from the environment.
    - `allow_net`, `resolve`: as for :func:`crawl`.

    Delivery is at least once; what fails is tried again by a later call, and kept with its reason when it is given up
    (:func:`dead_letters`). Raises :class:`ConfigError` for settings that cannot be used and a secret that is not set; what a sink says is in
    the report, never raised.
    """
    report: SinkReport = json.loads(_native.sinks("run", _options(settings, store, options)))
    return report


async def run_sinks_async(settings: Settings, *, store: StorePlace, **options: Unpack[SinkOptions]) -> SinkReport:
    """As :func:`run_sinks`, in the event loop."""
    report: SinkReport = json.loads(await asked(partial(_native.ask_sinks, "run", _options(settings, store, options))))
    return report


def watch_sinks(
    settings: Settings, *, store: StorePlace, every: float | None = None, **options: Unpack[SinkOptions]
) -> SinkRun:
    """Hands on round after round, `every` so many seconds (30), and tells what each came to; for ``for`` and ``async for``.

    It goes no faster than its reports are taken. The rest is as for :func:`run_sinks`.

    >>> with lead.watch_sinks("sinks.toml", store="sqlite://leads.db") as reports:
    ...     for report in reports:
    ...         print(report["delivered"], report["dead"])
    """
    return SinkRun(SinkRounds(_options(settings, store, options, every=every)))


def check_sinks(settings: Settings, *, store: StorePlace, **options: Unpack[SinkOptions]) -> list[SinkRule]:
    """The rules, and how many leads each is for. Says whether the settings can be used, secrets included; nothing is sent."""
    rules: list[SinkRule] = json.loads(_native.sinks("check", _options(settings, store, options)))
    return rules


async def check_sinks_async(settings: Settings, *, store: StorePlace, **options: Unpack[SinkOptions]) -> list[SinkRule]:
    """As :func:`check_sinks`, in the event loop."""
    rules: list[SinkRule] = json.loads(
        await asked(partial(_native.ask_sinks, "check", _options(settings, store, options)))
    )
    return rules


def dead_letters(
    settings: Settings,
    *,
    store: StorePlace,
    after: int = 0,
    limit: int | None = None,
    **options: Unpack[SinkOptions],
) -> list[DeadLetter]:
    """What was given up, and why: the oldest first, those after the job `after`, fifty unless told. No secret is needed."""
    given = _options(settings, store, options, after=after, limit=limit)
    letters: list[DeadLetter] = json.loads(_native.sinks("dead", given))
    return letters


async def dead_letters_async(
    settings: Settings,
    *,
    store: StorePlace,
    after: int = 0,
    limit: int | None = None,
    **options: Unpack[SinkOptions],
) -> list[DeadLetter]:
    """As :func:`dead_letters`, in the event loop."""
    given = _options(settings, store, options, after=after, limit=limit)
    letters: list[DeadLetter] = json.loads(await asked(partial(_native.ask_sinks, "dead", given)))
    return letters


def retry_letters(
    settings: Settings, *, store: StorePlace, jobs: Iterable[int] | None = None, **options: Unpack[SinkOptions]
) -> int:
    """Has what was given up tried again by the next :func:`run_sinks`: these jobs, or all; how many."""
    given = _options(settings, store, options, jobs=None if jobs is None else list(jobs))
    revived: int = json.loads(_native.sinks("retry", given))
    return revived


async def retry_letters_async(
    settings: Settings, *, store: StorePlace, jobs: Iterable[int] | None = None, **options: Unpack[SinkOptions]
) -> int:
    """As :func:`retry_letters`, in the event loop."""
    given = _options(settings, store, options, jobs=None if jobs is None else list(jobs))
    revived: int = json.loads(await asked(partial(_native.ask_sinks, "retry", given)))
    return revived
