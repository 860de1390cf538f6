// The document as HTML, with what hangs below shadow roots and in frames in its place, as it is seen. Shadow roots that
// are closed, and the documents of frames, are handed in before, as properties of `lead` in this world.
() => {
  const lead = (globalThis.lead ??= { roots: new WeakMap(), frames: new WeakMap() });
  const root = (element) => element.shadowRoot ?? lead.roots.get(element);
  const special = (element) => root(element) || lead.frames.has(element);
  const doctype = "<!doctype html>\n";
  const all = document.querySelectorAll("*");
  let plain = true;
  for (const element of all) if (special(element)) { plain = false; break; }
  if (plain) return doctype + (document.documentElement?.outerHTML ?? "");
  const text = (data) => data.replace(/[&<>\u00a0]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" })[c]);
  const raw = new Set(["SCRIPT", "STYLE", "XMP", "IFRAME", "NOEMBED", "NOFRAMES", "PLAINTEXT", "NOSCRIPT"]);
  const parts = [doctype];
  const children = (node) => {
    for (let child = node.firstChild; child; child = child.nextSibling) write(child);
  };
  const inside = (element) => {
    const shadow = root(element);
    const framed = lead.frames.get(element);
    if (framed !== undefined) parts.push(framed);
    else if (shadow) children(shadow);
    else if (element.localName === "slot" && element.getRootNode() instanceof ShadowRoot) {
      const given = element.assignedNodes({ flatten: true });
      if (given.length) given.forEach(write);
      else children(element);
    } else if (element.localName === "template") children(element.content);
    else children(element);
  };
  // Tags are written by hand: a clone of an own element would run the page's code.
  const empty = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
  const open = (element) => {
    parts.push("<", element.localName);
    for (const { name, value } of element.attributes) parts.push(" ", name, '="', text(value).replace(/"/g, "&quot;"), '"');
    parts.push(">");
  };
  const write = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      parts.push(raw.has(node.parentNode?.nodeName) ? node.data : text(node.data));
    } else if (node.nodeType === Node.ELEMENT_NODE && lead.frames.has(node)) {
      // A frame becomes a block: what stands in it is seen here.
      parts.push(`<div data-frame="${text(node.src ?? "").replace(/"/g, "&quot;")}">`);
      inside(node);
      parts.push("</div>");
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      open(node);
      if (empty.has(node.localName)) return;
      inside(node);
      parts.push("</", node.localName, ">");
    }
  };
  write(document.documentElement);
  return parts.join("");
}
