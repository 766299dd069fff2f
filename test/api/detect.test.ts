import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { ToolError } from '../../core/errors'
import type { Engine } from '../../server/api/engine'
import { form, service } from './support'

const DETECT = '/api/v1/detect'
const [WIDTH, HEIGHT] = [60, 40]
const BOX = { x: 10, y: 8, w: 20, h: 6, kind: 'text', score: 0.93 }

const plain = (width = WIDTH, height = HEIGHT) =>
  sharp({ create: { width, height, channels: 3, background: { r: 90, g: 120, b: 60 } } })

const photo = async (name = 'photo.jpg', picture = plain().jpeg()) => new File([await picture.toBuffer()], name)
const mask = async () => new Uint8Array(await plain().png().toBuffer())

/** An app whose engine finds these boxes, and what it was asked. */
async function finding(boxes: readonly (typeof BOX)[]) {
  const { app, engine } = service()
  const asked: Parameters<Engine['compute']>[0][number][] = []
  const bytes = await mask()
  engine.answerAtOnce = async (calls) => {
    asked.push(...calls)
    const data = { watermarks_found: boxes.length, covered: 0.05, boxes, shared: null, notes: [] }
    const files = ['highlight.png', 'mask.png'].map((name) => ({ name, type: 'image/png', bytes }))
    const timings = { decode: 1, modelLoad: 0, compute: 5, encode: 1 }
    return calls.map(() => ({ ok: true, value: { data, files, ran: { place: 'server', backend: 'WASM' }, timings } }))
  }
  return { app, engine, asked, bytes }
}

describe('a watermark that is there', () => {
  test('is told with its boxes and the mask', async () => {
    const { app, asked, bytes, engine } = await finding([BOX])
    const response = await app.request(`${DETECT}?threshold=0.7`, form({ image: await photo() }))
    expect(response.status).toBe(200)
    expect(response.headers.get('x-watermark-found')).toBe('true')
    const { mask, ...rest } = await response.json()
    expect(rest).toEqual({ found: true, width: WIDTH, height: HEIGHT, covered: 0.05, boxes: [BOX], notes: [] })
    expect(new Uint8Array(Buffer.from(mask, 'base64'))).toEqual(bytes)
    expect(asked).toMatchObject([{ tool: 'find-watermark', params: { threshold: 0.7, include: 'overlays' } }])
    expect([engine.held, engine.stored.size]).toEqual([0, 0])
  })

  test('is the mask itself for who takes pictures only', async () => {
    const { app, bytes } = await finding([BOX])
    const init = { ...form({ image: await photo() }), headers: { Accept: 'image/png' } }
    const response = await app.request(DETECT, init)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-image-size')).toBe('60x40')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
  })

  test('is told in JSON to who takes anything', async () => {
    const { app } = await finding([BOX])
    for (const Accept of ['*/*', 'application/json', 'application/json, image/png']) {
      const response = await app.request(DETECT, { ...form({ image: await photo() }), headers: { Accept } })
      expect(response.headers.get('content-type')).toBe('application/json')
    }
  })
})

test('none is told as none, without a mask', async () => {
  const { app } = await finding([])
  const response = await app.request(DETECT, form({ image: await photo() }))
  expect(response.headers.get('x-watermark-found')).toBe('false')
  expect(await response.json()).toMatchObject({ found: false, boxes: [], mask: null })
})

describe('refuses, in the words of the family', () => {
  test.each<[what: string, file: () => Promise<File>, status: number, detail: RegExp]>([
    ['a text', async () => new File(['text'], 'notes.jpg'), 400, /^Invalid image format: the file is not a picture/],
    ['a GIF', () => photo('a.gif', plain().gif()), 400, /^Invalid image format: the file is a GIF; JPEG, PNG and WebP/],
    [
      'a side of 4097 pixels',
      () => photo('wide.png', plain(4097, 1).png()),
      400,
      /^Image too large\. Max dimension: 4096px$/,
    ],
  ])('%s', async (_, file, status, detail) => {
    const { app, asked } = await finding([BOX])
    const response = await app.request(DETECT, form({ image: await file() }))
    expect(await response.json()).toEqual({
      error: 'Bad Request',
      detail: expect.stringMatching(detail),
      status_code: status,
    })
    expect(asked).toEqual([])
  })

  test('no picture', async () => {
    const { app } = await finding([BOX])
    const response = await app.request(DETECT, form({ threshold: '0.5' }))
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining('the field "image" is missing'),
      status_code: 400,
    })
  })

  test('a full queue, and a failure of ours', async () => {
    const { app, engine } = await finding([BOX])
    const answers = [
      new ToolError('busy', 'The queue is full'),
      new ToolError('internal', 'The tool failed unexpectedly'),
    ]
    for (const [error, status] of [
      [answers[0], 503],
      [answers[1], 500],
    ] as const) {
      engine.answerAtOnce = () => Promise.reject(error)
      expect((await app.request(DETECT, form({ image: await photo() }))).status).toBe(status)
    }
  })
})
