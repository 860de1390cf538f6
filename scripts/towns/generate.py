#!/usr/bin/env python3
"""Writes lead-core/src/address/towns.txt: names of towns in lower case, sorted, each with its countries.

    pip install phonenumbers==9.0.43     # in an environment of its own
    python3 scripts/towns/generate.py

The names are those that libphonenumber's geocoding data gives to area codes (Apache-2.0), as shipped by the PyPI package
phonenumbers. A line is `name<TAB>codes`: ISO 3166-1 codes of two letters without a separator, as in `perth\tAUGBCA`.
"""

import pathlib
import re

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA

WANTED = "9.0.43"
TARGET = pathlib.Path(__file__).parents[2] / "lead-core/src/address/towns.txt"

# Calling codes of the countries whose addresses are read in full: their towns by English and own names.
CALLING = {
    "31": ("NL", "nl"), "32": ("BE", "nl fr"), "33": ("FR", "fr"), "34": ("ES", "es"), "351": ("PT", "pt"),
    "353": ("IE", ""), "358": ("FI", "fi sv"), "39": ("IT", "it"), "41": ("CH", "de fr it"), "43": ("AT", "de"),
    "44": ("GB", ""), "45": ("DK", ""), "46": ("SE", "sv"), "47": ("NO", ""), "48": ("PL", "pl"),
    "49": ("DE", "de"), "61": ("AU", ""), "64": ("NZ", ""),
}
PROVINCES = set("AB BC MB NB NL NS NT NU ON PE QC SK YT".split())
# Names of regions, and words that are no names of towns.
NO_TOWNS = re.compile(
    r"\b(area|areas|region|county|district|province|island|islands|northern|southern|eastern|western|central|various"
    r"|mobile|national|service|services|ring|other|zone|kreis|bezirk|und|and|aan|de la|state)\b|[0-9()&]"
)


# Large cities everywhere, whatever numbers are assigned there: the names of the IANA time zones (public domain).
def zone_cities():
    import zoneinfo
    for zone in sorted(zoneinfo.available_timezones()):
        area, _, city = zone.rpartition("/")
        if area.split("/")[0] in {"Africa", "America", "Asia", "Australia", "Europe", "Pacific"}:
            yield city.replace("_", " ")


def country_of(prefix):
    for length in (3, 2):
        if prefix[:length] in CALLING:
            return CALLING[prefix[:length]]
    return None


def parts(name):
    """The towns of one name: `Aix-en-Provence`, `Bern/Berne`, `Neuss-Grimlinghausen`."""
    for piece in re.split(r"[/;]| - ", name):
        town = re.sub(r"\s+", " ", piece.split(",")[0]).strip().lower()
        if 3 <= len(town) <= 28 and len(town.split()) <= 4 and not NO_TOWNS.search(town):
            yield town


def main():
    assert phonenumbers.__version__ == WANTED, phonenumbers.__version__
    towns = {}
    for prefix, names in GEOCODE_DATA.items():
        if prefix.startswith("1"):
            name, _, state = names.get("en", "").rpartition(", ")
            if name:
                for town in parts(name):
                    towns.setdefault(town, set()).add("CA" if state in PROVINCES else "US")
            continue
        found = country_of(prefix)
        if found is None:
            continue
        country, languages = found
        for language in ["en", *languages.split()]:
            for town in parts(names.get(language, "")):
                towns.setdefault(town, set()).add(country)
    for city in zone_cities():
        for town in parts(city):
            towns.setdefault(town, set())
    lines = [f"{town}\t{''.join(sorted(countries))}" for town, countries in towns.items()]
    TARGET.write_text("\n".join(sorted(lines, key=lambda line: line.split("\t")[0].encode())) + "\n")
    print(f"{len(lines)} towns, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
