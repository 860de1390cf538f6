// Where numbers stand: `places`, for each { digits, raw } the rectangles of every place, in CSS pixels from the corner of this
// frame's window; `scrolled`, how far the document is scrolled; `apart`, where the frames begin that are read by themselves.
// `digits` are the ways its digits may be written; `raw` is how it was found, for what is not written in digits alone.
(wanted, walk) => {
  const chars = []; // every character that counts, with the node and place it comes from
  const documents = [document];
  walk((node, base) => {
    if (node.nodeName === "HTML" && node !== document.documentElement) documents.push(node.ownerDocument);
    if (node.nodeType !== Node.TEXT_NODE) return node.nodeName === "SCRIPT" || node.nodeName === "STYLE" || node.nodeName === "NOSCRIPT";
    for (let at = 0; at < node.data.length; at++) chars.push({ node, at, base, char: node.data[at] });
  });
  const between = /[\s\u00ad\u200b-\u200f\u2060\ufeff()\[\]{}+\-\u2010-\u2015.,\/\\·|:~]/;
  const digit = (char) => /\p{Nd}/u.test(char) ? String(value(char)) : "";
  // The digits of a script stand in a row of ten.
  const value = (char) => { let code = char.codePointAt(0); let zero = code; while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--; return code <= 57 ? code - 48 : (code - zero) % 10; };
  const digits = [];
  chars.forEach((char, place) => { const read = digit(char.char); if (read) digits.push({ read, place }); });
  const stream = digits.map((one) => one.read).join("");
  const near = (first, last) => {
    for (let place = first; place < last; place++) {
      const gap = digits[place + 1].place - digits[place].place;
      if (gap > 8) return false;
      for (let at = digits[place].place + 1; at < digits[place + 1].place; at++) if (!between.test(chars[at].char)) return false;
    }
    return true;
  };
  // A digit right beside it makes it part of another number.
  const apart = (first, last) =>
    (first === 0 || digits[first - 1].place < digits[first].place - 1) &&
    (last === digits.length - 1 || digits[last + 1].place > digits[last].place + 1);
  const taken = new Set();
  const lines = (first, last) => {
    const found = [];
    let start = first;
    for (let place = first; place <= last; place++) {
      if (place < last && chars[place + 1].node === chars[place].node) continue;
      const { node, base } = chars[start];
      const range = node.ownerDocument.createRange();
      range.setStart(node, chars[start].at);
      range.setEnd(node, chars[place].at + 1);
      for (const box of range.getClientRects()) {
        if (!box.width || !box.height) continue;
        const last = found.at(-1);
        const x = box.x + base.x, y = box.y + base.y;
        if (last && Math.abs(last.y - y) < box.height / 2 && x - (last.x + last.width) < 30) {
          const right = Math.max(last.x + last.width, x + box.width);
          const bottom = Math.max(last.y + last.height, y + box.height);
          last.x = Math.min(last.x, x); last.y = Math.min(last.y, y);
          last.width = right - last.x; last.height = bottom - last.y;
        } else found.push({ x, y, width: box.width, height: box.height });
      }
      start = place + 1;
    }
    return found;
  };
  const open = (place) => { // a plus or a bracket before the first digit belongs to it
    while (place > 0 && /[+(＋]/.test(chars[place - 1].char)) place--;
    return place;
  };
  const places = wanted.map(({ digits: ways, raw }) => {
    const places = [];
    for (const way of [...ways].sort((one, other) => other.length - one.length)) {
      for (let at = stream.indexOf(way); way && at >= 0; at = stream.indexOf(way, at + 1)) {
        const last = at + way.length - 1;
        if (taken.has(at) || taken.has(last) || !near(at, last) || !apart(at, last)) continue;
        for (let one = at; one <= last; one++) taken.add(one);
        places.push(...lines(open(digits[at].place), digits[last].place));
      }
    }
    if (!places.length && raw) {
      const plain = chars.filter((char) => !/\s/.test(char.char));
      const text = plain.map((char) => char.char).join("");
      const sought = raw.replace(/\s/g, "");
      const at = sought ? text.indexOf(sought) : -1;
      if (at >= 0) places.push(...lines(chars.indexOf(plain[at]), chars.indexOf(plain[at + sought.length - 1])));
    }
    if (!places.length) {
      for (const link of document.querySelectorAll("a[href^='tel:'], a[href^='sms:'], a[href*='wa.me/'], a[href*='whatsapp.com']")) {
        const said = decodeURIComponent(link.getAttribute("href")).replace(/\D/g, "");
        if (!ways.some((way) => way && said.includes(way))) continue;
        const box = link.getBoundingClientRect();
        if (box.width && box.height) places.push({ x: box.x, y: box.y, width: box.width, height: box.height });
      }
    }
    return places;
  });
  // A frame in a frame of this site stands where that one does.
  const corner = (frame) => {
    const box = frame.getBoundingClientRect();
    const outer = frame.ownerDocument.defaultView?.frameElement;
    const base = outer && frame.ownerDocument !== document ? corner(outer) : { x: 0, y: 0 };
    return { x: base.x + box.x + frame.clientLeft, y: base.y + box.y + frame.clientTop };
  };
  const foreign = documents.flatMap((one) => [...(one.defaultView?.lead?.apart ?? [])]).filter(([, frame]) => frame.isConnected).map(([id, frame]) => ({ id, ...corner(frame) }));
  return { places, apart: foreign, scrolled: { x: scrollX, y: scrollY } };
}
