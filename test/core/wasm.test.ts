import { expect, test } from 'vitest'
import { KernelPool, Layout } from '../../core/wasm'

// (module (import "env" "memory" (memory 1)) (func (export "get") (param i32) (result i32) local.get 0 i32.load8_u))
const GET = 'AGFzbQEAAAABBgFgAX8BfwIPAQNlbnYGbWVtb3J5AgABAwIBAAcHAQNnZXQAAAoJAQcAIAAtAAAL'

interface Exports {
  get(address: number): number
}

test('places do not overlap, start at cache lines, and never at 0', () => {
  const layout = new Layout()
  const [first, second, third] = [layout.reserve(1), layout.reserve(65), layout.reserve(4)]
  expect([first, second, third].every((address) => address > 0 && address % 64 === 0)).toBe(true)
  expect(second).toBeGreaterThanOrEqual(first + 1)
  expect(third).toBeGreaterThanOrEqual(second + 65)
  expect(layout.bytes).toBeGreaterThanOrEqual(third + 4)
})

test('a kernel has the memory asked for and works on it', async () => {
  const pool = new KernelPool<Exports>(GET)
  const value = await pool.use(200_000, async ({ exports, memory }) => {
    new Uint8Array(memory.buffer)[199_999] = 42
    return exports.get(199_999)
  })
  expect(value).toBe(42)
})

test('two runs at once do not share a memory', async () => {
  const pool = new KernelPool<Exports>(GET)
  await pool.use(1, async (outer) => {
    await pool.use(1, async (inner) => {
      new Uint8Array(inner.memory.buffer)[500] = 7
    })
    expect(outer.exports.get(500)).toBe(0)
  })
})

test('a run after another takes over its memory', async () => {
  const pool = new KernelPool<Exports>(GET)
  const first = await pool.use(1, async ({ memory }) => memory)
  const second = await pool.use(300_000, async ({ memory }) => memory)
  expect(second).toBe(first)
})

test('more memory than there can be is refused with a sentence', async () => {
  const pool = new KernelPool<Exports>(GET)
  const run = pool.use(2 ** 40, async () => {})
  await expect(run).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('1048576 MiB') })
})

test('a kernel is not used again after a failure', async () => {
  const pool = new KernelPool<Exports>(GET)
  let failed: unknown
  const run = pool.use(1, async ({ memory }) => {
    failed = memory
    throw new Error('broken')
  })
  await expect(run).rejects.toThrow('broken')
  expect(await pool.use(1, async ({ memory }) => memory)).not.toBe(failed)
})
