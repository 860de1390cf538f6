// Opens the detection page under several drivers, with the same Chromium switches, and compares the results.
// Usage: node peers.mjs PORT RESULTS.json [PEER...]   (with DISPLAY set also a window as a user has it)
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { addExtra } from 'puppeteer-extra';
import stealth from 'puppeteer-extra-plugin-stealth';
import agentOverride from 'puppeteer-extra-plugin-stealth/evasions/user-agent-override/index.js';
import { CHROMIUM, FLAGS, WINDOW_SYSTEM } from './flags.mjs';
import { DetectionServer } from './serve.mjs';

const HEADED = FLAGS.filter((flag) => !flag.startsWith('--headless'));
const DROPPED = ['--enable-automation'];

// Chromium alone, given the page on its command line.
const alone = (flags) => async (url) => {
  const profile = await mkdtemp(join(tmpdir(), 'peer-profile-'));
  const child = spawn(CHROMIUM, [...flags, `--user-data-dir=${profile}`, url], { stdio: 'ignore' });
  const exit = new Promise((resolve) => child.once('exit', resolve));
  return async () => {
    child.kill();
    await exit;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
};

// `viewport: null` in both libraries: no emulated size, the window's own.
const withPuppeteer = (library) => async (url) => {
  const options = { executablePath: CHROMIUM, headless: true, args: FLAGS, ignoreDefaultArgs: DROPPED, defaultViewport: null };
  const browser = await library.launch(options);
  const page = await browser.newPage();
  await page.goto(url);
  return () => browser.close();
};

async function withPlaywright(url) {
  const options = { executablePath: CHROMIUM, headless: true, args: FLAGS, ignoreDefaultArgs: DROPPED };
  const browser = await playwright.launch(options);
  const context = await browser.newContext({ viewport: null });
  const page = await context.newPage();
  await page.goto(url);
  return () => browser.close();
}

// By default the plugin makes Linux pass for Windows, which costs it most; this leaves Linux as it is.
function stealthOnLinux() {
  const plugin = stealth();
  plugin.enabledEvasions.delete('user-agent-override');
  return addExtra(puppeteer).use(plugin).use(agentOverride({ maskLinux: false }));
}

// Ours: the bench's own program, when LEAD_RENDERING names it.
const withLead = (identity) => async (url) => {
  const child = spawn(process.env.LEAD_RENDERING, ['detect', url, identity], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = new Promise((resolve) => child.once('exit', resolve));
  return () => exit;
};

const peers = {
  ...(process.env.LEAD_RENDERING && { 'lead, honest': withLead('honest'), 'lead, coherent': withLead('coherent'), 'lead, coherent with noise': withLead('noisy') }),
  'no driver, headless': alone(FLAGS),
  'no driver, headless window system': alone(WINDOW_SYSTEM),
  ...(process.env.DISPLAY && { 'no driver, headful': alone(HEADED) }),
  'puppeteer-core': withPuppeteer(puppeteer),
  'puppeteer-extra + stealth': withPuppeteer(addExtra(puppeteer).use(stealth())),
  'puppeteer-extra + stealth, Linux kept': withPuppeteer(stealthOnLinux()),
  'playwright-core': withPlaywright,
};

async function run(name, open, server, base) {
  let close;
  try {
    const result = server.result(name, 60_000);
    result.catch(() => {});
    close = await open(`${base}/?name=${encodeURIComponent(name)}`);
    return await result;
  } catch (error) {
    return { name, error: String(error) };
  } finally {
    await close?.();
  }
}

const cell = (value) => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');

function row({ name, error, botd, fpscanner, fpscannerOld, contradictions }) {
  if (error) return [name, error, '', '', '', ''];
  const verdict = botd.error ?? (botd.bot ? `bot (${botd.botKind}: ${botd.hits.join(', ')})` : 'no bot');
  const hits = (suite) => suite.error ?? `${suite.hits.length}: ${suite.hits.join(', ')}`;
  return [name, verdict, hits(fpscanner), hits(fpscannerOld), contradictions.length, contradictions.join('<br>')];
}

function table(results) {
  const head = ['tool', 'botd', 'fpscanner 1', 'fpscanner 0.1', 'contradictions', 'which'];
  const rows = [head, head.map(() => '---'), ...results.map(row)];
  return rows.map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

async function main([port, file, ...wanted]) {
  const server = new DetectionServer();
  const base = await server.listen(Number(port));
  const results = [];
  for (const [name, open] of Object.entries(peers)) {
    if (wanted.length && !wanted.includes(name)) continue;
    results.push(await run(name, open, server, base));
  }
  server.close();
  if (file) await writeFile(file, JSON.stringify(results, null, 1));
  console.log(table(results));
}

await main(process.argv.slice(2));
