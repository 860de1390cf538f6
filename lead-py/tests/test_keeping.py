"""What changed in a store, what leaves it, and what comes back."""

import asyncio
import pickle
from pathlib import Path
from typing import Any

import lead
import pytest

HEADER = "CompanyName, CompanyNumber,RegAddress.PostTown,RegAddress.PostCode,CompanyStatus\n"


def filled(folder: Path, *names: str) -> str:
    """A store with companies of these names, numbered in order."""
    file = folder / "companies.csv"
    rows = [f"{name},{number:08},LEEDS,LS1 1AA,Active\n" for number, name in enumerate(names)]
    file.write_text(HEADER + "".join(rows))
    store = f"sqlite://{folder / 'leads.db'}"
    lead.import_file(file, layout="companies-house", store=store)
    return store


def shown(changes: lead.Changes) -> list[tuple[str, str | None]]:
    return [(change.change, change.name) for change in changes]


def test_changes_are_new_leads_and_other_values(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD", "SAMPLE LTD")
    changes = lead.changes(store, since="2020-01-01")
    found = list(changes)
    assert sorted((change.change, change.name) for change in found) == [("new", "EXAMPLE LTD"), ("new", "SAMPLE LTD")]
    assert changes.compared == {"seen": 2, "new": 2, "changed": 0, "unchanged": 0}
    names = found[0].fields[0]
    assert names["field"] == "organizations"
    assert names["added"][0]["text"] == found[0].name
    assert pickle.loads(pickle.dumps(found[0])) == found[0]
    assert found[0].to_dict()["since"] == "2020-01-01T00:00:00Z" == found[0].since
    assert shown(lead.changes(store, since="2020-01-01", filter="name:SAMPLE*")) == [("new", "SAMPLE LTD")]
    assert shown(lead.changes(store, since="2999-01-01")) == []


def test_changes_in_an_event_loop(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD")

    async def look() -> list[str | None]:
        return [change.name async for change in lead.changes(store, since="2020-01-01")]

    assert asyncio.run(look()) == ["EXAMPLE LTD"]


def test_what_changes_refuse(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD")
    with pytest.raises(lead.InvalidInputError):
        lead.changes(store, since="2020-01-01", filter="nothing:1")
    with pytest.raises(lead.InvalidInputError):
        list(lead.changes(store, since="yesterday"))
    with pytest.raises(lead.NotFoundError):
        list(lead.changes(store, since="last"))


def test_leads_leave_and_come_back(tmp_path: Path) -> None:
    store, folder = filled(tmp_path, "EXAMPLE LTD", "SAMPLE LTD"), tmp_path / "archive"
    kept = lead.retain(store, older_than="90d", archive=folder)
    assert (kept["leads"], kept["files"]) == (0, [])
    count = lead.retain(store, older_than="0s", archive=folder, dry_run=True)
    assert (count["leads"], count["files"]) == (2, [])
    gone = lead.retain(store, older_than="0s", archive=folder)
    assert gone["leads"] == 2
    assert gone["bytes"] == Path(gone["files"][0]).stat().st_size
    assert shown(lead.changes(store, since="2020-01-01")) == []
    back: Any = lead.restore(folder, store=store)
    assert back == {"leads": 2, "inserted": 2, "known": 0, "erased": 0, "suppressed": 0}
    assert asyncio.run(lead.restore_async(gone["files"], store=store))["known"] == 2
    assert len(shown(lead.changes(store, since="2020-01-01"))) == 2
    deleted = asyncio.run(lead.retain_async(store, older_than="0s", delete=True, filter="name:SAMPLE*"))
    assert (deleted["leads"], deleted["files"]) == (1, [])
    assert shown(lead.changes(store, since="2020-01-01")) == [("new", "EXAMPLE LTD")]


def test_what_retain_and_restore_refuse(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD")
    with pytest.raises(lead.InvalidInputError):
        lead.retain(store, older_than="2y")
    with pytest.raises(lead.InvalidInputError):
        lead.retain(store, older_than="soon", delete=True)
    with pytest.raises(lead.NotFoundError):
        lead.restore(tmp_path / "missing.parquet", store=store)
    (tmp_path / "text.parquet").write_text("no Parquet")
    with pytest.raises(lead.CorruptError):
        lead.restore([tmp_path / "text.parquet"], store=store)


def test_leads_are_put_away_and_brought_back(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD", "SAMPLE LTD")
    ids = {str(change.name): change.id for change in lead.changes(store, since="2020-01-01")}
    id = ids["EXAMPLE LTD"]
    nobody = "00000000-0000-5000-8000-000000000000"
    read = lead.versions(store, [id, nobody])
    assert list(read) == [id]
    assert (read[id]["lead"]["name"], read[id]["hidden"]) == ("EXAMPLE LTD", False)

    assert lead.hide(store, {id: read[id]["version"], nobody: None}, by="anna") == {id: "done", nobody: "not_found"}
    assert shown(lead.changes(store, since="2020-01-01")) == [("new", "SAMPLE LTD")]
    assert shown(lead.changes(store, since="2020-01-01", filter="is:hidden")) == [("new", "EXAMPLE LTD")]
    assert lead.hide(store, id, by="anna") == {id: "already"}
    now = lead.versions(store, [id])[id]
    assert now["hidden"] and now["version"] != read[id]["version"]
    assert lead.unhide(store, {id: read[id]["version"]}, by="ben") == {id: "changed"}
    assert lead.unhide(store, [id], by="ben") == {id: "done"}
    assert lead.versions(store, [id]) == read
    assert lead.versions(store, [id], tenant="other") == {}


def test_leads_are_put_away_in_an_event_loop(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD")
    id = next(iter(lead.changes(store, since="2020-01-01"))).id

    async def away() -> list[Any]:
        read = await lead.versions_async(store, [id])
        hidden = await lead.hide_async(store, {id: read[id]["version"]}, by="anna")
        return [hidden, await lead.unhide_async(store, id, by="anna")]

    assert asyncio.run(away()) == [{id: "done"}, {id: "done"}]


def test_what_hiding_refuses(tmp_path: Path) -> None:
    store = filled(tmp_path, "EXAMPLE LTD")
    for leads, by in [("no id", "anna"), ([], " "), ({"00000000-0000-5000-8000-000000000000": "old"}, "anna")]:
        with pytest.raises(lead.InvalidInputError):
            lead.hide(store, leads, by=by)
    with pytest.raises(lead.InvalidInputError):
        lead.versions(store, ["no id"])
