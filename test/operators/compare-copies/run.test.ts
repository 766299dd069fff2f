import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { run } from '../../../operators/compare-copies/run'
import { compareCopies } from '../../../operators/compare-copies/spec'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { shapedModels } from '../../shaped-models'
import { testContext } from '../../support'
import { models } from '../real-models'

const limits = { pixels: 1e8, side: 1e4 }
const [WIDTH, HEIGHT] = [600, 400]
let original: Buffer
let stranger: Buffer

beforeAll(async () => {
  const sample = (name: string) => readFile(new URL(`../../../public/samples/${name}`, import.meta.url))
  const shrink = async (file: Buffer) => sharp(file).resize(WIDTH, HEIGHT, { fit: 'cover' }).png().toBuffer()
  original = await shrink(await sample('board.jpg'))
  stranger = await shrink(await sample('page-photo.jpg'))
})

const decode = (file: Buffer): Promise<Raster> => codecSharp.decode(new Uint8Array(file), limits)
const edit = async (change: (picture: Sharp) => Sharp) => change(sharp(original)).jpeg({ quality: 85 }).toBuffer()

async function compare(file: Buffer, other = original, params: Record<string, unknown> = {}, over = {}) {
  const sources = { image: new Uint8Array(file), other: new Uint8Array(other) }
  const ctx = testContext({ codec: codecSharp, sources, ...over })
  return run({ image: await decode(file), other: await decode(other) }, compareCopies.params.parse(params), ctx)
}

describe('a picture and what was made of it', () => {
  test('are one file where the bytes are', async () => {
    const { data } = await compare(original)
    expect(data).toMatchObject({ verdict: 'same_file', probability: 1, pdq_distance: 0, edits: [] })
  })

  test('are the same picture saved again where only compression and size changed', async () => {
    const { data } = await compare(await edit((picture) => picture.resize(WIDTH / 2)))
    expect(data).toMatchObject({ verdict: 'reencoded', edits: ['resized'], copies_found: 1 })
    expect(data.alignment?.scale).toBeCloseTo(2, 1)
    expect(data.probability).toBeGreaterThan(0.99)
  })

  test('show where a part was cut out', async () => {
    const crop = { left: 90, top: 60, width: 360, height: 240 }
    const { data } = await compare(await edit((picture) => picture.extract(crop)))
    expect(data).toMatchObject({ verdict: 'edited', edits: ['cropped'] })
    const corners = [
      [90, 60],
      [450, 60],
      [450, 300],
      [90, 300],
    ]
    data.alignment?.outline.forEach(({ x, y }, i) => {
      expect(Math.hypot(x - corners[i][0], y - corners[i][1])).toBeLessThan(3)
    })
    expect(data.alignment?.overlap).toBeCloseTo((360 * 240) / (WIDTH * HEIGHT), 1)
  })

  test('show a quarter turn', async () => {
    const { data } = await compare(await edit((picture) => picture.rotate(90)))
    expect(data).toMatchObject({ verdict: 'edited', edits: ['turned'], pdq_orientation: 'rotated 90° left' })
    expect(data.alignment?.turn).toBeCloseTo(-90, 0)
  })

  test('show a mirror image', async () => {
    const { data } = await compare(await edit((picture) => picture.flop()))
    expect(data).toMatchObject({ verdict: 'edited', edits: ['mirrored'], pdq_orientation: 'mirrored' })
    const agreeing = data.matches.filter(({ inlier }) => inlier)
    for (const { query_x, train_x } of agreeing) expect(query_x + train_x).toBeCloseTo(WIDTH - 1, -1)
  })

  test('show a change of light', async () => {
    const { data } = await compare(await edit((picture) => picture.linear(0.6, 20)))
    expect(data).toMatchObject({ verdict: 'edited', edits: ['recolored'] })
    for (const { gain } of data.alignment?.color ?? []) expect(gain).toBeCloseTo(1 / 0.6, 0)
  })

  test('show what was laid over it, and how much of it', async () => {
    const sticker = { create: { width: 150, height: 120, channels: 3, background: 'yellow' } } as const
    const { data, artefacts } = await compare(
      await edit((picture) => picture.composite([{ input: sticker, left: 40, top: 40 }])),
    )
    expect(data).toMatchObject({ verdict: 'edited', edits: ['overlaid'] })
    expect(data.alignment?.changed).toBeCloseTo((150 * 120) / (WIDTH * HEIGHT), 1)
    expect(Object.keys(artefacts).sort()).toEqual(['aligned', 'difference'])
  })

  test('show that the picture lies inside a larger one', async () => {
    const around = { top: 100, bottom: 200, left: 50, right: 150, background: 'navy' }
    const { data } = await compare(await edit((picture) => picture.extend(around)))
    expect(data).toMatchObject({ verdict: 'edited', edits: ['extended'] })
    expect(data.alignment?.inside).toBeCloseTo((WIDTH * HEIGHT) / (800 * 700), 1)
  })

  test('lie on one another where hardly anything is to be seen: faint, and blurred', async () => {
    const faint = (picture: Sharp) => picture.linear(0.06, 110)
    const crop = { left: 90, top: 60, width: 360, height: 240 }
    const base = await faint(sharp(original)).png().toBuffer()
    const part = await faint(sharp(original)).extract(crop).blur(1.5).png().toBuffer()
    const { data } = await compare(part, base)
    expect(data).toMatchObject({ copies_found: 1, verdict: 'edited', edits: expect.arrayContaining(['cropped']) })
    const [corner] = data.alignment?.outline ?? []
    expect(Math.hypot(corner.x - crop.left, corner.y - crop.top)).toBeLessThan(6)
    const other = await faint(sharp(stranger)).png().toBuffer()
    expect((await compare(other, base)).data).toMatchObject({ inliers: 0, copies_found: 0 })
  })
})

