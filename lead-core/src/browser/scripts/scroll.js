// Scrolls through the page, a little less than a window at a time, so that what loads when it is seen does. Gives how
// much there is: characters of text. A page that grows below while it is scrolled through is left after `limit` ms.
(limit) => {
  const frame = () => new Promise((resolve) => {
    const timer = setTimeout(resolve, 100); // frames may not come
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve, 0);
    });
  });
  const page = () => document.scrollingElement ?? document.documentElement;
  const through = async () => {
    const end = performance.now() + limit;
    const step = Math.max(200, innerHeight * 0.9);
    let at = -1;
    while (page() && page().scrollTop > at && performance.now() < end) {
      at = page().scrollTop;
      scrollBy({ top: step, behavior: "instant" });
      await frame();
    }
    return document.body?.textContent.length ?? 0;
  };
  return through();
}
