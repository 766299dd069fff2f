import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { Pen } from '../../../core/draw-text'
import { resize } from '../../../core/preprocess/resize'
import type { Raster } from '../../../core/raster'
import { findWatermark } from '../../../operators/find-watermark/find'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { childModels } from '../../../server/compute/models'
import { MODEL_CACHE, testLibrary } from '../../models/model-cache'
import { recall } from './letters'

const MODELS = ['pp-ocr-v4-det', 'darkroom-marks']
const TIMEOUT = 120_000 // the models are loaded on machines that others load too

let photo: Raster
let find: (image: Raster) => ReturnType<typeof findWatermark>
beforeAll(async () => {
  await testLibrary().ensure(MODELS)
  const library = { cache: MODEL_CACHE, folder: undefined, acceptLicences: [], fetchDefaults: false }
  const models = childModels({ library, device: 'cpu', threads: 1, memoryBytes: 1e9 })
  find = (image) => findWatermark(image, { models, checkpoint: async () => {} })
  const bytes = new Uint8Array(readFileSync('test/fixtures/car.jpg'))
  photo = await resize(await codecSharp.decode(bytes, { pixels: 1e8, side: 30_000 }), { width: 600, height: 450 })
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
    const bytes = new Uint8Array(readFileSync('public/samples/watermarked.jpg'))
    const { found, boxes } = await find(await codecSharp.decode(bytes, { pixels: 1e8, side: 30_000 }))
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
