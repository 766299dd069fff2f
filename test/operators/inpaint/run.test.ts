import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { ModelRunner } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { laMa, miGan } from '../../../models/entries/inpainting'
import { type Executed, execute } from '../../../operators/execute'
import { NOTES } from '../../../operators/inpaint/spec'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { seeded, testContext } from '../../support'
import { builtModels } from './networks'

const LIMITS = { pixels: 1e8, side: 1e5 }

/** Three waves of colour, with noise, so that no two places are alike. */
function scenery(width: number, height: number): Raster {
  const random = seeded(width * height)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const noise = 128 + 20 * random()
      data[at] = noise + 70 * Math.sin(x / 23)
      data[at + 1] = noise + 70 * Math.cos(y / 17)
      data[at + 2] = noise + 70 * Math.sin((x + y) / 31)
    }
  }
  return { width, height, data }
}

const BLACK = [0, 0, 0, 255]
const WHITE = [255, 255, 255, 255]
const GRAY = [99, 99, 99, 255]

function plain(width: number, height: number, pixel: readonly number[]): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < data.length; i++) data[i] = pixel[i % 4]
  return { width, height, data }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** The picture itself, with a box painted over. */
function painted(image: Raster, { x, y, w, h }: Box, pixel: readonly number[]): Raster {
  for (let row = y; row < y + h; row++) {
    for (let column = x; column < x + w; column++) image.data.set(pixel, (row * image.width + column) * 4)
  }
  return image
}

/** Boxes on black. */
const maskOf = (width: number, height: number, boxes: readonly Box[], pixel = WHITE): Raster =>
  boxes.reduce((mask, box) => painted(mask, box, pixel), plain(width, height, BLACK))

const png = (raster: Raster) => codecSharp.encode(raster, 'image/png')

interface Given {
  readonly image: Raster | Uint8Array<ArrayBuffer>
  readonly mask?: Raster | Uint8Array<ArrayBuffer>
  readonly params?: object
  readonly models?: ModelRunner
  readonly checkpoint?: () => Promise<void>
}

const asFile = async (given: Raster | Uint8Array<ArrayBuffer>) => ('width' in given ? png(given) : given)

/** Through the door that the page and the server use. */
async function attempt({ image, mask, params = {}, models = testContext().models, checkpoint }: Given) {
  const { loadOpenCv, loadAsset } = testContext()
  const platform = { place: 'server' as const, codec: codecSharp, models, loadOpenCv, loadAsset, limits: LIMITS }
  const inputs = { image: await asFile(image), ...(mask && { mask: await asFile(mask) }) }
  const host = { ...platform, now: () => performance.now(), log: console.error }
  return execute({ tool: 'inpaint', inputs, params }, host, checkpoint ?? (async () => {}))
}

async function erase(given: Given): Promise<Executed & { readonly picture: Raster }> {
  const outcome = await attempt(given)
  if (!outcome.ok) throw new Error(outcome.message)
  const { files } = outcome.value
  const [erased] = files
  return { ...outcome.value, picture: await codecSharp.decode(erased.bytes, LIMITS) }
}

/** Whether all bytes are the same; quicker than a comparison that lists them. */
const areSame = (a: Raster, b: Raster) => a.width === b.width && bytesOf(a).equals(bytesOf(b))
const bytesOf = ({ data }: Raster) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

const at = ({ data, width }: Raster, x: number, y: number) => [...data.subarray((y * width + x) * 4).subarray(0, 4)]

/** Pixels that differ and lie further than `reach` from the boxes. */
function strays(before: Raster, after: Raster, boxes: readonly Box[], reach: number): number {
  let count = 0
  for (let y = 0; y < before.height; y++) {
    for (let x = 0; x < before.width; x++) {
      const isIn = boxes.some(
        (box) => x >= box.x - reach && x < box.x + box.w + reach && y >= box.y - reach && y < box.y + box.h + reach,
      )
      if (!isIn && at(before, x, y).join() !== at(after, x, y).join()) count++
    }
  }
  return count
}

const both = builtModels([laMa.id, miGan.id])

