"""A store that is open: written, asked, kept clean, and handed on to a webhook that is served here."""

import http.server
import threading

import lead

SHOPS = [
    {"key": "1", "name": "Boulangerie Exemple", "phone": "04 78 00 00 01", "city": "Lyon", "country": "FR"},
    {"key": "2", "name": "Garage Modèle", "email": "bonjour@garage.example", "city": "Bron", "country": "FR"},
]


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        print("the webhook gets", len(self.rfile.read(int(self.headers["Content-Length"]))), "bytes")
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def work(store: lead.Store, hook: str) -> None:
    written = store.write("crm", SHOPS)
    print(written["created"], "leads,", store.count("@with-phone"), "with a phone")

    store.save_filter("lyon", "city:Lyon")
    for one in store.each("@lyon", sort="name"):
        history = store.history(one["id"])
        print(one["name"], one["phones"][0]["e164"], "seen", len(history["sightings"]) if history else 0, "times")

    # Whoever takes the path of a store takes one that is open.
    for count in lead.facets(store, "city")[0]["counts"]:
        print(count["value"], count["leads"])

    settings = {
        "sink": [{"name": "crm", "kind": "webhook", "url": hook, "secrets": ["env:HOOK"]}],
        "rule": [{"name": "lyon", "sink": "crm", "filter": "city:Lyon"}],
    }
    secret = "whsec_bGVhZHMtYXJlLXNpZ25lZC1oZXJlLWFuZC1ub3c="
    report = lead.run_sinks(settings, store=store, secrets={"HOOK": secret}, allow_net="127.0.0.0/8")
    assert report["delivered"] == 1, report

    # Who objects is taken out, and stays out.
    store.suppress("email:bonjour@garage.example", reason="asked by telephone")
    store.write("crm", SHOPS)
    assert store.count("has:email") == 0
    print(store.erase(filter="city:Bron")["leads"], "erased;", [note["action"] for note in store.audit()])


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with lead.open_store("memory://") as store:  # sqlite://leads.db, postgres://user@host/database
        work(store, f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
