"""Pages that a script fills, rendered by the system's Chromium."""

import asyncio
import http.server
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lead
import pytest

PROGRAM: dict[str, Any] = {
    "allow_net": "127.0.0.0/8",
    "rate": "off",
    "executable": os.environ.get("LEAD_TEST_CHROMIUM"),
    "sandbox": os.environ.get("LEAD_TEST_SANDBOX") != "off",
}
RENDERING: dict[str, Any] = {
    "allow_net": "127.0.0.0/8",
    "rate": "off",
    "browser": "shells",
    "browser_path": PROGRAM["executable"],
    "browser_sandbox": PROGRAM["sandbox"],
}
NET: dict[str, Any] = {"allow_net": "127.0.0.0/8", "rate": "off"}

SHELL = b"""<title>Bakery</title><div id=root></div><script>fetch('/part').then(r => r.text()).then(t => { root.innerHTML = t })</script>"""
WHO = b"""<title>Who</title><p id=who></p><script>who.textContent = [navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]</script>"""
PAGES = {
    "/": SHELL,
    "/part": b"<p>Ring +49 30 23125 123</p><button>Show</button>",
    "/who": WHO,
    "/wall": b"<title>Wall</title><button id=no onclick=\"document.body.innerHTML = 'open'\">No</button>",
    "/secret": b"<p>private</p>",
    "/drawn": b"""<p>Fax: <canvas id=fax width=120 height=16></canvas><script>fax.getContext('2d').fillText('030 23125100', 0, 12)</script>""",
    "/moving": b"""<h1 id=h>0</h1><script>let n = 0; const moving = setInterval(() => { h.textContent = ++n; if (n === 75) { clearInterval(moving);
        document.body.insertAdjacentHTML('beforeend', '<p class=done>Ring +49 30 23125 123') } }, 20)</script>""",
    "/robots.txt": b"User-agent: *\nDisallow: /secret\n",
}


