import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ToolError } from '../../core/errors'
import type { Computed } from '../../server/api/engine'
import { type Database, openDatabase } from '../../server/db/database'
import { accessService, TestClock } from './access-service'
import { dataFolder, testConfig } from './support'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

const PATH = '/api/v1/remove-watermark'
const LIMIT_HEADERS = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']

let database: Database
beforeAll(async () => {
  database = await openDatabase(testConfig({ DATA_DIR: await dataFolder() }))
})
afterAll(() => database.close())

const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#4080c0' } })

async function pngOf(width: number, height: number): Promise<Blob> {
  return new Blob([new Uint8Array(await drawn(width, height).png().toBuffer())])
}

let png: Blob
let result: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  png = await pngOf(40, 30)
  result = new Uint8Array(await png.arrayBuffer())
})

const computed = (data: Record<string, unknown> = {}): Computed => ({
  data: { mask_source: 'given', engine: 'classic', ...data },
  files: [{ name: 'erased.png', type: 'image/png', bytes: result }],
  ran: { place: 'server', backend: 'WASM SIMD' },
  timings: { decode: 1, modelLoad: 0, compute: 1, encode: 1 },
})

function formOf(parts: Record<string, Blob | string>): RequestInit {
  const body = new FormData()
  for (const [name, part] of Object.entries(parts)) body.append(name, part)
  return { method: 'POST', body }
}

const withKey = (secret: string, init: RequestInit = {}): RequestInit => ({ ...init, headers: { 'X-API-Key': secret } })

async function started(env: Record<string, string> = {}, clock = new TestClock('2026-03-01T12:00:00Z')) {
  const service = await accessService(env, { database, clock })
  service.engine.answerAtOnce = async () => [{ ok: true, value: computed() }]
  const { secret, user, key } = await service.newKey('pro')
  const send = (parts: Record<string, Blob | string>) => service.ask(PATH, withKey(secret, formOf(parts)))
  return { ...service, clock, secret, user, key, send }
}

const refusal = async (response: Response) => ({ status: response.status, body: await response.json() })

describe('a picture', () => {
  test('is answered as a PNG, with the time it took, its size and the limits', async () => {
    const { send } = await started()
    const response = await send({ image: png, mask: png })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('image/png')
    expect(response.headers.get('X-Processing-Time')).toMatch(/^\d+\.\d{3}$/)
    expect(response.headers.get('X-Image-Size')).toBe('40x30')
    expect(LIMIT_HEADERS.map((name) => response.headers.get(name))).toEqual(['60', '59', '1772366402'])
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(result)
  })

  test('is worked on in memory: no task is made and no file is kept', async () => {
    const { send, engine } = await started()
    await send({ image: png })
    expect([engine.stored.size, (await engine.list({ offset: 0, limit: 1 })).total]).toEqual([0, 0])
  })

  test.each([
    ['found', 'true'],
    ['none', 'false'],
  ])('without a mask says whether a watermark was found: %s', async (mask_source, told) => {
    const { send, engine } = await started()
    engine.answerAtOnce = async () => [{ ok: true, value: computed({ mask_source }) }]
    expect((await send({ image: png })).headers.get('X-Watermark-Found')).toBe(told)
  })

  test.each(['jpeg', 'webp', 'png'] as const)('may be a %s file', async (format) => {
    const { send } = await started()
    const bytes = new Uint8Array(await drawn(16, 16).toFormat(format).toBuffer())
    expect((await send({ image: new Blob([bytes]) })).status).toBe(200)
  })

  test('may have 4096 pixels a side, and 10 MB', async () => {
    const { send } = await started()
    expect((await send({ image: await pngOf(4096, 8) })).status).toBe(200)
    expect((await send({ image: new Blob([png, new Uint8Array(9_990_000)]) })).status).toBe(200)
  })
})

