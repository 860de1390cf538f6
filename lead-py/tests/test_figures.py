"""Figures of a store."""

import asyncio
from pathlib import Path

import lead
import pytest

OLD = """Platform,Profile URL,Display Name,Phone,Email,City,extracted_at
yelp,https://yelp.test/biz/a,Boulangerie A,04 78 00 00 01,a@firm.test,Lyon,2026-01-05T10:00:00
yelp,https://yelp.test/biz/b,Boulangerie B,04 78 00 00 02,,Lyon,2026-02-05T10:00:00
google_maps,https://maps.test/c,Boulangerie C,,c@firm.test,Bron,2026-02-06T10:00:00
"""


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with three leads."""
    old = tmp_path / "all_platforms.csv"
    old.write_text(OLD)
    uri = f"sqlite://{tmp_path / 'leads.db'}"
    assert lead.import_file(old, store=uri, region="FR")["created"] == 3
    return uri


def test_facets_are_counted_under_a_filter(store: str) -> None:
    city, source = lead.facets(store, ["city", "source"])
    assert (city["leads"], city["having"], city["distinct"]) == (3, 3, 2)
    assert [(count["value"], count["leads"]) for count in city["counts"]] == [("lyon", 2), ("bron", 1)]
    assert source["counts"][0]["value"] == "yelp"
    condition = city["counts"][0]["filter"]
    assert condition is not None
    assert lead.facets(store, "city", filter=condition)[0]["leads"] == 2
    assert asyncio.run(lead.facets_async(store, "city", filter="has:email", limit=1))[0]["distinct"] == 2
    assert len(lead.facets(store)) == 6
    months = lead.facets(store, "first_seen", by="month", zone="Europe/Paris")[0]["counts"]
    assert [month["value"] for month in months] == ["2026-01", "2026-02"]
    assert lead.facets(store, "city", filter="@with-phone")[0]["leads"] == 2
    with pytest.raises(lead.NotFoundError):
        lead.facets(store, filter="@nobody")
    with pytest.raises(lead.InvalidInputError, match="colour"):
        lead.facets(store, "colour")
    with pytest.raises(lead.InvalidInputError):
        asyncio.run(lead.facets_async(store, "city", limit=0))


def test_stats_are_those_of_the_store(store: str) -> None:
    told = lead.stats(store, stages={"lyon": "city:Lyon", "mail": "has:email"})
    coverage = {has["field"]: has["leads"] for has in told["coverage"]}
    assert (told["leads"], coverage["phone"], coverage["email"]) == (3, 2, 2)
    assert [(stage["name"], stage["leads"]) for stage in told["stages"]] == [("lyon", 2), ("mail", 1)]
    assert [point["new"] for point in told["series"]["points"][:2]] == [1, 2]
    half = asyncio.run(lead.stats_async(store, since="2026-02-01", until="2026-02-15", by="day"))
    assert half["leads"] == 2 and half["comparison"] is not None
    assert half["comparison"]["changes"][0]["change"] == 2
    with pytest.raises(lead.InvalidInputError):
        lead.stats(store, since="yesterday")
    with pytest.raises(lead.InvalidInputError):
        lead.stats(store, zone="Europe/Nowhere")
