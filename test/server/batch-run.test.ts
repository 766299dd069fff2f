import { expect, test } from 'vitest'
import { ToolError } from '../../core/errors'
import type { CallOptions } from '../../server/compute/conversation'
import { ChildLostError } from '../../server/compute/conversation'
import type { ComputePool } from '../../server/compute/pool'
import type { Batch } from '../../server/compute/protocol'
import type { TaskRow } from '../../server/db/schema'
import { runBatchTask } from '../../server/tasks/batch-run'

const NAMES = ['a.jpg', 'b.jpg', 'c.jpg']

/** A pool whose call fails as soon as it has this one among its files. */
function poolFailingAt(name: string, error: Error): ComputePool {
  const call = async ({ items }: Batch, _: CallOptions) => {
    if (items.some((item) => item.name === name)) throw error
    return items.map((item) => ({ result: { name: item.name, files: [], data: {} } }))
  }
  return { runs: 1, call } as unknown as ComputePool
}

const taskOf = (names: readonly string[]) =>
  ({
    ...{ uid: 'task', tool: 'cover-plates', params: {} },
    inputs: names.map((name, item) => ({ slot: 'image', name, path: name, thumbnail: name, item })),
  }) as unknown as TaskRow

const options = { signal: new AbortController().signal, timeoutMs: 1000, together: 16, onProgress() {} }

test.each([
  ['hangs', new ToolError('timeout', 'It took too long'), 'timeout'],
  ['takes its process along', new ChildLostError('lost'), 'internal'],
])('a photo that %s is given up, and the others are done', async (_, error, code) => {
  const { data } = await runBatchTask(taskOf(NAMES), poolFailingAt('b.jpg', error), options)
  expect(data.items).toEqual([
    { name: 'a.jpg', files: [], data: {} },
    { name: 'b.jpg', code, error: expect.any(String) },
    { name: 'c.jpg', files: [], data: {} },
  ])
})

test.each([
  [1, 50, [12, 12, 13, 13]],
  [2, 50, [12, 12, 13, 13]],
  [8, 50, [6, 6, 6, 6, 6, 6, 7, 7]],
  [4, 3, [1, 1, 1]],
  [2, 16, [8, 8]],
])('%d processes get %d photos in parts of equal length, in their order', async (runs, count, lengths) => {
  const names = Array.from({ length: count }, (_, i) => `${i}.jpg`)
  const asked: number[] = []
  const call = async ({ items }: Batch) => {
    asked.push(items.length)
    return items.map(({ name }) => ({ result: { name, files: [], data: {} } }))
  }
  const { data } = await runBatchTask(taskOf(names), { runs, call } as unknown as ComputePool, options)
  expect(asked.toSorted((a, b) => a - b)).toEqual(lengths)
  expect(data.items).toMatchObject(names.map((name) => ({ name })))
})

test('a photo alone in its task is tried again when its process is lost', async () => {
  let calls = 0
  const call = async ({ items }: Batch) => {
    if (++calls === 1) throw new ChildLostError('lost')
    return items.map(({ name }) => ({ result: { name, files: [], data: {} } }))
  }
  const { data } = await runBatchTask(taskOf(['a.jpg']), { runs: 1, call } as unknown as ComputePool, options)
  expect(data.items).toEqual([{ name: 'a.jpg', files: [], data: {} }])
})