describe('the errors of the contract', () => {
  test('401 without a key', async () => {
    const { ask } = await started()
    expect(await refusal(await ask(PATH, formOf({ image: png })))).toEqual({
      status: 401,
      body: {
        error: 'Unauthorized',
        detail: 'Missing API Key. Please provide X-API-Key header.',
        status_code: 401,
      },
    })
  })

  test('401 with a wrong key, and with one that was revoked', async () => {
    const { ask, gate, secret, key } = await started()
    const invalid = { status: 401, body: { error: 'Unauthorized', detail: 'Invalid API Key', status_code: 401 } }
    expect(await refusal(await ask(PATH, withKey(`${secret}x`, formOf({ image: png }))))).toEqual(invalid)
    await gate.accounts.revokeKey(key.id)
    const response = await ask(PATH, withKey(secret, formOf({ image: png })))
    expect(LIMIT_HEADERS.every((name) => response.headers.has(name))).toBe(true)
    expect(await refusal(response)).toEqual(invalid)
  })

  const text = new Blob(['no picture'])
  test.each([
    ['a file that is no picture', { image: text }, /^Invalid image format: .*not a picture/],
    ['no file', { mask: new Blob(['x']) }, /^Invalid image format: the field "image" is missing/],
    ['a mask that is no picture', { image: 'png', mask: text }, /^Invalid mask format: .*not a picture/],
    ['a file over 10 MB', { image: new Blob([new Uint8Array(11_000_000)]) }, /^Image too large\. Max size: 10MB$/],
    ['a mask over 10 MB', { image: 'png', mask: new Blob([new Uint8Array(10_500_000)]) }, /^Invalid mask format: .*10/],
  ])('400 for %s', async (_, parts, sentence) => {
    const { send } = await started()
    const filled = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part === 'png' ? png : part]))
    const response = await send(filled)
    expect(LIMIT_HEADERS.every((name) => response.headers.has(name))).toBe(true)
    expect(await refusal(response)).toEqual({
      status: 400,
      body: { error: 'Bad Request', detail: expect.stringMatching(sentence), status_code: 400 },
    })
  })

  test('400 for a picture of 4097 pixels, and of more than the server was told', async () => {
    const { send } = await started()
    const { body } = await refusal(await send({ image: await pngOf(8, 4097) }))
    expect(body).toEqual({
      error: 'Bad Request',
      detail: 'Image too large. Max dimension: 4096px',
      status_code: 400,
    })
    const smaller = await started({ MAX_IMAGE_SIZE: '32' })
    const answer = await refusal(await smaller.send({ image: png }))
    expect(answer.body.detail).toBe('Image too large. Max dimension: 32px')
  })

  test('400 for what the tool refuses about the mask or the picture', async () => {
    const { send, engine } = await started()
    const path = ['mask']
    const issues = [{ path, type: 'mask_covers_all', message: 'The mask covers the whole picture' }]
    engine.answerAtOnce = async () => [{ ok: false, code: 'invalid-input', message: issues[0].message, issues }]
    expect((await refusal(await send({ image: png, mask: png }))).body.detail).toBe(
      'Invalid mask format: The mask covers the whole picture',
    )
  })

  test('400 that names a parameter which is wrong', async () => {
    const { ask, secret } = await started()
    const { status, body } = await refusal(await ask(`${PATH}?engine=magic`, withKey(secret, formOf({ image: png }))))
    expect([status, body.status_code, body.detail]).toEqual([400, 400, expect.stringContaining('engine')])
  })

  test('413 for a body over 20 MB', async () => {
    const { ask, secret } = await started()
    const init = withKey(secret, formOf({ image: new Blob([new Uint8Array(21_000_000)]) }))
    const whole = new Request('http://x', init)
    const body = await whole.arrayBuffer()
    const headers = { ...init.headers, 'Content-Type': whole.headers.get('Content-Type') ?? '' }
    const sent = { method: 'POST', body, headers: { ...headers, 'Content-Length': String(body.byteLength) } }
    expect(await refusal(await ask(PATH, sent))).toMatchObject({
      status: 413,
      body: { error: 'Content Too Large', status_code: 413 },
    })
  })

  test.each(['internal', 'timeout'] as const)('500 when the work fails: %s', async (code) => {
    const { send, engine } = await started()
    engine.answerAtOnce = async () => [{ ok: false, code, message: 'The tool failed', issues: [] }]
    expect(await refusal(await send({ image: png }))).toEqual({
      status: 500,
      body: { error: 'Internal Server Error', detail: 'Processing failed: The tool failed', status_code: 500 },
    })
  })

  test('503 when the queue is full, with a time to come again', async () => {
    const { send, engine } = await started()
    engine.answerAtOnce = async () => {
      throw new ToolError('busy', 'The queue is full: 1000 tasks are waiting; send the request again later')
    }
    const response = await send({ image: png })
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(await refusal(response)).toEqual({
      status: 503,
      body: { error: 'Service Unavailable', detail: expect.stringContaining('queue is full'), status_code: 503 },
    })
  })

  test('405 in the same form', async () => {
    const { ask, secret } = await started()
    expect((await refusal(await ask(PATH, withKey(secret)))).body).toMatchObject({
      error: 'Method Not Allowed',
      status_code: 405,
    })
  })
})

