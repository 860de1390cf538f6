// Goes through what is seen, in the order in which read.js writes it: into shadow trees and into frames of this site. Calls `visit`
// for each node with where its frame begins in this window; a node for which that gives true is not gone into. Frames of other
// sites are visited like any node.
(visit) => {
  // What was kept while the document was read: each frame's own.
  const kept = (node) => node.ownerDocument.defaultView?.lead;
  const go = (node, base) => {
    if (visit(node, base)) return;
    if (node.nodeName === "IFRAME") {
      let inside;
      try { inside = node.contentDocument; } catch { return; }
      if (!inside?.documentElement) return;
      const box = node.getBoundingClientRect();
      go(inside.documentElement, { x: base.x + box.x + node.clientLeft, y: base.y + box.y + node.clientTop });
      return;
    }
    const given = node.nodeName === "SLOT" && node.getRootNode() instanceof ShadowRoot ? node.assignedNodes({ flatten: true }) : [];
    if (given.length) return given.forEach((child) => go(child, base));
    const shadow = node.shadowRoot ?? kept(node)?.roots.get(node);
    for (let child = (shadow ?? node).firstChild; child; child = child.nextSibling) go(child, base);
  };
  go(document.documentElement, { x: 0, y: 0 });
}
