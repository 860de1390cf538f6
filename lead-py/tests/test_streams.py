"""What several threads take from one stream, whatever the order in which they are told."""

import threading

from lead._stream import Stream, Told


class Slow:
    """Hands its only batch to whoever asks first, after another was told that there is no more."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.told = threading.Event()

    def next(self) -> list[int] | None:
        if self.asked.is_set():
            return None
        self.asked.set()
        assert self.told.wait(10)
        return [1, 2]

    def ask(self, told: Told) -> object:
        raise NotImplementedError

    def close(self) -> None:
        pass

    def ask_close(self, told: Told) -> object:
        raise NotImplementedError


def test_the_end_that_one_thread_meets_takes_no_batch_from_another() -> None:
    native = Slow()
    stream: Stream[int] = Stream(native)
    found: list[int] = []
    first = threading.Thread(target=lambda: found.extend(stream))
    first.start()
    assert native.asked.wait(10)
    assert list(stream) == []
    native.told.set()
    first.join(10)
    assert found == [1, 2]


def test_what_comes_after_it_was_closed_is_nobodys() -> None:
    native = Slow()
    stream: Stream[int] = Stream(native)
    found: list[int] = []
    first = threading.Thread(target=lambda: found.extend(stream))
    first.start()
    assert native.asked.wait(10)
    stream.close()
    native.told.set()
    first.join(10)
    assert found == []
