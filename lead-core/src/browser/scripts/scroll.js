// Scrolls through the page, a little less than a window at a time, so that what loads when it is seen does. Gives how
// much there is: characters of text. A page that grows below while it is scrolled through is left after `limit` ms.
(limit) => {
  const end = performance.now() + limit;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  // What is seen is told to the page with a frame. A busy machine takes its time for one; where none comes in a second,
  // none will.
  let painted = true;
  const frame = () => new Promise((resolve) => {
    if (!painted) return setTimeout(resolve, 100);
    const timer = setTimeout(() => {
      painted = false;
      resolve();
    }, Math.min(1000, Math.max(0, end - performance.now())));
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve, 0);
    });
  });
  const page = () => document.scrollingElement ?? document.documentElement;
  const through = async () => {
    const step = Math.max(200, innerHeight * 0.9);
    let at = -1;
    let steps = 0;
    while (page() && page().scrollTop > at && performance.now() < end) {
      at = page().scrollTop;
      scrollBy({ top: step, behavior: "instant" });
      await frame();
      steps += 1;
    }
    // The last stretch is seen one frame later, and pages that listen to scrolling take a breath before they load.
    await frame();
    if (steps > 1) await pause(150);
    return document.body?.textContent.length ?? 0;
  };
  return through();
}
