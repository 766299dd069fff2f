import { describe, expect, test } from 'vitest'
import { hardened, resized, SIZES } from '../../app/mask/brush'
import { forgetOthers, maskOf, masks, record, redo, replace, revisionOf, undo } from '../../app/mask/history'
import { MASK_KEYS, maskKeyFor } from '../../app/mask/keys'
import { contestants, exchanged } from '../../app/mask/rival'
import { Stroke } from '../../app/mask/stroke'
import { emptySession, isOutdated, picturesOf, type Run, session, withOwn } from '../../app/state/session'
import { emptyMask, type Mask, shareOf } from '../../core/mask/mask'
import { maskFromPlane, planeOf } from '../../core/mask/plane'
import type { RunOutcome } from '../../workers/runner'

const size = { width: 64, height: 48 }
const nothing = emptyMask(size)
const filled = (value: number) => maskFromPlane(size, new Uint8Array(64 * 48).fill(value))

const outcome = (data: Record<string, unknown> = {}, names: readonly string[] = []): RunOutcome => ({
  decision: { place: 'device', reason: 'device-quick', deviceSeconds: 0, serverSeconds: null },
  data,
  files: names.map((name) => ({ name, type: 'image/png', blob: new Blob([name]) })),
  sizes: {},
  ran: { place: 'device', backend: 'WASM SIMD' },
  timings: { decode: 0, modelLoad: 0, compute: 0, encode: 0 },
})

describe('the undo of a mask', () => {
  test('goes back stroke by stroke to nothing, and on again', () => {
    record('a', filled(10), nothing)
    record('a', filled(20), nothing)
    const shares = [undo('a'), undo('a'), undo('a'), redo('a')].map((mask) => mask && Math.round(shareOf(mask) * 255))
    expect(shares).toEqual([10, 0, undefined, 10])
  })

  test('forgets what was taken back as soon as something else is painted', () => {
    record('b', filled(10), nothing)
    undo('b')
    record('b', filled(30), nothing)
    expect(redo('b')).toBeUndefined()
  })

  test('gives a mask the name that it had, so that its result is up to date again', () => {
    const [first, second] = [filled(10), filled(20)]
    record('c', first, nothing)
    const name = revisionOf(first)
    record('c', second, nothing)
    expect([revisionOf(second) === name, revisionOf(undo('c') as Mask)]).toEqual([false, name])
  })

  test('keeps its steps when a mask is fitted to its picture', () => {
    record('d', filled(10), nothing)
    replace('d', filled(11))
    expect([Math.round(shareOf(maskOf('d') as Mask) * 255), masks.get().d.past.length]).toEqual([11, 1])
  })

  test('lasts as long as the picture can come back', () => {
    record('kept', filled(1), nothing)
    record('gone', filled(1), nothing)
    forgetOthers(new Set(['kept']))
    expect(Object.keys(masks.get())).toEqual(['kept'])
  })
})

describe('a stroke', () => {
  test('is laid down frame by frame, and the mask it began on stays as it was', () => {
    const stroke = new Stroke(nothing, 1, 'add')
    stroke.note({ x: 10, y: 10, radius: 4 })
    const first = stroke.advance()
    stroke.note({ x: 40, y: 10, radius: 4 })
    const second = stroke.advance()
    const mask = stroke.finish()
    expect([first?.w, (second?.x ?? 0) + (second?.w ?? 0) > 40]).toEqual([10, true])
    expect(planeOf(mask, { x: 25, y: 10, w: 1, h: 1 })[0]).toBe(255)
    expect(shareOf(nothing)).toBe(0)
  })

  test('says that nothing changed when the pointer rests', () => {
    const stroke = new Stroke(nothing, 1, 'add')
    stroke.note({ x: 10, y: 10, radius: 4 })
    stroke.advance()
    stroke.note({ x: 10.1, y: 10, radius: 4 })
    expect(stroke.advance()).toBeUndefined()
  })
})

