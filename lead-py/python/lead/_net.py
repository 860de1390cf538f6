"""How work fetches: the options that all work over the network has."""

from typing import Any

from ._browser import Browser, Identity, ReachOptions, Rules, reach, renderer, rules
from ._native import Browser as NativeBrowser
from ._options import StrPath, path
from ._types import RenderedPages


class NetOptions(ReachOptions, total=False):
    """How work fetches; see :func:`lead.crawl` for what each means."""

    timeout: float | None
    max_body_bytes: int | None
    warc: StrPath | None
    cache: StrPath | None
    browser: RenderedPages | Browser | None
    browser_when: RenderedPages | None
    browser_path: StrPath | None
    browser_pages: int | None
    browser_rules: Rules | None
    browser_identity: Identity | None
    browser_sandbox: bool


def net(options: NetOptions) -> tuple[dict[str, Any], NativeBrowser | None]:
    """The options as the native half takes them, and the browser among them; an option nobody knows is a mistake."""
    given = reach(options, NetOptions)
    for name in ("warc", "cache", "browser_path"):
        given[name] = path(given.get(name))
    given["browser_rules"] = rules(given.get("browser_rules"))
    given["browser"], browser = renderer(given.get("browser"), given.pop("browser_when", None))
    return given, browser
