document_of().then((from) => {
  head(from);
  root.attachShadow({ mode: "open" }).append(...from.body.childNodes);
});
