// What a query would ask, and why.
import assert from 'node:assert/strict'
import test from 'node:test'

import * as lead from 'lead-node'

test('a query is understood', () => {
  const made = lead.plan('beste Zahnärzte bei Berlin', { near: 'Berlin', radius: 5000 })
  const { what, place, intent, language, trades } = made.meaning
  assert.deepEqual([what, place, intent, language], ['Zahnärzte', 'Berlin', 'best', 'de'])
  assert.deepEqual(trades[0].naics, ['621210'])
  assert.deepEqual(made.asks.map(({ source, words }) => [source, words]), [['osm', 'beste Zahnärzte bei Berlin']])
  assert.ok(made.variants.some(({ text, why }) => text === 'dentists' && why.translation === 'en'))
})

test('areas and templates', () => {
  const area = { type: 'Polygon', coordinates: [[[4.7, 45.6], [5, 45.6], [4.7, 45.9], [4.7, 45.6]]] }
  assert.deepEqual(lead.plan('bakeries', { bbox: [4.7, 45.6, 5, 45.9] }).cells, [[4.7, 45.6, 5, 45.9]])
  assert.deepEqual(lead.plan('bakeries', { area }).cells, [[4.7, 45.6, 5, 45.9]])
  assert.deepEqual(lead.plan('bakeries', { expand: false }).variants, [])
  const fixed = lead.plan('bakeries', { templates: ['top {what}'], order: 'fixed' })
  assert.deepEqual([fixed.fixed, fixed.variants[0].text], [true, 'top bakeries'])
})

test('what means nothing is refused', () => {
  const code = (options) => {
    try {
      lead.plan('bakeries', options)
    } catch (error) {
      return error instanceof lead.LeadError ? error.code : error.name
    }
  }
  for (const wrong of [{ radius: 5 }, { bbox: [0, 5, 1, 2] }, { area: { type: 'Point' } }]) {
    assert.equal(code(wrong), 'INVALID_INPUT')
  }
  assert.equal(code({ templates: ['{who}'] }), 'CONFIG')
  assert.equal(code({ nowhere: 1 }), 'TypeError')
})