describe('two pictures of different things', () => {
  test('are told apart, without an alignment', async () => {
    const { data, artefacts } = await compare(stranger)
    expect(data).toMatchObject({ verdict: 'different', copies_found: 0, alignment: null, similarity: null, edits: [] })
    expect(data.probability).toBeLessThan(0.05)
    expect(artefacts).toEqual({})
  })
})

test('the same evidence counts for less among more pictures', async () => {
  const blurred = await edit((picture) => picture.blur(6).resize(WIDTH / 4))
  const [alone, among] = [await compare(blurred), await compare(blurred, original, { library_size: 1_000_000 })]
  expect(among.data.probability).toBeLessThan(alone.data.probability)
})

describe('with the embedding', () => {
  test('a copy is likelier than without it, and the answer says which model spoke', async () => {
    const poor = await edit((picture) => picture.blur(2).resize(WIDTH / 2))
    const params = { library_size: 1_000_000 }
    const [alone, supported] = [
      await compare(poor, original, params),
      await compare(poor, original, params, { models }),
    ]
    expect(alone.data).toMatchObject({ similarity: null, model: null })
    expect(supported.data).toMatchObject({ similarity: expect.any(Number), model: 'darkroom-copies' })
    expect(supported.data.probability).toBeGreaterThan(alone.data.probability)
  })

  test('of a model that nothing was measured with says how alike they are, and no more', async () => {
    const model = 'dinov2-small'
    const shaped = { ...models, run: shapedModels().run, has: async () => true }
    const [alone, shown] = [await compare(stranger), await compare(stranger, original, { model }, { models: shaped })]
    expect(shown.data).toMatchObject({ similarity: expect.closeTo(1, 5), model, verdict: 'different' })
    expect(shown.data.probability).toBe(alone.data.probability)
  })

  test('strangers are less likely copies than without it', async () => {
    const [alone, supported] = [await compare(stranger), await compare(stranger, original, {}, { models })]
    expect(supported.data.verdict).toBe('different')
    expect(supported.data.probability).toBeLessThanOrEqual(alone.data.probability)
  })
})
