import { expect, test } from 'vitest'
import { createApp } from '../../server/api/app'
import { createMetrics } from '../../server/metrics/metrics'
import { MemoryEngine } from './memory-engine'
import { service, UNKNOWN_UID } from './support'

const LEVELS = {
  tasks: async () => ({ queued: 3, running: 1 }),
  waiting: () => 2,
  processes: () => 4,
  heldBytes: () => 12_345,
}

const counted = (levels = LEVELS) => {
  const metrics = createMetrics(levels)
  return { metrics, app: createApp(new MemoryEngine(), { metrics }) }
}
type App = ReturnType<typeof counted>['app']

const scrape = async (app: App, accept?: string) => {
  const response = await app.request('/metrics', { headers: accept ? { Accept: accept } : {} })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

const sampleOf = (text: string, series: string) => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line && Number(line.slice(series.length + 1))
}

test('requests are counted by pattern and status, so that no task makes a series of its own', async () => {
  const { app } = counted()
  await app.request(`/api/v1/tasks/${UNKNOWN_UID}`)
  await app.request('/api/v1/tasks/22222222-2222-3333-4444-555555555555/')
  await app.request('/api/v1/tasks/not-a-uid')
  const { text } = await scrape(app)
  const series = (status: number) =>
    `darkroom_http_requests_total{method="GET",route="/api/v1/tasks/{uid}",status="${status}"}`
  expect(sampleOf(text, series(404))).toBe(2)
  expect(sampleOf(text, series(422))).toBe(1)
  expect(text).not.toContain(UNKNOWN_UID)
})

test('paths and methods that a client makes up share one series', async () => {
  const { app } = counted()
  await app.request('/nowhere')
  await app.request('/elsewhere')
  await app.request('/nowhere', { method: 'BREW' })
  const { text } = await scrape(app)
  expect(sampleOf(text, 'darkroom_http_requests_total{method="GET",route="none",status="404"}')).toBe(2)
  expect(sampleOf(text, 'darkroom_http_requests_total{method="OTHER",route="none",status="404"}')).toBe(1)
})

test('what fails by our fault is counted as the client saw it', async () => {
  const engine = new MemoryEngine()
  const metrics = createMetrics(LEVELS)
  const app = createApp(engine, { metrics, log: () => {} })
  engine.health = () => Promise.reject(new Error('broken'))
  expect((await app.request('/health/ready')).status).toBe(500)
  const { text } = await scrape(app)
  expect(sampleOf(text, 'darkroom_http_requests_total{method="GET",route="/health/ready",status="500"}')).toBe(1)
  expect(sampleOf(text, 'darkroom_http_request_duration_seconds_count{method="GET",route="/health/ready"}')).toBe(1)
})

test('a run is timed as a whole and as computing alone, by operator', async () => {
  const { app, metrics } = counted()
  const timings = { decode: 300, modelLoad: 9000, compute: 1500, encode: 200 }
  metrics.ran({ operator: 'inpaint', outcome: 'succeeded', timings })
  metrics.ran({ operator: 'inpaint', outcome: 'unreadable' })
  const { text } = await scrape(app)
  expect(sampleOf(text, 'darkroom_runs_total{operator="inpaint",outcome="succeeded"}')).toBe(1)
  expect(sampleOf(text, 'darkroom_runs_total{operator="inpaint",outcome="unreadable"}')).toBe(1)
  expect(sampleOf(text, 'darkroom_processing_seconds_sum{operator="inpaint"}')).toBe(2)
  expect(sampleOf(text, 'darkroom_processing_seconds_count{operator="inpaint"}')).toBe(1)
  expect(sampleOf(text, 'darkroom_inference_seconds_sum{operator="inpaint"}')).toBe(1.5)
})

test('levels are read when they are asked for, beside those of the process and its version', async () => {
  const { text } = await scrape(counted().app)
  expect(sampleOf(text, 'darkroom_queue_depth')).toBe(3)
  expect(sampleOf(text, 'darkroom_tasks_running')).toBe(1)
  expect(sampleOf(text, 'darkroom_calls_waiting')).toBe(2)
  expect(sampleOf(text, 'darkroom_compute_processes')).toBe(4)
  expect(sampleOf(text, 'darkroom_held_bytes')).toBe(12_345)
  expect(sampleOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
  expect(text).toMatch(/^process_cpu_seconds_total \S+/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \S+/m)
  expect(text).toMatch(/^darkroom_build_info\{version="[^"]+",node="[^"]+"\} 1$/m)
})

test('a level that cannot be read hides no other', async () => {
  const tasks = () => Promise.reject(new Error('no database'))
  const { status, text } = await scrape(counted({ ...LEVELS, tasks }).app)
  expect(status).toBe(200)
  expect(sampleOf(text, 'darkroom_queue_depth')).toBeNaN()
  expect(sampleOf(text, 'darkroom_held_bytes')).toBe(12_345)
})

test('every series says what it means', async () => {
  const { text } = await scrape(counted().app)
  const typed = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name)
  const helped = [...text.matchAll(/^# HELP (\S+) \S+/gm)].map(([, name]) => name)
  expect(typed.length).toBeGreaterThan(10)
  expect(helped).toEqual(typed)
})

test('the format is what the scraper asks for', async () => {
  const { app } = counted()
  await app.request('/health/live')
  const open = await scrape(
    app,
    'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  )
  expect(open.type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(open.text).toMatch(/^# TYPE darkroom_http_requests counter$/m)
  expect(open.text).toMatch(/^darkroom_http_requests_total\{.*\} 1$/m)
  expect(open.text.endsWith('\n# EOF\n')).toBe(true)
  expect(open.text).not.toContain('\n\n')

  const plain = await scrape(app, 'text/plain;version=0.0.4;q=0.6,application/openmetrics-text;q=0.5')
  expect(plain.type).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(plain.text).toMatch(/^# TYPE darkroom_http_requests_total counter$/m)
  expect(plain.text).not.toContain('# EOF')
  expect((await scrape(app)).type).toBe(plain.type)
})

test('where metrics are turned off there are none', async () => {
  const response = await service().app.request('/metrics')
  expect([response.status, await response.json()]).toEqual([404, { detail: 'Metrics disabled' }])
})