describe.each(['classic', 'lama', 'migan'] as const)('%s', (engine) => {
  const boxes = [{ x: 40, y: 30, w: 30, h: 12 }]

  test('changes the hole and its feather, and no byte elsewhere', async () => {
    const image = painted(scenery(160, 120), boxes[0], [255, 0, 0, 255])
    const params = { engine, feather: 4 }
    const { picture, data } = await erase({ image, mask: maskOf(160, 120, boxes), params, models: both })
    expect(strays(image, picture, boxes, 4)).toBe(0)
    expect(data).toMatchObject({ found: true, mask_source: 'given', engine, changed_outside: 0 })
    expect(data.untouched_pixels).toBe(160 * 120 - Number(data.erased_pixels))
    for (const [x, y] of [
      [41, 31],
      [55, 36],
      [69, 41],
    ])
      expect(at(picture, x, y)).not.toEqual([255, 0, 0, 255])
  })

  test('leaves alpha as it is', async () => {
    const image = scenery(96, 96)
    for (let i = 0; i < 96 * 96; i++) image.data[i * 4 + 3] = i % 251
    const mask = maskOf(96, 96, [{ x: 40, y: 40, w: 16, h: 16 }])
    const { picture } = await erase({ image, mask, params: { engine }, models: both })
    const alphas = Array.from({ length: 96 * 96 }, (_, i) => picture.data[i * 4 + 3])
    expect(alphas.every((alpha, i) => alpha === i % 251)).toBe(true)
  })

  test('stops when canceled', async () => {
    const checkpoint = () => Promise.reject(new DOMException('Canceled', 'AbortError'))
    const mask = maskOf(96, 96, [{ x: 40, y: 40, w: 16, h: 16 }])
    const outcome = await attempt({ image: scenery(96, 96), mask, params: { engine }, models: both, checkpoint })
    expect(outcome).toMatchObject({ ok: false, code: 'canceled' })
  })
})

describe.each([
  ['lama', laMa.id],
  ['migan', miGan.id],
] as const)('what %s is given and gives', (engine, model) => {
  const box = { x: 200, y: 200, w: 64, h: 64 }
  const image = painted(plain(512, 512, [200, 100, 50, 255]), box, [0, 0, 255, 255])

  test('has its colours, its scale and its mask the way the network wants them', async () => {
    const params = { engine, feather: 0 }
    const { picture, data, ran } = await erase({ image, mask: maskOf(512, 512, [box]), params, models: both })
    expect(at(picture, 230, 230)).toEqual([200, 100, 50, 255])
    expect(data).toMatchObject({ engine, model, holes: [{ engine, model, scale: 1, model_runs: 1 }] })
    expect(ran.backend).toBe('CPU')
  })

  test('blends as far as the mask is gray', async () => {
    const mask = maskOf(512, 512, [box], [51, 51, 51, 255])
    const { picture } = await erase({ image, mask, params: { engine, feather: 0 }, models: both })
    expect(at(picture, 230, 230)).toEqual([40, 20, 214, 255])
  })

  const runsOf = async (given: Given) => {
    const before = both.runs(model)
    await erase({ ...given, models: both })
    return both.runs(model) - before
  }

  test('costs as many runs for a hole in a large picture as in a small one', async () => {
    for (const side of [600, 1500]) {
      const mask = maskOf(side, side, [{ x: 300, y: 300, w: 40, h: 40 }])
      expect(await runsOf({ image: plain(side, side, GRAY), mask, params: { engine } })).toBe(1)
    }
  })

  test('is one run for holes near each other, and one for each that is far away', async () => {
    const near = [
      { x: 100, y: 100, w: 20, h: 20 },
      { x: 300, y: 250, w: 20, h: 20 },
    ]
    const far = [...near, { x: 1100, y: 900, w: 20, h: 20 }]
    const given = { image: plain(1200, 1000, GRAY), params: { engine } }
    expect(await runsOf({ ...given, mask: maskOf(1200, 1000, near) })).toBe(1)
    expect(await runsOf({ ...given, mask: maskOf(1200, 1000, far) })).toBe(2)
  })

  test('is a strip at full scale, part by part', async () => {
    const mask = maskOf(1600, 600, [{ x: 50, y: 290, w: 1500, h: 20 }])
    const { data } = await erase({ image: plain(1600, 600, GRAY), mask, params: { engine }, models: both })
    expect(data.holes).toMatchObject([{ scale: 1, model_runs: 4 }])
  })

  test('is a hole larger than its window at a smaller scale, in one run, with detail from around it', async () => {
    const mask = maskOf(900, 800, [{ x: 200, y: 150, w: 550, h: 520 }])
    const { data } = await erase({ image: scenery(900, 800), mask, params: { engine }, models: both })
    const [hole] = data.holes as { scale: number; model_runs: number }[]
    expect((data.scores as { blur: number }).blur).toBeGreaterThan(0.8)
    expect(hole.scale).toBeLessThan(0.5)
    expect(hole.model_runs).toBe(1)
  })
})

