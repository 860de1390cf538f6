"""A blob of sections: a count, where each section ends, then the sections. All numbers are little-endian."""

import struct


class Strings:
    """Texts by number; 0 is the empty one."""

    def __init__(self):
        self._known = {"": 0}
        self._list = [b""]

    def add(self, text):
        text = text or ""
        if text not in self._known:
            self._known[text] = len(self._list)
            self._list.append(text.encode())
        return self._known[text]

    def sections(self):
        """Where each text ends, and the texts."""
        ends, total = [], 0
        for text in self._list:
            total += len(text)
            ends.append(total)
        assert total < 1 << 16
        return u16s(ends), b"".join(self._list)


class Interned:
    """Values by number, each once, in the order they were first met."""

    def __init__(self, first=()):
        self.list = list(first)
        self._known = {value: index for index, value in enumerate(self.list)}

    def add(self, value):
        if value not in self._known:
            self._known[value] = len(self.list)
            self.list.append(value)
        return self._known[value]


def u16s(values):
    return struct.pack(f"<{len(values)}H", *values)


def u32s(values):
    return struct.pack(f"<{len(values)}I", *values)


def blob(sections):
    offset, ends = 4 * (len(sections) + 1), []
    for section in sections:
        offset += len(section)
        ends.append(offset)
    return u32s([len(sections), *ends]) + b"".join(sections)
