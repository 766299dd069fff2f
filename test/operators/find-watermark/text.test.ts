import { beforeAll, expect, test } from 'vitest'
import { Pen } from '../../../core/draw-text'
import type { ModelRunner } from '../../../core/ports'
import { resize } from '../../../core/preprocess/resize'
import type { Raster } from '../../../core/raster'
import { findWatermark } from '../../../operators/find-watermark/find'
import { fetchedModels, photoOf, TIMEOUT } from '../fetched-models'

const MODEL = 'pp-ocr-v4-det'
const SIGNATURE = { x: 180, y: 150, w: 130, h: 22 }

let photo: Raster
let models: ModelRunner
beforeAll(async () => {
  models = await fetchedModels(MODEL)
  photo = await resize(await photoOf('test/fixtures/street.jpg'), { width: 800, height: 533 })
}, TIMEOUT)

const find = (image: Raster, include: 'overlays' | 'all_text' = 'overlays') =>
  findWatermark(image, { models, checkpoint: async () => {} }, { include })

/** The photo with white figures at three fifths of full opacity. */
function signed(): Raster {
  const picture = { ...photo, data: photo.data.slice() }
  const { x, y, h } = SIGNATURE
  new Pen(h).write(picture, '20261234', x, y, { rgb: [255, 255, 255], alpha: 0.6 })
  return picture
}

test(
  'number plates in a street are text of the scene: nothing is found',
  async () => {
    expect(await find(photo)).toMatchObject({ found: false, boxes: [] })
  },
  TIMEOUT,
)

test(
  'asked for all text, it finds the plates',
  async () => {
    const { boxes } = await find(photo, 'all_text')
    expect(boxes.length).toBeGreaterThan(0)
    expect(boxes.every(({ kind }) => kind === 'text')).toBe(true)
  },
  TIMEOUT,
)

test(
  'half-transparent figures over the photo are found where they are, and nothing else',
  async () => {
    const { found, boxes, mask } = await find(signed())
    expect(found).toBe(true)
    for (const { x, y, w, h } of boxes) {
      expect(x).toBeGreaterThan(SIGNATURE.x - 12)
      expect(y).toBeGreaterThan(SIGNATURE.y - 12)
      expect(x + w).toBeLessThan(SIGNATURE.x + 220)
      expect(y + h).toBeLessThan(SIGNATURE.y + SIGNATURE.h + 12)
    }
    expect(mask.reduce((sum, value) => sum + value / 255, 0)).toBeLessThan(220 * 46)
  },
  TIMEOUT,
)
