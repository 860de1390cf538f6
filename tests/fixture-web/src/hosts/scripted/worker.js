const controlled = async () => {
  await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
  if (!navigator.serviceWorker.controller) {
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  }
};
controlled()
  .then(() => document_of("/from-the-worker" + location.pathname))
  .then((from) => {
    head(from);
    root.append(...from.body.childNodes);
  });
