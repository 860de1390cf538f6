const end = block(20);
root.append(end);
let parts;
const more = async () => {
  if (!parts) {
    const from = await document_of();
    head(from);
    parts = [...from.body.childNodes];
  } else await text_of(part + "&more");
  // A document of a few parts takes a few turns; none is longer than eight.
  const share = Math.max(1, Math.ceil((more.all ??= parts.length) / 8));
  end.before(...parts.splice(0, share), block(1500));
  if (parts.length) seen(end, more);
};
root.prepend(block(1500));
seen(end, more);
