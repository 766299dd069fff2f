import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { failure } from '../../core/errors'
import type { ModelRunner } from '../../core/ports'
import { execute } from '../../operators/execute'
import { codecSharp } from '../../server/adapters/codec-sharp'
import type { Engine } from '../../server/api/engine'
import { brightFaces, photo } from '../operators/find-faces/bright-faces'
import { plainPlatform } from '../workers/plain-codec'
import { form, service } from './support'

const EMBEDDING = 'faceplugin-fr-feature'

/** Runs for real, but for the weights. */
const computeWith =
  (models: ModelRunner): Engine['compute'] =>
  (calls, signal) => {
    const platform = { ...plainPlatform, codec: codecSharp, models, limits: { pixels: 1e8, side: 30_000 } }
    return Promise.all(calls.map((call) => execute(call, platform, async () => signal.throwIfAborted())))
  }

function faces(models = brightFaces()) {
  const { engine, ...rest } = service()
  engine.answerAtOnce = computeWith(models)
  return { engine, ...rest }
}

const { width, height, data } = photo(320, 240, [[100, 60, 90, 110]])
const face = () => sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha()
const file = (bytes: Uint8Array<ArrayBuffer> | Buffer, name: string) => new File([new Uint8Array(bytes)], name)
const png = async () => file(await face().png().toBuffer(), 'face.png')

