"""Numbers as values answer what Rust answers (tests/cases/numbers.json), and are values of Python."""

import copy
import json
import pickle
from typing import Any, get_args

import lead
import pytest
from conftest import read_cases
from lead import phone

Case = dict[str, Any]


def told(error: lead.LeadError) -> dict[str, Any]:
    return {"kind": error.kind, "code": error.code, "message": str(error), "context": error.context}


def plain(value: Any) -> Any:
    if isinstance(value, phone.Number | phone.NumberMatch):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def asked(of: Any, call: dict[str, Any]) -> Any:
    """The answer of a method or a function; a number among the arguments is written as its JSON."""
    given = [
        phone.Number.from_json(json.dumps(one)) if isinstance(one, dict) else one for one in call.get("args", [])
    ]
    try:
        answer = plain(getattr(of, call["call"])(*given, **call.get("options", {})))
    except lead.LeadError as error:
        return {"error": told(error)}
    if call["call"] == "parse_with_carrier":
        return {"number": answer[0], "carrier": answer[1]}
    return answer


@pytest.mark.cases("numbers")
def test_numbers(case: Case) -> None:
    expected = case["expected"]
    calls = case.get("calls", [])
    if "text" not in case:
        assert [asked(phone, call) for call in calls] == expected["answers"]
        return
    try:
        number = phone.parse(case["text"], case.get("region"))
    except lead.LeadError as error:
        assert {"error": told(error)} == expected
        return
    assert number.to_dict() == expected["number"]
    assert str(number) == expected["text"]
    assert {name: plain(getattr(number, name)) for name in expected["facts"]} == expected["facts"]
    assert [asked(number, call) for call in calls] == expected["answers"]


def test_everything_public_is_asked() -> None:
    """Guards the cases: what is added to a number or to the module is asked in all three languages."""
    cases = read_cases("numbers")
    facts = {name for case in cases for name in case["expected"].get("facts", [])}
    methods = {call["call"] for case in cases if "text" in case for call in case.get("calls", [])}
    own = {"to_dict", "to_json", "from_json"}
    assert {name for name in dir(phone.Number) if not name.startswith("_")} == facts | methods | own
    functions = {call["call"] for case in cases if "text" not in case for call in case["calls"]}
    assert {name for name in phone.__all__ if name.islower()} == functions | {"parse"}


def test_the_words_of_the_types_are_those_of_rust() -> None:
    number = phone.Number(49, "30123456")
    for word in get_args(phone.PhoneType):
        assert number.possibility_as(word) in get_args(phone.Possibility)
    for word in get_args(phone.NumberFormat):
        assert number.format(word) == getattr(number, word)
    for word in get_args(phone.CountryCodeSource):
        assert number.with_country_code_source(word).country_code_source == word
    for word in get_args(lead.Part):
        lead.extract("", only=[word])
    reasons = {case["expected"].get("error", {}).get("context", {}).get("reason") for case in read_cases("numbers")}
    assert reasons - {None} == set(get_args(phone.ParseReason))


def test_a_number_is_a_value() -> None:
    number = phone.parse("030/123456 ext. 7", "DE")
    assert number == phone.parse("+49 30 123456 ext. 7") == phone.Number(49, "30123456", extension="7")
    assert number != number.with_extension(None)
    assert number != "+4930123456"
    assert len({number, phone.parse("0049 30 123456 ext. 7", "DE"), number.with_extension("8")}) == 2
    assert pickle.loads(pickle.dumps(number)) == copy.deepcopy(number) == number
    assert pickle.loads(pickle.dumps(number)).country_code_source == "default_country"
    assert repr(number).startswith("Number(calling_code=49, ") and 'national_significant="30123456"' in repr(number)
    assert str(number) == "+49 30 123456 ext. 7"
    assert phone.Number.__module__ == "lead.phone"
    with pytest.raises(AttributeError):
        number.e164 = "+1"  # type: ignore[misc]
    with pytest.raises(lead.DecodeError):
        phone.Number.from_json("{}")


def test_parts_that_are_no_number_are_refused() -> None:
    for code, digits, extension in [(49, "", None), (49, "3o", None), (49, "1" * 18, None), (70000, "1", None), (49, "1", "x")]:
        with pytest.raises(lead.InvalidInputError):
            phone.Number(code, digits, extension=extension)


def test_wrong_types_are_type_errors() -> None:
    with pytest.raises(TypeError):
        phone.parse(b"+1 201 555 0123")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        phone.parse("+1 201 555 0123").compare(1)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        lead.extract("", only="phones")  # type: ignore[arg-type]


def test_numbers_are_found_where_phones_are() -> None:
    text = "☎️ 😀 Ring 01 23 45 67 89 or +1 201-555-0123 ext. 5 – é"
    numbers, phones = phone.find_numbers(text, region="FR"), lead.find_phones(text, region="FR")
    assert [(one.start, one.end, one.number.e164, one.number.extension) for one in numbers] == [
        (one.start, one.end, one.e164, one.extension) for one in phones
    ]
    assert len(numbers) == 2
    assert pickle.loads(pickle.dumps(numbers)) == numbers


def test_the_data_has_a_version() -> None:
    assert [part.isdigit() for part in phone.DATA_VERSION.split(".")] == [True] * 3
    assert phone.parse("+49 12").time_zones == (phone.UNKNOWN_TIME_ZONE,)
