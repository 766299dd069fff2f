import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../server/api/app'
import type { PlateTask } from '../../server/api/contracts/plates'
import { openServices, type Services } from '../../server/services'
import { MODEL_CACHE, testLibrary } from '../models/model-cache'
import { dataFolder, silent, testConfig } from './support'

const URL_OF = '/api/v1/process-task/'
const TIMEOUT = 240_000 // on machines that others load too

let services: Services
let app: Hono

// The whole server but for its port: real processes, the model of the repository, real files.
beforeAll(async () => {
  await testLibrary().ensure(['darkroom-plates', 'darkroom-plate-corners'])
  const env = { DATA_DIR: await dataFolder(), MODELS_CACHE: MODEL_CACHE, WORKERS: '2', RECEIPT_KEY: 'swordfish' }
  services = await openServices(testConfig(env), silent)
  app = createApp(services.engine, { log: () => {} })
}, TIMEOUT)
afterAll(() => services.close())

const car = new File([readFileSync('test/fixtures/car.jpg')], 'car.jpg')
const street = new File([readFileSync('test/fixtures/street.jpg')], 'street.jpg')

async function plain(name: string, { width = 96, height = 64, type = 'jpeg' as 'jpeg' | 'png' | 'webp' } = {}) {
  const picture = sharp({ create: { width, height, channels: 3, background: '#667788' } })
  return new File([new Uint8Array(await picture.toFormat(type).toBuffer())], name)
}

/** Quads that are given need no search: the model is not what these tests are about. */
const ONE_QUAD = JSON.stringify([{ x1: 10, y1: 10, x2: 50, y2: 10, x3: 50, y3: 24, x4: 10, y4: 24 }])
const QUICK = { quads: ONE_QUAD, second_look: 'false' }

function form(files: readonly File[], fields: Readonly<Record<string, string | File>> = {}): RequestInit {
  const body = new FormData()
  for (const file of files) body.append('files', file)
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return { method: 'POST', body }
}

const post = (files: readonly File[], fields?: Readonly<Record<string, string | File>>) =>
  app.request(URL_OF, form(files, fields))

async function accepted(files: readonly File[], fields?: Readonly<Record<string, string | File>>): Promise<string> {
  const response = await post(files, fields)
  const body = await response.json()
  expect([response.status, body]).toEqual([202, { task_id: expect.any(String) }])
  return body.task_id
}

const statusOf = async (id: string): Promise<PlateTask> => (await app.request(`/api/v1/task-status/${id}`)).json()

async function ended(id: string): Promise<PlateTask> {
  for (;;) {
    const task = await statusOf(id)
    if (task.status === 'completed' || task.status === 'failed') return task
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const covered = async (files: readonly File[], fields?: Readonly<Record<string, string | File>>) =>
  ended(await accepted(files, fields))

const fetched = async (path: string | undefined) => {
  const response = await app.request(path ?? '/missing')
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

test(
  'two photos of cars come back as covered WebPs with signed receipts',
  async () => {
    const task = await covered([car, street])
    expect(task).toMatchObject({ status: 'completed' })
    expect(task.results.map(({ filename }) => filename)).toEqual(['covered_car.webp', 'covered_street.webp'])
    for (const { url, receipt_url, plates } of task.results) {
      expect(plates?.length).toBeGreaterThan(0)
      expect((await sharp(await fetched(url)).metadata()).format).toBe('webp')
      const receipt = JSON.parse(Buffer.from(await fetched(receipt_url)).toString())
      expect(receipt).toMatchObject({
        model: { id: 'darkroom-plates' },
        corner_model: { id: 'darkroom-plate-corners' },
        signature: { algorithm: 'HMAC-SHA256' },
      })
    }
  },
  TIMEOUT,
)

test(
  'the plate of the car is found where it is, and nothing of it is left to see',
  async () => {
    const { results } = await covered([car], { tiling: 'off', format: 'png', color: '#000000', margin: '10' })
    const [x, y] = [598, 575] // the middle of the plate, as it is drawn
    const plate = results[0].plates?.find(({ x1, x3, y1, y3 }) => x1 < x && x < x3 && y1 < y && y < y3)
    expect(plate).toMatchObject({ covered: true, score: expect.any(Number) })
    const { data, info } = await sharp(await fetched(results[0].url))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)]).toEqual([
      0, 0, 0,
    ])
  },
  TIMEOUT,
)

test('a dry run has quads and no pictures', async () => {
  const { results } = await covered([await plain('a.jpg')], { quads: ONE_QUAD, dry_run: 'true' })
  expect(results).toMatchObject([{ filename: 'a.jpg', plates: [{ x1: 10, y3: 24, score: null }] }])
  expect(results[0].url).toBeUndefined()
})

