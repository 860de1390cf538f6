// Resolves to true when nothing in the document has changed for `still` ms, to false after `limit` ms.
(still, limit) => new Promise((resolve) => {
  let timer;
  const done = (quiet) => {
    observer.disconnect();
    clearTimeout(timer);
    clearTimeout(last);
    resolve(quiet);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(done, still, true);
  };
  const observer = new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) inside(node);
    wait();
  });
  const all = { childList: true, characterData: true, subtree: true };
  // Shadow trees are not part of the subtree they hang on.
  const inside = (node) => {
    if (node.shadowRoot) observer.observe(node.shadowRoot, all);
    for (const element of node.querySelectorAll?.("*") ?? []) {
      if (element.shadowRoot) observer.observe(element.shadowRoot, all);
    }
  };
  const last = setTimeout(done, limit, false);
  observer.observe(document, all);
  inside(document);
  wait();
})
