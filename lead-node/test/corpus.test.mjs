// Node answers what the command line answers, on the whole of the shared data. LEAD_SHARED is its folder, LEAD_CLI the
// command; scripts/test sets both. Without them the tests are skipped, and say so.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

import { extract, findPhones } from 'lead-node'

const shared = process.env.LEAD_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const cli = process.env.LEAD_CLI ?? ''

const missing = []
if (!existsSync(`${shared}/data`)) missing.push(`no data at LEAD_SHARED (${shared})`)
if (!existsSync(cli)) missing.push(`no command at LEAD_CLI (${cli || 'not set'})`)
const skip = missing.length > 0 && `NOT COMPARED with the command line: ${missing.join(', ')}`
if (skip) console.error(skip)

/** What the command prints, one object a line. */
async function* command(args, given = '') {
  const child = spawn(cli, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const done = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  child.stdin.end(given)
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) yield JSON.parse(line)
  assert.equal(await done, 0)
}

test('extract answers what `lead extract` answers', { skip }, async () => {
  const pages = ['labelled', 'pages'].flatMap((folder) =>
    readdirSync(`${shared}/data/${folder}`)
      .filter((name) => name.endsWith('.html'))
      .sort()
      .map((name) => `${shared}/data/${folder}/${name}`),
  )
  assert.ok(pages.length > 300, `${pages.length} pages`)
  let at = 0
  for await (const { input, ...expected } of command(['extract', ...pages, '--format', 'jsonl'])) {
    const page = pages[at++]
    assert.equal(input, page)
    assert.deepEqual(extract(readFileSync(page)), expected, page)
  }
  assert.equal(at, pages.length)
})

for (const mode of ['smart', 'compat']) {
  test(`findPhones answers what \`lead find-phones --mode ${mode}\` answers`, { skip }, async () => {
    const all = JSON.parse(readFileSync(`${shared}/data/phone/vectors_matcher.json`, 'utf8'))
    const vectors = all.filter(({ text }) => text !== null) // Java's null
    assert.ok(vectors.length > 1000)
    const lines = vectors.map(({ text, region, leniency }, id) => JSON.stringify({ id, text, region, leniency }))
    let at = 0
    let found = 0
    for await (const expected of command(['find-phones', '--mode', mode, '--offsets', 'utf16'], lines.join('\n'))) {
      const { text, region, leniency } = vectors[at]
      const matches = findPhones(text, { region, leniency, mode }).map(({ start, end, raw, e164, extension }) => ({
        start,
        end,
        raw,
        e164,
        extension,
      }))
      assert.deepEqual({ id: at, matches }, expected, text)
      at += 1
      found += matches.length
    }
    assert.equal(at, vectors.length)
    assert.ok(found > 500, `${found} found`)
  })
}
