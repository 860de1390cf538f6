// Where pictures stand: for each source, the rectangle in CSS pixels from the document's corner, or null where it is not
// seen. `canvas:2` is the third canvas, in the order in which read.js writes them.
(sources) => {
  const images = [];
  const canvases = [];
  const collect = (node, base) => {
    if (node.nodeName === "IMG") images.push({ node, base });
    if (node.nodeName === "CANVAS") canvases.push({ node, base });
    if (node.nodeName === "IFRAME") {
      let inside;
      try { inside = node.contentDocument; } catch { /* of another site */ }
      if (inside?.documentElement) {
        const box = node.getBoundingClientRect();
        collect(inside.documentElement, { x: base.x + box.x + node.clientLeft, y: base.y + box.y + node.clientTop });
      } else {
        // They count, though where they stand is not known.
        const written = node.ownerDocument.defaultView?.lead?.frames.get(node) ?? "";
        for (const _ of written.matchAll(/<canvas[\s>]/gi)) canvases.push(undefined);
      }
      return;
    }
    const shadow = node.shadowRoot ?? node.ownerDocument.defaultView?.lead?.roots.get(node);
    const given = node.nodeName === "SLOT" && node.getRootNode() instanceof ShadowRoot ? node.assignedNodes({ flatten: true }) : [];
    if (given.length) for (const child of given) collect(child, base);
    else for (let child = (shadow ?? node).firstChild; child; child = child.nextSibling) collect(child, base);
  };
  collect(document.documentElement, { x: scrollX, y: scrollY });
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
