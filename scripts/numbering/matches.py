"""Holds lead-core's compat mode against `phonenumbers.PhoneNumberMatcher`; see the script `matches`.

Prints the first differences and ends with the count of texts that were read alike.
"""

import json
import os
import random
import subprocess
import sys

import phonenumbers as reference

LEVELS = ["POSSIBLE", "VALID", "STRICT_GROUPING", "EXACT_GROUPING"]
REGIONS = sorted(reference.SUPPORTED_REGIONS)
USUAL = ["US", "DE", "GB", "FR", "JP", "IT", "AR", "BR", "MX", "AU", "KY", "RU", "CN", "AT", "IN", "KR", "CA"]
ON_PAGES = ["US", "DE", "GB", "FR", "JP"]
SIGNS = [
    " ", "  ", "-", ".", " - ", ". ", "(", ")", "[", "]", ") ", " (", "+", "\u00a0", "\u00ad", "\u200b", "\u2060",
    "\u3000", "~", "x", "xx", "X", "XX", "（", "）", "＋", "０３", "٣٤", "#", "/", " / ", "–", "—", "\u2012", "－", "ー", "／",
    "．", "// ", "/x", " -", "- ", "..", ". .", "( ", " )", "[ ", "++",
]
EXTENSIONS = [
    " ext. 12", " ext", "x34", ";ext=5", " доб. 7", " int 3", "#22", " - 503#", ", extn 4", "ｘ９", " anexo 5", "~6",
    " x 1234567890", "ext", "e", "xt5", " extension 5#", "\tx5", ",,x5", " İNT 5", "ſ", " extenſion 5", "X5", " x5 x6",
    " x", ";", " #",
]
BESIDE = [
    ", ", "; ", "\n", "\t", "a", "tel ", "é", "€", "$", "%", "電話", "й", ":", ":30", "_", "@", "\u0301", "^", "*", "\u2028", "²",
    "₽", "ª",
]
DECOYS = ["2012-01-02 08:00", "20120102 08", "1234-56(2009)", "3/4/2012", "12/31/99", "1/2/3"]


def number(region, rng):
    """An example number of the region or another, written in some way, with a slip or without."""
    found = None
    while found is None:
        home = rng.choice(REGIONS) if rng.random() < 0.2 else region
        found = reference.example_number_for_type(home, rng.choice(range(11)))
    text = reference.format_number(found, rng.choice(range(4)))
    if rng.random() < 0.3:
        text = text.replace("tel:", "")
    place, way = rng.randrange(len(text)), rng.random()
    if way < 0.3:
        return "".join(rng.choice(SIGNS) if c in " -." and rng.random() < 0.5 else c for c in text)
    if way < 0.45:
        return text.replace("+", rng.choice(["00", "011 ", "00 ", "+ ", "++", "", "0011"]))
    if way < 0.55:
        return text[:place] + rng.choice(SIGNS) + text[place:]
    if way < 0.65:
        return text[:place] + rng.choice("0123456789") + text[place + 1:]
    if way < 0.7:
        return text[:place] + text[place + 1:]
    if way < 0.8:
        return text.translate(str.maketrans("0123456789", rng.choice(["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"])))
    return text


def piece(region, rng):
    kind = rng.random()
    if kind < 0.25:
        return number(region, rng)
    if kind < 0.45:
        length = rng.choice([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12, 20, 25])
        return "".join(rng.choice("0123456789") for _ in range(length))
    for bound, words in ((0.75, SIGNS), (0.85, EXTENSIONS), (0.97, BESIDE)):
        if kind < bound:
            return rng.choice(words)
    return rng.choice(DECOYS)


def random_cases(count, seed):
    rng = random.Random(seed)
    for _ in range(count):
        region = rng.choice(USUAL if rng.random() < 0.6 else REGIONS)
        text = "".join(piece(region, rng) for _ in range(rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 14])))
        tries = rng.choice([1, 2, 3, 5, 10]) if rng.random() < 0.1 else None
        yield {"text": text, "region": region, "leniency": rng.choice(LEVELS), "max_tries": tries}


def page_cases(program, folders):
    texts = subprocess.run([program, *folders], capture_output=True, text=True, check=True).stdout.splitlines()
    for text in map(json.loads, texts):
        for region in ON_PAGES:
            yield {"text": text, "region": region, "leniency": "VALID", "max_tries": None}


def expected(case):
    level = LEVELS.index(case["leniency"])
    limit = {} if case["max_tries"] is None else {"max_tries": case["max_tries"]}
    rows = []
    for match in reference.PhoneNumberMatcher(case["text"], case["region"], leniency=level, **limit):
        extension = match.number.extension
        if extension:  # lead-core writes these digits in ASCII, as all others
            extension = reference.normalize_digits_only(extension)
        rows.append([match.start, match.end, reference.format_number(match.number, 0), extension])
    return rows


def main(program, arguments):
    if arguments and os.path.isdir(arguments[0]):
        cases = list(page_cases(program, arguments))
    else:
        count, seed = [int(argument) for argument in arguments] + [20000, 1][len(arguments):]
        cases = list(random_cases(count, seed))
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    answers = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    differences = [
        (case, wanted, got)
        for case, wanted, got in ((case, expected(case), json.loads(line)) for case, line in zip(cases, answers))
        if wanted != got
    ]
    for case, wanted, got in differences[:20]:
        case = {**case, "text": case["text"][:300]}
        print(json.dumps(case, ensure_ascii=False), "\n  wanted", wanted[:9], "\n  got   ", got[:9])
    print(f"{len(cases) - len(differences)} of {len(cases)} texts alike (phonenumbers {reference.__version__})")
    return bool(differences) or len(answers) != len(cases)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