describe('a mask', () => {
  const image = scenery(120, 90)
  const box = { x: 50, y: 40, w: 24, h: 20 }
  const white = maskOf(120, 90, [box])

  const gray = (bits: 8 | 16, scale = 1) =>
    sharp(
      Uint8ClampedArray.from({ length: 120 * 90 }, (_, i) => white.data[i * 4]),
      {
        raw: { width: 120, height: 90, channels: 1 },
      },
    )
      .resize(120 * scale, 90 * scale, { kernel: 'nearest' })
      .toColourspace(bits === 16 ? 'grey16' : 'b-w')
      .png()
      .toBuffer()
      .then((buffer) => new Uint8Array(buffer))

  const recoloured = (inside: number[], outside: number[]) => {
    const data = new Uint8ClampedArray(white.data.length)
    for (let i = 0; i < 120 * 90; i++) data.set(white.data[i * 4] ? inside : outside, i * 4)
    return { width: 120, height: 90, data }
  }

  const erasedWith = async (mask: Raster | Uint8Array<ArrayBuffer>, params: object = {}) =>
    erase({ image, mask, params: { engine: 'classic', feather: 0, ...params } })

  test('of 16 bits is read as one of 8', async () => {
    const { picture } = await erasedWith(await gray(16))
    expect(areSame(picture, (await erasedWith(white)).picture)).toBe(true)
  })

  test('a picture of 16 bits gives one of 8, and the result says so', async () => {
    const { data } = await erase({ image: await gray(16), mask: white, params: { engine: 'classic' } })
    expect(data.notes).toEqual([NOTES.eightBits])
  })

  test.each(['webp', 'jpeg', 'png'] as const)(
    'lies on a %s as people see it, turned by its EXIF orientation',
    async (format) => {
      const { width, height, data } = scenery(160, 100)
      const stored = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha()
      const file = stored
        .withMetadata({ orientation: 6 })
        [format](format === 'webp' ? { lossless: true } : { quality: 95 })
      const image = new Uint8Array(await file.toBuffer())
      const upright = await codecSharp.decode(image, LIMITS)
      expect([upright.width, upright.height]).toEqual([100, 160])
      const boxes = [{ x: 20, y: 110, w: 24, h: 12 }] // not there in a picture of 160 × 100
      const params = { engine: 'classic', feather: 0 }
      const { data: said, picture } = await erase({ image, mask: maskOf(100, 160, boxes), params })
      expect(said).toMatchObject({ erased_pixels: 24 * 12, changed_outside: 0 })
      expect(strays(upright, picture, boxes, 0)).toBe(0)
      expect(at(picture, 30, 115).join()).not.toBe(at(upright, 30, 115).join())
    },
  )

  test('of twice the size is brought to the size of the picture', async () => {
    const { picture } = await erasedWith(await gray(8, 2))
    expect(areSame(picture, (await erasedWith(white)).picture)).toBe(true)
  })

  test('that is white on clear is read on black, whatever colour is clear', async () => {
    const { picture } = await erasedWith(recoloured([255, 255, 255, 255], [255, 255, 255, 0]))
    expect(areSame(picture, (await erasedWith(white)).picture)).toBe(true)
  })

  test('in colour blends by its luminance', async () => {
    const { picture } = await erasedWith(recoloured([255, 0, 0, 255], [0, 0, 0, 255]))
    expect(areSame(picture, (await erasedWith(maskOf(120, 90, [box], [76, 76, 76, 255]))).picture)).toBe(true)
  })

  test('that went through JPEG does not touch what is nearly black', async () => {
    const { data } = await erasedWith(recoloured([255, 255, 255, 255], [5, 5, 5, 255]))
    expect(data.erased_pixels).toBe(24 * 20)
  })

  test('reaches further by margin and feather', async () => {
    const { picture, data } = await erasedWith(white, { margin: 6, feather: 4 })
    expect(strays(image, picture, [box], 10)).toBe(0)
    expect(strays(image, picture, [box], 7)).toBeGreaterThan(0)
    expect(data.erased_pixels).toBeGreaterThan((24 + 12) * (20 + 12))
  })

  test('that is black leaves the picture as it is, and that is said', async () => {
    const { picture, data } = await erasedWith(maskOf(120, 90, []))
    expect(areSame(picture, image)).toBe(true)
    expect(data).toMatchObject({ found: false, erased_pixels: 0, engine: null, notes: [NOTES.nothingMarked] })
  })

  test('that is white is refused, with the reason', async () => {
    const outcome = await attempt({ image, mask: maskOf(120, 90, [{ x: 0, y: 0, w: 120, h: 90 }]) })
    const message = 'The mask covers the whole picture: leave some of it black, since the rest is filled from there'
    expect(outcome).toMatchObject({ ok: false, code: 'invalid-input', issues: [{ path: ['mask'], message }] })
  })

  test('that margin and feather would make cover everything is taken without them', async () => {
    const mask = maskOf(40, 40, [{ x: 0, y: 0, w: 36, h: 40 }])
    const { data } = await erase({ image: scenery(40, 40), mask, params: { engine: 'classic', margin: 30 } })
    expect(data.erased_pixels).toBe(36 * 40)
  })

  test('may be left out: where no watermark is found, the picture stays as it is', async () => {
    const { picture, data } = await erase({ image })
    expect(areSame(picture, image)).toBe(true)
    expect(data).toMatchObject({ found: false, mask_source: 'none', notes: [NOTES.nothingFound] })
  })
})

