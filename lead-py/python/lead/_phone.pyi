"""The native half of `lead.phone`."""

from typing import Any, ClassVar, Self, final, overload

from ._types import CountryCodeSource, Leniency, Likeness, Mode, NumberFormat, PhoneType, Possibility, ShortNumberCost

__all__ = [
    "DATA_VERSION",
    "Number",
    "NumberMatch",
    "UNKNOWN_TIME_ZONE",
    "calling_code_of",
    "compare_texts",
    "connects_to_emergency_number",
    "example_number",
    "example_of_service",
    "example_short_number",
    "find_numbers",
    "is_emergency_number",
    "is_mobile_number_portable",
    "is_valid",
    "is_vanity",
    "national_prefix_of",
    "parse",
    "parse_with_carrier",
    "region_of_calling_code",
    "regions_of_calling_code",
]

DATA_VERSION: str
"""The version of libphonenumber whose numbering plans these are."""

UNKNOWN_TIME_ZONE: str
"""What a number's time zone is called when none is known."""

@final
class Number:
    """A telephone number of some numbering plan, possible or not: equal to another when it is dialled alike."""

    def __new__(
        cls,
        calling_code: int,
        national_significant: str,
        *,
        extension: str | None = None,
        country_code_source: CountryCodeSource = "unspecified",
    ) -> Self:
        """A number of its parts.

        Raises `InvalidInputError` when the digits are no 1 to 17, the extension's no 0 to 20, or anything else.
        """

    @property
    def calling_code(self) -> int:
        """The country calling code: 49."""

    @property
    def national_significant(self) -> str:
        """The digits after the country calling code, with leading zeros that belong to the number (Italy)."""

    @property
    def extension(self) -> str | None:
        """The digits to dial after the connection stands."""

    @property
    def country_code_source(self) -> CountryCodeSource:
        """How the country calling code was known: `number_with_plus_sign`, `default_country` …"""

    @property
    def e164(self) -> str:
        """In E.164 form, without extension: `+493012345678`."""

    @property
    def international(self) -> str:
        """As written for those abroad: `+49 30 12345678`."""

    @property
    def national(self) -> str:
        """As dialled inside its country: `030 12345678`."""

    @property
    def rfc3966(self) -> str:
        """As a link: `tel:+49-30-12345678`."""

    @property
    def is_valid(self) -> bool:
        """Whether the numbering plan has such a number. Nobody need have it."""

    @property
    def is_possible(self) -> bool:
        """Whether the length fits the plan, or fits within an area of it."""

    @property
    def possibility(self) -> Possibility:
        """What the length says: `possible`, `local_only`, `too_short` …"""

    @property
    def region(self) -> str | None:
        """The region it belongs to, ISO 3166-1 or `AC` or `TA`; None for non-geographic codes."""

    @property
    def type(self) -> PhoneType:
        """By its numbering plan: `fixed`, `mobile`, `toll_free` …"""

    @property
    def is_geographical(self) -> bool:
        """Whether it belongs to a place."""

    @property
    def area_code_length(self) -> int:
        """How many of the national digits are the area code; 0 when there is none."""

    @property
    def destination_code_length(self) -> int:
        """How many of the national digits say where to: an area, an operator. 0 when nothing follows them."""

    @property
    def can_be_internationally_dialled(self) -> bool:
        """Whether it can be dialled from abroad, or nothing is known of it."""

    @property
    def carrier(self) -> str | None:
        """The carrier a mobile number was first given to, in English."""

    @property
    def certain_carrier(self) -> str | None:
        """The same, but None where the number may have gone to another carrier."""

    @property
    def area(self) -> str | None:
        """Where it is, in English: a town or an area where one is known, else the country."""

    @property
    def country_name(self) -> str | None:
        """The country, in English; None when it is not one alone."""

    @property
    def time_zones(self) -> tuple[str, ...]:
        """The IANA time zones it may be in; `(UNKNOWN_TIME_ZONE,)` when none is known."""

    @property
    def is_possible_short(self) -> bool:
        """Whether any region of the calling code has short numbers of that length."""

    @property
    def is_valid_short(self) -> bool:
        """Whether any region of the calling code has that short number."""

    @property
    def short_cost(self) -> ShortNumberCost:
        """The most a call to the short number may cost in the regions of its calling code."""

    @property
    def is_carrier_specific(self) -> bool:
        """Whether the short number works with one carrier only."""

    def is_valid_for(self, region: str) -> bool:
        """Whether it is a number of that very region."""

    def possibility_as(self, type: PhoneType) -> Possibility:
        """What the length says of a number of a type."""

    def truncated(self) -> Number | None:
        """The number without the digits too many at its end; None when no start of it is valid."""

    def with_extension(self, extension: str | None) -> Number:
        """The same number with these digits to dial after the connection stands, or without."""

    def with_country_code_source(self, source: CountryCodeSource) -> Number:
        """The same number, said to have been read this way."""

    def format(self, format: NumberFormat) -> str:
        """The number in a format: what the property of that name says."""

    def format_from(self, region: str) -> str:
        """As dialled from a region."""

    def format_for_mobile(self, region: str, carrier: str | None = None) -> str | None:
        """As dialled from a mobile phone in a region.

        None when it cannot be reached from there, or only with a carrier code that is not known.
        """

    def format_with_carrier(self, carrier: str) -> str:
        """As dialled inside its country with a carrier code, where the plan has a place for one."""

    def format_as_written(self, raw: str, region: str) -> str:
        """In the form it was read in, nicely grouped.

        `raw` is the text it was read from, and is given back where grouping would change a digit; `region` is where
        international prefixes are dialled from.
        """

    def format_keeping_letters(self, raw: str, region: str) -> str:
        """As dialled from a region, with the letters and the grouping of `raw`, the text it was read from."""

    @overload
    def compare(self, other: Number) -> Likeness: ...
    @overload
    def compare(self, other: str) -> Likeness | None:
        """How alike this number and another one or a text are; None when the text is no number."""

    def is_possible_short_in(self, region: str) -> bool:
        """Whether the region has short numbers of that length."""

    def is_valid_short_in(self, region: str) -> bool:
        """Whether the region has that short number."""

    def short_cost_in(self, region: str) -> ShortNumberCost:
        """What calling the short number costs in the region, valid or not."""

    def is_carrier_specific_in(self, region: str) -> bool:
        """Whether the short number, dialled in the region, works with one carrier only."""

    def is_sms_service_in(self, region: str) -> bool:
        """Whether the short number is for text messages in the region."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class NumberMatch:
    """A telephone number found in a text: where it stands, and which it is."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends, in code points."""

    @property
    def number(self) -> Number:
        """The number."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as in the library's JSON."""

    def to_json(self) -> str:
        """The library's JSON."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

def parse(text: str, region: str | None = None) -> Number:
    """Reads all of a text as one number; national forms are those of `region`.

    The number need be neither possible nor valid. Raises `InvalidInputError` when the text is no number; its
    `context["reason"]` is a `ParseReason`.
    """

def parse_with_carrier(text: str, region: str | None = None) -> tuple[Number, str | None]:
    """The same, with the carrier code that stood in it, if any."""

def is_valid(e164: str) -> bool:
    """Whether the numbering plan has such a number, given in E.164 form.

    Raises `InvalidInputError` for any other form: read that with `parse`.
    """

def compare_texts(one: str, other: str) -> Likeness | None:
    """How alike two texts are, as numbers; None when one of them is no number."""

def find_numbers(
    text: str,
    *,
    region: str | None = None,
    leniency: Leniency = "valid",
    mode: Mode = "smart",
    max_tries: int | None = None,
) -> list[NumberMatch]:
    """The same numbers as `lead.find_phones`, as values. Other threads run meanwhile."""

def calling_code_of(region: str) -> int | None:
    """The country calling code of a region; None for the few regions without numbers."""

def region_of_calling_code(calling_code: int) -> str | None:
    """The region of a country calling code, the main one where several share it; None for codes of services."""

def regions_of_calling_code(calling_code: int) -> tuple[str, ...]:
    """All regions that share a country calling code, the main one first."""

def national_prefix_of(region: str) -> str | None:
    """What is dialled before a national number at home, without signs; None when nothing is."""

def is_mobile_number_portable(region: str) -> bool:
    """Whether mobile numbers of the region can be taken to another carrier."""

def is_vanity(text: str) -> bool:
    """Whether a text is a number written with letters: `1-800-FLOWERS`."""

def example_number(region: str, type: PhoneType = "fixed") -> Number | None:
    """A valid number of the region and type; None when the plan has none."""

def example_of_service(calling_code: int) -> Number | None:
    """A valid number of a service with a calling code of its own, +800 and the like."""

def is_emergency_number(text: str, region: str) -> bool:
    """Whether what is dialled is an emergency number of the region."""

def connects_to_emergency_number(text: str, region: str) -> bool:
    """Whether what is dialled may reach an emergency service of the region, with digits behind the number too."""

def example_short_number(region: str) -> str | None:
    """A short number of the region; None when none is known."""
