"""The numbering plans as one blob: `lead-core/src/phone/numbering/plans.bin`.

The order of the sections and of the fields is told by `tables.rs`, `plan.rs` and `layout.rs` beside the blob.
"""

import re
import struct

from automaton import Automaton
from patterns import program
from phonenumbers import data, phonenumberutil, shortdata
from phonenumbers.phonemetadata import PhoneMetadata
from sections import Interned, Strings, blob, u16s, u32s

# The order is the order of the bits in the automaton's masks, and of the lengths and examples in a plan.
TYPES = [
    "general_desc", "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip",
    "pager", "uan", "voicemail", "no_international_dialling",
]
LEADING_DIGITS_BIT = len(TYPES)
SHORT_TYPES = [
    "general_desc", "toll_free", "premium_rate", "emergency", "short_code", "standard_rate", "carrier_specific",
    "sms_services",
]
NONE = 0xFFFF
SINGLE_IDD = re.compile(r"[\d]+(?:[~\u2053\u223C\uFF5E][\d]+)?")
FIRST_GROUP_ONLY = re.compile(r"\(?\\1\)?")


def patterns_of(metadata, types):
    """`(pattern, bit)` of each type the plan has."""
    found = []
    for bit, name in enumerate(types):
        desc = getattr(metadata, name)
        if name == "mobile" and metadata.same_mobile_and_fixed_line_pattern:
            desc = metadata.fixed_line  # the reference asks no further where the two are the same
        if desc is not None and desc.national_number_pattern:
            found.append((desc.national_number_pattern, bit))
    return found


def length_mask(lengths):
    return sum(1 << length for length in lengths if length > 0)


def template(text):
    """A rule as bytes: groups are 1 to 9, the carrier code is 16."""
    if text is None:
        return ""
    text = re.sub(r"\\(\d)", lambda found: chr(int(found.group(1))), text)
    return text.replace("$CC", chr(16))


def group_lengths(pattern):
    """`(\\d{2})(\\d{3,4})` as pairs of least and most."""
    groups = re.findall(r"\(\\d(?:\{(\d+)(?:,(\d+))?\})?\)", pattern)
    pairs = [(int(least or 1), int(most or least or 1)) for least, most in groups]
    rebuilt = "".join(
        r"(\d)" if pair == (1, 1) and not least else r"(\d{%s%s})" % (least, "," + most if most else "")
        for pair, (least, most) in zip(pairs, groups)
    )
    assert rebuilt == pattern and len(pairs) <= 6, pattern
    return pairs


