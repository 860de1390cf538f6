"""Numbers shown as pictures."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import partial

from ._native import Engine, ImageCandidate, Phone, numbers_read
from ._options import StrPath, path, written
from ._stream import asked

OcrEngine = Callable[[bytes], str]
"""Reads a picture: the bytes of an image file in, the characters in it out, a line a line; empty when it shows none."""

AsyncOcrEngine = Callable[[bytes], str | Awaitable[str]]
"""As :data:`OcrEngine`, or one that is awaited."""


class Tesseract:
    """Reads pictures with the system's ``tesseract`` (version 4 or newer), a process of its own for each.

    - `program`: what to run instead of ``tesseract`` of the search path.
    - `time_limit`: seconds after which a picture is given up (10).
    - `max_bytes`: the largest file taken (1 MiB); none is read with more than 2,000 pixels a side.

    Raises :class:`InvalidInputError` for a setting that means nothing.
    """

    def __init__(
        self, *, program: StrPath | None = None, time_limit: float | None = None, max_bytes: int | None = None
    ) -> None:
        self._engine = Engine(written(program=path(program), time_limit=time_limit, max_bytes=max_bytes))

    def __call__(self, picture: bytes) -> str:
        """The digits and signs of a picture, a PNG, JPEG, GIF, WebP or BMP. Other threads run meanwhile.

        Raises :class:`ConfigError` when tesseract cannot be run, :class:`DecodeError` when it is no picture,
        :class:`TooLargeError` and :class:`TimeoutError` by the limits.
        """
        return self._engine.recognize(picture)

    async def read(self, picture: bytes) -> str:
        """As calling it, in the event loop. When it is cancelled, the process is ended."""
        return str(await asked(partial(self._engine.ask, picture)))

    def check(self) -> None:
        """Raises :class:`ConfigError` when tesseract cannot be run: to be asked once, before long work."""
        self._engine.check()


def numbers_of_image(
    picture: bytes,
    *,
    candidate: ImageCandidate | None = None,
    region: str | None = None,
    engine: OcrEngine | None = None,
) -> list[Phone]:
    """Finds the telephone numbers that a picture shows. Other threads run meanwhile.

    - `picture`: the bytes of an image file.
    - `candidate`: what :func:`images` said of it: its role becomes the numbers', its place their evidence.
    - `region`: the country whose national numbers are read, ISO 3166-1.
    - `engine`: what reads the picture, any callable; :class:`Tesseract` unless said otherwise.

    Raises :class:`ConfigError` when tesseract cannot be run, :class:`DecodeError` when it is no picture,
    :class:`TooLargeError` and :class:`TimeoutError` by its limits, :class:`InvalidInputError` for a region that does not
    exist; and what an engine of your own raises.

    >>> for candidate in lead.images(html, base_url="https://www.bakery.example/"):
    ...     phones = lead.numbers_of_image(fetch(candidate.url), candidate=candidate, region="NL")
    """
    numbers_read("", candidate, region)  # a region that does not exist is told before anything is run
    return numbers_read((engine or Tesseract())(picture), candidate, region)


async def numbers_of_image_async(
    picture: bytes,
    *,
    candidate: ImageCandidate | None = None,
    region: str | None = None,
    engine: AsyncOcrEngine | None = None,
) -> list[Phone]:
    """As :func:`numbers_of_image`, in the event loop; a plain function as `engine` is called in a thread."""
    numbers_read("", candidate, region)
    engine = Tesseract() if engine is None else engine
    if isinstance(engine, Tesseract):
        return numbers_read(await engine.read(picture), candidate, region)
    text = await asyncio.to_thread(engine, picture)
    if inspect.isawaitable(text):
        text = await text
    return numbers_read(text, candidate, region)
