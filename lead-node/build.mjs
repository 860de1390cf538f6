// Builds the native half for this machine and puts it beside this file: `node build.mjs [--release]`.
import { spawnSync } from 'node:child_process'
import { copyFileSync, renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const { binary } = createRequire(import.meta.url)('./lib/binary.cjs')
const here = fileURLToPath(new URL('.', import.meta.url))

const args = ['build', '--package', 'lead-node', '--message-format', 'json-render-diagnostics', ...process.argv.slice(2)]
const cargo = spawnSync('cargo', args, { cwd: here, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 })
if (cargo.status !== 0) process.exit(cargo.status ?? 1)

const library = cargo.stdout
  .toString()
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line))
  .find((message) => message.reason === 'compiler-artifact' && message.target.name === 'lead_node')
const from = library?.filenames.find((name) => /\.(so|dylib|dll)$/.test(name))
if (!from) throw new Error('cargo named no library')
const to = `${here}${binary()}`
// A running process may have the old file mapped: never write into it.
copyFileSync(from, `${to}.new`)
renameSync(`${to}.new`, to)
console.log(`built ${binary()}`)