class Shells(http.server.BaseHTTPRequestHandler):
    """A page with nothing on it but a script, and what the script asks for."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(30)
        if self.path == "/old":
            self.send_response(302)
            self.send_header("Location", "/")
            self.end_headers()
            return
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body or b"<p>no such page</p>")

    def log_message(self, *_: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Shells)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[lead.Browser]:
    with lead.Browser(**PROGRAM, live={"rate": 20, "region": "DE"}, keep_pictures=True) as browser:
        yield browser


def test_a_shell_is_rendered_where_a_browser_is_wanted(site: str) -> None:
    [page] = list(lead.crawl(site, **NET))
    assert (page.outcome, page.rendered) == ("shell", False)
    [page] = list(lead.crawl(site, **RENDERING))
    assert (page.outcome, page.rendered) == ("page", True)
    assert page.contacts
    assert [phone.e164 for phone in page.contacts.phones] == ["+493023125123"]


def test_settings_in_vain_are_told(site: str, browser: lead.Browser) -> None:
    vain: list[dict[str, Any]] = [{"browser_pages": 2}, {"browser_identity": "coherent"}, {"browser_rules": {"site": []}}]
    for settings in vain:
        with pytest.raises(lead.InvalidInputError, match="not which pages"):
            lead.crawl(site, **settings)
    with pytest.raises(lead.InvalidInputError, match="shells"):
        lead.crawl(site, browser="sometimes")  # type: ignore[arg-type]
    with pytest.raises(lead.InvalidInputError, match="settings of its own"):
        lead.crawl(site, browser=browser, browser_pages=2)
    with pytest.raises(TypeError, match="browser_when"):
        lead.match(["A"], browser="shells", browser_when="always")


def test_a_page_comes_as_it_stood_at_the_end(site: str, browser: lead.Browser) -> None:
    page = browser.fetch(site + "old")
    assert (page.url, page.hops, page.status) == (site, [site + "old"], 200)
    assert page.content_type == "text/html; charset=utf-8"
    assert dict(page.headers)["content-type"] == page.content_type
    assert "+49 30 23125 123" in page.html() and page.html().encode() == page.body
    assert page.browser.startswith("Chrome/") and page.unmet is None and page.identity is None
    assert page.requests >= 2 and page.refused == 0 and page.bytes > 0 and 0 < page.took < 30
    assert page.fetched_at.tzinfo is not None and page.attempts >= 1
    picture = page.picture
    assert picture and picture["jpeg"].startswith(b"\xff\xd8") and picture["shows"]["width"] > 0
    [box] = picture["boxes"]
    assert box["number"] == "+493023125123" and box["confidence"] > 0.5 and box["rect"]["width"] > 0
    assert [phone.e164 for phone in lead.extract(page.body, base_url=page.url).phones] == ["+493023125123"]
    assert browser.fetch(site + "nowhere").status == 404 and page.shots == []
    assert "RenderedPage" in repr(page)
    assert browser.stats.browsers == 1


def test_what_a_site_forbids_is_not_rendered(site: str, browser: lead.Browser) -> None:
    with pytest.raises(lead.RobotsDeniedError):
        browser.fetch(site + "secret")
    with pytest.raises(lead.GuardRefusedError):
        browser.fetch("http://10.0.0.1/")
    with pytest.raises(lead.InvalidInputError):
        browser.fetch("no address")


def test_wait_rules_and_identity(site: str) -> None:
    rules = '[[site]]\nhosts = ["127.0.0.1"]\npress = ["#no"]'
    settings: dict[str, Any] = {"wait": {"until": {"selector": ".never"}}, "page": 1.5, "rules": rules}
    with lead.Browser(**PROGRAM, **settings, identity="coherent:7@DE") as browser:
        page = browser.fetch(site + "wall")
        assert page.unmet and page.took > 1 and "open" in page.html()
        assert page.identity and "seed 7" in page.identity
        assert "de-DE,Europe/Berlin" in browser.fetch(site + "who").html()
    parts: lead.CoherentIdentity = {"coherent": {"country": "FR", "time_zone": "Europe/Paris"}}
    reveal: lead.SiteRules = {"site": [{"hosts": ["127.0.0.1"], "reveal": ["button"]}]}
    [crawled] = list(lead.crawl(site, **RENDERING, browser_identity=parts, browser_rules=reveal))
    assert crawled.rendered


def test_what_is_drawn_is_kept_as_it_was_seen(site: str) -> None:
    with lead.Browser(**PROGRAM, keep_shots=True) as browser:
        page = browser.fetch(site + "drawn")
    [candidate] = lead.images(page.body, base_url=page.url)
    [shot] = page.shots
    assert shot["source"] == candidate.source and shot["png"].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"pages": "many"}, r"option: pages"),
        ({"wait": {"untill": "load"}}, "untill"),
        ({"wait": {"until": {"word": 1}}}, "word"),
        ({"identity": "sly"}, "coherent"),
        ({"identity": {"coherent": {"sed": 1}}}, "sed"),
        ({"rules": {"sites": []}}, "sites"),
        ({"page": -1}, "page"),
        ({"block": ["ads"]}, "option: block"),
    ],
)
def test_what_means_nothing_is_told(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(lead.InvalidInputError, match=told):
        lead.Browser(**settings)


def test_other_mistakes_are_told(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="there is no option 'pagse'"):
        lead.Browser(pagse=1)  # type: ignore[call-arg]
    with pytest.raises(lead.NotFoundError):
        lead.Browser(rules=tmp_path / "none.toml")
    with pytest.raises(lead.ConfigError, match="country"):
        lead.Browser(identity="coherent@AQ")
    with pytest.raises(lead.ConfigError):
        lead.Browser(pages=0)
    with lead.Browser(executable=tmp_path / "none") as browser, pytest.raises(lead.ConfigError):
        browser.fetch("http://93.184.216.34/")


def test_pages_are_watched(site: str, browser: lead.Browser) -> None:
    async def watch(seen: list[lead.LiveEvent], live: lead.Live) -> None:
        async for event in live:
            seen.append(event)
            if event.kind == "closed":
                break

    async def run() -> None:
        one: list[lead.LiveEvent] = []
        two: list[lead.LiveEvent] = []
        async with browser.live() as first, browser.live() as second:
            watching = [asyncio.create_task(watch(one, first)), asyncio.create_task(watch(two, second))]
            await browser.fetch_async(site)
            await asyncio.wait_for(asyncio.gather(*watching), 10)
        for seen in (one, two):
            assert seen[0].kind == "opened" and seen[0].url == site and seen[-1].kind == "closed"
            frames = [event for event in seen if event.kind == "frame"]
            assert frames and all(frame.jpeg and frame.jpeg.startswith(b"\xff\xd8") for frame in frames)
            assert frames[0].shows and frames[0].shows["width"] > 0
            boxes = [event.boxes for event in seen if event.kind == "boxes"][-1]
            assert boxes and boxes[0]["number"] == "+493023125123"
            assert {event.page for event in seen} == {seen[0].page}

    asyncio.run(run())


def test_who_looks_slowly_misses_frames_but_never_the_last(site: str) -> None:
    settings: dict[str, Any] = {"wait": {"until": {"selector": ".done"}}, "live": {"rate": 50}}
    with lead.Browser(**PROGRAM, **settings) as browser, browser.live() as quick, browser.live() as slow:
        counted: list[str] = []
        watching = threading.Thread(target=lambda: counted.extend(event.kind for event in quick))
        watching.start()
        browser.fetch(site + "moving")
        kinds = [event.kind for event in (next(slow), next(slow), next(slow))]
        assert kinds == ["opened", "frame", "boxes"], "of all frames the last alone"
        assert next(slow).kind == "closed"
        quick.close()
        watching.join(10)
        assert counted.count("frame") > 3


def test_what_was_shown_is_told_after_the_browser_is_closed(site: str) -> None:
    settings: dict[str, Any] = {"wait": {"until": {"selector": ".done"}}, "live": {"rate": 50}}
    browser = lead.Browser(**PROGRAM, **settings)
    slow = browser.live()
    assert browser.fetch(site + "moving").status == 200
    browser.close()
    kinds = [event.kind for event in slow]
    assert kinds == ["opened", "frame", "boxes", "closed"], "and then it is over"


def test_a_crawl_is_watched(site: str, browser: lead.Browser) -> None:
    with browser.live() as live:
        [page] = list(lead.crawl(site, **NET, browser=browser))
        assert page.rendered and next(live).url == site


def test_who_looks_no_more_is_told_so_at_once(site: str) -> None:
    async def wait_for(live: lead.Live) -> list[lead.LiveEvent]:
        return [event async for event in live]

    async def run() -> None:
        async with lead.Browser(**PROGRAM) as browser:
            idle = asyncio.create_task(wait_for(browser.live()))
            given_up = asyncio.create_task(wait_for(browser.live()))
            closed = browser.live()
            await asyncio.sleep(0.1)
            given_up.cancel()
            with pytest.raises(asyncio.CancelledError):
                await given_up
            await closed.aclose()
            assert await wait_for(closed) == []
        assert await asyncio.wait_for(idle, 5) == []
        assert await wait_for(browser.live()) == []

    asyncio.run(run())


def test_a_page_that_is_given_up_is_closed(site: str) -> None:
    async def run() -> None:
        async with lead.Browser(**PROGRAM) as browser:
            await browser.fetch_async(site)
            begun = time.monotonic()
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(browser.fetch_async(site + "slow"), 1)
            assert time.monotonic() - begun < 5
            under_way = asyncio.create_task(browser.fetch_async(site + "slow"))
            await asyncio.sleep(0.5)
            await browser.aclose()
            with pytest.raises(lead.CancelledError):
                await under_way
            with pytest.raises(lead.CancelledError):
                await browser.fetch_async(site)

    asyncio.run(run())


ENDS = """
import sys, time, lead
browser = lead.Browser(allow_net="127.0.0.0/8", rate="off", executable=sys.argv[3] or None, sandbox=sys.argv[4] == "True", folder=sys.argv[1])
live = browser.live()
browser.fetch(sys.argv[2])
print("rendered", flush=True)
if sys.argv[5] == "drop":
    del live, browser
