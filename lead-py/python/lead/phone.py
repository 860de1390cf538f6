"""Telephone numbers as values: parsed, checked, written, compared, by the numbering plans of libphonenumber.

>>> from lead import phone
>>> number = phone.parse("030/123456 ext. 7", "DE")
>>> number.e164, number.is_valid, number.type, number.area
('+4930123456', True, 'fixed', 'Berlin')
>>> number.format_from("US")
'011 49 30 123456 ext. 7'
"""

from ._phone import (
    DATA_VERSION,
    UNKNOWN_TIME_ZONE,
    Number,
    NumberMatch,
    calling_code_of,
    compare_texts,
    connects_to_emergency_number,
    example_number,
    example_of_service,
    example_short_number,
    find_numbers,
    is_emergency_number,
    is_mobile_number_portable,
    is_valid,
    is_vanity,
    national_prefix_of,
    parse,
    parse_with_carrier,
    region_of_calling_code,
    regions_of_calling_code,
)
from ._types import (
    CountryCodeSource,
    Likeness,
    NumberFormat,
    ParseReason,
    PhoneType,
    Possibility,
    ShortNumberCost,
)

__all__ = [
    "DATA_VERSION",
    "UNKNOWN_TIME_ZONE",
    "CountryCodeSource",
    "Likeness",
    "Number",
    "NumberFormat",
    "NumberMatch",
    "ParseReason",
    "PhoneType",
    "Possibility",
    "ShortNumberCost",
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
