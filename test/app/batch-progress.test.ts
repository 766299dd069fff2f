import { expect, test } from 'vitest'
import { batchProgress } from '../../app/run/batch-progress'
import type { Item, Run } from '../../app/state/session'

const item = (id: string, status: 'ready' | 'running' | 'stopped' | 'failed'): Item => ({
  picture: { id, file: new File([], id) },
  run: (status === 'failed'
    ? { status, failure: { ok: false, code: 'unreadable', message: 'no picture', issues: [] }, madeWith: '' }
    : { status }) satisfies Run,
})
const batch = { ids: ['a', 'b', 'c', 'd'], startedAt: 1000 }

test('counts only the files of this run, and goes on after a failure', () => {
  const items = [
    item('a', 'failed'),
    item('b', 'stopped'),
    item('c', 'running'),
    item('d', 'running'),
    item('x', 'ready'),
  ]
  expect(batchProgress(batch, items, 5000)).toEqual({ done: 2, failed: 1, total: 4, leftMs: 4000 })
})

test('does not guess the time left from one file', () => {
  const items = [item('a', 'failed'), item('b', 'running'), item('c', 'running'), item('d', 'running')]
  expect(batchProgress(batch, items, 5000).leftMs).toBeNull()
})
