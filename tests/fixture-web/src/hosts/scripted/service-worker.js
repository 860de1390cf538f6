const OURS = "/from-the-worker";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname.startsWith(OURS)) event.respondWith(fetch(pathname.slice(OURS.length) + "?part=all"));
});
