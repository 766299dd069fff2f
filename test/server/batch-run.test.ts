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

const task = {
  ...{ uid: 'task', tool: 'cover-plates', params: {} },
  inputs: NAMES.map((name, item) => ({ slot: 'image', name, path: name, thumbnail: name, item })),
} as unknown as TaskRow

test.each([
  ['hangs', new ToolError('timeout', 'It took too long'), 'timeout'],
  ['takes its process along', new ChildLostError('lost'), 'internal'],
])('a photo that %s is given up, and the others are done', async (_, error, code) => {
  const options = { signal: new AbortController().signal, timeoutMs: 1000, together: 16, onProgress() {} }
  const { data } = await runBatchTask(task, poolFailingAt('b.jpg', error), options)
  expect(data.items).toEqual([
    { name: 'a.jpg', files: [], data: {} },
    { name: 'b.jpg', code, error: expect.any(String) },
    { name: 'c.jpg', files: [], data: {} },
  ])
})
