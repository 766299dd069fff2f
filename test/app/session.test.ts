import { expect, test } from 'vitest'
import {
  emptySession,
  failureOf,
  isOutdated,
  type Picture,
  type Session,
  type SessionEvent,
  selectedItem,
  session,
} from '../../app/state/session'
import type { RunOutcome } from '../../workers/runner'

const picture = (id: string): Picture => ({ id, file: new File([id], `${id}.png`) })
const after = (...events: SessionEvent[]): Session => events.reduce(session, emptySession({ threshold: 0.8 }))
const added = (...ids: string[]): SessionEvent => ({ type: 'items added', pictures: ids.map(picture), replace: false })
const ids = ({ items }: Session) => items.map(({ picture }) => picture.id)

const failure = { ok: false, code: 'unreadable', message: 'no picture', issues: [] } as const

const outcome = (kept?: unknown): RunOutcome => ({
  decision: { place: 'device', reason: 'device-quick', deviceSeconds: 0, serverSeconds: null },
  data: {},
  files: [],
  kept,
  sizes: {},
  ran: { place: 'device', backend: 'WASM SIMD' },
  timings: { decode: 0, modelLoad: 0, compute: 0, encode: 0 },
})

test('shows the first picture given, and the next one when it is removed', () => {
  const three = after(added('a', 'b', 'c'))
  expect(three.selected).toBe('a')
  expect(session(three, { type: 'item removed', id: 'a' }).selected).toBe('b')
  expect(session(session(three, { type: 'selected', id: 'c' }), { type: 'item removed', id: 'c' }).selected).toBe('b')
})

test('undo brings back a removed picture and what was selected', () => {
  const removed = after(added('a', 'b'), { type: 'item removed', id: 'a' })
  const back = session(removed, { type: 'undone' })
  expect(ids(back)).toEqual(['a', 'b'])
  expect(back.selected).toBe('a')
})

test('undo brings back everything after a clear, and a replaced template', () => {
  const given: SessionEvent = { type: 'fixed given', slot: 'template', picture: picture('t') }
  const cleared = after(added('a'), given, { type: 'cleared' })
  expect(ids(cleared)).toEqual([])
  expect(session(cleared, { type: 'undone' }).fixed.template.id).toBe('t')

  const replaced = after(given, { type: 'fixed given', slot: 'template', picture: picture('u') })
  expect(session(replaced, { type: 'undone' }).fixed.template.id).toBe('t')
})

test('undo takes no result away that was made since', () => {
  const done: SessionEvent = {
    type: 'run changed',
    id: 'b',
    run: { status: 'done', outcome: outcome(), params: {}, madeWith: '' },
  }
  const back = session(after(added('a', 'b'), { type: 'item removed', id: 'a' }, done), { type: 'undone' })
  expect(back.items.map(({ run }) => run.status)).toEqual(['ready', 'done'])
})

test('a run that was going on when its picture was removed comes back as stopped', () => {
  const running: SessionEvent = { type: 'run changed', id: 'a', run: { status: 'running' } }
  const back = session(after(added('a'), running, { type: 'item removed', id: 'a' }), { type: 'undone' })
  expect(back.items[0].run.status).toBe('stopped')
})

test('swaps picture and template, but not with a batch', () => {
  const given: SessionEvent = { type: 'fixed given', slot: 'template', picture: picture('t') }
  const swapped = after(added('a'), given, { type: 'swapped', slot: 'template' })
  expect(ids(swapped)).toEqual(['t'])
  expect(swapped.fixed.template.id).toBe('a')
  const batch = after(added('a', 'b'), given)
  expect(session(batch, { type: 'swapped', slot: 'template' })).toBe(batch)
})

test('a result is out of date after a setting changed, but not a live one that can be applied to it', () => {
  const live = ['threshold']
  const madeWith = JSON.stringify([[['gray', true]], []])
  const done = (kept?: unknown) =>
    [
      added('a'),
      { type: 'params changed', params: { gray: true, threshold: 0.8 } },
      {
        type: 'run changed',
        id: 'a',
        run: { status: 'done', outcome: outcome(kept), params: { gray: true, threshold: 0.8 }, madeWith },
      },
    ] satisfies SessionEvent[]
  const outdated = (...events: SessionEvent[]) => {
    const now = after(...events)
    const item = selectedItem(now)
    return item && isOutdated(item, now, live)
  }
  const stricter: SessionEvent = { type: 'params changed', params: { gray: true, threshold: 0.9 } }
  const inColour: SessionEvent = { type: 'params changed', params: { gray: false, threshold: 0.8 } }
  expect(outdated(...done({}))).toBe(false)
  expect(outdated(...done({}), stricter)).toBe(false)
  expect(outdated(...done(), stricter)).toBe(true)
  expect(outdated(...done({}), inColour)).toBe(true)
})

test('a failure is shown until something changes that may mend it', () => {
  const failed: SessionEvent = {
    type: 'run changed',
    id: 'a',
    run: { status: 'failed', failure, madeWith: JSON.stringify([[['threshold', 0.8]], []]) },
  }
  const shown = (...events: SessionEvent[]) => {
    const now = after(added('a'), failed, ...events)
    return now.items.map((item) => failureOf(item, now))
  }
  expect(shown()).toEqual([failure])
  expect(shown({ type: 'fixed given', slot: 'template', picture: picture('t') })).toEqual([undefined])
})
