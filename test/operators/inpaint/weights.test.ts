import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { laMa, miGan } from '../../../models/entries/inpainting'
import { execute } from '../../../operators/execute'
import { NET } from '../../../operators/inpaint/engines/net'
import type { Engine } from '../../../operators/inpaint/spec'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { childModels } from '../../../server/compute/models'
import { FETCH_MS, MODEL_CACHE } from '../../models/model-cache'
import { testContext } from '../../support'

const LIMITS = { pixels: 1e8, side: 1e5 }

// What nobody publishes in a registry is tested where somebody has put it into MODELS_DIR.
const library = { cache: MODEL_CACHE, folder: process.env.MODELS_DIR, acceptLicences: [], fetchDefaults: false }
const models = childModels({ library, device: 'cpu', threads: 1, memoryBytes: 2e9 })
const ENGINES = [
  ['net', NET],
  ['lama', laMa.id],
  ['migan', miGan.id],
] as const
const here = new Set<Engine>()
for (const [engine, model] of ENGINES) if (await models.has(model)) here.add(engine)

const SIDE = 256

let photo: Raster

beforeAll(async () => {
  const whole = await codecSharp.decode(new Uint8Array(await readFile('test/fixtures/street.jpg')), LIMITS)
  photo = await codecSharp.shrink(whole, { width: SIDE, height: SIDE })
})

/** A stroke from the left to the right, 6 pixels thick, in red on the picture and in white on the mask. */
function struck({ width, height }: Raster) {
  const image = { ...photo, data: photo.data.slice() }
  const mask = new Uint8ClampedArray(width * height * 4)
  for (let i = 3; i < mask.length; i += 4) mask[i] = 255
  for (let x = 20; x < width - 20; x++) {
    const top = Math.round(height / 2 + 20 * Math.sin(x / 30))
    for (let y = top; y < top + 6; y++) {
      image.data.set([255, 0, 0], (y * width + x) * 4)
      mask.set([255, 255, 255], (y * width + x) * 4)
    }
  }
  return { image, mask: { width, height, data: mask } }
}

async function erase(image: Raster, mask: Raster, engine: Engine | 'auto') {
  const { loadOpenCv, loadAsset } = testContext()
  const platform = { place: 'server' as const, codec: codecSharp, models, loadOpenCv, loadAsset, limits: LIMITS }
  const [imageFile, maskFile] = await Promise.all([image, mask].map((raster) => codecSharp.encode(raster, 'image/png')))
  const call = { tool: 'inpaint', inputs: { image: imageFile, mask: maskFile }, params: { engine, feather: 0 } }
  const outcome = await execute(call, { ...platform, now: () => performance.now(), log: console.error }, async () => {})
  if (!outcome.ok) throw new Error(outcome.message)
  return { data: outcome.value.data, picture: await codecSharp.decode(outcome.value.files[0].bytes, LIMITS) }
}

/** Peak signal-to-noise ratio in decibels, of the pixels that the mask covers. */
function psnr(truth: Raster, made: Raster, mask: Raster): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < mask.data.length; i += 4) {
    if (mask.data[i] === 0) continue
    for (let channel = i; channel < i + 3; channel++) sum += (truth.data[channel] - made.data[channel]) ** 2
    count += 3
  }
  return 10 * Math.log10((255 * 255 * count) / sum)
}

describe.each(ENGINES)('%s with its weights', (engine, model) => {
  test.skipIf(!here.has(engine))(
    'fills a stroke on a photo much as it was',
    async () => {
      const { image, mask } = struck(photo)
      const { picture, data } = await erase(image, mask, engine)
      expect(data).toMatchObject({ engine, model, changed_outside: 0 })
      expect(psnr(photo, picture, mask)).toBeGreaterThan(psnr(photo, image, mask) + 10)
      expect(psnr(photo, picture, mask)).toBeGreaterThan(20)
    },
    FETCH_MS,
  )
})

test.skipIf(here.size > 1)(
  'of what comes with the repository, the network fills strokes and patches fill areas',
  async () => {
    const { image, mask } = struck(photo)
    expect((await erase(image, mask, 'auto')).data).toMatchObject({ engine: 'net', model: NET })
    const area = { ...mask, data: mask.data.slice() }
    for (let y = 20; y < 70; y++) area.data.fill(255, (y * mask.width + 30) * 4, (y * mask.width + 90) * 4)
    expect((await erase(image, area, 'auto')).data).toMatchObject({ engine: 'classic', model: null })
  },
  FETCH_MS,
)