describe('the keys of the mask', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
    maskKeyFor({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

  test('choose tools and sizes, also with the letter of a held Shift', () => {
    expect([press('q'), press('E'), press('['), press('}', { shiftKey: true })]).toEqual([
      MASK_KEYS.brush,
      MASK_KEYS.eraser,
      MASK_KEYS.smaller,
      MASK_KEYS.harder,
    ])
  })

  test('leave those that show the picture alone, and what the system means by Alt', () => {
    expect([press('b'), press('q', { altKey: true }), press('q', { ctrlKey: true })]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('undo and redo with either key of the system', () => {
    expect([press('z', { metaKey: true }), press('z', { ctrlKey: true, shiftKey: true })]).toEqual([
      MASK_KEYS.undo,
      MASK_KEYS.redo,
    ])
  })

  test('no key means two things', () => {
    const keys = Object.values(MASK_KEYS).flatMap((one) => [...one.keys])
    expect(new Set(keys).size).toBe(keys.length)
  })
})

test('a brush grows by a pixel at least and stays within its limits', () => {
  expect([resized(1, 1), resized(2, -1), resized(1, -1), resized(SIZES.most, 1)]).toEqual([2, 1, 1, SIZES.most])
  expect([hardened(0.95, 1), hardened(0.3, -1), hardened(0, -1)]).toEqual([1, 0.2, 0])
})

describe('results that can be gone back to', () => {
  const picture = { id: 'photo', file: new File([], 'photo.png') }
  const done = (): Run => ({ status: 'done', outcome: outcome(), params: {}, madeWith: '' })
  const given = session(emptySession({}), { type: 'items added', pictures: [picture], replace: true })
  const run = (state: typeof given, result: Run, id = 'photo') =>
    session(state, { type: 'run changed', id, run: result, keep: true })

  test('begin with the picture as it was given', () => {
    const [first, second] = [done(), done()]
    const { items } = run(run(given, first), second)
    expect(items[0].steps).toEqual([
      { picture, run: { status: 'ready' } },
      { picture, run: first },
      { picture, run: second },
    ])
  })

  test('lead back to a picture that a result has taken the place of, with its mask', () => {
    const next = { id: 'next', file: new File([], 'next.png') }
    const taken = session(run(given, done()), { type: 'result taken', id: 'photo', picture: next })
    expect([taken.selected, taken.items[0].run.status]).toEqual(['next', 'ready'])
    expect(picturesOf(taken)).toContain('photo')
    const [step] = taken.items[0].steps ?? []
    const back = session(taken, { type: 'stepped', id: 'next', step, drawn: { mask: 'drawn-1' } })
    expect(back).toMatchObject({ selected: 'photo', items: [{ picture, drawn: { mask: 'drawn-1' } }] })
  })

  test('are out of date when something was painted since', () => {
    const before = session(given, { type: 'drawn changed', id: 'photo', slot: 'mask', state: 'drawn-1' })
    const madeWith = JSON.stringify([[], [], ['mask', 'drawn-1']])
    const after = run(before, { status: 'done', outcome: outcome(), params: {}, madeWith })
    const painted = session(after, { type: 'drawn changed', id: 'photo', slot: 'mask', state: 'drawn-2' })
    expect([isOutdated(after.items[0], after, []), isOutdated(painted.items[0], painted, [])]).toEqual([false, true])
    const cleared = session(painted, { type: 'drawn changed', id: 'photo', slot: 'mask', state: null })
    expect(withOwn(cleared, cleared.items[0]).drawn).toEqual({})
  })
})

describe('a duel', () => {
  const card = { layers: [{ kind: 'replace', artefact: 'erased', rival: 'rival', title: 'Erased' }] } as const
  const both = outcome(
    { engine: 'net', scores: { total: 0.8 }, rival: { engine: 'classic', scores: { total: 0.7 } } },
    ['erased.png', 'rival.webp'],
  )

  test('has two pictures, the better first; a run without a rival is none', () => {
    expect(contestants(card, both.files)?.map(({ name }) => name)).toEqual(['erased.png', 'rival.webp'])
    expect(contestants(card, both.files.slice(0, 1))).toBeUndefined()
  })

  test('ends the other way round when the other picture is chosen, and back', async () => {
    const other = exchanged(card, both)
    expect(other.data).toEqual({
      engine: 'classic',
      scores: { total: 0.7 },
      rival: { engine: 'net', scores: { total: 0.8 } },
    })
    expect(await Promise.all(other.files.map(async ({ name, blob }) => [name, await blob.text()]))).toEqual([
      ['erased.webp', 'rival.webp'],
      ['rival.png', 'erased.png'],
    ])
    expect(exchanged(card, other)).toEqual(both)
  })
})
