import { expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { execute } from '../../../operators/execute'
import { NOTES } from '../../../operators/inpaint/spec'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { testContext } from '../../support'
import { type Placed, scene, withMark } from '../find-watermark/letters'

const LIMITS = { pixels: 1e8, side: 1e5 }
const [W, H] = [200, 140]
const MARK = [{ x: 90, y: 90, w: 81, h: 22 }]

/** The mark by itself: white, half transparent, on a clear canvas. */
function drawingOf(places: readonly Placed[], opacity: number): Raster {
  const { truth } = withMark(scene(W, H, 1), places, 1)
  const data = new Uint8ClampedArray(W * H * 4)
  for (let i = 0; i < truth.length; i++) if (truth[i]) data.set([255, 255, 255, 255 * opacity], i * 4)
  return { width: W, height: H, data }
}

async function erase(files: Readonly<Record<string, Raster>>) {
  const { models, loadOpenCv, loadAsset } = testContext()
  const platform = { place: 'server' as const, codec: codecSharp, models, loadOpenCv, loadAsset, limits: LIMITS }
  const host = { ...platform, now: () => performance.now(), log: console.error }
  const encoded = await Promise.all(
    Object.entries(files).map(async ([slot, raster]) => [slot, await codecSharp.encode(raster, 'image/png')]),
  )
  const inputs = Object.fromEntries(encoded)
  const outcome = await execute({ tool: 'inpaint', inputs, params: { engine: 'classic' } }, host, async () => {})
  if (!outcome.ok) throw new Error(outcome.message)
  const [erased] = outcome.value.files
  return { data: outcome.value.data, picture: await codecSharp.decode(erased.bytes, LIMITS) }
}

/** Mean difference where the mark is, levels. */
function apart(a: Raster, b: Raster, where: Uint8Array): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < where.length * 4; i++) {
    if (!where[i >> 2] || i % 4 === 3) continue
    sum += Math.abs(a.data[i] - b.data[i])
    count++
  }
  return sum / count
}

test('a mark that is given is taken out by its opacity, and nothing of it is made up', async () => {
  const original = scene(W, H, 3)
  const { picture, truth } = withMark(original, MARK, 0.5)
  const { data, picture: clean } = await erase({ image: picture, mark: drawingOf(MARK, 0.5) })
  const covered = truth.filter(Boolean).length
  expect(data).toMatchObject({
    found: true,
    mask_source: 'mark',
    unblended_pixels: covered,
    changed_outside: 0,
    holes: [],
  })
  expect(apart(clean, original, truth)).toBeLessThan(2)
})

test('what an opaque mark hides is filled', async () => {
  const { picture, truth } = withMark(scene(W, H, 3), MARK, 1)
  const { data, picture: clean } = await erase({ image: picture, mark: drawingOf(MARK, 1) })
  expect(data).toMatchObject({ mask_source: 'mark', unblended_pixels: 0, changed_outside: 0, engine: 'classic' })
  expect(apart(clean, scene(W, H, 3), truth)).toBeLessThan(apart(picture, scene(W, H, 3), truth) / 4)
})

test('a mark lies as far from a corner of a larger picture as of the one it was drawn for', async () => {
  const [dx, dy] = [60, 30]
  const original = scene(W + dx, H + dy, 4)
  const places = MARK.map((place) => ({ ...place, x: place.x + dx, y: place.y + dy }))
  const { picture, truth } = withMark(original, places, 0.4)
  const { picture: clean } = await erase({ image: picture, mark: drawingOf(MARK, 0.4) })
  expect(apart(clean, original, truth)).toBeLessThan(2)
})

test('what a mask covers is filled as well', async () => {
  const { picture } = withMark(scene(W, H, 3), MARK, 0.5)
  const mask = withMark(
    { width: W, height: H, data: new Uint8ClampedArray(W * H * 4).map((_, i) => (i % 4 === 3 ? 255 : 0)) },
    [{ x: 10, y: 10, w: 30, h: 12 }],
    1,
  )
  const { data } = await erase({ image: picture, mark: drawingOf(MARK, 0.5), mask: mask.picture })
  expect(data.mask_source).toBe('mark')
  expect(data.holes).toHaveLength(1)
})

test('a picture without the mark is not drawn on, and told so', async () => {
  const image = scene(W, H, 5)
  const { data, picture } = await erase({ image, mark: drawingOf(MARK, 0.5) })
  expect(data).toMatchObject({ found: false, mask_source: 'none' })
  expect(data.notes).toContain(NOTES.noSuchMark)
  expect([...picture.data]).toEqual([...image.data])
})
