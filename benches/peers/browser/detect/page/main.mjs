// Runs the suites and the collection, shows the one result in <pre id=result> and posts it.
import { contradictions } from '/contradictions.mjs';
import { load } from '/lib/botd.mjs';
import FingerprintScanner from '/lib/fpscanner.mjs';
import fpCollect from '/lib/fpcollect.mjs';
import fpscannerOld from '/lib/fpscanner-old.mjs';

const PATIENCE_MS = 8000;
const served = JSON.parse(document.getElementById('served').textContent);

function within(promise, ms = PATIENCE_MS) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), ms));
  return Promise.race([promise, late]);
}

async function attempt(work) {
  try {
    return await within(work());
  } catch (error) {
    return { error: String(error) };
  }
}

async function runBotd() {
  const detector = await load({ monitoring: false });
  const verdict = detector.detect();
  const hits = Object.entries(detector.getDetections()).filter(([, found]) => found.bot);
  return { ...verdict, hits: hits.map(([name, found]) => `${name}:${found.botKind}`) };
}

async function runFpscanner() {
  const print = await new FingerprintScanner().collectFingerprint({ encrypt: false });
  const details = print.fastBotDetectionDetails;
  const hits = Object.keys(details).filter((name) => details[name].detected);
  return { bot: print.fastBotDetection, hits, severities: hits.map((name) => details[name].severity), fsid: print.fsid };
}

async function runFpscannerOld() {
  const print = await fpCollect.generateFingerprint();
  const tests = Object.values(fpscannerOld.analyseFingerprint(print));
  const named = (level) => tests.filter((test) => test.consistent === level).map((test) => test.name);
  return { hits: named(fpscannerOld.INCONSISTENT), unsure: named(fpscannerOld.UNSURE) };
}

const script = (kind) => `/worker.js?kind=${kind}&run=${served.run}`;

function reply(send) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = (event) => resolve(event.data);
    Promise.resolve(send(port2)).catch(reject);
  });
}

function dedicated(kind, message) {
  const worker = new Worker(script(kind));
  return reply((port) => worker.postMessage(message, [port])).finally(() => worker.terminate());
}

function shared() {
  const worker = new SharedWorker(script('shared'));
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('shared worker failed'));
    worker.port.onmessage = (event) => resolve(event.data);
  });
}

async function service() {
  const registration = await navigator.serviceWorker.register(script('service'), { scope: '/scope/' });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  const answer = await reply((port) => worker.postMessage('probe', [port]));
  await registration.unregister();
  return answer;
}

// A frame on the other loopback name is cross-site, so it gets a process and a debugger target of its own.
function foreignFrame() {
  const other = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const frame = document.createElement('iframe');
  frame.src = `http://${other}:${location.port}/frame.html?run=${served.run}`;
  return new Promise((resolve) => {
    addEventListener('message', (event) => event.data.frame && resolve(event.data.frame));
    document.body.append(frame);
  });
}

function blankFrame() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const { userAgent, platform, language, languages, webdriver } = frame.contentWindow.navigator;
  frame.remove();
  return { userAgent, platform, language, languages: [...languages], webdriver };
}

async function permissions() {
  const { state } = await navigator.permissions.query({ name: 'notifications' });
  return { state, notification: Notification.permission };
}

function display() {
  const { width, height, availWidth, availHeight, availLeft, availTop, colorDepth } = screen;
  return {
    screen: { width, height, availWidth, availHeight, availLeft, availTop, colorDepth },
    window: { innerWidth, innerHeight, outerWidth, outerHeight, screenX, screenY, devicePixelRatio },
    focus: document.hasFocus(),
    visibility: document.visibilityState,
  };
}

async function contexts() {
  return {
    page: await attempt(probe),
    blankFrame: await attempt(async () => blankFrame()),
    foreignFrame: await attempt(foreignFrame),
    worker: await attempt(() => dedicated('dedicated', 'probe')),
    nestedWorker: await attempt(() => dedicated('outer', 'nested')),
    sharedWorker: await attempt(shared),
    serviceWorker: await attempt(service),
  };
}

async function collect() {
  const found = { ...display(), contexts: await contexts(), permissions: await attempt(permissions) };
  const requests = await (await fetch(`/requests?run=${served.run}`)).json();
  const own = Object.getOwnPropertyNames(navigator);
  return { ...found, plugins: navigator.plugins.length, navigatorOwnProperties: own, headers: served.headers, requests };
}

async function main() {
  const name = new URLSearchParams(location.search).get('name') ?? 'unnamed';
  const collected = await collect();
  const result = {
    name,
    botd: await attempt(runBotd),
    fpscanner: await attempt(runFpscanner),
    fpscannerOld: await attempt(runFpscannerOld),
    contradictions: contradictions(collected),
    collected,
  };
  const body = JSON.stringify(result, null, 1);
  document.getElementById('result').textContent = body;
  await fetch(`/result?name=${encodeURIComponent(name)}`, { method: 'POST', body });
}

main().catch((error) => {
  const body = JSON.stringify({ error: String(error), stack: error.stack });
  document.getElementById('result').textContent = body;
  fetch(`/result?name=${encodeURIComponent(new URLSearchParams(location.search).get('name'))}`, { method: 'POST', body });
});
