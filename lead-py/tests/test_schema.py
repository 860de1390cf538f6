"""What is answered is what docs/schemas promises."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import lead
import pytest

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "schemas" / "contacts.json").read_text("utf-8")
)


@pytest.mark.cases("extract")
def test_answers_keep_to_the_schema(case: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(case["expected"])


def test_the_schema_refuses_what_is_wrong() -> None:
    """Guards against a schema that allows anything."""
    answer = lead.extract("<p>+1 415-555-2671").to_dict()
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.validate(answer)
    del answer["phones"][0]["e164"]
    assert not validator.is_valid(answer)