class Plans:
    def __init__(self):
        self.automaton = Automaton()
        self.strings = Strings()
        self.lengths = Interned([0])
        self.programs = Interned()
        self.code = []
        self.starts = {}
        self.formats = []
        self.plans = []

    def program(self, pattern):
        """Where the instructions for a pattern begin, and how many groups it has."""
        if not pattern:
            return NONE, 0
        code, groups = program(pattern)
        if pattern not in self.starts:
            base = len(self.code)
            relocated = [
                word + base if word & 0xF000 in (0x4000, 0x8000) else word for word in code
            ]
            assert base + len(code) < 0x1000
            self.starts[pattern] = base
            self.code.extend(relocated)
        return self.starts[pattern], groups

    def add_formats(self, formats, alternate=False):
        """Adds a list of formats; gives the first one's number, how many, and the state that tells which apply."""
        first = len(self.formats)
        leading = [(form.leading_digits_pattern or [""])[-1] for form in formats]
        start = 0
        if formats and not alternate:
            start = self.automaton.add([], [(pattern, bit) for bit, pattern in enumerate(leading)])
        for form, pattern in zip(formats, leading):
            groups = [least << 4 | most for least, most in group_lengths(form.pattern)]
            rule = form.national_prefix_formatting_rule
            flags = (
                bool(form.national_prefix_optional_when_formatting)
                | bool(rule and FIRST_GROUP_ONLY.fullmatch(rule)) << 1
            )
            self.formats.append(
                struct.pack(
                    "<6BHHHHBB",
                    *(groups + [0] * (6 - len(groups))),
                    self.strings.add(template(form.format)),
                    self.strings.add(template(rule)),
                    self.strings.add(template(form.domestic_carrier_code_formatting_rule)),
                    self.automaton.add([], [(pattern, 0)]) if alternate and pattern else NONE,
                    flags,
                    0,
                )
            )
        return first, len(formats), start

    def add_plan(self, metadata, code, short):
        prefix, groups = self.program(metadata.national_prefix_for_parsing)
        idd, _ = self.program(metadata.international_prefix)
        single = SINGLE_IDD.fullmatch(metadata.international_prefix or "")
        single = metadata.international_prefix if single else ""
        preferred = metadata.preferred_international_prefix
        own_first, own_count, own_start = self.add_formats(metadata.number_format)
        abroad_first, abroad_count, abroad_start = self.add_formats(metadata.intl_number_format)
        leading = metadata.leading_digits
        types = self.automaton.add(
            patterns_of(metadata, TYPES), [(leading, LEADING_DIGITS_BIT)] if leading else []
        )
        short_start = self.automaton.add(short_patterns(short)) if short else 0
        flags = (
            bool(leading)
            | bool(metadata.leading_zero_possible) << 1
            | bool(metadata.mobile_number_portable_region) << 2
            | bool(short) << 3
        )
        self.plans.append(
            struct.pack(
                "<2s14H4B",
                code.encode(), metadata.country_code, types, own_start, abroad_start, short_start, own_first,
                abroad_first, prefix, idd, self.strings.add(metadata.national_prefix),
                self.strings.add(template(metadata.national_prefix_transform_rule)),
                self.strings.add(preferred or single), self.strings.add(single or preferred),
                self.strings.add(metadata.preferred_extn_prefix), own_count, abroad_count, groups, flags,
            )
            + bytes(self.lengths.add(self.mask(metadata, name, False)) for name in TYPES)
            + bytes(self.lengths.add(self.mask(metadata, name, True)) for name in TYPES)
            + bytes(self.lengths.add(self.mask(short, name, False)) for name in SHORT_TYPES)
            + u16s([self.example(metadata, name) for name in TYPES])
            + u16s([self.example(short, name) for name in SHORT_TYPES])
        )

    def mask(self, metadata, name, local):
        if metadata is None:
            return 0
        desc = getattr(metadata, name)
        if desc is None:
            return 0
        if name == "mobile" and metadata.same_mobile_and_fixed_line_pattern:
            assert desc.possible_length == metadata.fixed_line.possible_length
        assert local or desc.possible_length, (metadata.id, name)
        return length_mask(desc.possible_length_local_only if local else desc.possible_length)

    def example(self, metadata, name):
        desc = metadata and getattr(metadata, name)
        return self.strings.add(desc.example_number if desc else "")


def short_patterns(short):
    return [
        (desc.national_number_pattern, bit)
        for bit, desc in enumerate(getattr(short, name) for name in SHORT_TYPES)
        if desc is not None and desc.national_number_pattern
    ]


def build(version):
    plans = Plans()
    index, regions = {}, bytearray(26 * 26)
    short_regions = set(shortdata._AVAILABLE_REGION_CODES)
    for code in data._AVAILABLE_REGION_CODES:
        short = PhoneMetadata.short_metadata_for_region(code) if code in short_regions else None
        index[code] = len(plans.plans)
        plans.add_plan(PhoneMetadata.metadata_for_region(code), code, short)
        regions[(ord(code[0]) - 65) * 26 + ord(code[1]) - 65] = len(plans.plans)
    for calling_code in data._AVAILABLE_NONGEO_COUNTRY_CODES:
        index[calling_code] = len(plans.plans)
        plans.add_plan(PhoneMetadata.metadata_for_nongeo_region(calling_code), "00", None)

    by_code, codes, members = bytearray(1000), [], []
    for calling_code, names in sorted(phonenumberutil.COUNTRY_CODE_TO_REGION_CODE.items()):
        names = [calling_code] if names == ("001",) else names
        first, count, _ = plans.add_formats(data._ALT_NUMBER_FORMATS.get(calling_code, []), alternate=True)
        codes.append(struct.pack("<HHBB", len(members), first, len(names), count))
        by_code[calling_code] = len(codes)
        members.extend(index[name] for name in names)

    automaton = plans.automaton
    masks = Interned([0])
    accept = [masks.add(mask) for mask in automaton.masks]
    assert len(automaton.rows) < 1 << 16 and len(plans.plans) < 256 and len(plans.lengths.list) < 256
    ends, texts = plans.strings.sections()
    sections = [
        version.encode(),
        b"".join(u16s(row) for row in automaton.rows),
        u16s(accept),
        u32s(masks.list),
        b"".join(plans.plans),
        bytes(regions),
        bytes(by_code),
        b"".join(codes),
        bytes(members),
        u32s(plans.lengths.list),
        b"".join(plans.formats),
        u16s(plans.code),
        ends,
        texts,
    ]
    return blob(sections), {
        "plans": len(plans.plans), "states": len(automaton.rows), "masks": len(masks.list),
        "formats": len(plans.formats), "instructions": len(plans.code), "sections": [len(s) for s in sections],
    }
