import { expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { findWatermark } from '../../../operators/find-watermark/find'
import { testContext } from '../../support'
import { recall, scene } from './letters'

const SIDE = 44

const find = (image: Raster) => findWatermark(image, { models: testContext().models, checkpoint: async () => {} })

interface Disc {
  readonly x: number
  readonly y: number
  readonly opacity: number
}

/** A white disc laid over the picture, its soft edge one pixel wide, and where it is. */
function withDisc(image: Raster, { x, y, opacity }: Disc) {
  const data = image.data.slice()
  const truth = new Uint8Array(image.width * image.height)
  for (let i = 0; i < truth.length; i++) {
    const away = Math.hypot((i % image.width) - x, Math.floor(i / image.width) - y)
    const alpha = opacity * Math.min(Math.max(SIDE / 2 - away + 0.5, 0), 1)
    if (alpha > opacity / 2) truth[i] = 255
    for (let c = i * 4; c < i * 4 + 3; c++) data[c] = data[c] * (1 - alpha) + 255 * alpha
  }
  return { picture: { ...image, data }, truth }
}

const [W, H] = [400, 300]

test.each([
  ['top left', { x: 34, y: 34 }],
  ['bottom right', { x: W - 34, y: H - 34 }],
])('a disc in the corner at the %s is found as a logo, and masked', async (_, place) => {
  const { picture, truth } = withDisc(scene(W, H, 6), { ...place, opacity: 0.7 })
  const { boxes, mask } = await find(picture)
  expect(boxes.map(({ kind }) => kind)).toEqual(['logo'])
  expect(recall(mask, truth)).toBeGreaterThan(0.95)
  expect(mask.filter((value) => value > 0).length).toBeLessThan((SIDE + 8) ** 2)
})

test('in a picture much larger than what is searched, the mask lies where the logo is', async () => {
  const small = withDisc(scene(W, H, 6), { x: 34, y: 34, opacity: 1 })
  const large = { width: W * 3, height: H * 3, data: enlarge(small.picture.data, 4) }
  const truth = enlarge(small.truth, 1)
  const { mask } = await find(large as Raster)
  expect(recall(mask, truth as Uint8Array)).toBeGreaterThan(0.9)
})

function enlarge<T extends Uint8Array | Uint8ClampedArray>(data: T, channels: number): T {
  const out = data.slice(0, 0).constructor as new (length: number) => T
  const large = new out(W * H * 9 * channels)
  for (let i = 0; i < W * H * 9; i++) {
    const from = Math.floor(i / (W * 3) / 3) * W + Math.floor((i % (W * 3)) / 3)
    for (let c = 0; c < channels; c++) large[i * channels + c] = data[from * channels + c]
  }
  return large
}

test('the same disc in the middle of the picture is taken for a thing of the scene', async () => {
  const { picture } = withDisc(scene(W, H, 6), { x: W / 2, y: H / 2, opacity: 0.7 })
  expect((await find(picture)).boxes).toEqual([])
})
