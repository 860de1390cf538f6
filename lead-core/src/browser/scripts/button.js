// The next element of a selector that can be pressed and was not before: its middle, in the window, or null.
(selector) => {
  const lead = (globalThis.lead ??= { roots: new WeakMap(), frames: new WeakMap() });
  const pressed = (lead.pressed ??= new WeakSet());
  for (const element of document.querySelectorAll(selector)) {
    if (pressed.has(element) || element.disabled) continue;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    pressed.add(element);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return null;
}
