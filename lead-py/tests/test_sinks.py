"""Leads handed on to a webhook served here, and sites served here that are visited again."""

import asyncio
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lead
import pytest

SECRET = "whsec_bGVhZHMtYXJlLXNpZ25lZC1oZXJlLWFuZC1ub3c="


class Hook(http.server.BaseHTTPRequestHandler):
    """Takes messages, or refuses them; serves a site besides."""

    taken: list[dict[str, Any]]
    status: int

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["webhook-signature"].startswith("v1,")
        self.taken.append(json.loads(body))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        page = b"<title>Firm</title>Tel. +33 4 78 00 00 09" if self.path == "/" else b""
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Hook.taken, Hook.status = [], 204
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def store() -> Iterator[lead.Store]:
    with lead.open_store("memory://") as store:
        site = "http://www.firm.test/"
        store.write("crm", [{"key": 1, "name": "Firm", "phone": "+33478000001", "website": site}], seen_at="2026-01-31")
        yield store


def settings(port: int) -> dict[str, Any]:
    sink = {"name": "crm", "kind": "webhook", "url": f"http://127.0.0.1:{port}/", "secrets": ["env:HOOK"]}
    return {"sink": [sink], "rule": [{"name": "phones", "sink": "crm", "filter": "has:phone"}]}


def test_leads_are_handed_on_once(store: lead.Store, port: int, tmp_path: Path) -> None:
    how: Any = {"store": store, "secrets": {"HOOK": SECRET}, "allow_net": "127.0.0.0/8"}
    [rule] = lead.check_sinks(settings(port), **how)
    assert (rule["rule"], rule["kind"], rule["on"], rule["leads"]) == ("phones", "webhook", ["created", "changed"], 1)
    report = lead.run_sinks(settings(port), **how)
    assert report == {"queued": 1, "delivered": 1, "again": 0, "dead": 0, "dropped": 0}
    assert (Hook.taken[0]["type"], Hook.taken[0]["data"]["lead"]["name"]) == ("lead.created", "Firm")
    file = tmp_path / "sinks.toml"
    text = f"[[sink]]\nname='crm'\nkind='webhook'\nurl='http://127.0.0.1:{port}/'\nsecrets=['env:HOOK']\n"
    file.write_text(text + "[[rule]]\nname='phones'\nsink='crm'\nfilter='has:phone'\n")
    assert lead.run_sinks(file, **how)["queued"] == 0
    store.write("crm", [{"key": 1, "name": "Firm et Fils", "phone": "+33478000001"}])
    assert asyncio.run(lead.run_sinks_async(file, **how))["delivered"] == 1
    assert Hook.taken[1]["type"] == "lead.changed"


def test_what_is_refused_is_kept_and_tried_again(store: lead.Store, port: int) -> None:
    how: Any = {"store": store, "secrets": {"HOOK": SECRET}, "allow_net": "127.0.0.0/8"}
    Hook.status = 422
    assert lead.run_sinks(settings(port), **how)["dead"] == 1
    [letter] = lead.dead_letters(settings(port), store=store)
    assert (letter["kind"], letter["payload"]["rule"], letter["attempts"]) == ("sink:crm", "phones", 1)
    assert "422" in letter["reason"]
    assert lead.dead_letters(settings(port), store=store, after=letter["job"]) == []
    assert lead.retry_letters(settings(port), store=store, jobs=[letter["job"] + 1]) == 0
    assert asyncio.run(lead.retry_letters_async(settings(port), store=store)) == 1
    Hook.status = 204
    assert lead.run_sinks(settings(port), **how)["delivered"] == 1
    assert asyncio.run(lead.dead_letters_async(settings(port), store=store)) == []


def test_rounds_follow_each_other(store: lead.Store, port: int) -> None:
    how: Any = {"store": store, "secrets": {"HOOK": SECRET}, "allow_net": "127.0.0.0/8"}
    with lead.watch_sinks(settings(port), every=0.05, **how) as reports:
        assert next(reports)["delivered"] == 1
        store.write("crm", [{"key": 2, "name": "Other", "phone": "+33478000002"}])
        assert any(report["delivered"] for report in reports)
    assert sorted(message["data"]["lead"]["name"] for message in Hook.taken) == ["Firm", "Other"]


def test_settings_that_cannot_be_used(store: lead.Store, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(lead.ConfigError):
        lead.run_sinks(settings(port), store=store)
    monkeypatch.setenv("HOOK", SECRET)
    # This machine is asked only when its network is allowed: that is the sink's trouble, and told in the report.
    assert lead.run_sinks(settings(port), store=store)["again"] == 1
    with pytest.raises(lead.ConfigError):
        lead.check_sinks({"sink": [{"name": "a", "kind": "fax"}]}, store=store)
    with pytest.raises(lead.NotFoundError):
        lead.check_sinks("missing.toml", store=store)
    with pytest.raises(TypeError):
        lead.run_sinks(settings(port), store=store, colour="red")  # type: ignore[call-arg]
    with pytest.raises(lead.InvalidInputError):
        lead.watch_sinks(settings(port), store=store, every=0)


def test_sites_are_visited_again(store: lead.Store, port: int) -> None:
    web: Any = {"allow_net": "127.0.0.0/8", "resolve": f"www.firm.test=127.0.0.1:{port}", "rate": "off"}
    fresh = lead.refresh(store, older_than="100y", **web)
    assert list(fresh)[-1].event == "done" and fresh.sites == {
        "read": 0,
        "gone": 0,
        "kept_away": 0,
        "failed": 0,
        "open": 0,
    }
    with lead.refresh(store, older_than="1d", filter="has:phone", concurrency=2, **web) as run:
        events = [event.event for event in run]
    assert events[0] == "planned" and events[-1] == "done"
    assert run.sites is not None and run.sites["read"] == 1
    assert run.run is not None
    [change] = lead.changes(store, since=run.run)
    assert "phones" in [field["field"] for field in change.fields if "added" in field]
    assert "+33478000009" in [phone["e164"] for phone in store.leads()["leads"][0]["phones"]]
    with pytest.raises(lead.InvalidInputError):
        lead.refresh(store, older_than="soon")
    with pytest.raises(lead.InvalidInputError):
        lead.refresh(store, resume="last", older_than="1d")

    async def again() -> Any:
        async with lead.refresh(store, resume="last", **web) as run:
            return [event.event async for event in run][-1]

    assert asyncio.run(again()) == "done"
