import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ModelRunner } from '../../../core/ports'
import { dot } from '../../../core/vector'
import { run } from '../../../operators/fingerprint/run'
import { fingerprint } from '../../../operators/fingerprint/spec'
import { shapedModels } from '../../shaped-models'
import { testContext } from '../../support'
import { fixture, runTool } from '../real-models'

const SAME_HASH = 31 // bits; see core/copies/pdq.ts

let street: Buffer
let strangers: Buffer[]
beforeAll(async () => {
  street = await fixture('street.jpg')
  const sample = (name: string) => readFile(new URL(`../../../public/samples/${name}`, import.meta.url))
  strangers = [await fixture('car.jpg'), await sample('board.jpg'), await sample('page-photo.jpg')]
})

const print = async (file: Buffer) => fingerprint.result.parse(await runTool('fingerprint', file))
const edited = (change: (picture: Sharp) => Sharp) => change(sharp(street)).jpeg({ quality: 60 }).toBuffer()

const EDITS: Record<string, (picture: Sharp) => Sharp> = {
  'made smaller': (picture) => picture.resize(200),
  'turned by a quarter': (picture) => picture.rotate(90),
  mirrored: (picture) => picture.flop(),
  'without colours': (picture) => picture.grayscale(),
  'with a frame': (picture) => picture.extend({ top: 90, bottom: 90, left: 90, right: 90, background: 'navy' }),
}

describe('the vector', () => {
  test.each(Object.entries(EDITS))('of a picture %s is nearer than those of strangers', async (_, change) => {
    const [original, copy] = [await print(street), await print(await edited(change))]
    const others = await Promise.all(strangers.map(print))
    const farthest = Math.max(...others.map(({ embedding }) => dot(embedding, original.embedding)))
    expect(dot(original.embedding, copy.embedding)).toBeGreaterThan(farthest)
  })

  test('has the length 1, as many numbers as it says, and is the same each time', async () => {
    const [first, second] = [await print(street), await print(street)]
    expect(first.embedding).toHaveLength(first.embedding_dim)
    expect(dot(first.embedding, first.embedding)).toBeCloseTo(1, 5)
    expect(second.embedding).toEqual(first.embedding)
  })
})

test('the file hash is that of the bytes as they are, whatever they show', async () => {
  const saved = await edited((picture) => picture)
  for (const file of [street, saved]) {
    expect((await print(file)).sha256).toBe(createHash('sha256').update(file).digest('hex'))
  }
})

test('the perceptual hash of a turned picture is among the eight of the original', async () => {
  const [original, turned] = [await print(street), await print(await edited((picture) => picture.rotate(90)))]
  const bits = (a: string, b: string) => (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length
  const distances = original.pdq_orientations.map((hash) => bits(hash, turned.pdq))
  expect(Math.min(...distances)).toBeLessThanOrEqual(SAME_HASH)
  expect(bits(original.pdq, turned.pdq)).toBeGreaterThan(SAME_HASH)
})

test('a picture of 4 × 4 pixels has a vector, and a perceptual hash that says it tells nothing', async () => {
  const tiny = await sharp(street).resize(4, 4, { fit: 'fill' }).png().toBuffer()
  const { pdq, pdq_quality, embedding, width, height } = await print(tiny)
  expect({ pdq, pdq_quality, width, height }).toEqual({ pdq: '0'.repeat(64), pdq_quality: 0, width: 4, height: 4 })
  expect(dot(embedding, embedding)).toBeCloseTo(1, 5)
})

describe('an embedding of several tokens', () => {
  test.each([
    ['dinov2-small', 384],
    ['dinov2-base', 768],
  ] as const)('by %s is its first one, at length 1', async (model, length) => {
    const tokens = 257
    const asked: unknown[] = []
    const models: ModelRunner = {
      ...shapedModels(),
      async run(id, feeds) {
        await shapedModels().run(id, feeds)
        asked.push([id, ...Object.entries(feeds).map(([name, { dims }]) => [name, ...dims])])
        const data = Float32Array.from({ length: tokens * length }, (_, i) => (i < length ? 0.5 : i))
        return { last_hidden_state: { dims: [1, tokens, length], data } }
      },
    }
    const image = { width: 320, height: 200, data: new Uint8ClampedArray(320 * 200 * 4).fill(90) }
    const { data } = await run({ image }, { model }, testContext({ models }))
    expect(asked).toEqual([[model, ['pixel_values', 1, 3, 224, 224]]])
    expect(data).toMatchObject({ model, embedding_dim: length })
    for (const value of data.embedding) expect(value).toBeCloseTo(1 / Math.sqrt(length), 5)
  })
})
