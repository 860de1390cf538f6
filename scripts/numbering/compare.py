"""Holds lead-core's numbers against `phonenumbers`: random numbers of all regions, written in many ways.

    scripts/numbering/compare [COUNT] [SEED]

Prints each difference and ends with the count of numbers that were read alike.
"""

import random
import subprocess
import sys

import phonenumbers as reference
from phonenumbers import PhoneNumberFormat as Format
from phonenumbers import carrier, geocoder, shortnumberinfo, timezone
from phonenumbers.phonemetadata import PhoneMetadata

REGIONS = sorted(reference.SUPPORTED_REGIONS)
SERVICES = sorted(reference.COUNTRY_CODES_FOR_NON_GEO_REGIONS)
TYPES = [
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "uan", "pager", "personal_number",
    "voicemail",
]
KINDS = {
    0: "Fixed", 1: "Mobile", 2: "FixedOrMobile", 3: "TollFree", 4: "PremiumRate", 5: "SharedCost", 6: "Voip",
    7: "PersonalNumber", 8: "Pager", 9: "Uan", 10: "Voicemail", 99: "Unknown",
}
POSSIBLE = {
    0: "Possible", 4: "LocalOnly", 1: "InvalidCountryCode", 2: "TooShort", 3: "TooLong", 5: "InvalidLength",
}
ERRORS = {0: "InvalidCountryCode", 1: "NotANumber", 2: "TooShortAfterIdd", 3: "TooShortNsn", 4: "TooLong"}
SOURCES = {1: "plus", 5: "idd", 10: "bare", 20: "home"}
COSTS = {0: "TollFree", 1: "StandardRate", 2: "PremiumRate", 3: "Unknown"}


def describe(text, region):
    """The same answers as the example `read_numbers`.

    Asked of the number without its text where the reference would give that text back for a number of zeros alone.
    """
    try:
        number = reference.parse(text, region, keep_raw_input=True)
    except reference.NumberParseException as error:
        return ERRORS[error.error_type]
    plain = reference.parse(text, region)
    if number.extension:  # lead-core writes these digits in ASCII, as all others
        number.extension = plain.extension = reference.normalize_digits_only(number.extension)
    region_of = reference.region_code_for_number(number) or ""
    return "|".join([
        reference.format_number(plain, Format.E164),
        number.extension or "",
        number.preferred_domestic_carrier_code or "",
        SOURCES[number.country_code_source],
        POSSIBLE[reference.is_possible_number_with_reason(number)],
        str(reference.is_valid_number(number)).lower(),
        "" if region_of == "001" else region_of,
        KINDS[reference.number_type(number)],
        reference.format_number(plain, Format.INTERNATIONAL),
        reference.format_number(plain, Format.NATIONAL),
        reference.format_number(plain, Format.RFC3966),
        *(reference.format_out_of_country_calling_number(plain, home) for home in ("US", "DE", "JP")),
        reference.format_in_original_format(number, region or "US"),
        str(reference.length_of_geographical_area_code(plain)),
        str(reference.length_of_national_destination_code(plain)),
        str(reference.can_be_internationally_dialled(number)).lower(),
        str(shortnumberinfo.is_valid_short_number(number)).lower(),
        str(shortnumberinfo.is_possible_short_number(number)).lower(),
        COSTS[shortnumberinfo.expected_cost(number)],
        str(shortnumberinfo.is_carrier_specific(number)).lower(),
        carrier.name_for_number(number, "en"),
        carrier.safe_display_name(number, "en"),
        ",".join(timezone.time_zones_for_number(number)),
        geocoder.description_for_number(number, "en"),
    ])


def digits_near(metadata, rng):
    """Digits as a number of the plan has them: an example with some changed, or random ones of a likely length."""
    descs = [getattr(metadata, name) for name in TYPES]
    descs = [desc for desc in descs if desc is not None and desc.example_number]
    if descs and rng.random() < 0.75:
        digits = list(rng.choice(descs).example_number)
        for _ in range(rng.choice([0, 0, 1, 1, 2, 4])):
            digits[rng.randrange(len(digits))] = rng.choice("0123456789")
        if rng.random() < 0.15:
            digits.insert(rng.randrange(len(digits)), rng.choice("0123456789"))
        if rng.random() < 0.15:
            digits.pop(rng.randrange(len(digits)))
        return "".join(digits)
    return "".join(rng.choice("0123456789") for _ in range(rng.choice([2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 19])))


def written(digits, metadata, rng):
    """A number as somebody may write it."""
    code = str(metadata.country_code)
    prefix = metadata.national_prefix or ""
    idd = metadata.preferred_international_prefix or metadata.international_prefix or "00"
    idd = idd if idd.isdigit() else "00"
    text = rng.choice([
        digits, digits, prefix + digits, prefix + digits, "+" + code + digits, "+" + code + digits, code + digits,
        idd + code + digits, "+" + code + prefix + digits, prefix + prefix + digits, "+" + idd + code + digits,
        prefix + rng.choice(["15", "21", "31", "90", "1801", "17900", "4", "0"]) + digits,
    ])
    parts = []
    for index, digit in enumerate(text):
        parts.append(digit)
        if digit.isdigit() and index + 1 < len(text) and rng.random() < 0.2:
            parts.append(rng.choice([" ", "-", ".", "/", " (", ") ", "\u00a0", "\u2013", "  ", "*", "~", " x", "\u2060"]))
    text = "".join(parts)
    if rng.random() < 0.1:
        text = "".join(chr(ord(c) + rng.choice([0xFEE0, 0x0630, 0x0930])) if c.isdigit() and rng.random() < 0.5 else c for c in text)
    if rng.random() < 0.05:
        text = "".join(rng.choice("ABCxyz") if c.isdigit() and rng.random() < 0.4 else c for c in text)
    if rng.random() < 0.15:
        text += rng.choice([
            " ext. 123", "x12", ";ext=1234", " #55", ",,99", " доб. 7", "; 8#", " extensión 41", " - 503#", "~3", " int 12345678901",
            ";isub=1", ";phone-context=+49", ";phone-context=example.com", " ext 12 ext 13", "/x12", " anexo: 5", "ｅｘｔ９",
            ", 44", ";phone-context=+1;ext=3", "#", " )", "..", "x1234567890", " extn 123456789012345678901", ":", "=5",
        ])
    if rng.random() < 0.05:
        text = rng.choice(["Tel: ", "tel:", "(", "+ ", "++", "＋", "#", "*", "fax "]) + text
    return text


def samples(count, rng):
    regions = [(region, PhoneMetadata.metadata_for_region(region)) for region in REGIONS]
    services = [("", PhoneMetadata.metadata_for_nongeo_region(code)) for code in SERVICES]
    plans = regions + services
    for _ in range(count):
        region, metadata = rng.choice(plans)
        text = written(digits_near(metadata, rng), metadata, rng)
        home = rng.choice([region, region, region, region, rng.choice(REGIONS), ""])
        yield home, text.replace("\n", " ").replace("\t", " ")


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    cases = list(samples(count, rng))
    lines = "".join(f"{region}\t{text}\n" for region, text in cases)
    ours = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    same = 0
    for (region, text), mine in zip(cases, ours, strict=True):
        theirs = describe(text, region or None)
        if mine == theirs:
            same += 1
        else:
            print(f"{region} {text!r}\n  lead: {mine}\n  them: {theirs}")
    print(f"{same} of {count} alike")
    sys.exit(same != count)


if __name__ == "__main__":
    main()
