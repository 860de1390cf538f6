// Resolves to true when `test` is true, which is asked whenever the document changes and ten times a second.
(test, limit) => new Promise((resolve, reject) => {
  const ask = () => {
    try {
      if (test()) done(true);
    } catch (error) {
      stop();
      reject(error);
    }
  };
  const stop = () => {
    observer.disconnect();
    clearInterval(ticks);
    clearTimeout(last);
  };
  const done = (met) => {
    stop();
    resolve(met);
  };
  const observer = new MutationObserver(ask);
  const ticks = setInterval(ask, 100);
  const last = setTimeout(done, limit, false);
  observer.observe(document, { childList: true, attributes: true, characterData: true, subtree: true });
  ask();
})
