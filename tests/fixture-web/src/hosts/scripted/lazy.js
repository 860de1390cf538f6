const place = block(20);
root.append(block(4000), place);
seen(place, async () => {
  const from = await document_of();
  head(from);
  place.style.height = "";
  place.append(...from.body.childNodes);
});
