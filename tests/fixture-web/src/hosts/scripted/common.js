const part = location.pathname + "?part=all";
const text_of = async (url) => (await fetch(url)).text();
const document_of = async (url = part) => new DOMParser().parseFromString(await text_of(url), "text/html");
// What is said in the head is said in the head: structured data, descriptions.
const head = (from) => {
  document.head.append(...from.head.children);
  for (const name of ["lang", "dir"]) if (from.documentElement.hasAttribute(name)) document.documentElement.setAttribute(name, from.documentElement.getAttribute(name));
};
const root = document.getElementById("root");
const block = (height) => {
  const element = document.createElement("div");
  element.style.height = height + "px";
  return element;
};
const seen = (element, then) => new IntersectionObserver((entries, observer) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  then();
}).observe(element);
