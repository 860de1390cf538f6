"""A crawl of a site served here, written to a web archive, which is then read; in an event loop."""

import asyncio
import http.server
import tempfile
import threading
from pathlib import Path

import lead

PAGES = {
    "/": "<title>Boulangerie Exemple</title><a href='/contact'>Contact</a> <a href='/perdu'>Blog</a>",
    "/contact": "<title>Contact</title>Tél. 04 78 00 00 01, <a href='mailto:bonjour@boulangerie.example'>écrivez-nous</a>",
}


class Bakery(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


async def follow(site: str, archive: Path) -> None:
    # A site on this machine is asked only when its network is allowed, and may be asked as fast as it answers.
    async with lead.crawl(site, region="FR", warc=archive, allow_net="127.0.0.0/8", rate="off") as crawl:
        async for page in crawl:
            contacts = page.contacts
            print(f"{page.outcome:<5} {page.input}", [phone.e164 for phone in contacts.phones] if contacts else "")
    assert crawl.summary is not None
    print(crawl.summary.outcomes, f"{crawl.summary.with_contacts} with contacts")
    assert crawl.summary.outcomes["page"] == 2

    async for archived in lead.read_archive(archive, contacts=True, region="FR"):
        if isinstance(archived, lead.LeadError):
            print("damaged at", archived.context["offset"])
        elif archived.contacts:
            print(archived.status, archived.url, [email.address for email in archived.contacts.emails])


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bakery) as server, tempfile.TemporaryDirectory() as folder:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asyncio.run(follow(f"http://127.0.0.1:{server.server_port}/", Path(folder, "bakery.warc.gz")))
    server.shutdown()
