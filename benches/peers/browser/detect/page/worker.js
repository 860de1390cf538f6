// One script for dedicated, nested, shared and service workers: answers with what the worker sees.
importScripts('/probe.js');

const answer = async (port) => port.postMessage(await probe());

self.onconnect = (event) => answer(event.ports[0]);
self.onmessage = (event) => {
  if (event.data !== 'nested') return answer(event.ports[0]);
  self.inner = new Worker(location.href.replace('kind=outer', 'kind=nested'));
  self.inner.postMessage('probe', event.ports);
};
// A new registration takes over at once.
self.oninstall = () => self.skipWaiting?.();
