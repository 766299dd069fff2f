import { beforeAll, expect, test } from 'vitest'
import { Pen } from '../../../core/draw-text'
import { resize } from '../../../core/preprocess/resize'
import type { Raster } from '../../../core/raster'
import { findWatermark } from '../../../operators/find-watermark/find'
import { fetchedModels, photoOf, TIMEOUT } from '../fetched-models'
import { recall } from './letters'

const MODELS = ['pp-ocr-v4-det', 'darkroom-marks']

let photo: Raster
let find: (image: Raster) => ReturnType<typeof findWatermark>
beforeAll(async () => {
  const models = await fetchedModels(...MODELS)
  find = (image) => findWatermark(image, { models, checkpoint: async () => {} })
  photo = await resize(await photoOf('test/fixtures/car.jpg'), { width: 600, height: 450 })
}, TIMEOUT)

/** The photo with the same white figures in rows, at two fifths of full opacity; and where it differs. */
function tiled(): { picture: Raster; truth: Uint8Array } {
  const picture = { ...photo, data: photo.data.slice() }
  const pen = new Pen(20)
  for (let y = 14; y < picture.height - 24; y += 70) {
    for (let x = 10; x < picture.width - 120; x += 190) {
      pen.write(picture, '20261234', x, y, { rgb: [255, 255, 255], alpha: 0.4 })
    }
  }
  const truth = new Uint8Array(picture.width * picture.height)
  for (let i = 0; i < truth.length; i++) truth[i] = Number(Math.abs(picture.data[i * 4] - photo.data[i * 4]) > 12)
  return { picture, truth }
}

test(
  'a badge in the midst of a car is a part of the scene',
  async () => {
    expect(await find(photo)).toMatchObject({ found: false, boxes: [] })
  },
  TIMEOUT,
)

test(
  'words laid across the sample are found',
  async () => {
    const { found, boxes } = await find(await photoOf('public/samples/watermarked.jpg'))
    expect([found, boxes[0].kind]).toEqual([true, 'text'])
    expect(boxes[0].w).toBeGreaterThan(400) // from one side of the 600 pixels to the other
  },
  TIMEOUT,
)

test(
  'figures repeated over the photo are found all over it, and little else',
  async () => {
    const { picture, truth } = tiled()
    const { found, mask } = await find(picture)
    expect(found).toBe(true)
    expect(recall(mask, truth)).toBeGreaterThan(0.6)
    const covered = mask.reduce((sum, value) => sum + value / 255, 0)
    expect(covered).toBeLessThan(5 * truth.reduce((sum, value) => sum + value, 0))
  },
  TIMEOUT,
)
