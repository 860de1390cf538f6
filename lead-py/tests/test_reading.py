"""Web archives, page by page: in a thread and in an event loop, past damage."""

import asyncio
import gzip
import threading
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import lead
import pytest

HTML = "<!doctype html><title>Bäckerei {0}</title><p>Tel. +49 30 23125-{1}</p><a href='mailto:laden{0}@baeckerei.test'>Mail</a>"


def body(number: int) -> bytes:
    return HTML.format(number, 100 + number % 100).encode()


def record(number: int, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A response of an archive."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nX-Cache: hit\r\n\r\n".encode() + body(number)
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://baeckerei.test/{number}\r\nWARC-Date: 2026-05-04T03:02:01.5Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(path: Path, count: int) -> Path:
    path.write_bytes(b"".join(gzip.compress(record(number)) for number in range(count)))
    return path


def pages(stream: lead.Archive) -> list[lead.ArchivedPage]:
    """The pages, of which each must be one."""
    found = []
    for page in stream:
        assert isinstance(page, lead.ArchivedPage), page
        found.append(page)
    return found


def test_a_page_says_all_of_its_record(tmp_path: Path) -> None:
    [page] = pages(lead.read_archive(archive(tmp_path / "a.warc.gz", 1)))
    assert (page.url, page.status, page.content_type) == ("https://baeckerei.test/0", 200, "text/html; charset=utf-8")
    assert page.headers == [("content-type", "text/html; charset=utf-8"), ("x-cache", "hit")]
    assert page.fetched_at == datetime(2026, 5, 4, 3, 2, 1, 500_000, tzinfo=timezone.utc)
    assert (page.offset, page.body, page.html()) == (0, body(0), body(0).decode())
    assert page.body is page.body
    assert (page.contacts, page.error) == (None, None)
    assert "baeckerei.test/0" in repr(page)


def test_contacts_are_what_extraction_finds(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 300)
    for threads in (None, 1, 3):
        found = pages(lead.read_archive(path, contacts=True, bodies=False, threads=threads, only=["phones", "emails"]))
        assert [page.url for page in found] == [f"https://baeckerei.test/{number}" for number in range(300)]
        for number, page in enumerate(found):
            assert page.body == b""
            assert page.contacts == lead.extract(
                body(number), base_url=page.url, content_type=page.content_type, only=["phones", "emails"]
            )
    assert found[7].contacts is not None
    assert found[7].contacts.emails[0].address == "laden7@baeckerei.test"


def test_damage_stands_in_its_place(tmp_path: Path) -> None:
    pieces = [gzip.compress(record(number)) for number in range(5)]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(pieces[0] + pieces[1] + pieces[2][: len(pieces[2]) // 2] + pieces[3] + pieces[4])
    found = list(lead.read_archive(path, contacts=True))
    told = [one.url[-1] if isinstance(one, lead.ArchivedPage) else "damage" for one in found]
    assert told == ["0", "1", "damage", "3", "4"]
    damage = found[2]
    assert isinstance(damage, lead.LeadError)
    assert int(damage.context["offset"]) == len(pieces[0]) + len(pieces[1])
    assert damage.code in {"CORRUPT", "DECODE"}


def test_a_page_whose_contacts_cannot_be_read_says_why(tmp_path: Path) -> None:
    block = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"
    head = f"WARC-Type: resource\r\nWARC-Target-URI: https://a.test/\r\nContent-Type: text/html\r\nContent-Length: {len(block)}"
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.1\r\n" + head.encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
    [page] = pages(lead.read_archive(path, contacts=True))
    assert page.contacts is None
    assert isinstance(page.error, lead.DecodeError)
    assert page.error.context["offset"] == "0"
    with pytest.raises(lead.DecodeError):
        page.html()


def test_what_is_no_page_for_people_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(1, "404 Not Found") + record(2) + record(3, kind="image/png"))
    assert [page.status for page in pages(lead.read_archive(path))] == [200]
    assert [page.status for page in pages(lead.read_archive(path, all=True))] == [404, 200, 200]


def test_a_zip_of_archives_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as file:
        for name in ("archive/b.warc", "archive/a.warc"):
            file.writestr(name, record(ord(name[8]) % 10))
        file.writestr("datapackage.json", "{}")
    assert [page.url[-1] for page in pages(lead.read_archive(str(path)))] == ["7", "8"]


def test_what_cannot_be_opened_is_raised_once(tmp_path: Path) -> None:
    stream = lead.read_archive(tmp_path / "nothing.warc")
    with pytest.raises(lead.IoError, match=r"nothing\.warc"):
        next(stream)
    assert list(stream) == []
    (tmp_path / "a.wacz").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(lead.CorruptError):
        next(lead.read_archive(tmp_path / "a.wacz"))


def test_options_that_mean_nothing_are_told_at_once(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 1)
    bad: list[dict[str, Any]] = [{"region": "Atlantis"}, {"mode": "clever"}, {"threads": 0}, {"only": ["faxes"]}]
    for options in bad:
        with pytest.raises(lead.InvalidInputError):
            lead.read_archive(path, **options)
    with pytest.raises(TypeError):
        lead.read_archive(1)  # type: ignore[arg-type]


def test_an_event_loop_goes_on_and_reads_the_same(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 500)

    async def main() -> tuple[list[str], int]:
        ticks, done = 0, asyncio.Event()

        async def tick() -> None:
            nonlocal ticks
            while not done.is_set():
                ticks += 1
                await asyncio.sleep(0)

        ticking = asyncio.create_task(tick())
        urls = [page.url async for page in lead.read_archive(path, contacts=True) if isinstance(page, lead.ArchivedPage)]
        done.set()
        await ticking
        return urls, ticks

    urls, ticks = asyncio.run(main())
    assert urls == [page.url for page in pages(lead.read_archive(path))]
    assert len(urls) == 500
    assert ticks > 10


def test_leaving_early_ends_the_reading(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 2000)
    with lead.read_archive(path, contacts=True) as stream:
        for _ in zip(range(3), stream):
            pass
    assert list(stream) == []

    async def main() -> int:
        async with lead.read_archive(path) as stream:
            async for _ in stream:
                break
        return len([page async for page in stream])

    assert asyncio.run(main()) == 0


def test_several_threads_share_one_archive(tmp_path: Path) -> None:
    stream = lead.read_archive(archive(tmp_path / "a.warc.gz", 400))
    found: list[str] = []

    def read() -> None:
        found.extend(page.url for page in pages(stream))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == 400
