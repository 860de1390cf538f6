"""What Python adds: classes with attributes, equality, pickling, threads."""

import copy
import pickle
import threading
import time
from typing import Any

import lead
import pytest
from lead import _errors, _native

PAGE = (
    "<h1>Rossi Bakery</h1><footer>Tel. <a href='tel:+14155552671'>(415) 555-2671</a>, "
    "<a href='mailto:ciao@rossi.example'>mail</a></footer>"
)


def test_values_have_attributes() -> None:
    contacts = lead.extract(PAGE, region="US", base_url="https://rossi.example/")
    phone = contacts.phones[0]
    assert (phone.e164, phone.national, phone.type, phone.role) == ("+14155552671", "(415) 555-2671", "fixed_or_mobile", "tel")
    assert phone.method == phone.evidence[0].method == "tel-link"
    assert 0.5 < phone.confidence <= 1
    assert phone.extension is None
    assert contacts.emails[0].address == "ciao@rossi.example"
    assert contacts.url == "https://rossi.example/"
    assert isinstance(contacts.phones, tuple)
    assert contacts.phones is contacts.phones


def test_every_attribute_says_what_the_plain_data_says() -> None:
    found = lead.extract(PAGE, region="US")
    values: list[Any] = [*found.phones, *found.emails, *found.organizations, *found.phones[0].evidence]
    for value in values:
        for name, plain in value.to_dict().items():
            mine = getattr(value, name)
            if name == "evidence":
                mine = [one.to_dict() for one in mine]
            assert mine == plain, name


def test_values_are_frozen_and_equal_when_they_say_the_same() -> None:
    one, other = lead.extract(PAGE, region="US"), lead.extract(PAGE, region="US")
    assert one == other
    assert one != lead.extract(PAGE + "<p>+1 415-555-2672", region="US")
    assert one.phones[0] == other.phones[0]
    assert one.phones[0] != one.emails[0]
    with pytest.raises(AttributeError):
        one.phones[0].e164 = "+1"  # type: ignore[misc]


def test_values_can_be_pickled_and_copied() -> None:
    contacts = lead.extract(PAGE, region="US")
    assert pickle.loads(pickle.dumps(contacts)) == contacts
    assert copy.deepcopy(contacts.phones) == contacts.phones
    match = lead.find_phones("+1 415-555-2671")[0]
    assert pickle.loads(pickle.dumps(match)) == match


def test_repr_shows_what_is_there() -> None:
    contacts = lead.extract(PAGE, region="US")
    assert 'e164="+14155552671"' in repr(contacts.phones[0])
    assert repr(contacts).startswith("Contacts(") and "phones=<1>" in repr(contacts)
    assert lead.Phone.__module__ == "lead"


def test_damaged_json_is_a_typed_error() -> None:
    with pytest.raises(lead.DecodeError):
        lead.Phone.from_json("{}")


def test_wrong_types_are_type_errors() -> None:
    with pytest.raises(TypeError):
        lead.extract(1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        lead.find_phones(b"+1 415-555-2671")  # type: ignore[arg-type]


def test_each_kind_has_its_class() -> None:
    for kind, code in _native.error_kinds():
        error = getattr(lead, f"{kind}Error")
        assert issubclass(error, lead.LeadError)
        assert (error.kind, error.code) == (kind, code)
    classes = [one for one in vars(_errors).values() if isinstance(one, type) and issubclass(one, lead.LeadError)]
    assert len(classes) == len(_native.error_kinds()) + 1


def test_invalid_input_is_a_value_error_too() -> None:
    with pytest.raises(ValueError, match="region"):
        lead.find_phones("", region="Atlantis")


def test_other_threads_run_during_extraction() -> None:
    """Guards the release of the interpreter's lock: a counter goes on while a large page is read."""
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    took, during, size = 0.0, 0, 4000
    while took < 0.05:
        page = "<p>" + "Ring 0478 00 00 01, or write to info@firm.example. " * size
        before, start = ticks, time.perf_counter()
        lead.extract(page, region="FR")
        took, during, size = time.perf_counter() - start, ticks - before, size * 4
    done.set()
    thread.join()
    assert during >= 3, f"{during} ticks in {took:.3f} s"


def test_version() -> None:
    major, minor, patch = lead.__version__.split(".")
    assert major.isdigit() and minor.isdigit() and patch
