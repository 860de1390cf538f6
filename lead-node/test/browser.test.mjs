// Pages that a script fills, rendered by the system's Chromium.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import * as lead from 'lead-node'

const NET = { allowNet: '127.0.0.0/8', rate: 'off' }
const PROGRAM = { ...NET, executable: process.env.LEAD_TEST_CHROMIUM, sandbox: process.env.LEAD_TEST_SANDBOX !== 'off' }
const RENDERING = { ...NET, browser: 'shells', browserPath: PROGRAM.executable, browserSandbox: PROGRAM.sandbox }

const pages = {
  '/': "<title>Bakery</title><div id=root></div><script>fetch('/part').then(r => r.text()).then(t => { root.innerHTML = t })</script>",
  '/part': '<p>Ring +49 30 23125 123</p>',
  '/who': '<p id=who></p><script>who.textContent = [navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]</script>',
  '/wall': `<button id=no onclick="document.body.innerHTML = 'open'">No</button>`,
  '/secret': '<p>private</p>',
  '/robots.txt': 'User-agent: *\nDisallow: /secret\n',
}
const server = createServer(({ url }, response) => {
  if (url === '/slow') return
  if (url === '/old') return response.writeHead(302, { Location: '/' }).end()
  response.writeHead(pages[url] ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(pages[url] ?? 'no such page')
})

let site, browser
test.before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  site = `http://127.0.0.1:${server.address().port}/`
  browser = new lead.Browser({ ...PROGRAM, live: { rate: 20, region: 'DE' }, keepPictures: true })
})
test.after(async () => {
  await browser.close()
  server.closeAllConnections()
  server.close()
})

async function only(crawl) {
  const found = []
  for await (const page of crawl) found.push(page)
  assert.equal(found.length, 1)
  return found[0]
}

const refused = (options, message) => assert.throws(() => new lead.Browser(options), { code: 'INVALID_INPUT', message })

test('a shell is rendered where a browser is wanted', async () => {
  const plain = await only(lead.crawl(site, NET))
  assert.equal(plain.outcome, 'shell')
  const page = await only(lead.crawl(site, RENDERING))
  assert.equal(page.outcome, 'page')
  assert.equal(page.rendered, true)
  assert.deepEqual(page.contacts.phones.map((phone) => phone.e164), ['+493023125123'])
})