describe('an engine', () => {
  const image = scenery(300, 300)
  const mask = maskOf(300, 300, [{ x: 100, y: 100, w: 80, h: 80 }])

  test('that is not installed is refused by name', async () => {
    const outcome = await attempt({ image, mask, params: { engine: 'lama' } })
    const message = expect.stringContaining('lama-fp32 is not installed here')
    expect(outcome).toMatchObject({ ok: false, code: 'model-unavailable', message })
  })

  test('is chosen by the hole among those that are here', async () => {
    const stroke = maskOf(300, 300, [{ x: 20, y: 150, w: 200, h: 5 }])
    const chosen = async (mask: Raster, models?: ModelRunner) => (await erase({ image, mask, models })).data.engine
    expect(await chosen(mask)).toBe('classic')
    expect(await chosen(mask, builtModels([miGan.id]))).toBe('migan')
    expect(await chosen(mask, both)).toBe('lama')
    expect(await chosen(stroke, both)).toBe('classic')
  })

  test('can be asked to a duel: both results are given, the one that fits better first', async () => {
    const params = { engine: 'lama', duel: 'classic' }
    const { data, files } = await erase({ image, mask, params, models: both })
    expect(files.map(({ name }) => name)).toEqual(['erased.png', 'rival.png'])
    const { scores, rival } = data as {
      scores: { total: number }
      rival: { engine: string; scores: { total: number } }
    }
    expect(new Set([data.engine, rival.engine])).toEqual(new Set(['lama', 'classic']))
    expect(scores.total).toBeGreaterThanOrEqual(rival.scores.total)
  })

  test('cannot be asked to a duel with itself', async () => {
    const outcome = await attempt({ image, mask, params: { engine: 'classic', duel: 'classic' } })
    expect(outcome).toMatchObject({ ok: false, code: 'invalid-input', issues: [{ path: ['duel'] }] })
  })
})

describe('a file', () => {
  const box = { x: 40, y: 30, w: 20, h: 16 }
  const mask = maskOf(120, 90, [box])
  const raw = { raw: { width: 120, height: 90, channels: 4 as const } }
  const inP3 = () => sharp(scenery(120, 90).data, raw).removeAlpha().withIccProfile('p3')
  const asStored = (bytes: Uint8Array<ArrayBuffer>) => codecSharp.decode(bytes, LIMITS, 'stored')

  test.each(['jpeg', 'png', 'webp'] as const)('in %s keeps its colour profile, and its numbers', async (format) => {
    const image = new Uint8Array(await inP3().toFormat(format).toBuffer())
    const { files, data } = await erase({ image, mask, params: { engine: 'classic', feather: 2 } })
    const icc = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).icc
    expect(await icc(files[0].bytes)).toEqual(await icc(image))
    expect(strays(await asStored(image), await asStored(files[0].bytes), [box], 2)).toBe(0)
    expect(data).toMatchObject({ changed_outside: 0, notes: [] })
  })

  test('loses EXIF and position unless they are kept, and that is said', async () => {
    const exif = { IFD0: { Artist: 'A. Name' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }
    const image = new Uint8Array(await inP3().withExif(exif).jpeg().toBuffer())
    const given = { image, mask, params: { engine: 'classic' } }
    const dropped = await erase(given)
    expect((await sharp(dropped.files[0].bytes).metadata()).exif).toBeUndefined()
    expect(dropped.data.notes).toEqual([NOTES.metadataDropped])
    const kept = await erase({ ...given, params: { engine: 'classic', keep_metadata: 'all' } })
    expect((await sharp(kept.files[0].bytes).metadata()).exif?.toString('latin1')).toContain('A. Name')
    expect(kept.data.notes).toEqual([])
  })
})
