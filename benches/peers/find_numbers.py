"""find_numbers.py TURNS DIR: PyPI `phonenumbers` over the texts of DIR; see README.md."""

import pathlib
import sys
import time

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher


def count(texts: list[str], region: str) -> int:
    matchers = (PhoneNumberMatcher(text, region, Leniency.VALID, sys.maxsize) for text in texts)
    return sum(1 for matcher in matchers for _ in matcher)


def main() -> None:
    turns, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    contents = [file.read_bytes() for file in sorted(folder.glob("*.txt"))]
    megabytes = sum(map(len, contents)) / 1e6
    texts = [content.decode() for content in contents]
    for region in ("US", "DE"):
        best, found = float("inf"), 0
        for _ in range(turns):
            start = time.process_time()
            found = count(texts, region)
            best = min(best, time.process_time() - start)
        print("Python phonenumbers", phonenumbers.__version__, region, f"{megabytes / best:.2f}", found, sep="\t")


main()
