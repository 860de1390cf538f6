// Serves the detection page on loopback and takes its results.
// Usage: node serve.mjs PORT   (each result is printed as one line of JSON)
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const PAGE = new URL('page/', import.meta.url);
const PACKAGES = new URL('../node_modules/', import.meta.url);
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', mjs: 'text/javascript' };

const FILES = {
  '/probe.js': new URL('probe.js', PAGE),
  '/worker.js': new URL('worker.js', PAGE),
  '/frame.html': new URL('frame.html', PAGE),
  '/main.mjs': new URL('main.mjs', PAGE),
  '/contradictions.mjs': new URL('contradictions.mjs', import.meta.url),
  '/lib/botd.mjs': new URL('@fingerprintjs/botd/dist/botd.esm.js', PACKAGES),
  '/lib/fpscanner.mjs': new URL('fpscanner/dist/fpScanner.es.js', PACKAGES),
};

// CommonJS packages: the file and the one package it requires.
const COMMONJS = {
  '/lib/fpcollect.mjs': ['fpcollect/src/fpCollect.js'],
  '/lib/fpscanner-old.mjs': ['fpscanner-old/src/fpScanner.js', 'ua-parser-js/src/ua-parser.js'],
};

// The page asks for every client hint, so its later requests carry them all.
const HINTS = ['arch', 'bitness', 'form-factors', 'full-version-list', 'model', 'platform-version', 'wow64'];
const ACCEPT_CH = [...HINTS.map((hint) => `sec-ch-ua-${hint}`), 'device-memory', 'dpr', 'viewport-width'].join(', ');

const asFunction = (code) => `(module, exports, require) => {\n${code}\n}`;

async function asModule([file, needed]) {
  const text = async (path) => asFunction(await readFile(new URL(path, PACKAGES), 'utf8'));
  return `const run = (body, need) => { const m = { exports: {} }; body.call(self, m, m.exports, need); return m.exports; };
const needed = ${needed ? `run(${await text(needed)})` : 'undefined'};
export default run(${await text(file)}, () => needed);`;
}

// Node lower-cases the names; rawHeaders keeps the order and spelling that were sent.
const seen = (request) => ({ ...request.headers, ':order': request.rawHeaders.filter((_, i) => i % 2 === 0).join(' ') });

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

export class DetectionServer extends EventEmitter {
  #runs = new Map();
  #server = createServer((request, response) => {
    this.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });

  async listen(port) {
    await new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  // The result that a page opened as /?name=NAME posts.
  result(name, ms = 90_000) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name}: no result`)), ms);
      this.once(`result ${name}`, (result) => { clearTimeout(timer); resolve(result); });
    });
  }

  async #answer(request, response) {
    const url = new URL(request.url, 'http://127.0.0.1');
    const run = url.searchParams.get('run');
    if (run) this.#runs.get(run)?.push({ path: url.pathname, kind: url.searchParams.get('kind'), headers: seen(request) });
    const send = (type, text) => response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);

    if (url.pathname === '/') return this.#page(request, response);
    if (url.pathname === '/echo') return send('application/json', JSON.stringify(seen(request)));
    if (url.pathname === '/requests') return send('application/json', JSON.stringify(this.#runs.get(run)?.slice(0, -1) ?? []));
    if (url.pathname === '/result') return this.#take(url, request, response);
    if (COMMONJS[url.pathname]) return send(TYPES.mjs, await asModule(COMMONJS[url.pathname]));
    if (!FILES[url.pathname]) return response.writeHead(404).end();
    response.setHeader('service-worker-allowed', '/');
    return send(TYPES[url.pathname.split('.').pop()], await readFile(FILES[url.pathname]));
  }

  async #page(request, response) {
    const run = randomUUID();
    this.#runs.set(run, []);
    const served = JSON.stringify({ run, headers: seen(request) }).replaceAll('<', '\\u003c');
    const html = await readFile(new URL('index.html', PAGE), 'utf8');
    response.writeHead(200, { 'content-type': TYPES.html, 'cache-control': 'no-store', 'accept-ch': ACCEPT_CH });
    response.end(html.replace('__SERVED__', () => served));
  }

  async #take(url, request, response) {
    const result = JSON.parse(await body(request));
    response.writeHead(204).end();
    this.emit('result', result);
    this.emit(`result ${url.searchParams.get('name')}`, result);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = new DetectionServer();
  server.on('result', (result) => console.log(JSON.stringify(result)));
  console.error(await server.listen(Number(process.argv[2] ?? 8080)));
}
