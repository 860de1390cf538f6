"""Companies in, sites and contacts out; collections with sources written here; saved pages; files of open data."""

import asyncio
import http.server
import json
import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lead
import pytest

HOME = """<!doctype html><meta charset=utf-8><title>Bäckerei Muster – Köln</title>
<script type="application/ld+json">{"@type": "Bakery", "name": "Bäckerei Muster", "telephone": "+49 221 4710123",
"address": {"streetAddress": "Hauptstraße 1", "postalCode": "50667", "addressLocality": "Köln", "addressCountry": "DE"}}</script>
<p>Bäckerei Muster, Hauptstraße 1, 50667 Köln <a href="tel:+492214710123">0221 4710123</a> <a href="mailto:info@muster.test">Mail</a>"""
NAMESAKE = HOME.replace("Köln", "Berlin").replace("50667", "10115")


class Web(http.server.BaseHTTPRequestHandler):
    """A search engine, the site of a bakery, that of a namesake, and a parked name."""

    asked: list[str]

    def do_GET(self) -> None:
        host = self.headers["Host"].split(":")[0]
        self.asked.append(host + self.path)
        pages = {"muster.test": HOME, "muster-berlin.test": NAMESAKE, "parked.test": "<h1>parked.test is for sale</h1>"}
        if host == "search.test" and self.path.startswith("/search?"):
            urls = ["http://muster-berlin.test/", "https://www.yelp.com/biz/muster", "http://muster.test/ueber-uns"]
            results = [{"url": url, "title": "Bäckerei Muster", "content": "Köln"} for url in urls]
            self.answer(200, "application/json", json.dumps({"results": results}))
        elif self.path == "/" and host in pages:
            self.answer(200, "text/html", pages[host])
        else:
            self.answer(404, "text/html", "")

    def answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def web(asked: list[str]) -> Iterator[dict[str, Any]]:
    """How that web is reached."""
    handler = type("Handler", (Web,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"*.test=127.0.0.1:{server.server_address[1]}"
    yield {"allow_net": "127.0.0.0/8", "resolve": host, "rate": "off", "max_attempts": 1}
    server.shutdown()
    server.server_close()


@pytest.fixture
def searched(web: dict[str, Any]) -> dict[str, Any]:
    return {**web, "searxng": "http://search.test/", "osm": False, "domains": "test"}


ROW = {"name": "Bäckerei Muster GmbH", "city": "Köln", "internal": 7}


def test_a_company_gets_its_site_its_contacts_and_what_its_row_lacks(searched: dict[str, Any]) -> None:
    matches = lead.match([ROW, "Niemand Nirgends"], **searched)
    found, nobody = matches
    assert found.site is not None and "//muster.test" in found.site, (found.candidates, found.failures)
    assert found.confidence is not None and found.confidence > 0.9 and found.why
    assert (found.columns["internal"], found.value("city"), found.value("phone")) == (7, "Köln", "+492214710123")
    assert found.filled["phone"]["evidence"][0]["url"] == found.site
    assert "name" not in found.filled and found.phones == ["+492214710123"] and found.emails == ["info@muster.test"]
    assert found.contacts is not None and found.contacts["addresses"][0]["city"] == "Köln"
    assert any(one["refused"] == "elsewhere" for one in found.candidates)
    assert (nobody.site, nobody.row) == (None, 1) and nobody.reason is not None
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(lead.InvalidInputError):
        found.value("colour")
    assert matches.done == 2 and matches.summary is not None and matches.summary["found"] == 1


def test_a_match_is_followed_in_an_event_loop_and_goes_on(
    searched: dict[str, Any], asked: list[str], tmp_path: Path
) -> None:
    async def run() -> list[lead.Match]:
        async with lead.match([ROW] * 3, resume=tmp_path / "run", **searched) as matches:
            return [match async for match in matches]

    first = asyncio.run(run())
    before = len(asked)
    again = asyncio.run(run())
    assert [one.site for one in first] == [one.site for one in again]
    assert all(one.resumed for one in again) and len(asked) == before


def test_a_table_is_read_from_a_file_or_bytes(searched: dict[str, Any], tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Firma;Ort\nBäckerei Muster;Köln\n;\n;Berlin\n", "utf-8")
    for given in (table, table.read_bytes()):
        found, bad = lead.match(given, **searched)
        assert found.site is not None and found.columns == {"Firma": "Bäckerei Muster", "Ort": "Köln"}
        assert bad.reason == "failed" and bad.failure is not None and bad.failure["code"] == "INVALID_INPUT"
    with pytest.raises(lead.InvalidInputError, match="no such column"):
        lead.match(table, columns={"name": "Name"}, **searched)


def test_what_means_nothing_is_told(searched: dict[str, Any]) -> None:
    with pytest.raises(lead.InvalidInputError):
        lead.match([ROW], min_confidence=2)
    with pytest.raises(TypeError, match="colour"):
        lead.match([ROW], colour="red")  # type: ignore[call-arg]
    parked = list(lead.match([{"website": "http://parked.test/"}], guess=False, **{**searched, "searxng": None}))
    assert parked[0].reason == "parked"


class Guide:
    """A source of two steps."""

    id = "guide"
    name = "Town guide"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def step(self, query: lead.SourceQuery, cursor: str | None) -> lead.Batch:
        self.asked.append((query["text"], cursor))
        number = int(cursor or 1)
        shop = {"key": number, "name": f"Shop {number}", "phone": f"+49 221 471012{number}", "city": "Köln", "country": "DE"}
        return {"listings": [shop, {"name": "no key"}], "next": "2" if number == 1 else None, "total": 2}


def leads(events: list[lead.Event]) -> list[str]:
    return sorted(event.lead["name"] for event in events if event.event == "lead" and event.lead)


def test_a_source_of_ones_own_is_asked_by_its_cursors(web: dict[str, Any], tmp_path: Path) -> None:
    guide = Guide()
    store = f"sqlite://{tmp_path / 'leads.db'}"
    collection = lead.collect("bakeries", sources=[guide], store=store, **web)
    events = list(collection)
    assert leads(events) == ["Shop 1", "Shop 2"]
    assert guide.asked == [("bakeries", None), ("bakeries", "2")]
    assert sum(event.event == "failed" for event in events) == 2, "entries without a key are kept aside"
    assert events[-1].event == "done" and collection.run and collection.summary and collection.summary["created"] == 2
    proof = next(event.lead for event in events if event.event == "lead" and event.lead)["phones"][0]["evidence"][0]
    assert proof["source"] == "guide"


class Places:
    """A source whose entries lie at whole degrees of longitude, one a step."""

    id = "places"

    def __init__(self) -> None:
        self.areas: list[Any] = []

    def step(self, query: lead.SourceQuery, cursor: str | None) -> lead.Batch:
        self.areas.append(query.get("area"))
        east = int(cursor or 0)
        place = {"key": east, "name": f"Shop {east}", "latitude": 1, "longitude": east}
        return {"listings": [place], "next": str(east + 1) if east < 4 else None}


def test_a_collection_stays_within_its_area_and_its_limits(web: dict[str, Any]) -> None:
    square = {"type": "Polygon", "coordinates": [[[0.5, 0], [2.5, 0], [2.5, 2], [0.5, 2], [0.5, 0]]]}
    for within in ({"area": square}, {"bbox": (0.5, 0, 2.5, 2)}):
        places = Places()
        collection = lead.collect("bakeries", sources=[places], expand=False, **within, **web)
        assert leads(list(collection)) == ["Shop 1", "Shop 2"]
        assert len(places.areas) == 5 and all(places.areas)
    box = [0.5, 0.0, 2.5, 2.0]
    assert places.areas[0] == box
    ended = lead.collect("bakeries", sources=[Places()], max_time=1e-9, **web)
    list(ended)
    assert ended.summary and ended.summary["reached"] == "time" and 0 < ended.summary["elapsed"] < 60
    wrongs: list[dict[str, Any]] = [
        {"radius": 5.0},
        {"near": "Köln", "bbox": box},
        {"max_time": 0.0},
        {"max_requests": 0},
        {"until_coverage": 2.0},
        {"tenant": "a b"},
        {"resume": "last"},
        {"resume": "yesterday"},
    ]
    for wrong in wrongs:
        with pytest.raises(lead.InvalidInputError):
            lead.collect("bakeries", sources=[Places()], **wrong, **web)
    taken = Places()
    taken.id = "serp_bing"
    with pytest.raises(lead.InvalidInputError):
        lead.collect("bakeries", sources=[taken], **web)


def test_errors_of_ones_own_code_are_typed_and_the_run_can_be_resumed(web: dict[str, Any], tmp_path: Path) -> None:
    class Broken(Guide):
        broken = True

        def step(self, query: lead.SourceQuery, cursor: str | None) -> lead.Batch:
            if cursor and self.broken:
                raise ValueError("the guide is closed")
            return super().step(query, cursor)

    guide, store = Broken(), f"sqlite://{tmp_path / 'leads.db'}"
    events = list(lead.collect("bakeries", sources=[guide], store=store, **web))
    failures = [event.failure for event in events if event.event == "failed" and event.failure]
    assert any(one["code"] == "APPLICATION" and "ValueError: the guide is closed" in one["reason"] for one in failures)
    assert leads(events) == ["Shop 1"]
    guide.broken = False
    assert leads(list(lead.collect(sources=[guide], store=store, resume="last", **web))) == ["Shop 2"]
    assert guide.asked == [("bakeries", None), ("bakeries", "2")]


def test_an_error_of_ours_keeps_its_kind(web: dict[str, Any]) -> None:
    class Limited(Guide):
        def step(self, query: lead.SourceQuery, cursor: str | None) -> lead.Batch:
            raise lead.RateLimitedError("slow down")

    events = list(lead.collect("x", sources=[Limited()], **web))
    assert [event.failure["code"] for event in events if event.failure] == ["RATE_LIMITED"]


def test_a_step_that_is_awaited_runs_in_the_callers_loop_and_is_cancelled_with_the_run(web: dict[str, Any]) -> None:
    state: dict[str, Any] = {}

    class Slow:
        id = "slow"

        async def step(self, query: lead.SourceQuery, cursor: str | None) -> lead.Batch:
            state["loop"] = asyncio.get_running_loop()
            if cursor is None:
                return {"listings": [{"key": "1", "name": "First"}], "next": "never"}
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                state["cancelled"] = True
                raise
            return {}

    async def run() -> bool:
        async with lead.collect("x", sources=[Slow()], **web) as events:
            async for event in events:
                if event.event == "lead":
                    break
            await asyncio.sleep(0.2)
        for _ in range(50):
            if state.get("cancelled"):
                break
            await asyncio.sleep(0.1)
        return state["loop"] is asyncio.get_running_loop()

    begun = time.monotonic()
    assert asyncio.run(run()) and state.get("cancelled")
    assert time.monotonic() - begun < 20
    # Without a loop it runs in one of its own.
    with lead.collect("x", sources=[Slow()], **web) as events:
        assert any(event.event == "lead" for event in events if event.event != "progress")


def test_sources_are_chosen_by_name(web: dict[str, Any]) -> None:
    events = list(lead.collect("x", sources=["sites"], sites=["http://muster.test/"], **web))
    assert leads(events) == ["Bäckerei Muster"]
    for bad in (["nobody"], ["searxng"], [Guide(), Guide()][:1] + ["osmm"]):
        with pytest.raises(lead.InvalidInputError):
            lead.collect("x", sources=bad)
    with pytest.raises(TypeError):
        lead.collect("x", sources=[object()])  # type: ignore[list-item]


def test_saved_pages_and_files_are_read(tmp_path: Path) -> None:
    names = lead.sources()
    assert "osm" in names["sources"] and "google_maps" in names["platforms"] and "overture" in names["layouts"]
    adapter = tmp_path / "guide.toml"
    adapter.write_text(
        'id = "guide"\nname = "Guide"\nversion = 1\nterms = "open"\n[[page]]\nname = "shop"\nall = [{ json = "/shop" }]\n'
        '[[field]]\nto = "name"\nread = [{ json = "/shop/title" }]\n[[field]]\nto = "key"\nread = [{ json = "/shop/id" }]\n'
    )
    parsed = lead.parse_page(adapter, '{"shop": {"id": 7, "title": "Rossi"}}')
    assert parsed["outcome"] == "listings" and parsed["listings"][0]["findings"]["organizations"][0]["name"] == "Rossi"
    with pytest.raises(lead.UnrecognisedPageError):
        lead.parse_page(adapter, "{}")
    with pytest.raises(lead.NotFoundError):
        lead.parse_page("nobody", b"")

    places = tmp_path / "companies.csv"
    head = "CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostTown,RegAddress.Country,RegAddress.PostCode,CompanyStatus,SICCode.SicText_1\n"
    places.write_text(head + "EXAMPLE LTD,00000001,1 TEST STREET,LEEDS,ENGLAND,LS1 1AA,Active,56101 - Restaurants\nBROKEN,1\n")
    imported = lead.import_file(places, store=f"sqlite://{tmp_path / 'leads.db'}")
    assert (imported["layout"], imported["created"], imported["rejected"]) == ("companies-house", 1, 1)
    assert asyncio.run(lead.import_file_async(places))["listings"] == 1
    with pytest.raises(lead.NotFoundError):
        lead.import_file(tmp_path / "missing.csv")

    old = tmp_path / "all_platforms.csv"
    old.write_text("Platform,Profile URL,Display Name,Phone,City\nyelp,https://yelp.test/biz/a,Boulangerie A,04 78 00 00 01,Lyon\nyelp\n")
    for known in (1, 0):
        imported = lead.import_file(old, store=f"sqlite://{tmp_path / 'old.db'}", region="FR")
        assert (imported["layout"], imported["rows"], imported["rejected"], imported["created"]) == ("v39-b", 2, 1, known)
    kept = tmp_path / "kept.csv"
    mirror = f"csv://{kept}?layout=legacy"
    lead.import_file(old, store=f"sqlite://{tmp_path / 'dual.db'}", mirror=mirror, region="FR")
    assert kept.read_text().count("Boulangerie A") == 1
    with pytest.raises(lead.InvalidInputError):
        lead.import_file(old, store=f"sqlite://{tmp_path / 'dual.db'}", mirror="kept.csv")
    with pytest.raises(lead.UnsupportedError):
        lead.import_file(old, category="bakery")
    with pytest.raises(lead.InvalidInputError):
        lead.import_file(old, layout="v40")

    store, table = f"sqlite://{tmp_path / 'leads.db'}", tmp_path / "leads.csv"
    exported = lead.export_file(table, store=store, columns=["name", "sources"], filter="source:companies_house")
    assert table.read_text() == "name,sources\nEXAMPLE LTD,companies_house\n"
    whole = {"leads": 1, "suppressed": 0, "bytes": len(table.read_bytes()), "resumed": 0, "anew": None}
    assert exported == whole
    again = lead.export_file(table, store=store, columns=["name", "sources"], filter="source:companies_house", resume=True)
    assert again == whole
    book = asyncio.run(lead.export_file_async(tmp_path / "leads.xlsx", store=store, layout="hubspot", resume=True))
    assert book["anew"] == "form"
    assert (tmp_path / "leads.xlsx").read_bytes().startswith(b"PK")
    with pytest.raises(lead.InvalidInputError, match="phnoes"):
        lead.export_file(table, store=store, columns=["phnoes"])


GUIDE = """
id = "guide"
name = "Guide"
version = 1
terms = "restricted"
[search]
url = "http://search.test/search?q={query}"
[[page]]
name = "list"
all = [{ json = "/results" }]
entries = { json = "/results/*" }
[[field]]
to = "key"
read = [{ json = "/url" }]
[[field]]
to = "name"
read = [{ json = "/title" }]
"""


def test_platforms_are_asked_by_name_by_a_file_and_search_engines_by_their_health(web: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "guide.toml"
    file.write_text(GUIDE)
    at: dict[str, Any] = {**web, "visit_sites": False}
    with pytest.raises(lead.InvalidInputError, match="terms"):
        lead.collect("bakeries", sources=[file], **at)
    run = lead.collect("bakeries", sources=[str(file)], accept_terms={"guide": "they said yes"}, **at)
    assert not [event for event in run if event.event == "failed"]
    assert run.summary and run.summary["listings"] == 3
    engines: dict[str, Any] = {"sources": "web_search", "engine": "searxng"}
    search = lead.collect("bakeries", **engines, source_url={"searxng": "http://search.test/"}, **at)
    list(search)
    assert search.summary and search.summary["listings"] == 2, "the directory is no business"
    with pytest.raises(lead.InvalidInputError):
        lead.collect("x", **engines, source_url={"searxgn": "http://search.test/"}, **at)
    with pytest.raises(lead.ConfigError):
        lead.collect("x", sources=["yelp_api"], **at)
    assert "web_search" in lead.sources()["sources"]
