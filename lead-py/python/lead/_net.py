"""How work fetches: the options that all work over the network has."""

from collections.abc import Iterable
from typing import Any, TypedDict

from ._options import StrPath, path, paths, words
from ._types import ProxyPolicy, RateWord, RenderedPages


class NetOptions(TypedDict, total=False):
    """How work fetches; see :func:`lead.crawl` for what each means."""

    allow_net: str | Iterable[str]
    resolve: str | Iterable[str]
    rate: float | RateWord
    contact: str | None
    connect_timeout: float | None
    timeout: float | None
    max_attempts: int | None
    max_body_bytes: int | None
    extra_roots: StrPath | Iterable[StrPath]
    proxy: str | Iterable[str]
    proxy_policy: ProxyPolicy | None
    warc: StrPath | None
    cache: StrPath | None
    cookies: bool
    browser: RenderedPages | None
    browser_path: StrPath | None
    browser_pages: int | None
    browser_rules: StrPath | None
    browser_sandbox: bool


def net(options: NetOptions) -> dict[str, Any]:
    """The options as the native half takes them; an option nobody knows is a mistake."""
    unknown = options.keys() - NetOptions.__annotations__.keys()
    if unknown:
        raise TypeError(f"there is no option {min(unknown)!r}")
    given: dict[str, Any] = dict(options)
    for name in ("allow_net", "resolve", "proxy"):
        given[name] = words(name, given.get(name, ()))
    given["extra_roots"] = paths(given.get("extra_roots", ()))
    for name in ("warc", "cache", "browser_path", "browser_rules"):
        given[name] = path(given.get(name))
    return given
