"""Pages that a script fills, rendered by the system's Chromium."""

import http.server
import os
import threading
from collections.abc import Iterator
from typing import Any

import lead
import pytest

RENDERING: dict[str, Any] = {
    "allow_net": "127.0.0.0/8",
    "rate": "off",
    "browser": "shells",
    "browser_path": os.environ.get("LEAD_TEST_CHROMIUM"),
    "browser_sandbox": os.environ.get("LEAD_TEST_SANDBOX") != "off",
}

SHELL = b"""<title>Bakery</title><div id=root></div><script>fetch('/part').then(r => r.text()).then(t => { root.innerHTML = t })</script>"""


class Shells(http.server.BaseHTTPRequestHandler):
    """A page with nothing on it but a script, and what the script asks for."""

    def do_GET(self) -> None:
        body = {"/": SHELL, "/part": b"<p>Ring +49 30 23125 123</p><button>Show</button>"}.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shells)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_shell_is_rendered_where_a_browser_is_wanted(site: str) -> None:
    plain = {**RENDERING, "browser": None, "browser_path": None}
    [page] = list(lead.crawl(site, **plain))
    assert (page.outcome, page.rendered) == ("shell", False)
    [page] = list(lead.crawl(site, **RENDERING))
    assert (page.outcome, page.rendered) == ("page", True)
    assert page.contacts
    assert [phone.e164 for phone in page.contacts.phones] == ["+493023125123"]


def test_settings_in_vain_are_told(site: str) -> None:
    with pytest.raises(lead.InvalidInputError, match="not which pages"):
        lead.crawl(site, browser_pages=2)
    with pytest.raises(lead.InvalidInputError, match="shells"):
        lead.crawl(site, browser="sometimes")  # type: ignore[arg-type]
