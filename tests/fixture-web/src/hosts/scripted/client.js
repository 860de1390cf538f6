document_of().then((from) => {
  head(from);
  root.append(...from.body.childNodes);
});
