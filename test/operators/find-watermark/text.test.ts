import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { Pen } from '../../../core/draw-text'
import type { ModelRunner } from '../../../core/ports'
import { resize } from '../../../core/preprocess/resize'
import type { Raster } from '../../../core/raster'
import { findWatermark } from '../../../operators/find-watermark/find'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { childModels } from '../../../server/compute/models'
import { MODEL_CACHE, testLibrary } from '../../models/model-cache'

const MODEL = 'pp-ocr-v4-det'
const TIMEOUT = 120_000 // the model is loaded on machines that others load too
const SIGNATURE = { x: 180, y: 150, w: 130, h: 22 }

let photo: Raster
let models: ModelRunner
beforeAll(async () => {
  await testLibrary().ensure([MODEL])
  const library = { cache: MODEL_CACHE, folder: undefined, acceptLicences: [], fetchDefaults: false }
  models = childModels({ library, device: 'cpu', threads: 1, memoryBytes: 1e9 })
  const bytes = new Uint8Array(readFileSync('test/fixtures/street.jpg'))
  photo = await resize(await codecSharp.decode(bytes, { pixels: 1e8, side: 30_000 }), { width: 800, height: 533 })
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