test('settings in vain are told', () => {
  for (const settings of [{ browserPages: 2 }, { browserIdentity: 'coherent' }, { browserRules: { site: [] } }]) {
    assert.throws(() => lead.crawl(site, settings), { code: 'INVALID_INPUT', message: /not which pages/ })
  }
  assert.throws(() => lead.crawl(site, { browser: 'sometimes' }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.crawl(site, { browser, browserPages: 2 }), { code: 'INVALID_INPUT', message: /settings of its own/ })
  assert.throws(() => lead.match(['A'], { browser: 'shells', browserWhen: 'always' }), TypeError)
  assert.throws(() => lead.match(['A'], { browser: {} }), TypeError)
})

test('a page comes as it stood at the end', async () => {
  const page = await browser.fetch(new URL('old', site))
  assert.deepEqual([page.url, page.hops, page.status], [site, [`${site}old`], 200])
  assert.equal(page.content_type, 'text/html; charset=utf-8')
  assert.equal(Object.fromEntries(page.headers)['content-type'], page.content_type)
  assert.match(page.html(), /\+49 30 23125 123/)
  assert.equal(page.body.toString(), page.html())
  assert.match(page.browser, /^Chrome\//)
  assert.deepEqual([page.unmet, page.identity, page.refused], [null, null, 0])
  assert.ok(page.requests >= 2 && page.bytes > 0 && page.took > 0 && page.took < 30)
  const { jpeg, shows, boxes } = page.picture
  assert.equal(jpeg.readUInt16BE(0), 0xffd8)
  assert.ok(shows.width > 0)
  assert.equal(boxes[0].number, '+493023125123')
  assert.deepEqual(lead.extract(page.body, { baseUrl: page.url }).phones.map((phone) => phone.e164), ['+493023125123'])
  assert.equal((await browser.fetch(`${site}nowhere`)).status, 404)
  assert.equal(browser.stats.browsers, 1)
})

test('what a site forbids is not rendered', async () => {
  await assert.rejects(browser.fetch(`${site}secret`), { code: 'ROBOTS_DENIED' })
  await assert.rejects(browser.fetch('http://10.0.0.1/'), { code: 'GUARD_REFUSED' })
  await assert.rejects(browser.fetch('no address'), { code: 'INVALID_INPUT' })
  await assert.rejects(browser.fetch(7), TypeError)
})

test('waiting, rules and identity', async () => {
  const rules = { site: [{ hosts: ['127.0.0.1'], press: ['#no'] }] }
  const identity = { coherent: { seed: 7, country: 'DE', timeZone: 'Europe/Berlin' } }
  const own = new lead.Browser({ ...PROGRAM, wait: { until: { selector: '.never' } }, page: 1.5, rules, identity })
  const page = await own.fetch(`${site}wall`)
  assert.ok(page.unmet && page.took > 1)
  assert.match(page.html(), /open/)
  assert.match(page.identity, /seed 7/)
  assert.match((await own.fetch(`${site}who`)).html(), /de-DE,Europe\/Berlin/)
  await own.close()
  const crawled = await only(lead.crawl(site, { ...RENDERING, browserIdentity: 'coherent@FR', browserRules: '[[site]]\nhosts = ["127.0.0.1"]' }))
  assert.equal(crawled.rendered, true)
})

test('what means nothing is told', () => {
  refused({ wait: { untill: 'load' } }, /untill/)
  refused({ identity: 'sly' }, /coherent/)
  refused({ identity: { coherent: { sed: 1 } } }, /sed/)
  refused({ rules: { sites: [] } }, /sites/)
  refused({ page: -1 }, /page/)
  refused({ block: ['ads'] }, /block/)
  assert.throws(() => new lead.Browser({ pagse: 1 }), TypeError)
  assert.throws(() => new lead.Browser({ pages: 'many' }), TypeError)
  assert.throws(() => new lead.Browser({ window: [1] }), TypeError)
  assert.throws(() => new lead.Browser({ rules: '/nowhere/rules.toml' }), { code: 'NOT_FOUND' })
  assert.throws(() => new lead.Browser({ identity: 'coherent@AQ' }), { code: 'CONFIG' })
})

test('pages are watched, by as many as like', async () => {
  const watch = async (live) => {
    const seen = []
    for await (const event of live) {
      seen.push(event)
      if (event.kind === 'closed') return seen
    }
  }
  const watching = [watch(browser.live()), watch(browser.live())]
  await browser.fetch(site)
  for (const seen of await Promise.all(watching)) {
    assert.deepEqual([seen[0].kind, seen[0].url, seen.at(-1).kind], ['opened', site, 'closed'])
    const frame = seen.find((event) => event.kind === 'frame')
    assert.equal(frame.jpeg.readUInt16BE(0), 0xffd8)
    assert.ok(frame.shows.width > 0)
    assert.equal(seen.findLast((event) => event.kind === 'boxes').boxes[0].number, '+493023125123')
    assert.ok(seen.every((event) => event.page === seen[0].page))
  }
})

test('a crawl is watched', async () => {
  const live = browser.live()
  const page = await only(lead.crawl(site, { ...NET, browser }))
  assert.equal(page.rendered, true)
  for await (const event of live) {
    assert.equal(event.url, site)
    break
  }
})

test('who looks no more is told so at once', async () => {
  const own = new lead.Browser(PROGRAM)
  const all = async (live) => {
    const seen = []
    for await (const event of live) seen.push(event)
    return seen
  }
  const stop = new AbortController()
  const idle = all(own.live())
  const aborted = all(own.live({ signal: stop.signal }))
  const closed = own.live()
  const waiting = all(closed)
  await sleep(100)
  stop.abort()
  await assert.rejects(aborted, { code: 'CANCELLED' })
  await closed.close()
  assert.deepEqual(await waiting, [])
  await own.close()
  assert.deepEqual(await idle, [])
  assert.deepEqual(await all(own.live()), [])
})

test('a page that is given up is closed', async () => {
  const own = new lead.Browser(PROGRAM)
  await own.fetch(site)
  const begun = performance.now()
  await assert.rejects(own.fetch(`${site}slow`, { signal: AbortSignal.timeout(1000) }), { code: 'CANCELLED' })
  assert.ok(performance.now() - begun < 5000)
  await assert.rejects(own.fetch(site, { signal: AbortSignal.abort() }), { code: 'CANCELLED' })
  const underWay = own.fetch(`${site}slow`)
  await sleep(500)
  await Promise.all([own.close(), assert.rejects(underWay, { code: 'CANCELLED' })])
  await assert.rejects(own.fetch(site), { code: 'CANCELLED' })
})

const ENDS = `
import * as lead from 'lead-node'
const [folder, site, executable, sandbox, how] = process.argv.slice(1)
const browser = new lead.Browser({ allowNet: '127.0.0.0/8', rate: 'off', executable: executable || undefined, sandbox: sandbox === 'true', folder })
void (async () => { for await (const event of browser.live()) void event })()
await browser.fetch(site)
console.log('rendered')
if (how === 'exit') process.exit(3)
if (how === 'wait') await browser.fetch(site + 'slow')
`

/** Runs a program that does not close its browser; what it ended with, and whether it left something. */
async function ends(how, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'lead-'))
  chmodSync(folder, 0o711) // a browser runs as nobody where we are root
  const words = [folder, site, PROGRAM.executable ?? '', String(PROGRAM.sandbox), how]
  const program = spawn(process.execPath, ['--input-type=module', '-e', ENDS, ...words], { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(program.stdout, 'data')
  if (signal) {
    await sleep(300)
    program.kill(signal)
  }
  const begun = performance.now()
  const [code] = await once(program, 'exit')
  assert.ok(performance.now() - begun < 8000, how)
  // A kill is answered by the parts of a browser one after the other.
  for (let turn = 0; signal && runningIn(folder).length && turn < 100; turn++) await sleep(100)
  const left = runningIn(folder)
  const folders = readdirSync(join(folder, 'lead-browser'))
  await removed(folder)
  return { code, left, folders }
}

/** The processes whose command line names the folder. */
function runningIn(folder) {
  return readdirSync('/proc').filter((process) => /^\d+$/.test(process) && commandOf(process).includes(folder))
}

/** Takes the folder away. rmSync's own retries look at a folder's files once: what is written meanwhile would stop it. */
async function removed(folder) {
  for (let turn = 0; ; turn++) {
    try {
      return rmSync(folder, { recursive: true })
    } catch (error) {
      if (turn === 100) throw error
      await sleep(100)
    }
  }
}

function commandOf(process) {
  try {
    return readFileSync(`/proc/${process}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

test('a program that ends without closing ends, and leaves nothing', async () => {
  assert.deepEqual(await ends('end'), { code: 0, left: [], folders: [] })
  assert.deepEqual(await ends('exit'), { code: 3, left: [], folders: [] })
})

test('one that is killed takes its browser along', async () => {
  const { left } = await ends('wait', 'SIGKILL')
  assert.deepEqual(left, [])
})