test(
  'one broken file among fifty: 49 results and one named error',
  async () => {
    const files = await Promise.all(Array.from({ length: 49 }, (_, i) => plain(`photo-${i}.jpg`)))
    files.splice(20, 0, new File([new Uint8Array(await files[0].arrayBuffer()).slice(0, 200)], 'torn.jpg'))
    const { status, results } = await covered(files, QUICK)
    expect(status).toBe('completed')
    expect(results).toHaveLength(50)
    expect(results[20]).toMatchObject({
      filename: 'torn.jpg',
      error: expect.stringContaining('broken'),
      error_code: 'unreadable',
    })
    expect(results.filter(({ url }) => url)).toHaveLength(49)
    await Promise.all(results.filter(({ url }) => url).map(({ url }) => fetched(url)))
  },
  TIMEOUT,
)

test('files of one name, also where only case or ending differ, do not overwrite each other', async () => {
  const files = await Promise.all(['car.jpg', 'car.jpg', 'CAR.JPG', 'car.png'].map((name) => plain(name)))
  const { results } = await covered(files, QUICK)
  const names = results.map(({ filename }) => filename.toLowerCase())
  expect(names[0]).toBe('covered_car.webp')
  expect(new Set(names).size).toBe(4)
})

test('names of any script come back, and their addresses work as they are', async () => {
  const { results } = await covered([await plain('Номер 1 & 2.jpg')], QUICK)
  expect(results[0].filename).toBe('covered_Номер_1_2.webp')
  expect(await fetched(results[0].url)).not.toHaveLength(0)
})

test(
  'a task of this family is one of all tasks, and is canceled like them',
  async () => {
    const id = await accepted([await plain('a.jpg')], QUICK)
    const { tasks } = await (await app.request('/api/v1/tasks')).json()
    expect(tasks[0]).toMatchObject({ uid: id, tool: 'plates' })
    await ended(id)
    const large = await Promise.all(
      Array.from({ length: 20 }, (_, i) => plain(`${i}.jpg`, { width: 1200, height: 900 })),
    )
    const long = await accepted(large, { tiling: 'on' })
    expect((await app.request(`/api/v1/tasks/${long}`, { method: 'DELETE' })).status).toBe(200)
    expect(await statusOf(long)).toMatchObject({ status: 'failed', error: 'Canceled on request', results: [] })
  },
  TIMEOUT,
)

test(
  'while a batch is under way its status lists what is covered already, and those files are there',
  async () => {
    const large = (i: number) => plain(`${i}.jpg`, { width: 2400, height: 1800 })
    const id = await accepted(await Promise.all(Array.from({ length: 24 }, (_, i) => large(i))), QUICK)
    let partly = await statusOf(id)
    while (partly.status === 'pending' || (partly.status === 'processing' && partly.results.length === 0)) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      partly = await statusOf(id)
    }
    expect(partly.status).toBe('processing')
    const [first] = partly.results
    expect(first).toMatchObject({ plates: [{ x1: 10, covered: true }], residual_score: null })
    expect((await sharp(await fetched(first.url)).metadata()).width).toBe(2400)
    expect(JSON.parse(Buffer.from(await fetched(first.receipt_url)).toString())).toMatchObject({ quads: [{ x1: 10 }] })
    const { results } = await ended(id)
    expect(results.map(({ url }) => url)).toContain(first.url)
  },
  TIMEOUT,
)