describe('a free key', () => {
  let service: Awaited<ReturnType<typeof started>>
  let send: () => Promise<Response>
  beforeEach(async () => {
    service = await started()
    const { secret } = await service.newKey('free')
    send = async () => service.ask(PATH, withKey(secret, formOf({ image: png })))
  })

  test('has five requests at once; the sixth is told when to come again, and is let in then', async () => {
    for (let i = 0; i < 5; i++) expect((await send()).status).toBe(200)
    const refused = await send()
    expect(LIMIT_HEADERS.map((name) => refused.headers.get(name))).toEqual(['5', '0', '1772366430'])
    expect(refused.headers.get('Retry-After')).toBe('30')
    expect(await refusal(refused)).toEqual({
      status: 429,
      body: {
        error: 'Too Many Requests',
        detail: 'Rate limit exceeded. Please try again later.',
        status_code: 429,
      },
    })
    service.clock.forward(30)
    expect((await send()).status).toBe(200)
  })

  test('is let through five times by 50 clients at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, send))
    const statuses = answers.map(({ status }) => status)
    expect([200, 429].map((wanted) => statuses.filter((status) => status === wanted).length)).toEqual([5, 45])
  })

  test('has ten pictures a day, and those that were not delivered do not count', async () => {
    for (let i = 0; i < 4; i++) {
      expect((await send()).status).toBe(200)
      service.clock.forward(60)
    }
    const { answerAtOnce } = service.engine
    service.engine.answerAtOnce = async () => [{ ok: false, code: 'internal', message: 'no', issues: [] }]
    const failed = await send()
    expect(failed.status).toBe(500)
    service.engine.answerAtOnce = answerAtOnce
    for (let i = 0; i < 6; i++) {
      service.clock.forward(60)
      expect((await send()).status).toBe(200)
    }
    service.clock.forward(60)
    const refused = await send()
    expect([refused.status, refused.headers.get('X-RateLimit-Remaining')]).toEqual([429, '0'])
    expect(refused.headers.get('X-RateLimit-Reset')).toBe(String(Date.parse('2026-03-02T00:00:00Z') / 1000))
    service.clock.forward(12 * 3600)
    expect((await send()).status).toBe(200)
  })
})

test('an address is let through 20 times at once, whatever its keys allow', async () => {
  const service = await started()
  const { secret } = await service.newKey('enterprise')
  const answers = Array.from({ length: 50 }, () => service.ask('/api/v1/stats', withKey(secret), '198.51.100.7'))
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect([200, 429].map((wanted) => statuses.filter((status) => status === wanted).length)).toEqual([20, 30])
})

describe('GET /api/v1/stats', () => {
  test('counts for each key what was processed and what failed', async () => {
    const { send, ask, secret, engine, newKey } = await started()
    const other = await newKey('free')
    const read = async (key: string) => (await ask('/api/v1/stats', withKey(key))).json()
    const none = { total: 0, success: 0, failed: 0, total_processing_time: 0, avg_processing_time: 0 }
    expect(await read(secret)).toEqual(none)
    await send({ image: png })
    await send({ image: png })
    engine.answerAtOnce = async () => [{ ok: false, code: 'internal', message: 'no', issues: [] }]
    await send({ image: png })
    const stats = await read(secret)
    expect(stats).toMatchObject({ total: 3, success: 2, failed: 1 })
    expect(stats.total_processing_time).toBeGreaterThan(0)
    expect(stats.avg_processing_time).toBeCloseTo(stats.total_processing_time / 2, 2)
    expect(await read(other.secret)).toEqual(none)
  })

  test('is a 404 where metrics are disabled', async () => {
    const { ask, secret } = await started({ ENABLE_METRICS: 'false' })
    expect(await refusal(await ask('/api/v1/stats', withKey(secret)))).toEqual({
      status: 404,
      body: { error: 'Not Found', detail: 'Metrics disabled', status_code: 404 },
    })
  })

  test('needs a key', async () => {
    const { ask, askHere } = await started()
    expect((await ask('/api/v1/stats')).status).toBe(401)
    expect((await askHere('/api/v1/stats')).status).toBe(401)
  })
})

describe('GET /api/v1/health', () => {
  test('needs no key and names what fills by default', async () => {
    const { ask } = await started()
    const response = await ask('/api/v1/health')
    expect(await response.json()).toEqual({
      status: 'healthy',
      model: 'classic',
      device: 'cpu',
      gpu_available: false,
    })
  })

  test('is a 503 while the database or the storage is down', async () => {
    const { ask, engine } = await started()
    engine.isReady = false
    expect(await refusal(await ask('/api/v1/health'))).toMatchObject({
      status: 503,
      body: { error: 'Service Unavailable', status_code: 503 },
    })
  })
})
