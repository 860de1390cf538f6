// Whether something may hang below a shadow root that is closed: own elements without an open one, and elements without
// any content that take room all the same.
() => {
  const able = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;
  for (const element of document.querySelectorAll("*")) {
    if (element.shadowRoot) continue;
    if (element.localName.includes("-")) {
      if (element.matches(":defined")) return true;
    } else if (!element.firstChild && able.test(element.localName) && element.offsetHeight >= 12) return true;
  }
  return false;
}
