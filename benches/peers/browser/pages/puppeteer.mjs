// Renders a list of pages with Puppeteer and prints how fast that went, as one JSON object.
// Usage: node puppeteer.mjs URLFILE CONCURRENCY [QUIET_MS]   (one URL a line)
import { readFile } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/lib/chromium/chromium';
const TIMEOUT_MS = 30_000;
const DROPPED = new Set(['image', 'font', 'media']);

// Running as root (a container, say) Chromium refuses its sandbox.
const ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

// All that Chromium is started with, apart from the profile and the debugging pipe that Puppeteer adds.
const FLAGS = [
  '--headless=new',
  '--window-size=1366,768',
  '--screen-info={1920x1080}',
  '--disable-blink-features=AutomationControlled',
  '--no-first-run',
  ...ROOT,
];

// In the page: resolves once the document did not change for `quiet` milliseconds.
function domQuiet(quiet) {
  return new Promise((resolve) => {
    const done = () => { observer.disconnect(); resolve(); };
    let timer = setTimeout(done, quiet);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quiet);
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

async function dropMedia(page) {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const answer = DROPPED.has(request.resourceType()) ? request.abort() : request.continue();
    answer.catch(() => {}); // the page went away
  });
}

async function settled(page, quiet) {
  const options = { idleTime: quiet, concurrency: 0, timeout: TIMEOUT_MS };
  await Promise.all([page.waitForNetworkIdle(options), page.evaluate(domQuiet, quiet)]);
}

function within(promise, ms) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('not settled in time')), ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function render(browser, url, quiet) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await dropMedia(page);
    await page.goto(url, { waitUntil: 'load', timeout: TIMEOUT_MS });
    await within(settled(page, quiet), TIMEOUT_MS);
    return await page.content();
  } finally {
    await context.close();
  }
}

// `concurrency` workers take URLs off one list.
async function renderAll(browser, urls, concurrency, quiet) {
  const totals = { pages: 0, failed: 0, bytes: 0 };
  const queue = urls.values();
  const work = async () => {
    for (const url of queue) {
      try {
        const content = await render(browser, url, quiet);
        totals.pages += 1;
        totals.bytes += Buffer.byteLength(content);
      } catch (error) {
        totals.failed += 1;
        console.error(`${url}: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return totals;
}

const round = (value) => Math.round(value * 1000) / 1000;

async function main([file, concurrency, quiet = '500']) {
  const urls = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim()).filter(Boolean);
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM, ignoreDefaultArgs: true, args: FLAGS, pipe: true, defaultViewport: null,
  });
  const cpu = process.cpuUsage();
  const start = performance.now();
  const totals = await renderAll(browser, urls, Number(concurrency), Number(quiet));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const rss = process.memoryUsage().rss;
  await browser.close();
  console.log(JSON.stringify({
    pages: totals.pages,
    failed: totals.failed,
    seconds: round(seconds),
    pages_per_s: round(totals.pages / seconds),
    driver_cpu_s: round((user + system) / 1e6),
    driver_rss_mb: round(rss / 2 ** 20),
    driver_peak_rss_mb: round(process.resourceUsage().maxRSS / 1024),
    content_bytes: totals.bytes,
  }));
}

await main(process.argv.slice(2));