if sys.argv[5] == "wait":
    browser.fetch(sys.argv[2] + "slow")
"""


def ending(folder: Path, site: str, how: str) -> subprocess.Popen[str]:
    folder.chmod(0o711)
    words = [str(folder), site, str(PROGRAM["executable"] or ""), str(PROGRAM["sandbox"]), how]
    program = [sys.executable, "-c", ENDS, *words]
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def running(folder: Path) -> list[str]:
    """Processes whose command line names the folder, less the program itself."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = process.read_bytes()
        except OSError:
            continue
        if str(folder).encode() in command and b"--user-data-dir" in command:
            found.append(process.parent.name)
    return found


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that others may pass through: a browser runs as nobody where we are root."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("how", ["end", "drop"])
def test_a_program_that_ends_without_closing_leaves_nothing(site: str, shared: Path, how: str) -> None:
    program = ending(shared, site, how)
    said, complained = program.communicate(timeout=60)
    assert (program.returncode, said, complained) == (0, "rendered\n", "")
    assert not running(shared)
    assert not list((shared / "lead-browser").iterdir())


def test_ctrl_c_is_heard(site: str, shared: Path) -> None:
    program = ending(shared, site, "wait")
    assert program.stdout and program.stdout.readline() == "rendered\n"
    time.sleep(0.5)
    program.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, complained = program.communicate(timeout=30)
    assert time.monotonic() - begun < 5
    assert "KeyboardInterrupt" in complained
    assert not running(shared)
    assert not list((shared / "lead-browser").iterdir())


def test_one_that_is_killed_takes_its_browser_along(site: str, shared: Path) -> None:
    program = ending(shared, site, "wait")
    assert program.stdout and program.stdout.readline() == "rendered\n"
    assert running(shared)
    program.kill()
    program.communicate(timeout=30)
    until = time.monotonic() + 10
    while running(shared) and time.monotonic() < until:
        time.sleep(0.1)
    assert not running(shared)
    with lead.Browser(**PROGRAM, folder=shared) as browser:
        browser.fetch(site)
        assert len(list((shared / "lead-browser").iterdir())) == 1, "its folder is taken away by the next"
