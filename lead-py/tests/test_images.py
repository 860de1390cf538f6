"""Numbers shown as pictures: which pictures, and engines of one's own and the system's."""

import asyncio
import base64
import shutil
import stat
import threading
import time
from pathlib import Path
from typing import Any

import lead
import pytest

from conftest import read_cases

Case = dict[str, Any]
PICTURE = next(base64.b64decode(case["picture"]) for case in read_cases("images") if "picture" in case)
DRAWN = "+493023125100"

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


@pytest.mark.cases("images")
def test_pictures_and_what_was_read_from_them(case: Case) -> None:
    found = lead.images(case["html"], base_url=case["base_url"])
    assert [one.to_dict() for one in found] == case["images"]
    assert lead.images(case["html"].encode(), base_url=case["base_url"], content_type="text/html") == found
    if not found:
        assert case["numbers"] is None
        return
    numbers = lead.numbers_of_image(b"", candidate=found[0], region=case["region"], engine=lambda _: str(case["read"]))
    assert [one.to_dict() for one in numbers] == case["numbers"]


def test_a_picture_without_a_page_has_no_place() -> None:
    seen = []

    def engine(picture: bytes) -> str:
        seen.append(picture)
        return "(415) 555-2671"

    [phone] = lead.numbers_of_image(PICTURE, region="US", engine=engine)
    assert seen == [PICTURE]
    assert (phone.e164, phone.role, phone.method, phone.evidence[0].locator) == ("+14155552671", "tel", "image", None)


def test_mistakes_are_told_before_anything_is_run() -> None:
    def never(picture: bytes) -> str:
        raise AssertionError("it was run")

    with pytest.raises(lead.InvalidInputError, match="region"):
        lead.numbers_of_image(PICTURE, region="Atlantis", engine=never)
    with pytest.raises(lead.InvalidInputError):
        lead.images("<img>", base_url="ftp://bakery.example/")
    for limit in (0, -1, 1e300):
        with pytest.raises(lead.InvalidInputError, match="time_limit"):
            lead.Tesseract(time_limit=limit)
    with pytest.raises(TypeError):
        lead.numbers_of_image("text")  # type: ignore[arg-type]


def test_what_an_engine_raises_is_raised() -> None:
    def broken(picture: bytes) -> str:
        raise LookupError("no engine today")

    with pytest.raises(LookupError, match="today"):
        lead.numbers_of_image(PICTURE, engine=broken)


def test_engines_may_be_awaited() -> None:
    thread = threading.current_thread()

    async def awaited(picture: bytes) -> str:
        await asyncio.sleep(0)
        return "030 23125100"

    def plain(picture: bytes) -> str:
        assert threading.current_thread() is not thread, "the event loop would wait"
        return "030 23125100"

    for engine in (awaited, plain):
        [phone] = asyncio.run(lead.numbers_of_image_async(PICTURE, region="DE", engine=engine))
        assert phone.e164 == DRAWN


def test_a_tesseract_that_is_not_there_is_a_typed_error() -> None:
    missing = lead.Tesseract(program="/nowhere/tesseract")
    for call in (missing.check, lambda: missing(PICTURE), lambda: asyncio.run(missing.read(PICTURE))):
        with pytest.raises(lead.ConfigError, match="tesseract cannot be run") as caught:
            call()
        assert (caught.value.kind, caught.value.code, caught.value.retryable) == ("Config", "CONFIG", False)


@needs_tesseract
def test_tesseract_reads_drawn_digits() -> None:
    lead.Tesseract().check()
    assert "".join(filter(str.isdigit, lead.Tesseract()(PICTURE))) == "03023125100"
    [phone] = lead.numbers_of_image(PICTURE, region="DE")
    assert phone.e164 == DRAWN

    async def many() -> list[list[lead.Phone]]:
        return list(await asyncio.gather(*(lead.numbers_of_image_async(PICTURE, region="DE") for _ in range(4))))

    assert [[phone.e164 for phone in phones] for phones in asyncio.run(many())] == [[DRAWN]] * 4


@needs_tesseract
def test_what_is_no_picture_is_a_typed_error() -> None:
    with pytest.raises(lead.DecodeError):
        lead.numbers_of_image(b"no picture")
    with pytest.raises(lead.TooLargeError):
        lead.Tesseract(max_bytes=100)(PICTURE)


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """A program that reads the picture and never answers; it says so in a file beside it while it runs."""
    program = tmp_path / "hangs"
    program.write_text(f"#!/bin/sh\ncat >/dev/null\necho $$ >{tmp_path}/pid\nexec sleep 60\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_a_hanging_engine_is_given_up_and_other_threads_go_on(hanging: Path) -> None:
    ticks, done = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    with pytest.raises(lead.TimeoutError):
        lead.Tesseract(program=hanging, time_limit=0.3)(PICTURE)
    done.set()
    thread.join()
    assert time.perf_counter() - start < 5
    assert ticks > 30


def test_an_event_loop_goes_on_and_cancelling_ends_the_process(hanging: Path) -> None:
    async def main() -> int:
        ticks = 0
        work = asyncio.ensure_future(lead.Tesseract(program=hanging).read(PICTURE))
        while not (hanging.parent / "pid").exists():
            ticks += 1
            await asyncio.sleep(0.01)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        return ticks

    assert asyncio.run(main()) > 0
    process = Path("/proc") / (hanging.parent / "pid").read_text().strip()
    for _ in range(200):
        try:
            if process.joinpath("stat").read_text().split()[2] == "Z":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.01)
    raise AssertionError("the process goes on")
