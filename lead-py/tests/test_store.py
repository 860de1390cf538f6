"""A store that is open: what is asked of it, written to it, and erased."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import lead
import pytest

BAKERS: list[dict[str, Any]] = [
    {"key": 1, "name": "Baker A", "phone": "+33478000001", "website": "a.example", "city": "Lyon", "country": "FR"},
    {"key": 2, "name": "Baker B", "email": "info@b.example", "city": "Bron", "country": "FR"},
    {"name": "without a key"},
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[lead.Store]:
    """A store with two bakers."""
    with lead.open_store(f"sqlite://{tmp_path / 'leads.db'}") as store:
        written = store.write("crm", BAKERS, seen_at="2026-01-31")
        assert (written["listings"], written["inserted"], written["created"], len(written["rejects"])) == (2, 2, 2, 1)
        yield store


def names(page: lead.LeadPage) -> list[str]:
    return [one["name"] for one in page["leads"]]


def test_leads_are_read_page_by_page(store: lead.Store) -> None:
    first = store.leads(sort="-name", limit=1)
    assert names(first) == ["Baker B"]
    assert names(store.leads(sort="-name", limit=1, cursor=first["next"])) == ["Baker A"]
    assert [one["name"] for one in store.each(sort="name")] == ["Baker A", "Baker B"]
    assert (store.count(), store.count("@with-phone")) == (2, 1)
    assert store.estimate("@with-phone") == {"count": 1, "least": 1, "most": 1}
    mark, _ = store.marks(every=1, sort="name")
    assert names(store.leads(sort="name", cursor=mark)) == ["Baker B"]
    with pytest.raises(lead.InvalidInputError):
        store.marks(every=0)
    one = store.leads("city:Lyon")["leads"][0]
    assert store.lead(one["id"]) == one == store.lead(one["sources"][0]["record"])
    aged = store.leads("city:Lyon", as_of="2036-01-31")["leads"][0]
    assert aged["phones"][0]["confidence"] < one["phones"][0]["confidence"]
    assert store.matching("phone:+33478000001")[0]["record"] == one["sources"][0]["record"]
    assert store.lead("00000000-0000-0000-0000-000000000000") is None
    assert store.runs() == []
    with pytest.raises(lead.InvalidInputError):
        store.leads(sort="colour")
    with pytest.raises(lead.InvalidInputError):
        store.leads(cursor="nowhere")
    with pytest.raises(lead.NotFoundError):
        store.count("@nobody")
    with pytest.raises(lead.InvalidInputError):
        store.write("crm", [{"key": 1, "colour": "red"}])


def test_whatever_takes_a_store_takes_one_that_is_open(store: lead.Store, tmp_path: Path) -> None:
    assert lead.facets(store, "city")[0]["leads"] == 2
    assert lead.export_file(tmp_path / "leads.csv", store=store)["leads"] == 2
    with lead.open_store("memory://") as other:
        assert list(lead.collect("bakeries", sources=[Guide()], store=other, visit_sites=False))[-1].event == "done"
        assert names(other.leads()) == ["Rossi"]
        assert other.runs(limit=1)[0]["state"]["done"] is True
        assert lead.facets(other, "city", tenant="acme")[0]["leads"] == 0
        with pytest.raises(lead.InvalidInputError):
            lead.collect("bakeries", sources=[Guide()], store=other, mirror="csv://leads.csv").__next__()
    for closed in (lambda: other.count(), lambda: lead.facets(other)):
        with pytest.raises(lead.InvalidInputError, match="closed"):
            closed()


class Guide:
    id = "guide"

    def step(self, query: lead.SourceQuery, cursor: str | None) -> lead.Batch:
        return {"listings": [{"key": "1", "name": "Rossi", "city": "Roma", "country": "IT"}]}


def test_a_lead_is_withdrawn_only_as_it_was_read(store: lead.Store) -> None:
    id = store.leads("city:Lyon")["leads"][0]["id"]
    read = store.history(id)
    assert read is not None
    assert (len(read["sightings"]), read["links"]) == (1, [])
    assert read["sightings"][0]["seen_at"] == "2026-01-31T00:00:00Z"
    store.write("crm", [{"key": 1, "name": "Baker A et Fils"}])
    assert store.withdraw({id: read["version"]}) == []
    now = store.history(id)
    assert now is not None
    assert store.withdraw({id: now["version"]}) == [id]
    assert store.history(id) is None
    assert [note["action"] for note in store.audit()] == ["lead.withdrawn"]
    assert store.audit(after=1) == []
    with pytest.raises(lead.InvalidInputError):
        store.withdraw({id: "newest"})


def test_what_is_erased_is_said(store: lead.Store) -> None:
    assert store.erase(filter="city:Bron", dry_run=True) == {"leads": 1, "sightings": 0, "archived": 0}
    for empty in ("", " "):
        with pytest.raises(lead.InvalidInputError):
            store.erase(filter=empty)
    with pytest.raises(lead.InvalidInputError):
        store.erase()
    assert store.erase(filter="city:Bron") == {"leads": 1, "sightings": 1, "archived": 0}
    id = store.leads()["leads"][0]["id"]
    assert store.erase(id) == {"leads": 1, "sightings": 1, "archived": 0}
    assert store.erase([id])["leads"] == 0
    assert store.count() == 0


def test_leads_are_erased_from_archives_too(store: lead.Store, tmp_path: Path) -> None:
    id = store.leads("city:Lyon")["leads"][0]["id"]
    lead.retain(store, older_than="0s", archive=tmp_path / "archive")
    assert store.erase(id, archive=tmp_path / "archive")["archived"] == 1
    assert lead.restore(tmp_path / "archive", store=store)["leads"] == 1
    assert names(store.leads()) == ["Baker B"]


def test_records_that_are_one_are_linked(store: lead.Store) -> None:
    one, other = (found["sources"][0]["record"] for found in store.leads()["leads"])
    linked = store.link([{"left": one, "right": other, "because": "site:a.example"}])
    assert len(linked["merged"]) == 1 and store.count() == 1
    history = store.history(one)
    assert history is not None and history["links"][0]["because"] == "site:a.example"


def test_who_must_not_be_contacted_is_listed(store: lead.Store) -> None:
    store.suppress("domain:b.example", reason="asked")
    assert store.count("has:email") == 0
    states = store.suppressed(["email:info@b.example", "phone:+33478000001"])
    assert [state["entry"] and state["entry"]["reason"] for state in states] == ["asked", None]
    assert store.suppressions()[0]["subject"] == "domain:b.example"
    assert store.write("crm", [{"key": 3, "email": "a@b.example", "name": "C"}])["suppressed"] == 1
    assert store.unsuppress(["domain:b.example", "domain:c.example"]) == 1
    assert store.suppressions() == []
    with pytest.raises(lead.InvalidInputError):
        store.suppress("somebody")


def test_filters_have_names(store: lead.Store) -> None:
    store.save_filter("lyon", "city:Lyon")
    assert store.count("@lyon has:phone") == 1
    assert lead.facets(store, "city", filter="@lyon")[0]["leads"] == 1
    saved, *built_in = store.filters()
    assert (saved["name"], saved["built_in"], saved["doc"]) == ("lyon", False, None)
    assert "with-phone" in [one["name"] for one in built_in if one["built_in"]]
    assert (store.remove_filter("lyon"), store.remove_filter("lyon")) == (True, False)
    with pytest.raises(lead.InvalidInputError):
        store.save_filter("with-phone", "has:phone")


def test_a_mirror_is_looked_after(tmp_path: Path) -> None:
    place, file = f"sqlite://{tmp_path / 'leads.db'}", tmp_path / "leads.csv"
    with lead.open_store(place, mirror=f"csv://{file}") as store:
        store.write("crm", BAKERS[:2])
        assert store.drain_mirror(seconds=20) == {"entries": 0, "notes": 0, "failure": None}
        assert store.mirror_lag()["entries"] == 0
        assert store.check_mirror()["agrees"] is True
    file.write_text(file.read_text("utf-8").replace("Baker A", "Baker X"), "utf-8")
    with lead.open_store(place, mirror=f"csv://{file}") as store:
        found = store.check_mirror()
        assert (found["agrees"], found["different"], found["leads"][0]["how"]) == (False, 1, "different")
        assert store.repair_mirror(erase=True)["mended"] == 1
        assert asyncio.run(store.check_mirror_async())["agrees"] is True
    assert "Baker A" in file.read_text("utf-8")
    with lead.open_store(place) as store, pytest.raises(lead.InvalidInputError):
        store.mirror_lag()


def test_a_store_in_an_event_loop() -> None:
    async def bakers() -> AsyncIterator[dict[str, Any]]:
        for baker in BAKERS[:2]:
            yield baker

    async def work() -> None:
        async with lead.open_store("memory://") as store:
            assert (await store.write_async("crm", bakers()))["created"] == 2
            assert (await store.write_async("crm", BAKERS[:2]))["inserted"] == 0
            assert await store.count_async() == 2
            assert [one["name"] async for one in store.each_async(sort="name")] == ["Baker A", "Baker B"]
            id = (await store.leads_async("city:Lyon"))["leads"][0]["id"]
            assert (await store.lead_async(id) or {})["name"] == "Baker A"
            history = await store.history_async(id)
            assert history is not None and await store.withdraw_async({id: history["version"]}) == [id]
            assert len(await store.audit_async()) == 1
            await store.suppress_async("domain:b.example")
            assert len(await store.suppressions_async()) == 1
            assert (await store.suppressed_async("domain:b.example"))[0]["entry"] is not None
            assert await store.unsuppress_async("domain:b.example") == 1
            await store.save_filter_async("lyon", "city:Lyon")
            assert len(await store.filters_async()) > 1
            assert await store.remove_filter_async("lyon") is True
            assert (await store.erase_async(filter="*"))["leads"] == await store.count_async() + 1
            with pytest.raises(lead.InvalidInputError):
                await store.drain_mirror_async()
        with pytest.raises(lead.InvalidInputError):
            await store.count_async()

    asyncio.run(work())


def test_a_store_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(lead.InvalidInputError):
        lead.open_store("mysql://localhost/leads").open()
    (tmp_path / "leads.db").write_text("no database, but a text that is long enough to be taken for one")
    with pytest.raises(lead.LeadError), lead.open_store(f"sqlite://{tmp_path / 'leads.db'}"):
        raise AssertionError
