"""Carriers, areas and time zones by the first digits of a number: one blob each, English names.

A blob holds a tree over digits and its texts. A node is a word whose lower ten bits say which digits lead on, a word with
the number of the longest prefix's text, and three bytes for each of these digits: the place of the next node in the tree,
or, with the highest bit set, the number of a text, when nothing leads on from there. Nodes that say the same are one.
`lead-core/src/phone/numbering/prefixes.rs` reads it.
"""

import struct

from phonenumbers.carrierdata import CARRIER_DATA
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.geodata.locale import LOCALE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA
from sections import Interned, blob, u32s

LEAF = 1 << 23


class Tree:
    def __init__(self):
        self.nodes = bytearray()
        self._known = {}

    def add(self, trie, inherited=0):
        """Adds a node of nested dictionaries; gives what an edge to it holds."""
        text = trie.get("text", inherited)
        edges = []
        for digit in range(10):
            below = trie.get(digit)
            edge = self.add(below, text) if below is not None else LEAF | text
            if edge != LEAF | text:
                edges.append((digit, edge))
        if not edges:
            return LEAF | text
        key = (text, tuple(edges))
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes += struct.pack("<HH", sum(1 << digit for digit, _ in edges), text)
            for _, edge in edges:
                self.nodes += edge.to_bytes(3, "little")
            assert len(self.nodes) < LEAF
        return self._known[key]


def prefixes(version, texts_by_prefix, more=b""):
    texts = Interned([""])
    trie = {}
    for prefix, text in texts_by_prefix.items():
        node = trie
        for digit in prefix:
            node = node.setdefault(int(digit), {})
        node["text"] = texts.add(text)
    tree = Tree()
    root = tree.add(trie)
    assert len(texts.list) < 1 << 16
    encoded = [text.encode() for text in texts.list]
    ends, end = [], 0
    for text in encoded:
        end += len(text)
        ends.append(end)
    sections = [version.encode(), u32s([root]), bytes(tree.nodes), u32s(ends), b"".join(encoded), more]
    facts = {"prefixes": len(texts_by_prefix), "texts": len(encoded), "tree": len(tree.nodes)}
    return blob(sections), facts


def english(names_by_prefix):
    """The English names; where there is none, a shorter prefix may have one."""
    return {prefix: names["en"] for prefix, names in names_by_prefix.items() if "en" in names}


def countries():
    """The English names of regions: two letters, the name, a line end."""
    lines = []
    for code, names in sorted(LOCALE_DATA.items()):
        name = names.get("en", "")
        if name.startswith("*"):
            name = names[name[1:]]  # the same as in another language
        lines.append(f"{code}{name}\n")
    return "".join(lines).encode()


def build(version):
    zones = {prefix: "&".join(names) for prefix, names in TIMEZONE_DATA.items()}
    return {
        "carriers.bin": prefixes(version, english(CARRIER_DATA)),
        "areas.bin": prefixes(version, english(GEOCODE_DATA), countries()),
        "zones.bin": prefixes(version, zones),
    }
