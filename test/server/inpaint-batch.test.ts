import { createHmac } from 'node:crypto'
import { unzipSync } from 'fflate'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Raster } from '../../core/raster'
import { createApp } from '../../server/api/app'
import { type Database, openDatabase } from '../../server/db/database'
import { png } from '../api/support'
import { scene, withMark } from '../operators/find-watermark/letters'
import { accessService, TestClock } from './access-service'
import { Receiver } from './receiver'
import { dataFolder, endOf, startServices, testConfig } from './support'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const BATCH = '/api/v1/batch'
const SECRET = 'a long random text'

const flat = (background: string) => sharp({ create: { width: 64, height: 48, channels: 3, background } })
const pngOf = async ({ width, height, data }: Raster) =>
  new Uint8Array(
    await sharp(data, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer(),
  )
const fileOf = async (name: string, picture: Sharp) => new File([new Uint8Array(await picture.png().toBuffer())], name)

function formOf(parts: readonly (readonly [string, File | string])[]): RequestInit {
  const body = new FormData()
  for (const [name, part] of parts) body.append(name, part)
  return { method: 'POST', body }
}

/** Two pictures, one that is none between them, and what is to go in all. */
async function threePictures(): Promise<[string, File | string][]> {
  const hole = await flat('white').resize(8, 8).png().toBuffer()
  return [
    ['images', await fileOf('a.png', flat('teal'))],
    ['images', new File(['no picture'], 'b.png')],
    ['images', await fileOf('c.png', flat('olive'))],
    ['mask', await fileOf('m.png', flat('black').composite([{ input: hole, left: 20, top: 20 }]))],
    ['engine', 'classic'],
  ]
}

test('a batch is done but for a broken picture, and calls back once, signed', async () => {
  const receiver = await Receiver.start()
  const { engine, metrics } = await startServices({ DATA_DIR: await dataFolder() })
  const app = createApp(engine, { metrics })
  const callback: [string, string][] = [
    ['callback_url', receiver.url],
    ['callback_secret', SECRET],
  ]
  const accepted = await app.request(BATCH, formOf([...(await threePictures()), ...callback]))
  expect(accepted.status).toBe(202)
  const { task_id, status_url } = await accepted.json()
  const task = await engine.find(task_id)
  if (task) await endOf(engine, task)

  const done = await (await app.request(status_url)).json()
  expect(done).toMatchObject({ status: 'completed', images: 3, succeeded: 2, failed: 1 })
  expect(done.results[1]).toMatchObject({ filename: 'b.png', error_code: 'unreadable' })
  expect(done.results[2]).toMatchObject({ engine: 'classic', mask_source: 'given', changed_outside: 0 })
  const archive = await app.request(done.archive_url)
  const pictures = unzipSync(new Uint8Array(await archive.arrayBuffer()))
  expect(Object.keys(pictures)).toEqual(['erased_a.png', 'erased_c.png'])
  expect(await sharp(pictures['erased_c.png']).metadata()).toMatchObject({ format: 'png', width: 64, height: 48 })

  const [{ body, headers }] = await receiver.whenReceived(1)
  expect(JSON.parse(body)).toMatchObject({ uid: task_id, status: 'done', tool: 'inpaint' })
  expect(headers['x-webhook-signature']).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`)
  expect(await engine.webhooks.list()).toEqual([]) // it is nobody's to see or to be told of another task

  const other = await app.request(BATCH, formOf((await threePictures()).slice(2)))
  const second = await engine.find((await other.json()).task_id)
  if (second) await endOf(engine, second)
  expect(receiver.received.map((one) => JSON.parse(one.body).uid)).toEqual([task_id])

  const counts = await metrics?.expose()
  expect(counts).toMatch(/^darkroom_runs_total\{operator="inpaint",outcome="succeeded"\} 3$/m)
  expect(counts).toMatch(/^darkroom_runs_total\{operator="inpaint",outcome="unreadable"\} 1$/m)
  expect(counts).toMatch(/^darkroom_processing_seconds_count\{operator="inpaint"\} 3$/m)

  const blocked = await app.request(
    BATCH,
    formOf([...(await threePictures()), ['callback_url', 'http://224.0.0.1/hook']]),
  )
  expect([blocked.status, (await blocked.json()).detail]).toEqual([400, expect.stringMatching(/^callback_url: /)])
  expect((await engine.list({ offset: 0, limit: 10 }, null)).total).toBe(2)
})

test('a mark that pictures without a mask share is taken out of each of them, also beside one that cannot be read', async () => {
  const { engine } = await startServices({ DATA_DIR: await dataFolder() })
  const app = createApp(engine)
  const originals = [1, 2, 3, 4].map((seed) => scene(200, 140, seed))
  const marked = originals.map((image) => withMark(image, [{ x: 90, y: 90, w: 81, h: 22 }], 0.5))
  const files = await Promise.all(marked.map(async ({ picture }, i) => new File([await pngOf(picture)], `${i}.png`)))
  const images = [
    files[0],
    new File(['no picture'], 'broken.png'),
    ...files.slice(1),
    await fileOf('other.png', flat('teal')),
  ]
  const form = formOf([...images.map((file) => ['images', file] as const), ['engine', 'classic']])
  const { task_id, status_url } = await (await app.request(BATCH, form)).json()
  const task = await engine.find(task_id)
  if (task) await endOf(engine, task)
  const { results } = await (await app.request(status_url)).json()
  const sources = results.map((one: { mask_source?: string }) => one.mask_source)
  expect(sources).toEqual(['mark', undefined, 'mark', 'mark', 'mark', 'none'])
  const clean = await (await app.request(results[0].url)).arrayBuffer()
  const pixels = await sharp(clean).ensureAlpha().raw().toBuffer()
  const { truth } = marked[0]
  const apart = [...truth.keys()].filter((i) => truth[i]).map((i) => Math.abs(pixels[i * 4] - originals[0].data[i * 4]))
  expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(12) // the mark added about 68
})

test('a picture that could not be done no longer counts against the quota, in a batch that ends and in one that is canceled', async () => {
  const { engine, gate } = await startServices({ DATA_DIR: await dataFolder(), API_KEY: 'dr_a_key_of_this_test_alone' })
  const app = createApp(engine, { gate })
  const ask = (path: string, init: RequestInit = {}) =>
    app.request(path, { ...init, headers: { 'X-API-Key': 'dr_a_key_of_this_test_alone' } })
  const used = async () => (await (await ask('/api/v1/usage')).json()).quota.used
  const send = async () => (await (await ask(BATCH, formOf(await threePictures()))).json()).task_id
  const first = await engine.find(await send())
  expect(await used()).toBe(3)
  if (first) await endOf(engine, first)
  expect(await used()).toBe(2)
  const second = await send()
  await engine.cancel(second)
  expect(await used()).toBe((await engine.find(second))?.state === 'canceled' ? 2 : 4)
})

describe('of a free user', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase(testConfig({ DATA_DIR: await dataFolder() }))
    return () => database.close()
  })

  const images = (count: number) =>
    formOf(Array.from({ length: count }, (_, i) => ['images', png(`${i}.png`)] as const))

  test('every picture counts against the quota, and a batch too large for it counts nothing', async () => {
    const clock = new TestClock('2026-03-01T12:00:00Z')
    const { ask, newKey, engine } = await accessService({}, { database, clock })
    const { secret } = await newKey('free')
    const send = (count: number) => ask(BATCH, { ...images(count), headers: { 'X-API-Key': secret } })
    const refused = await send(11)
    expect([refused.status, await refused.json()]).toEqual([
      429,
      { error: 'Too Many Requests', detail: 'Rate limit exceeded. Please try again later.', status_code: 429 },
    ])
    expect(engine.stored.size).toBe(0)
    const accepted = await send(10)
    expect([accepted.status, accepted.headers.get('x-ratelimit-remaining')]).toEqual([202, '0'])
    expect((await send(1)).status).toBe(429)
  })

  test('a batch is seen by the key that sent it alone', async () => {
    const { ask, newKey } = await accessService({}, { database })
    const [own, other] = [await newKey('free'), await newKey('free')]
    const { status_url } = await (await ask(BATCH, { ...images(2), headers: { 'X-API-Key': own.secret } })).json()
    const read = async (headers: Record<string, string>) => (await ask(status_url, { headers })).status
    expect(await read({ 'X-API-Key': own.secret })).toBe(200)
    expect(await read({ 'X-API-Key': other.secret })).toBe(404)
    expect(await read({})).toBe(401)
  })
})
