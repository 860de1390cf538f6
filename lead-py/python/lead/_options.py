"""Options, as the native half takes them."""

import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

StrPath = str | os.PathLike[str]
"""A path, as `open` takes it."""


def written(**options: Any) -> str:
    """What was given, as JSON; None is what was not."""
    return json.dumps({name: value for name, value in options.items() if value is not None}, default=_named)


def _named(value: Any) -> str:
    """The name of a store that is open; a moment."""
    name = getattr(value, "_name", None)
    if isinstance(name, str):
        return name
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    raise TypeError(f"an option of another type: {type(value).__name__}")


def words(name: str, given: str | Iterable[str]) -> list[str]:
    """A word, or several."""
    listed = [given] if isinstance(given, str) else list(given)
    for word in listed:
        if not isinstance(word, str):
            raise TypeError(f"{name} must be strings, not {type(word).__name__}")
    return listed


def path(given: StrPath | None) -> str | None:
    """A path as text."""
    return None if given is None else os.fspath(given)


def paths(given: StrPath | Iterable[StrPath]) -> list[str]:
    """A path, or several, as texts."""
    listed = [given] if isinstance(given, (str, os.PathLike)) else given
    return [os.fspath(one) for one in listed]


def platform_of(given: StrPath) -> str | dict[str, str]:
    """A platform by its name, or the text of its adapter file."""
    name = os.fspath(given)
    return {"toml": Path(name).read_text("utf-8")} if name.endswith(".toml") else name
