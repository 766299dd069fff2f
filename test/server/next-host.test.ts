import { afterAll, expect, test, vi } from 'vitest'
import { handler } from '../../server/next-host'
import type { Rest } from '../../server/rest'
import { dataFolder } from './support'

const shared: Record<symbol, Promise<Rest>> = globalThis as never

afterAll(async () => (await shared[Symbol.for('darkroom.rest')]).close())

test('a route of a Next server answers as the REST app does, and starts it once however many ask at first', async () => {
  vi.stubEnv('DATA_DIR', await dataFolder())
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('MODELS_FETCH', 'asked')
  const ask = (path: string) => handler(new Request(`http://localhost${path}`))
  const [live, tools, missing] = await Promise.all([ask('/health/live'), ask('/api/v1/tools'), ask('/api/v1/none')])
  expect(live.status).toBe(200)
  expect(await tools.json()).toMatchObject({ tools: expect.any(Array) })
  expect(missing.status).toBe(404)
})