test('own cover, its colours on the plate', async () => {
  const cover = new File(
    [
      new Uint8Array(
        await sharp({ create: { width: 40, height: 10, channels: 3, background: '#ff0000' } })
          .png()
          .toBuffer(),
      ),
    ],
    'cover.png',
  )
  const { results } = await covered([await plain('a.jpg')], { ...QUICK, cover, format: 'png' })
  const { data } = await sharp(await fetched(results[0].url))
    .extract({ left: 30, top: 17, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect([...data.subarray(0, 3)]).toEqual([255, 0, 0])
})

describe('is covered all the same:', () => {
  test.each([
    ['a single pixel', async () => plain('dot.png', { width: 1, height: 1, type: 'png' }), [1, 1]],
    ['a thin line', async () => plain('line.png', { width: 900, height: 1, type: 'png' }), [900, 1]],
    [
      'colours for print',
      async () =>
        new File(
          [
            new Uint8Array(
              await sharp({ create: { width: 64, height: 48, channels: 3, background: '#b05020' } })
                .toColourspace('cmyk')
                .jpeg()
                .toBuffer(),
            ),
          ],
          'print.jpg',
        ),
      [64, 48],
    ],
    ['an animation, its first picture', animation, [32, 24]],
    [
      'a photo on its side, upright',
      async () =>
        new File(
          [
            new Uint8Array(
              await sharp({ create: { width: 40, height: 20, channels: 3, background: '#b05020' } })
                .withMetadata({ orientation: 6 })
                .jpeg()
                .toBuffer(),
            ),
          ],
          'side.jpg',
        ),
      [20, 40],
    ],
  ])(
    '%s',
    async (_, make, [width, height]) => {
      const { results } = await covered([await make()], { tiling: 'off' })
      expect(results[0].error).toBeUndefined()
      expect(await sharp(await fetched(results[0].url)).metadata()).toMatchObject({ width, height, format: 'webp' })
    },
    TIMEOUT,
  )

  test(
    'a photo without plates, and the answer says so',
    async () => {
      const { results } = await covered([await plain('field.jpg')], {})
      expect(results[0]).toMatchObject({ plates: [], notes: [expect.stringContaining('No plate was found')] })
      expect(await fetched(results[0].url)).not.toHaveLength(0)
    },
    TIMEOUT,
  )

  test(
    'a hundred megapixels',
    async () => {
      const { results } = await covered([await plain('wall.jpg', { width: 10_000, height: 10_000 })], QUICK)
      expect(results[0].error).toBeUndefined()
      expect(await sharp(await fetched(results[0].url)).metadata()).toMatchObject({ width: 10_000, height: 10_000 })
    },
    TIMEOUT,
  )
})

async function animation(): Promise<File> {
  const frames = Buffer.from(Array.from({ length: 3 }, (_, i) => Array(32 * 24 * 3).fill(80 * i)).flat())
  const raw = { width: 32, height: 72, channels: 3 as const, pageHeight: 24 }
  return new File([new Uint8Array(await sharp(frames, { raw, animated: true }).webp().toBuffer())], 'wink.webp')
}

describe('is refused at once, with what would be right:', () => {
  const refusal = async (files: readonly File[], fields?: Readonly<Record<string, string | File>>) => {
    const response = await post(files, fields)
    return [response.status, JSON.stringify((await response.json()).detail)] as const
  }

  test('no files', async () => {
    expect(await refusal([])).toEqual([422, expect.stringContaining('"loc":["body","files"]')])
  })

  test('a body that is no form', async () => {
    const response = await app.request(URL_OF, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    })
    expect([response.status, JSON.stringify(await response.json())]).toEqual([422, expect.stringContaining('files')])
  })

  test('51 files', async () => {
    const one = await plain('a.jpg')
    for (const count of [51, 52]) {
      expect(await refusal(Array(count).fill(one))).toEqual([413, expect.stringContaining('at most 50 files')])
    }
  })

  test('a PDF renamed to .jpg, by its name', async () => {
    const pdf = new File(['%PDF-1.7 …'], 'invoice.jpg')
    expect(await refusal([pdf])).toEqual([422, expect.stringMatching(/invoice\.jpg.*not a picture/)])
  })

  test('several files of which none can be read, each by its name', async () => {
    const [status, detail] = await refusal([new File(['x'], 'one.jpg'), new File(['y'], 'two.jpg')])
    expect(status).toBe(422)
    expect(detail).toContain('one.jpg')
    expect(detail).toContain('two.jpg')
  })

  test('a cover that is broken, as the cover', async () => {
    const [status, detail] = await refusal([await plain('a.jpg')], { cover: new File(['x'], 'cover.png') })
    expect([status, detail]).toEqual([422, expect.stringMatching(/"cover".*not a picture/)])
  })

  test.each([
    [{ threshold: '2' }, 'threshold'],
    [{ color: 'red' }, 'color'],
    [{ format: 'gif' }, 'format'],
    [{ quads: '[{"x1":1}]' }, 'quads'],
    [{ zones: '[{"x":0,"y":0,"w":2,"h":1}]' }, 'zones'],
    [{ shape: 'round' }, 'shape'],
  ])('the field of %o', async (fields: Record<string, string>, name) => {
    expect(await refusal([await plain('a.jpg')], fields)).toEqual([422, expect.stringContaining(`"${name}"`)])
  })

  test('a task or file that is unknown', async () => {
    const unknown = '11111111-2222-4333-8444-555555555555'
    expect((await app.request(`/api/v1/task-status/${unknown}`)).status).toBe(404)
    expect((await app.request(`/tasks_storage/${unknown}/output/covered_a.webp`)).status).toBe(404)
    expect((await app.request('/api/v1/task-status/not-an-id')).status).toBe(422)
  })
})
