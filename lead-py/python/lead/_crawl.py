"""Crawls."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ._browser import Browser, Identity, Rules, renderer, rules
from ._native import CrawledPage, CrawlStream, CrawlSummary
from ._options import StrPath, path, paths, words, written
from ._stream import Stream
from ._types import Mode, Part, ProxyPolicy, RateWord, Reach, RenderedPages


class CrawlProgress(NamedTuple):
    """How far a crawl has come."""

    done: int
    """Addresses asked."""
    pending: int
    """Addresses that wait."""
    hosts: int
    """Hosts met."""


class Crawl(Stream[CrawledPage]):
    """A crawl under way: an iterator of its pages, for ``for`` and for ``async for``. Made by :func:`crawl`."""

    _native: CrawlStream

    @property
    def progress(self) -> CrawlProgress:
        """How far it has come, as it last told."""
        return CrawlProgress(*self._native.progress())

    @property
    def summary(self) -> CrawlSummary | None:
        """What it cost and brought, once it is over or was closed; None when it never began."""
        return self._native.summary()


def crawl(
    urls: str | Iterable[str] = (),
    *,
    reach: Reach | None = None,
    same_host: bool = False,
    include: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    max_pages: int | None = None,
    max_pages_a_host: int | None = None,
    max_bytes: int | None = None,
    max_depth: int | None = None,
    max_redirects: int | None = None,
    concurrency: int | None = None,
    lists: bool = True,
    contacts: bool = True,
    saturation: int | None = None,
    region: str | None = None,
    mode: Mode = "smart",
    doubtful: bool = False,
    only: Sequence[Part] | None = None,
    allow_net: str | Iterable[str] = (),
    resolve: str | Iterable[str] = (),
    rate: float | RateWord = "auto",
    contact: str | None = None,
    connect_timeout: float | None = None,
    timeout: float | None = None,
    max_attempts: int | None = None,
    max_body_bytes: int | None = None,
    extra_roots: StrPath | Iterable[StrPath] = (),
    proxy: str | Iterable[str] = (),
    proxy_policy: ProxyPolicy | None = None,
    warc: StrPath | None = None,
    cache: StrPath | None = None,
    cookies: bool = True,
    browser: RenderedPages | Browser | None = None,
    browser_when: RenderedPages | None = None,
    browser_path: StrPath | None = None,
    browser_pages: int | None = None,
    browser_rules: Rules | None = None,
    browser_identity: Identity | None = None,
    browser_sandbox: bool = True,
    resume: StrPath | None = None,
) -> Crawl:
    """Reads the pages of web sites, each once, those that promise contacts first, and finds the contacts on them.

    It keeps to robots.txt, asks a host about once a second unless told otherwise, and slows down when a site asks for it.
    What is no page (a login, a captcha, a page that is gone …) is told as what it is: see ``CrawledPage.outcome``.

    The crawl begins at once and goes on ahead of its reader by a few hundred pages. Leave the loop inside a ``with`` or
    ``async with`` to end it at once; other threads and the event loop run meanwhile, and Ctrl-C ends the wait.

    Where to begin and how far to go:

    - `urls`: addresses, `http` or `https`.
    - `reach`: the `host` or the `site` of the addresses (the default), or `any`; `same_host` is short for `host`.
    - `include`, `exclude`: patterns of path and query, such as ``/team/**``.
    - `max_pages`: pages in all, those that failed too; `max_pages_a_host` (100,000); `max_bytes` of bodies in all.
    - `max_depth`: links from where it begins (50); `max_redirects` in a row (10).
    - `lists`: whether sitemaps and feeds are read for addresses.
    - `saturation`: leaves a host after so many pages in a row that brought no contact that was not known.

    How contacts are read: `contacts=False` reads none; `region`, `mode`, `doubtful` and `only` are those of
    :func:`extract`.

    How it fetches:

    - `concurrency`: requests under way in all (256).
    - `rate`: requests a second to one host, ``"auto"`` or ``"off"``.
    - `allow_net`: networks that may be asked although they are not public, such as ``127.0.0.0/8``.
    - `resolve`: addresses of hosts, such as ``*.test=127.0.0.1:8080``.
    - `contact`: where you can be reached, a web page or a mail address, told to every site.
    - `timeout`: seconds for an attempt, the body included (30); `connect_timeout` for its connection (10);
      `max_attempts` in all (4); `max_body_bytes` of a page (16 MiB).
    - `extra_roots`: PEM files of certificate authorities that are trusted beside the system's.
    - `proxy`: addresses of proxies; `proxy_policy` says which of several takes a request.
    - `warc`: a web archive that what is fetched is also written to.
    - `cache`: a folder where answers are kept, at most 4 GiB: the next crawl asks only whether they have changed.
    - `cookies`: whether the cookies of a site are sent back to it, as long as the crawl lasts.
    - `browser`: renders pages in the system's Chromium: ``"shells"``, those that a script fills, whose hosts are remembered, or
      ``"always"``. `browser_path` says where it is, `browser_pages` how many pages are open at once (4); `browser_rules` is
      what single sites want before they show what is on them (cookies, buttons to press): a TOML file, its text, or what stands
      in it; `browser_identity` is ``honest``, or ``coherent[:SEED][@COUNTRY]``; `browser_sandbox=False` does without Chromium's
      sandbox, where user namespaces are forbidden. The archive keeps what came without a browser. Instead, a :class:`Browser`
      may be given, which has settings of its own and may be watched; `browser_when` says which pages it renders (``"shells"``).
    - `resume`: a folder for a journal; a crawl of the same folder goes on where it ends. Its pages are told again first.

    Raises :class:`InvalidInputError` for an option that means nothing and :class:`ConfigError` for two that contradict each
    other. Iterating raises what ended the crawl: :class:`LockedError` when another crawl is under way in the folder,
    :class:`ConflictError` when the archive is something else, :class:`IoError` and its kin. A page that fails is a page.

    >>> async def pages() -> None:
    ...     async with lead.crawl("https://www.bakery.example/", max_pages=100) as crawl:
    ...         async for page in crawl:
    ...             if page.contacts:
    ...                 print(page.input, [phone.e164 for phone in page.contacts.phones])
    """
    rendered, by = renderer(browser, browser_when)
    options = written(
        reach=reach,
        same_host=same_host,
        include=words("include", include),
        exclude=words("exclude", exclude),
        max_pages=max_pages,
        max_pages_a_host=max_pages_a_host,
        max_bytes=max_bytes,
        max_depth=max_depth,
        max_redirects=max_redirects,
        concurrency=concurrency,
        lists=lists,
        contacts=contacts,
        saturation=saturation,
        region=region,
        mode=mode,
        doubtful=doubtful,
        only=None if only is None else words("only", only),
        allow_net=words("allow_net", allow_net),
        resolve=words("resolve", resolve),
        rate=rate,
        contact=contact,
        connect_timeout=connect_timeout,
        timeout=timeout,
        max_attempts=max_attempts,
        max_body_bytes=max_body_bytes,
        extra_roots=paths(extra_roots),
        proxy=words("proxy", proxy),
        proxy_policy=proxy_policy,
        warc=path(warc),
        cache=path(cache),
        cookies=cookies,
        browser=rendered,
        browser_path=path(browser_path),
        browser_pages=browser_pages,
        browser_rules=rules(browser_rules),
        browser_identity=browser_identity,
        browser_sandbox=browser_sandbox,
        resume=path(resume),
    )
    return Crawl(CrawlStream(words("urls", urls), options, by))
