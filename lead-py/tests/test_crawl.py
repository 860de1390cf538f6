"""Crawls of a site served here: pages with their contacts, both ways of following one, and every way to end it."""

import asyncio
import gc
import http.server
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import lead
import pytest

CLI = os.environ.get("LEAD_CLI") or "not set"
LOCAL: dict[str, Any] = {"allow_net": "127.0.0.0/8", "rate": "off"}


class Site(http.server.BaseHTTPRequestHandler):
    """A bakery: `/` and `/1` to `/29` link on; `/slow` never answers; all else is gone."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.strip("/")
        if name == "slow":
            time.sleep(30)
        if name == "old":
            self.answer(301, b"", {"Location": "/1"})
        elif name == "tagged":
            fresh = self.headers["If-None-Match"] != '"1"'
            if not fresh:
                self.asked.append("whether it has changed")
            self.answer(200 if fresh else 304, b"<p>A page" if fresh else b"", {"ETag": '"1"', "Set-Cookie": "a=b"})
        elif name == "cookie":
            self.answer(200, f"<title>{self.headers['Cookie']}</title>".encode())
        elif name == "" or (name.isdigit() and int(name) < 30):
            self.answer(200, self.page(int(name or 0)))
        else:
            self.answer(404, b"")

    def page(self, number: int) -> bytes:
        links = "".join(f"<a href='/{number * 3 + one}'>on</a>" for one in range(1, 4)) + "<a href='/old'>old</a>"
        contact = f"<p>Tel. +49 30 23125-{100 + number}</p><a href='mailto:laden{number}@baeckerei.test'>Mail</a>"
        return f"<!doctype html><title>Bäckerei {number}</title><meta charset=utf-8>{contact}{links}".encode()

    def answer(self, status: int, body: bytes, fields: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **(fields or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512  # one that is too short has callers wait for seconds

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up is no error."""


@pytest.fixture
def asked() -> list[str]:
    """What the site was asked for."""
    return []


@pytest.fixture
def site(asked: list[str]) -> Iterator[str]:
    handler = type("Handler", (Site,), {"asked": asked})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def names(pages: list[lead.CrawledPage]) -> set[str]:
    return {page.input.rsplit("/", 1)[1] for page in pages}


def test_every_page_once_with_what_stands_on_it(site: str, asked: list[str]) -> None:
    crawl = lead.crawl(f"{site}/", **LOCAL)
    pages = list(crawl)
    assert len(pages) == len({page.input for page in pages})
    by_name = {page.input.removeprefix(f"{site}/"): page for page in pages}
    assert {name for name, page in by_name.items() if page.outcome == "page"} == {"", *map(str, range(1, 30))}
    page = by_name["7"]
    assert (page.http_status, page.title, page.attempts, page.has_contacts) == (200, "Bäckerei 7", 1, True)
    assert page.contacts is not None
    assert page.contacts is page.contacts
    assert [phone.e164 for phone in page.contacts.phones] == ["+4930231251" + "07"]
    assert page.contacts.emails[0].address == "laden7@baeckerei.test"
    assert page.depth == 2
    assert abs((datetime.now(timezone.utc) - page.fetched_at).total_seconds()) < 60
    assert by_name["old"].redirect == f"{site}/1"
    assert (by_name["30"].outcome, by_name["30"].http_status, by_name["30"].contacts) == ("gone", 404, None)
    assert asked.count("/7") == 1
    summary = crawl.summary
    assert summary is not None
    assert (summary.outcomes["page"], summary.with_contacts, summary.stopped) == (30, 30, False)
    assert summary.asked == len(pages) == crawl.progress.done
    assert crawl.progress.pending == 0
    assert 0 < summary.elapsed < 60


