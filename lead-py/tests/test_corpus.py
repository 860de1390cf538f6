"""Python answers what the command line answers, on the whole of the shared data.

`LEAD_SHARED` is its folder, `LEAD_CLI` the command; `scripts/test` sets both. Without them the tests are skipped, and say so.
"""

import json
import os
import subprocess
import warnings
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import lead
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("LEAD_SHARED", ROOT.parent / "shared"))
CLI = os.environ.get("LEAD_CLI", "")


@pytest.fixture(scope="module", autouse=True)
def corpus() -> None:
    missing = []
    if not (SHARED / "data").is_dir():
        missing.append(f"no data at LEAD_SHARED ({SHARED})")
    if not CLI or not Path(CLI).is_file():
        missing.append(f"no command at LEAD_CLI ({CLI or 'not set'})")
    if missing:
        told = f"NOT COMPARED with the command line: {', '.join(missing)}"
        with warnings.catch_warnings():
            warnings.simplefilter("always")  # elsewhere a warning is an error
            warnings.warn(told, stacklevel=1)
        pytest.skip(told)


def command(*arguments: str | Path, given: str | None = None) -> Iterable[dict[str, Any]]:
    """What the command prints, one object a line."""
    done = subprocess.run([CLI, *arguments], input=given, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return (json.loads(line) for line in done.stdout.splitlines())


def test_extract() -> None:
    pages = sorted(path for folder in ("labelled", "pages") for path in (SHARED / "data" / folder).glob("*.html"))
    assert len(pages) > 300
    with ThreadPoolExecutor() as threads:
        answers = threads.map(lambda page: lead.extract(page.read_bytes()).to_dict(), pages)
        expected = command("extract", *pages, "--format", "jsonl")
        for page, mine, theirs in zip(pages, answers, expected, strict=True):
            assert Path(theirs.pop("input")) == page
            assert mine == theirs, page


@pytest.mark.parametrize("mode", ["smart", "compat"])
def test_find_phones(mode: lead.Mode) -> None:
    vectors = json.loads((SHARED / "data" / "phone" / "vectors_matcher.json").read_text("utf-8"))
    vectors = [one for one in vectors if one["text"] is not None]  # Java's null
    assert len(vectors) > 1000
    lines = (
        json.dumps({"id": at, "text": one["text"], "region": one["region"], "leniency": one["leniency"]})
        for at, one in enumerate(vectors)
    )
    expected = command("find-phones", "--mode", mode, given="\n".join(lines))
    found = 0
    for at, (one, theirs) in enumerate(zip(vectors, expected, strict=True)):
        matches = lead.find_phones(one["text"], region=one["region"], leniency=one["leniency"], mode=mode)
        mine = [{name: getattr(match, name) for name in ("start", "end", "raw", "e164", "extension")} for match in matches]
        assert {"id": at, "matches": mine} == theirs, one["text"]
        found += len(mine)
    assert found > 500
