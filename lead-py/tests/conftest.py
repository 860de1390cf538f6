"""The cases that all three languages share: see tests/cases/README.md."""

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of tests/cases/<name>.json."""
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    assert cases
    return cases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Makes one test a case: `def test_x(case)` marked with the file's name."""
    marker = metafunc.definition.get_closest_marker("cases")
    if marker is not None:
        cases = read_cases(marker.args[0])
        metafunc.parametrize("case", cases, ids=[case["name"] for case in cases])


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cases(file): run once for each case of tests/cases/<file>.json")
