import { expect, test } from 'vitest'
import { cornersOf, drawn, drawnZone, moved, notAmong, turned, withCornerAt } from '../../app/review/edits'
import { forgetOthers, histories, historyOf, record, redo, undo } from '../../app/review/history'
import { emptySession, isOutdated, picturesOf, session, withOwn } from '../../app/state/session'
import { shownLive } from '../../app/tools/shown-live'

const quad = { x1: 10, y1: 10, x2: 50, y2: 10, x3: 50, y3: 20, x4: 10, y4: 20, score: 0.8 }

test('a quad is moved as a whole and keeps its score', () => {
  expect(moved(quad, 5, -2)).toEqual({ ...quad, x1: 15, y1: 8, x2: 55, y2: 8, x3: 55, y3: 18, x4: 15, y4: 18 })
})

test('a quarter turn about its middle brings each corner where the next one would be', () => {
  const [first] = cornersOf(turned(quad, 90))
  expect(first).toEqual([expect.closeTo(35), expect.closeTo(-5)])
})

test('a corner that would turn the quad inside out is not taken', () => {
  expect(withCornerAt(quad, 0, [12, 12])).toMatchObject({ x1: 12, y1: 12 })
  expect(withCornerAt(quad, 0, [60, 30])).toBeUndefined()
})

test('what is drawn from any corner to any other is the same quad, and a click draws none', () => {
  expect(drawn([50, 20], [10, 10])).toEqual({ ...quad, score: null })
  expect(drawn([10, 10], [11, 10])).toBeUndefined()
})

test('a zone is kept within the picture, in shares of it', () => {
  expect(drawnZone([-20, 50], [100, 250], 200, 200)).toEqual({ x: 0, y: 0.25, w: 0.5, h: 0.75 })
  expect(drawnZone([-20, -20], [-5, -5], 200, 200)).toBeUndefined()
})

test('each picture has a history of its own, and a new change forgets what was taken back', () => {
  const edits = (x: number) => ({ quads: [moved(quad, x, 0)], zones: [] })
  record('a', edits(1))
  record('a', edits(2))
  record('b', edits(9))
  expect(undo('a')).toEqual(edits(1))
  expect(redo('a')).toEqual(edits(2))
  undo('a')
  record('a', edits(3))
  expect(redo('a')).toBeUndefined()
  expect(historyOf(histories.get(), 'b').now).toEqual(edits(9))
  expect([undo('b'), undo('b')]).toEqual([{ quads: null, zones: [] }, undefined])
})

test('the history of a picture lasts as long as undo can bring the picture back', () => {
  const pictures = ['kept', 'removed'].map((id) => ({ id, file: new File([], id) }))
  for (const { id } of pictures) record(id, { quads: [quad], zones: [] })
  const begun = session(emptySession({}), { type: 'items added', pictures, replace: true })
  const now = session(begun, { type: 'item removed', id: 'removed' })
  forgetOthers(new Set(picturesOf(now)))
  expect(Object.keys(histories.get())).toEqual(['kept', 'removed'])
  forgetOthers(new Set(picturesOf({ ...now, past: [] })))
  expect(Object.keys(histories.get())).toEqual(['kept'])
})

test('what is still seen and was added is not offered again', () => {
  const other = moved(quad, 100, 0)
  expect(notAmong([quad, other], [moved(quad, 0, 0)])).toEqual([other])
})

test('parameters of one picture hold for it alone, and put its result out of date', () => {
  const picture = (id: string) => ({ id, file: new File([], `${id}.jpg`) })
  const begun = session(emptySession({ threshold: 0.5 }), {
    type: 'items added',
    pictures: [picture('a'), picture('b')],
    replace: true,
  })
  const now = session(begun, { type: 'own params changed', id: 'a', params: { quads: [] } })
  const [a, b] = now.items
  expect([withOwn(now, a).params, withOwn(now, b).params]).toEqual([{ threshold: 0.5, quads: [] }, { threshold: 0.5 }])
  const outcome = { kept: {} } as never
  const madeWith = JSON.stringify([[['threshold', 0.5]], []])
  const done = { status: 'done', outcome, params: now.params, madeWith } as const
  expect([a, b].map((item) => isOutdated({ ...item, run: done }, now, []))).toEqual([true, false])
})

test('where quads can be edited, a live parameter puts the files out of date', () => {
  const quads = { kind: 'quads', field: 'plates', residuals: 'r', edits: 'e', zones: 'z', title: 'Plates' } as const
  expect(shownLive({ layers: [quads], live: ['threshold'] })).toEqual([])
  expect(shownLive({ layers: [], live: ['threshold'] })).toEqual(['threshold'])
})
