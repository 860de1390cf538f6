"""Pages rendered by the system's Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from ._native import Browser as NativeBrowser
from ._native import LiveEvent, LiveStream, RenderedPage
from ._options import StrPath, path, paths, words, written
from ._stream import Ending, Stream, asked
from ._types import Block, CoherentIdentity, LiveSettings, ProxyPolicy, RateWord, RenderedPages, SiteRules, Wait

if TYPE_CHECKING:
    from typing import Unpack

Rules = StrPath | SiteRules
"""Rules for sites: the path of a file, its text, or what stands in it."""

Identity = str | CoherentIdentity
"""``honest``, ``coherent[:SEED][@COUNTRY]``, or a coherent one with its parts."""


class ReachOptions(TypedDict, total=False):
    """How servers are reached; see :func:`lead.crawl` for what each means."""

    allow_net: str | Iterable[str]
    resolve: str | Iterable[str]
    rate: float | RateWord
    contact: str | None
    connect_timeout: float | None
    max_attempts: int | None
    extra_roots: StrPath | Iterable[StrPath]
    proxy: str | Iterable[str]
    proxy_policy: ProxyPolicy | None
    cookies: bool


class BrowserOptions(ReachOptions, total=False):
    """Settings of a :class:`Browser`, and how it reaches servers."""

    pages: int | None
    processes: int | None
    executable: StrPath | None
    sandbox: bool
    user: str | None
    flags: Iterable[str] | None
    folder: StrPath | None
    recycle_pages: int | None
    recycle_bytes: int | None
    recycle_age: float | None
    idle: float | None
    health: float | None
    hang: float | None
    start: float | None
    page: float | None
    wait: Wait | None
    rules: Rules | None
    block: Iterable[Block] | None
    max_bytes: int | None
    identity: Identity | None
    live: LiveSettings | None
    keep_pictures: bool
    keep_shots: bool
    window: Sequence[int] | None


class BrowserStats(NamedTuple):
    """How browsers are doing."""

    browsers: int
    """Browsers that run."""
    pages: int
    """Pages open in them."""


class Live(Stream[LiveEvent]):
    """Pages as they are watched: an iterator of events, for ``for`` and for ``async for``. Made by :meth:`Browser.live`.

    Who takes events slowly misses frames, never the last one of a page.
    """

    _native: LiveStream


class Browser(Ending):
    """Renders pages in the system's Chromium, one by one or for a crawl, and lets you watch.

    No browser runs before the first page. Each page has a context of its own, so nothing that one keeps is seen by another. Leave its
    ``with`` or ``async with``, or call :meth:`close` or :meth:`aclose`, to end it; it ends with the program in any case.

    - `pages`: open at once in one browser (4); `processes`: browsers at once (1).
    - `executable`: Chromium, when not where distributions put it; `sandbox=False` does without its sandbox, where user namespaces are
      forbidden; `user`: who it runs as when the program is root's (``nobody``); `flags`: more flags; `folder`: where profiles are.
    - `page`: seconds for a page, from opening to reading it (30); what is there then is read, and ``RenderedPage.unmet`` tells.
    - `wait`: when a page is read: ``{"until": "quiet", "quiet": 0.5, "scrolls": 10}``; `until` is ``load``, ``quiet``, ``dom_quiet``,
      ``network_quiet``, ``{"selector": "#phone"}`` or ``{"predicate": "document.title !== ''"}``.
    - `rules`: what single sites want before they show what is on them (cookies, buttons to press): the path of a TOML file, its text, or
      what stands in it.
    - `block`: what is not loaded (``["images", "fonts", "media"]``; ``styles`` too); `max_bytes`: what a page may load (64 MiB).
    - `identity`: who it says it is: ``honest``, or ``coherent[:SEED][@COUNTRY]``, a browser as on a desk, whose languages, time zone and
      window agree: for those who know that they may.
    - `live`: how pages are shown: ``{"rate": 5, "quality": 60, "size": [1366, 768], "region": "DE"}``; `keep_pictures`: whether each page
      has its ``picture``; `keep_shots`: whether what may show a number as a picture is kept as it is seen (``shots``), for
      :func:`numbers_of_image`; `window`: width and height (1366, 768).
    - `recycle_pages` (500), `recycle_bytes` (2 GiB), `recycle_age` (1800 s): when a browser is replaced; `idle` (60 s): when one that
      nobody uses is ended; `health` (5 s), `hang` (10 s), `start` (30 s): how it is looked after.
    - `allow_net`, `resolve`, `rate`, `contact`, `connect_timeout`, `max_attempts`, `extra_roots`, `proxy`, `proxy_policy`, `cookies`:
      as for :func:`crawl`. Of several proxies a page goes through one, with all it asks for.

    Raises :class:`InvalidInputError` for an option that means nothing, :class:`ConfigError` for one that cannot be,
    :class:`NotFoundError` when there is no such file of rules.

    >>> with lead.Browser(wait={"until": {"selector": ".phone"}}) as browser:
    ...     page = browser.fetch("https://www.bakery.example/")
    ...     print(page.url, lead.extract(page.body, base_url=page.url).phones)
    """

    _native: NativeBrowser

    def __init__(self, **options: Unpack[BrowserOptions]) -> None:
        given = reach(options, BrowserOptions)
        for name in ("flags", "block"):
            if given.get(name) is not None:
                given[name] = words(name, given[name])
        for name in ("executable", "folder"):
            given[name] = path(given.get(name))
        given["rules"] = rules(given.get("rules"))
        self._native = NativeBrowser(written(**given))

    def fetch(self, url: str) -> RenderedPage:
        """Renders a page; other threads run meanwhile, and Ctrl-C gives it up. robots.txt, guard, redirects and pace hold for it.

        Any status is a page; what is none (a PDF, an answer of an API) comes as it was sent. Raises what kept it from being rendered:
        :class:`RobotsDeniedError`, :class:`GuardRefusedError`, :class:`TimeoutError`, :class:`NetworkError`, :class:`BrowserError` and
        their kin, :class:`CancelledError` when the browser is closed.
        """
        return self._native.fetch(url)

    async def fetch_async(self, url: str) -> RenderedPage:
        """As :meth:`fetch`, in the event loop; when it is cancelled, the page is closed."""
        page: RenderedPage = await asked(partial(self._native.ask, url))
        return page

    def live(self) -> Live:
        """Looks at pages while they are rendered, from now on, with the numbers found on them; those of a crawl that it renders for, too.

        As many may look as like. It ends with the browser.

        >>> async def watch(browser: lead.Browser) -> None:
        ...     async with browser.live() as live:
        ...         async for event in live:
        ...             if event.kind == "frame":
        ...                 show(event.jpeg)
        """
        return Live(self._native.live())

    @property
    def stats(self) -> BrowserStats:
        """How the browsers are doing."""
        return BrowserStats(*self._native.stats())

    def close(self) -> None:
        """Ends it and waits until nothing is left of its processes and folders. Who waits for a page is told :class:`CancelledError`."""
        self._native.close()

    async def aclose(self) -> None:
        """As :meth:`close`, in the event loop."""
        await asked(self._native.ask_close)


def reach(options: ReachOptions, known: type[ReachOptions]) -> dict[str, Any]:
    """Options as the native half takes them, as far as they say how servers are reached; one that nobody knows is a mistake."""
    unknown = options.keys() - known.__annotations__.keys()
    if unknown:
        raise TypeError(f"there is no option {min(unknown)!r}")
    given: dict[str, Any] = dict(options)
    for name in ("allow_net", "resolve", "proxy"):
        given[name] = words(name, given.get(name, ()))
    given["extra_roots"] = paths(given.get("extra_roots", ()))
    return given


def rules(given: Rules | None) -> str | dict[str, Any] | None:
    """Rules for sites as the native half takes them."""
    if isinstance(given, Mapping):
        return dict(given)
    return None if given is None else os.fspath(given)


def renderer(
    browser: RenderedPages | Browser | None, when: RenderedPages | None
) -> tuple[RenderedPages | None, NativeBrowser | None]:
    """Which pages are rendered, and the browser that was handed over."""
    if isinstance(browser, Browser):
        return when or "shells", browser._native
    if when is not None:
        raise TypeError("browser_when goes with a Browser; without one, browser says which pages are rendered")
    return browser, None
