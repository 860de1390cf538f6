"""Long work, followed in a thread or in an event loop."""

from __future__ import annotations

import asyncio
import json
import weakref
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import Self

T = TypeVar("T")


class Told(Protocol):
    """Who is told what work comes to: a value, or an error."""

    def __call__(self, value: Any, error: BaseException | None, /) -> object: ...


class Native(Protocol):
    """The native half of long work: batches."""

    def next(self) -> list[Any] | None: ...
    def ask(self, told: Told) -> object: ...
    def close(self) -> None: ...
    def ask_close(self, told: Told) -> object: ...


async def asked(ask: Callable[[Told], Any]) -> Any:
    """What work comes to that is begun by `ask`; who no longer waits for it cancels it."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(value: Any, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def told(value: Any, error: BaseException | None) -> None:
        wake(loop, settle, value, error)

    work = ask(told)
    try:
        return await future
    finally:
        work.cancel()


def wake(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *args: Any) -> None:
    """Has `loop` make a call; a loop that was closed meanwhile has nobody left who waits."""
    try:
        loop.call_soon_threadsafe(call, *args)
    except RuntimeError:
        if not loop.is_closed():
            raise


def summary(told: str | None) -> Any:
    """A summary as it is told, its time in seconds."""
    if told is None:
        return None
    read = json.loads(told)
    read["elapsed"] = read["elapsed"]["secs"] + read["elapsed"]["nanos"] / 1e9
    return read


class Ending:
    """What ends by leaving its ``with`` or ``async with``."""

    def close(self) -> None:
        """Ends it and waits until it has ended."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """As :meth:`close`, in the event loop."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class Stream(Ending, Generic[T]):
    """An iterator both ways: ``for`` waits in the thread and hears Ctrl-C, ``async for`` in the event loop.

    It goes no faster than it is asked. To end it early, leave its ``with`` or ``async with``, or call :meth:`close` or
    :meth:`aclose`; it ends too when nothing refers to it any more.
    """

    def __init__(self, native: Native) -> None:
        self._native = native
        self._ready: deque[T] = deque()
        self._error: BaseException | None = None
        self._over = False
        self._closed = False
        self._waiting: asyncio.Future[None] | None = None

    def _take(self, batch: list[T] | None, error: BaseException | None) -> None:
        # That another thread has met the end takes nothing from a batch that came before it.
        if self._closed:
            return
        if error is not None:
            self._error = error
        elif batch is None:
            self._over = True
        else:
            self._ready.extend(batch)

    def _is_over(self) -> bool:
        error, self._error = self._error, None
        if error is not None:
            self._over = True
            raise error
        return self._over

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        # Several threads may take from one: what is there for one of them may be gone when another looks again.
        while True:
            try:
                return self._ready.popleft()
            except IndexError:
                if self._is_over():
                    raise StopIteration from None
            self._take(self._native.next(), None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while not self._ready:
            if self._is_over():
                raise StopAsyncIteration
            loop = asyncio.get_running_loop()
            waiting = self._waiting
            if waiting is None or waiting.done() or waiting.get_loop() is not loop:
                waiting = self._waiting = self._ask(loop)
            # Whoever gives up waiting loses nothing: what comes is there for the next.
            await asyncio.shield(waiting)
        return self._ready.popleft()

    def _ask(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
        future: asyncio.Future[None] = loop.create_future()
        # Work that nothing refers to any more ends, whoever still waits for its next batch.
        itself = weakref.ref(self)

        def settle() -> None:
            if not future.done():
                future.set_result(None)

        def told(batch: list[T] | None, error: BaseException | None) -> None:
            stream = itself()
            if stream is not None:
                stream._take(batch, error)
            wake(loop, settle)

        self._native.ask(told)
        return future

    def close(self) -> None:
        """Ends it and waits until it has ended. Nothing comes any more."""
        self._shut()
        self._native.close()

    async def aclose(self) -> None:
        """As :meth:`close`, in the event loop."""
        self._shut()
        await asked(self._native.ask_close)

    def _shut(self) -> None:
        self._over = self._closed = True
        self._ready.clear()
