document_of().then((from) => {
  head(from);
  root.attachShadow({ mode: "closed" }).append(...from.body.childNodes);
});
