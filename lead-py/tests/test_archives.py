"""Web archives of `warcio` are read by the command line and by Python, and its own by `warcio`.

`LEAD_CLI` is the command; `scripts/test` sets it. Without it the tests are skipped, and say so.
"""

import gzip
import http.server
import io
import json
import os
import subprocess
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lead
import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

CLI = os.environ.get("LEAD_CLI", "")


@pytest.fixture(scope="module", autouse=True)
def command_line() -> None:
    if CLI and Path(CLI).is_file():
        return
    told = f"ARCHIVES NOT COMPARED: no command at LEAD_CLI ({CLI or 'not set'})"
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # elsewhere a warning is an error
        warnings.warn(told, stacklevel=1)
    pytest.skip(told)


def page(number: int) -> bytes:
    return (
        f"<!doctype html><title>Bäckerei {number}</title><p>Tel. +49 30 23125-{100 + number}</p>"
        f"<a href='mailto:laden{number}@baeckerei.test'>schreiben</a>"
    ).encode()


def extract(*arguments: str | Path) -> list[dict[str, Any]]:
    """What the command finds, one object a page, without the name of the input."""
    asked = [CLI, "extract", *arguments, "--format", "jsonl"]
    done = subprocess.run(asked, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    answers: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    for answer in answers:
        del answer["input"]
    return answers


def contacts(path: Path) -> list[dict[str, Any]]:
    """The same of the archive's pages in Python."""
    pages = lead.read_archive(path, contacts=True, bodies=False)
    return [page.contacts.to_dict() for page in pages if isinstance(page, lead.ArchivedPage) and page.contacts]


def expected(url: str, body: bytes) -> dict[str, Any]:
    return lead.extract(body, base_url=url, content_type="text/html; charset=utf-8").to_dict()


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 50] for at in range(0, len(body), 50)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


# warcio leaves its temporary files to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_warcio_writes_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    wanted = []
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=name.endswith(".gz"))
        writer.write_record(writer.create_warcinfo_record(name, {"software": "warcio"}))
        for number in range(12):
            url, body, headers = f"https://baeckerei.test/{number}", page(number), []
            wanted.append(expected(url, body))
            if number % 2:
                body, headers = gzip.compress(body), [("Content-Encoding", "gzip")]
            if number % 3 == 0:
                body, headers = chunked(body), [*headers, ("Transfer-Encoding", "chunked")]
            headers.append(("Content-Type", "text/html; charset=utf-8"))
            answer = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=answer))
            asked = StatusAndHeaders(f"GET /{number} HTTP/1.1", [("Host", "baeckerei.test")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=asked))
    found = extract(path)
    assert found == wanted
    assert contacts(path) == wanted
    assert all(answer["phones"] and answer["emails"] for answer in found)


class Bakery(http.server.BaseHTTPRequestHandler):
    """Serves the pages, compressed where that is accepted."""

    def do_GET(self) -> None:
        number = self.path.strip("/")
        body = page(int(number)) if number.isdigit() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "id=secret")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def bakery() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bakery) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_is_written_warcio_reads(name: str, tmp_path: Path, bakery: str) -> None:
    path = tmp_path / name
    urls = [f"{bakery}/{number}" for number in range(6)]
    live = extract(*urls, "--warc", path, "--allow-net", "127.0.0.1/32", "--rate", "off")
    found, kinds = [], []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            kinds.append(record.rec_type)
            if record.rec_type != "response" or record.http_headers.get_statuscode() != "200":
                continue
            assert record.http_headers.get_header("Set-Cookie") is None
            url, body = record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()
            found.append(expected(url, body))
    assert kinds.count("response") == kinds.count("request") == 7, "six pages and robots.txt"
    assert kinds[0] == "warcinfo"

    def by_url(answer: dict[str, Any]) -> str:
        return str(answer["url"])

    assert sorted(found, key=by_url) == sorted(live, key=by_url) == sorted(extract(path), key=by_url)
    assert contacts(path) == extract(path)
