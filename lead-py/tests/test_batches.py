"""Many documents at once: in order, each failing alone, and as Arrow columns that any data frame hands over."""

from typing import Any

import lead
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"


def test_answers_come_in_the_order_of_the_documents() -> None:
    pages = [f"<p>info{n}@bakery.example" for n in range(300)]
    for threads in (1, 2, 7, None):
        answers = lead.extract_many(pages, threads=threads)
        assert answers == [lead.extract(page) for page in pages]


def test_a_document_that_fails_fails_alone() -> None:
    answers = lead.extract_many([b"<p>info@a.example", PICTURE, lead.Page("<p>info@b.example", base_url="ftp://b.example")])
    assert isinstance(answers[0], lead.Contacts)
    assert isinstance(answers[1], lead.DecodeError)
    assert isinstance(answers[2], lead.InvalidInputError)


def test_what_a_page_says_of_itself_comes_first() -> None:
    page = lead.Page("<p>Tel. 030 23125100", region="DE", base_url="https://bakery.example/", content_type="text/html")
    assert (page.region, page.base_url, page.content_type) == ("DE", "https://bakery.example/", "text/html")
    answers = lead.extract_many([page, "<p>(415) 555-2671"], region="US")
    assert [answer.region for answer in answers if isinstance(answer, lead.Contacts)] == ["DE", "US"]
    assert isinstance(answers[0], lead.Contacts)
    assert answers[0].url == "https://bakery.example/"


def test_what_is_no_document_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        lead.extract_many([1])  # type: ignore[list-item]
    with pytest.raises(lead.InvalidInputError):
        lead.extract_many([], mode="clever")  # type: ignore[arg-type]


def rows(stream: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pa.table(stream).to_pylist()
    return found


def test_columns_say_what_the_objects_say() -> None:
    page = "<h1>Rossi</h1><p>Tel. (415) 555-2671, <a href='mailto:ciao@rossi.example'>mail</a>"
    table = pa.table({"id": [7, 8, 9], "html": [page, None, "<p>nothing"]})
    for data in (table, table.to_reader(max_chunksize=1), table.to_batches()[0]):
        found = rows(lead.extract_batches(data, region="US"))
        assert [row["id"] for row in found] == [7, 8, 9]
        plain = lead.extract(page, region="US").to_dict()
        assert [one["e164"] for one in found[0]["phones"]] == [one["e164"] for one in plain["phones"]]
        assert found[0]["emails"][0]["address"] == "ciao@rossi.example"
        assert found[0]["emails"][0]["evidence"] == [{"snippet": None, "locator": None} | one for one in plain["emails"][0]["evidence"]]
        assert found[1]["phones"] is None
        assert found[1]["error"]
        assert found[2]["phones"] == []


def test_batches_are_read_as_they_are_asked_for() -> None:
    asked = []

    def pages() -> Any:
        for n in range(3):
            asked.append(n)
            yield pa.record_batch({"html": [f"<p>info{n}@bakery.example"]})

    reader = pa.RecordBatchReader.from_batches(pa.schema([("html", pa.string())]), pages())
    found = pa.RecordBatchReader.from_stream(lead.extract_batches(reader))
    assert asked == []
    assert found.read_next_batch().to_pylist()[0]["emails"][0]["address"] == "info0@bakery.example"
    assert len(asked) == 1


def test_numbers_of_texts_count_code_points() -> None:
    texts = pa.table({"text": ["Größe: ruf 030 23125100 an", None], "region": ["DE", "US"]})
    found = rows(lead.find_phones_batches(texts))
    match = found[0]["matches"][0]
    assert (match["start"], match["e164"], found[1]["matches"]) == (11, "+493023125100", None)


def test_a_table_without_documents_says_so_at_once() -> None:
    with pytest.raises(lead.InvalidInputError, match="missing"):
        lead.extract_batches(pa.table({"text": ["a"]}))
