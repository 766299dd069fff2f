import { expect, test } from 'vitest'
import { createWorkerApp } from '../../server/api/worker-app'
import { MemoryEngine } from '../api/memory-engine'

const metrics = { answered: () => {}, expose: async () => 'darkroom_runs_total 3\n' }

test('a worker answers probes and Prometheus, and nothing that an API does', async () => {
  const app = createWorkerApp(new MemoryEngine(), { metrics })
  const statusOf = async (path: string, init?: RequestInit) => (await app.request(path, init)).status
  expect(await (await app.request('/metrics')).text()).toBe('darkroom_runs_total 3\n')
  for (const path of ['/health/live', '/health/ready']) expect([path, await statusOf(path)]).toEqual([path, 200])
  for (const path of ['/', '/api/v1/tasks', '/docs', '/results/a/b.png', '/embed']) {
    expect([path, await statusOf(path)]).toEqual([path, 404])
  }
  expect(await statusOf('/api/v1/match/template', { method: 'POST', body: new FormData() })).toBe(404)
})
