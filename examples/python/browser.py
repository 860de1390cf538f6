"""A page that a script fills, served here, rendered by the system's Chromium and watched meanwhile; in an event loop."""

import asyncio
import http.server
import os
import threading

import lead

PAGES = {
    "/": "<title>Boulangerie Exemple</title><main id=root></main>"
    "<script>fetch('/contact').then(r => r.text()).then(t => { root.innerHTML = t })</script>",
    "/contact": "<p class=phone>Tél. +33 4 78 00 00 01</p>",
}


class Bakery(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "<p>perdu").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


async def watch(live: lead.Live) -> None:
    async for event in live:
        if event.kind == "frame":
            print("frame", len(event.jpeg or b"") > 0, event.shows)
        else:
            print(event.kind, event.url or [box["number"] for box in event.boxes or ()])


async def render(site: str) -> None:
    # A site on this machine is asked only when its network is allowed. Some containers forbid what the sandbox needs.
    async with lead.Browser(
        wait={"until": {"selector": ".phone"}},
        live={"rate": 10, "region": "FR"},
        executable=os.environ.get("LEAD_TEST_CHROMIUM"),
        sandbox=os.environ.get("LEAD_TEST_SANDBOX") != "off",
        allow_net="127.0.0.0/8",
        rate="off",
    ) as browser:
        watching = asyncio.create_task(watch(browser.live()))
        page = await browser.fetch_async(site)
        phones = [phone.e164 for phone in lead.extract(page.body, base_url=page.url).phones]
        print(page.status, page.url, page.browser, phones)
        assert phones == ["+33478000001"]
    await watching  # it ends with the browser


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bakery) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asyncio.run(render(f"http://127.0.0.1:{server.server_port}/"))
    server.shutdown()
