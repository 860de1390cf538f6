"""Python answers what Rust answers."""

from typing import Any

import lead
import pytest

Case = dict[str, Any]


def document(case: Case, field: str) -> str | bytes:
    if "bytes" in case:
        return str(case["bytes"]).encode("latin-1")
    return str(case[field])


@pytest.mark.cases("extract")
def test_extract(case: Case) -> None:
    found = lead.extract(document(case, "html"), **case["options"])
    assert found.to_dict() == case["expected"]
    assert lead.Contacts.from_json(found.to_json()) == found


@pytest.mark.cases("find_phones")
def test_find_phones(case: Case) -> None:
    found = lead.find_phones(case["text"], **case["options"])
    assert [[one.start, one.end] for one in found] == case["code_points"]
    assert [case["text"][one.start : one.end] for one in found] == [one.raw for one in found]
    in_bytes = [dict(one.to_dict(), start=there["start"], end=there["end"]) for one, there in zip(found, case["expected"])]
    assert in_bytes == case["expected"]


@pytest.mark.cases("errors")
def test_errors(case: Case) -> None:
    call: Any = getattr(lead, case["call"])
    with pytest.raises(lead.LeadError) as caught:
        call(document(case, "input"), **case["options"])
    error = caught.value
    assert type(error).__name__ == case["expected"]["kind"] + "Error"
    told = {
        "kind": error.kind,
        "code": error.code,
        "operation": error.operation,
        "retryable": error.retryable,
        "message": str(error),
    }
    assert told == case["expected"]
