// Where pictures stand: for each source, the rectangle in CSS pixels from the document's corner, or null where it is not
// seen. `canvas:2` is the third canvas, in the order in which read.js writes them.
(sources, walk) => {
  const images = [];
  const canvases = [];
  walk((node, { x, y }) => {
    const base = { x: x + scrollX, y: y + scrollY };
    if (node.nodeName === "IMG") images.push({ node, base });
    if (node.nodeName === "CANVAS") canvases.push({ node, base });
    if (node.nodeName !== "IFRAME" || node.contentDocument) return;
    // Those in frames of other sites count, though where they stand is not known.
    const written = node.ownerDocument.defaultView?.lead?.frames.get(node) ?? "";
    for (const _ of written.matchAll(/<canvas[\s>]/gi)) canvases.push(undefined);
  });
  const late = ["data-src", "data-original", "data-lazy-src", "data-lazy", "src"];
  const named = (source) => images.filter(({ node }) => late.some((name) => node.getAttribute(name)?.trim() === source));
  const seen = (found) => {
    if (!found?.node.checkVisibility()) return null;
    const box = found.node.getBoundingClientRect();
    const drawn = found.node.nodeName === "CANVAS" || (found.node.complete && found.node.naturalWidth > 1);
    return drawn && box.width && box.height
      ? { x: box.x + found.base.x, y: box.y + found.base.y, width: box.width, height: box.height }
      : null;
  };
  return sources.map((source) => {
    const place = /^canvas:(\d+)$/.exec(source);
    if (place) return seen(canvases[place[1]]);
    for (const found of named(source)) {
      const box = seen(found);
      if (box) return box;
    }
    return null;
  });
}