@pytest.mark.skipif(not Path(CLI).is_file(), reason=f"NOT COMPARED with the command line: no command at LEAD_CLI ({CLI})")
def test_it_says_what_the_command_says(site: str) -> None:
    flags = ["--format", "jsonl", "--allow-net", "127.0.0.0/8", "--rate", "off"]
    done = subprocess.run([CLI, "crawl", f"{site}/", *flags], stdout=subprocess.PIPE, encoding="utf-8", check=True)

    def told(page: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        # The command writes contacts beside what came of the page. When it was fetched, and by which way, may differ.
        flat = {**page, **page.pop("contacts", {})}
        for name in ("contacts", "fetched_at", "depth", "attempts"):
            flat.pop(name, None)
        return flat["input"], flat

    mine = dict(told(page.to_dict()) for page in lead.crawl(f"{site}/", **LOCAL))
    assert mine == dict(told(json.loads(line)) for line in done.stdout.splitlines())
    assert len(mine) > 60


def test_values_are_those_of_the_library(site: str) -> None:
    with lead.crawl(f"{site}/", max_pages=1, **LOCAL) as crawl:
        [page] = crawl
    assert pickle.loads(pickle.dumps(page)) == page
    assert page.to_dict()["contacts"]["phones"][0]["e164"] == "+4930231251" + "00"
    assert lead.CrawledPage.from_json(page.to_json()) == page
    assert repr(page).startswith("CrawledPage(")
    assert page.directives == lead.Directives.from_json("{}")
    assert crawl.summary is not None
    assert lead.CrawlSummary.from_json(crawl.summary.to_json()) == crawl.summary


def test_an_event_loop_follows_it_and_goes_on(site: str) -> None:
    async def main() -> tuple[set[str], int]:
        ticks, done = 0, asyncio.Event()

        async def tick() -> None:
            nonlocal ticks
            while not done.is_set():
                ticks += 1
                await asyncio.sleep(0.001)

        ticking = asyncio.create_task(tick())
        pages = [page async for page in lead.crawl([f"{site}/"], **LOCAL)]
        done.set()
        await ticking
        return names(pages), ticks

    found, ticks = asyncio.run(main())
    assert found == names(list(lead.crawl([f"{site}/"], **LOCAL)))
    assert ticks > 5


def test_options_keep_it_in_bounds(site: str) -> None:
    def crawled(**options: Any) -> list[lead.CrawledPage]:
        return list(lead.crawl(f"{site}/", **LOCAL, **options))

    assert len(crawled(max_pages=5)) == 5
    assert {page.depth for page in crawled(max_depth=1)} == {0, 1}
    assert names(crawled(include="/[12]")) == {"", "1", "2"}
    assert not names(crawled(exclude=["/1*", "/2*"])) & {"1", "10", "2", "20"}
    assert all(page.contacts is None for page in crawled(contacts=False, max_pages=3))
    only = crawled(only=["emails"], max_pages=1)[0].contacts
    assert only is not None and only.emails and not only.phones
    assert len(crawled(same_host=True, concurrency=1, max_pages=7)) == 7


def test_how_it_fetches_can_be_told(site: str, asked: list[str], tmp_path: Path) -> None:
    port = site.rpartition(":")[2]
    [page] = lead.crawl("http://www.baeckerei.test/", resolve=f"*.test=127.0.0.1:{port}", max_pages=1, **LOCAL)
    assert (page.input, page.outcome) == ("http://www.baeckerei.test/", "page")
    [slow] = lead.crawl(f"{site}/slow", timeout=0.1, max_attempts=2, **LOCAL)
    assert (slow.outcome, asked.count("/slow")) == ("timeout", 2)
    [large] = lead.crawl(f"{site}/", max_body_bytes=100, **LOCAL)
    assert large.outcome == "too_large"
    with pytest.raises(lead.LeadError, match="certificate|roots|PEM"):
        next(lead.crawl(f"{site}/", extra_roots=tmp_path / "no.pem", **LOCAL))


def test_networks_that_are_not_public_are_refused(site: str) -> None:
    [page] = lead.crawl(f"{site}/", rate="off")
    assert (page.outcome, page.http_status) == ("guarded", None)
    assert page.reason


@pytest.mark.parametrize(
    "options",
    [
        {"reach": "village"},
        {"allow_net": "everything"},
        {"rate": 0},
        {"rate": "fast"},
        {"resolve": "nothing"},
        {"max_pages": 0},
        {"max_depth": 70_000},
        {"concurrency": 0},
        {"include": "["},
        {"region": "Atlantis"},
        {"timeout": -1},
        {"max_attempts": 0},
        {"connect_timeout": 0},
        {"contact": "no address"},
    ],
)
def test_options_that_mean_nothing_are_told_at_once(options: dict[str, Any]) -> None:
    with pytest.raises(lead.InvalidInputError):
        lead.crawl("http://a.test/", **options)


def test_other_mistakes_are_told_at_once() -> None:
    for urls in ((), "ftp://a.test/", "a.test"):
        with pytest.raises(lead.InvalidInputError):
            lead.crawl(urls)
    with pytest.raises(lead.ConfigError):
        lead.crawl("http://a.test/", same_host=True, reach="any")
    with pytest.raises(TypeError):
        lead.crawl([b"http://a.test/"])  # type: ignore[list-item]
    with pytest.raises(lead.InvalidInputError) as caught:
        lead.crawl("http://a.test/", proxy="ftp://me:hunter2@a.test")
    assert "hunter2" not in str(caught.value)


def test_leaving_the_block_ends_it(site: str, asked: list[str]) -> None:
    start = time.perf_counter()
    with lead.crawl([f"{site}/slow", f"{site}/"], **LOCAL) as crawl:
        for page in crawl:
            assert page.outcome == "page"
            break
    assert time.perf_counter() - start < 10, "it waited for what was in flight"
    assert crawl.summary is not None
    assert crawl.summary.stopped
    assert list(crawl) == []

    async def main() -> None:
        async with lead.crawl([f"{site}/slow", f"{site}/"], **LOCAL) as crawl:
            async for _ in crawl:
                break
        assert crawl.summary is not None and crawl.summary.stopped

    asyncio.run(main())


def test_a_crawl_that_nobody_refers_to_ends(site: str, asked: list[str]) -> None:
    crawl = lead.crawl(f"{site}/slow", timeout=0.2, **LOCAL)
    del crawl
    gc.collect()
    time.sleep(0.1)
    count = len(asked)
    time.sleep(1)
    assert len(asked) == count, "it asked again"


def test_a_cancelled_wait_loses_nothing(site: str) -> None:
    async def main() -> set[str]:
        crawl, found = lead.crawl(f"{site}/", **LOCAL), []
        while True:
            try:
                found.append(await asyncio.wait_for(crawl.__anext__(), 0.0005))
            except asyncio.TimeoutError:
                continue
            except StopAsyncIteration:
                return names(found)

    assert asyncio.run(main()) == names(list(lead.crawl(f"{site}/", **LOCAL)))


def test_a_task_that_waits_can_be_cancelled(site: str) -> None:
    async def follow() -> None:
        async with lead.crawl(f"{site}/slow", **LOCAL) as crawl:
            async for _ in crawl:
                pass

    async def main() -> None:
        task = asyncio.create_task(follow())
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    start = time.perf_counter()
    asyncio.run(main())
    assert time.perf_counter() - start < 10


FOLLOW = """
import asyncio, sys, lead
crawl = lead.crawl(sys.argv[2], allow_net="127.0.0.0/8", rate="off")
print("begun", flush=True)
async def main():
    async for page in crawl: pass
async def pending():
    asyncio.ensure_future(crawl.__anext__())
    await asyncio.sleep(0)
try:
    if sys.argv[1] == "pending":
        asyncio.run(pending())
    elif sys.argv[1] == "for":
        for page in crawl: pass
    elif sys.argv[1] == "async":
        asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("way", ["for", "async"])
def test_ctrl_c_ends_the_wait_at_once(site: str, way: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", FOLLOW, way, f"{site}/slow"], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "begun\n"
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        start = time.perf_counter()
        assert child.wait(20) == 0
        assert time.perf_counter() - start < 5
        assert child.stdout.read() == "interrupted\n"


@pytest.mark.parametrize("way", ["leave", "pending"])
@pytest.mark.parametrize("page", ["slow", ""])
def test_a_process_ends_although_a_crawl_goes_on(site: str, way: str, page: str) -> None:
    """Guards the end of the interpreter, which a thread of ours must not enter: with `pending` a page comes right then."""
    start = time.perf_counter()
    for _ in range(5):
        command = [sys.executable, "-c", FOLLOW, way, f"{site}/{page}"]
        assert subprocess.run(command, check=True, timeout=20, stdout=subprocess.PIPE).stdout == b"begun\n"
    assert time.perf_counter() - start < 20


def test_a_folder_is_gone_on_with_and_is_of_one_crawl(site: str, asked: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "50% done?"
    with lead.crawl(f"{site}/", resume=folder, max_pages=8, **LOCAL) as crawl:
        first = [next(crawl).input]
        with pytest.raises(lead.LockedError) as caught:
            next(lead.crawl(resume=folder, **LOCAL))
        assert caught.value.retryable
        first += [page.input for page in crawl]
    before = len(asked)
    again = lead.crawl(resume=folder, **LOCAL)
    pages = [page.input for page in again]
    assert set(first) < set(pages)
    assert len(pages) == len(set(pages))
    assert again.summary is not None
    assert again.summary.resumed == len(first)
    assert not {url.removeprefix(site) for url in first} & set(asked[before:]), "a page was asked twice"


def test_answers_are_kept_and_cookies_go_back(site: str, asked: list[str], tmp_path: Path) -> None:
    def crawl(url: str, **options: Any) -> lead.CrawledPage:
        [page] = lead.crawl(site + url, max_pages=1, cache=tmp_path / "kept", **options, **LOCAL)
        return page

    assert [crawl("/tagged").http_status for _ in range(2)] == [200, 200]
    assert asked.count("whether it has changed") == 1
    assert list((tmp_path / "kept").rglob("CACHEDIR.TAG"))
    seeds = [f"{site}/tagged", f"{site}/cookie"]
    for cookies, sent in ((True, "a=b"), (False, "None")):
        pages = lead.crawl(seeds, cookies=cookies, concurrency=1, max_depth=0, **LOCAL)
        assert sent in [page.title for page in pages]


def test_what_is_fetched_is_also_written(site: str, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    crawled = {page.input for page in lead.crawl(f"{site}/", max_pages=6, warc=path, **LOCAL) if page.outcome == "page"}
    archived = {page.url for page in lead.read_archive(path) if isinstance(page, lead.ArchivedPage)}
    assert archived == crawled
    (tmp_path / "text").write_text("no archive")
    with pytest.raises(lead.ConflictError):
        next(lead.crawl(f"{site}/", warc=tmp_path / "text", **LOCAL))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_crawls_by_itself(site: str) -> None:
    begun = lead.crawl(f"{site}/", max_pages=1, **LOCAL)
    next(begun)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with pytest.raises(lead.UnsupportedError):
                next(begun)
            code = 0 if len(list(lead.crawl(f"{site}/", max_pages=4, **LOCAL))) == 4 else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
