// What the README shows runs.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('..', import.meta.url))
const examples = [...readFileSync(`${cwd}/README.md`, 'utf8').matchAll(/^```js\n(.*?)^```/gms)].map((match) => match[1])
assert.ok(examples.length >= 2)

for (const [at, example] of examples.entries()) {
  test(`example ${at + 1}`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], { cwd, input: example })
    assert.equal(status, 0, String(stderr))
    assert.ok(stdout.length > 0)
  })
}