/** A PNG whose header claims another size. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(png)
  changed.writeUInt32BE(width, 16)
  changed.writeUInt32BE(height, 20)
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29)
  return changed
}

async function post(path: string, init: RequestInit, models?: ModelRunner) {
  const { app, engine, logged } = faces(models)
  const response = await app.request(path, init)
  return { status: response.status, body: await response.json(), engine, logged }
}

describe('POST /embed', () => {
  test('answers a vector as the contract has it', async () => {
    const { status, body } = await post('/embed', form({ file: await png() }))
    expect(status).toBe(200)
    expect(body).toEqual({
      embedding: expect.any(Array),
      embedding_shape: [512],
      embedding_dim: 512,
      model: EMBEDDING,
      input_size: '112x112',
      model_contract: `${EMBEDDING}/none/raw`,
    })
    expect(body.embedding).toHaveLength(512)
  })

  test.each(['true', '1', 'True'])('estimates attributes when asked with %s', async (asked) => {
    const { body } = await post(`/embed?include_attributes=${asked}`, form({ file: await png() }))
    expect(body.attributes).toEqual({
      age: expect.any(Number),
      gender: expect.stringMatching(/^(fe)?male$/),
      pose: { yaw: expect.any(Number), pitch: expect.any(Number), roll: expect.any(Number) },
    })
  })

  test('answers with a slash at the end as well', async () => {
    expect((await post('/embed/', form({ file: await png() }))).status).toBe(200)
  })

  test('aligns the face when asked to', async () => {
    const { body } = await post('/embed?alignment=landmarks', form({ file: await png() }))
    expect(body.model_contract).toBe(`${EMBEDDING}/landmarks/raw`)
  })

  test.each([
    ['no file', form({}), ['body', 'file']],
    ['another field', form({ image: new File(['x'], 'x.png') }), ['body', 'file']],
    ['no form', { method: 'POST', body: 'hello' }, ['body', 'file']],
  ])('refuses a request with %s with 422 that names the field', async (_, init, loc) => {
    const { status, body } = await post('/embed', init)
    expect(status).toBe(422)
    expect(body.detail).toEqual([{ type: 'missing', loc, msg: 'Field required', input: null }])
  })

  test('refuses text in place of the file with 422', async () => {
    const { status, body } = await post('/embed', form({ file: 'face.png' }))
    expect(status).toBe(422)
    expect(body.detail[0]).toMatchObject({ loc: ['body', 'file'], input: 'face.png' })
  })

  test('refuses a flag and a model that it does not know with 422, and names both', async () => {
    const { status, body } = await post(
      '/embed?include_attributes=perhaps&model=none-such',
      form({ file: await png() }),
    )
    expect(status).toBe(422)
    expect(body.detail.map(({ loc }: { loc: string[] }) => loc)).toEqual([
      ['query', 'include_attributes'],
      ['query', 'model'],
    ])
  })

  test.each([
    ['text', async () => file(Buffer.from('not a picture'), 'face.jpg')],
    ['nothing', async () => file(Buffer.alloc(0), 'face.png')],
    ['GIF', async () => file(await face().gif().toBuffer(), 'face.gif')],
    ['WebP', async () => file(await face().webp().toBuffer(), 'face.webp')],
    ['a cut JPEG', async () => file((await face().jpeg().toBuffer()).subarray(0, 700), 'face.jpg')],
    ['a cut PNG', async () => file((await face().png().toBuffer()).subarray(0, 100), 'face.png')],
  ])('refuses %s with 400 and a sentence', async (_, make) => {
    const { status, body } = await post('/embed', form({ file: await make() }))
    expect(status).toBe(400)
    expect(body).toEqual({ detail: expect.stringMatching(/JPEG or PNG|broken or cut short|empty/) })
  })

  test('refuses a picture of 20,000 × 20,000 pixels by its header, with 413', async () => {
    const large = withSize(await face().png().toBuffer(), 20_000, 20_000)
    const { status, body } = await post('/embed', form({ file: file(large, 'large.png') }))
    expect(status).toBe(413)
    expect(body.detail).toMatch(/20000×20000/)
  })

  test.each([
    ['1×1', () => sharp(Buffer.from([9, 9, 9]), { raw: { width: 1, height: 1, channels: 3 } }).png()],
    ['20,000 × 2', () => sharp({ create: { width: 20_000, height: 2, channels: 3, background: 'red' } }).png()],
    ['grayscale', () => face().grayscale().png()],
    ['16-bit', () => face().toColourspace('rgb16').png()],
    ['half transparent', () => face().ensureAlpha(0.5).png()],
    ['CMYK', () => face().toColourspace('cmyk').jpeg()],
    ['progressive', () => face().jpeg({ progressive: true })],
    ['faceless', () => sharp({ create: { width: 99, height: 99, channels: 3, background: 'gray' } }).jpeg()],
  ])('gives a %s picture a vector', async (_, picture) => {
    const bytes = await picture().toBuffer()
    const { status, body } = await post(
      '/embed?include_attributes=1&alignment=landmarks',
      form({ file: file(bytes, 'f') }),
    )
    expect([status, body.embedding?.length]).toEqual([200, 512])
  })

  test('a picture turned by EXIF is embedded upright', async () => {
    const seen: number[][] = []
    const models: ModelRunner = {
      ...brightFaces(),
      async run(id, feeds) {
        if (id === EMBEDDING) seen.push(Array.from(feeds.input.data, Number))
        return brightFaces().run(id, feeds)
      },
    }
    const upright = await face().png().toBuffer()
    const turned = await sharp(upright).rotate(90).withMetadata({ orientation: 8 }).png().toBuffer()
    for (const bytes of [upright, turned]) await post('/embed', form({ file: file(bytes, 'f.png') }), models)
    expect(seen[1]).toEqual(seen[0])
  })

  test('a model that computes no numbers is named with 503', async () => {
    const models: ModelRunner = {
      ...brightFaces(),
      async run(id, feeds) {
        const outputs = await brightFaces().run(id, feeds)
        for (const { data } of Object.values(outputs)) (data as Float32Array).fill(Number.NaN)
        return outputs
      },
    }
    const { status, body } = await post('/embed', form({ file: await png() }), models)
    expect([status, body.detail]).toEqual([503, expect.stringContaining(EMBEDDING)])
  })

  test('stores nothing, neither the picture nor a task', async () => {
    const { engine } = await post('/embed', form({ file: await png() }))
    expect(engine.stored.size).toBe(0)
    expect((await engine.list({ offset: 0, limit: 10 })).total).toBe(0)
  })

  test('a failure of ours is not told in detail', async () => {
    const { app, engine, logged } = service()
    engine.answerAtOnce = async (calls) => calls.map(() => failure(new Error('secret')))
    const response = await app.request('/embed', form({ file: await png() }))
    expect([response.status, await response.json()]).toEqual([500, { detail: 'Internal Server Error' }])
    expect(logged).toHaveLength(1)
  })
})

describe('GET /health', () => {
  test('tells which model its vectors are from', async () => {
    const response = await faces().app.request('/health')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'healthy',
      model: EMBEDDING,
      embedding_dim: 512,
      input_size: '112x112',
      device: 'memory',
      version: expect.any(String),
    })
  })
})

describe('POST /api/v1/faces/embed', () => {
  test('answers in the order sent, and says of each that is wrong what is wrong', async () => {
    const body = new FormData()
    body.append('files', await png())
    body.append('files', new File(['text'], 'notes.txt'))
    body.append('files', file((await face().jpeg().toBuffer()).subarray(0, 700), 'cut.jpg'))
    const { status, body: answer } = await post('/api/v1/faces/embed', { method: 'POST', body })
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      count: 3,
      embedded: 1,
      results: [
        { name: 'face.png', ok: true, model_contract: `${EMBEDDING}/landmarks/raw`, face_found: true },
        { name: 'notes.txt', ok: false, code: 'unreadable', error: expect.stringContaining('notes.txt') },
        { name: 'cut.jpg', ok: false, code: 'unreadable', error: expect.stringContaining('cut short') },
      ],
    })
  })

  test.each([
    ['model-unavailable', 503],
    ['forbidden', 403],
  ] as const)('refuses a batch as a whole where the model is %s', async (code, expected) => {
    const { app, engine } = faces()
    engine.answerAtOnce = async (calls) => calls.map(() => ({ ok: false, code, message: 'No model', issues: [] }))
    const body = new FormData()
    for (const name of ['a.png', 'b.png']) body.append('files', file(await face().png().toBuffer(), name))
    const response = await app.request('/api/v1/faces/embed', { method: 'POST', body })
    expect([response.status, await response.json()]).toEqual([expected, { detail: 'No model' }])
    expect(engine.held).toBe(0)
  })

  test('refuses a batch of none with 422', async () => {
    const { status, body } = await post('/api/v1/faces/embed', form({}))
    expect([status, body.detail[0].loc]).toEqual([422, ['body', 'files']])
  })
})

describe('POST /api/v1/faces/compare', () => {
  const pair = async () => form({ file1: await png(), file2: await png() })

  test('one face twice is one person, at a rate of false matches that it states', async () => {
    const { status, body } = await post('/api/v1/faces/compare', await pair())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      same_person: true,
      false_match_rate: 0.0009,
      threshold: expect.any(Number),
      true_match_rate: expect.any(Number),
      measured_on: expect.any(String),
      model: EMBEDDING,
      files: [
        { face_found: true, warnings: [] },
        { face_found: true, warnings: [] },
      ],
    })
    expect(body.cosine).toBeCloseTo(1, 6)
  })

  test('a looser rate has a lower threshold', async () => {
    const threshold = async (rate: number) =>
      (await post(`/api/v1/faces/compare?false_match_rate=${rate}`, await pair())).body.threshold
    expect(await threshold(0.01)).toBeLessThan(await threshold(0.001))
  })

  test('decides nothing for a model whose threshold nobody has measured', async () => {
    const { body } = await post('/api/v1/faces/compare?model=sface-2021dec', await pair())
    expect(body).toMatchObject({ same_person: null, threshold: null, cosine: expect.any(Number) })
  })

  test('names both files when both are missing', async () => {
    const { status, body } = await post('/api/v1/faces/compare', form({}))
    expect(status).toBe(422)
    expect(body.detail.map(({ loc }: { loc: string[] }) => loc)).toEqual([
      ['body', 'file1'],
      ['body', 'file2'],
    ])
  })
})
