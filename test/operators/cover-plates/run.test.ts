import { createHash, createHmac, generateKeyPairSync, verify } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/canonical-json'
import type { RunContext } from '../../../core/operator'
import type { Raster } from '../../../core/raster'
import { coverQuad } from '../../../operators/cover-plates/cover'
import { destroyedTexture } from '../../../operators/cover-plates/destroyed'
import { check, run } from '../../../operators/cover-plates/run'
import { coverPlates, NOTES } from '../../../operators/cover-plates/spec'
import { assetLoader } from '../../../server/adapters/assets'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { createSigner } from '../../../server/adapters/signer'
import { seeded, testContext } from '../../support'

const LIMITS = { pixels: 1e8, side: 1e5 }
const WHITE = [255, 255, 255]

function plain(width: number, height: number, color = WHITE): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([...color, 255], i * 4)
  return { width, height, data }
}

async function context(image: Raster, over: Partial<RunContext> = {}): Promise<RunContext> {
  const source = await codecSharp.encode(image, 'image/png')
  return testContext({ codec: codecSharp, sources: { image: source }, loadAsset: assetLoader({}), ...over })
}

const quad = (x1: number, y1: number, x2: number, y2: number, x3: number, y3: number, x4: number, y4: number) => ({
  ...{ x1, y1, x2, y2, x3, y3, x4, y4 },
})

const withParams = (given: object) =>
  coverPlates.params.parse({ format: 'png', margin: 0, second_look: false, quads: [], ...given })

async function cover(image: Raster, given: object, over: Partial<RunContext> & { cover?: Raster } = {}) {
  const { cover, ...rest } = over
  const result = await run({ image, cover }, withParams(given), await context(image, rest))
  const { covered, receipt } = result.artefacts
  if (!covered || !receipt) throw new Error('Nothing was covered')
  const picture = await codecSharp.decode(covered.bytes, LIMITS)
  return { ...result, picture, covered, receipt: JSON.parse(Buffer.from(receipt.bytes).toString()) }
}

const pixel = ({ data, width }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
]

describe('a cover', () => {
  test('fills the pixels between its corners and no other', async () => {
    const { picture } = await cover(plain(8, 6), { quads: [quad(2, 1, 6, 1, 6, 4, 2, 4)], color: '#102030' })
    for (let y = 0; y < 6; y++) {
      for (let x = 0; x < 8; x++) {
        const inside = x >= 2 && x < 6 && y >= 1 && y < 4
        expect([x, y, ...pixel(picture, x, y)]).toEqual([x, y, ...(inside ? [16, 32, 48] : WHITE), 255])
      }
    }
  })

  test('takes all of a detection whose corners do not go round', async () => {
    const quads = { dims: [1, 1, 9], data: Float32Array.of(0.9, 100, 200, 500, 400, 500, 200, 100, 400) }
    const has = async (model: string) => model === 'darkroom-plates'
    const models = { has, run: async () => ({ quads }), backend: () => undefined, loadMs: () => 0 }
    const { picture } = await cover(plain(64, 64), { quads: null, color: '#000000' }, { models })
    for (const [x, y] of [
      [12, 30],
      [30, 22],
      [30, 38],
      [48, 30],
    ])
      expect(pixel(picture, x, y)).toEqual([0, 0, 0, 255])
  })

  test('may be cut off by any edge of the picture, or only touch it', async () => {
    const random = seeded(5)
    const picture = plain(90, 70)
    for (let i = 0; i < 200; i++) {
      const [x, y] = [random() * 130 - 30, random() * 110 - 30]
      const [slant, height] = [random() * 8 - 4, 5 + random() * 20]
      const corners = [x, y, x + 30, y + slant, x + 31, y + slant + height, x + 1, y + height]
      await coverQuad(picture, corners, { color: 0xff000000 })
    }
    await coverQuad(picture, [90, 60, 110, 60, 110, 80, 90, 80], { color: 0xff000000 })
    expect(pixel(picture, 0, 0)[3]).toBe(255)
  })

  test('shades every pixel on its edges by the very area it takes of it', async () => {
    const random = seeded(3)
    for (let turn = 0; turn < 12; turn++) {
      const around = [0, 1, 2, 3].map((i) => ((i + random() * 0.8) * Math.PI) / 2)
      const corners = around.flatMap((angle) => [20 + 15 * Math.cos(angle), 20 + 15 * Math.sin(angle)])
      const [x1, y1, x2, y2, x3, y3, x4, y4] = corners
      const { picture } = await cover(plain(40, 40), {
        quads: [quad(x1, y1, x2, y2, x3, y3, x4, y4)],
        color: '#000000',
      })
      for (let y = 0; y < 40; y++) {
        for (let x = 0; x < 40; x++) {
          const expected = 255 * (1 - sampledShare(corners, x, y))
          expect(Math.abs(pixel(picture, x, y)[0] - expected)).toBeLessThan(8)
        }
      }
    }
  })

  test('that reaches outside the picture covers what lies inside', async () => {
    const { picture } = await cover(plain(10, 10), { quads: [quad(-5, -5, 4, -5, 4, 30, -5, 30)], color: '#000000' })
    expect([pixel(picture, 0, 0)[0], pixel(picture, 3, 9)[0], pixel(picture, 4, 0)[0]]).toEqual([0, 0, 255])
  })

  test('that lies outside altogether changes nothing', async () => {
    const { picture } = await cover(plain(10, 10), { quads: [quad(20, 20, 30, 20, 30, 30, 20, 30)] })
    expect(picture.data.every((value) => value === 255)).toBe(true)
  })

  test('reaches further by the margin, in per cent of the height', async () => {
    const { picture } = await cover(plain(40, 40), {
      quads: [quad(10, 15, 30, 15, 30, 25, 10, 25)],
      margin: 20,
      color: '#000000',
    })
    expect([pixel(picture, 8, 13)[0], pixel(picture, 31, 26)[0], pixel(picture, 7, 20)[0]]).toEqual([0, 0, 255])
  })

  test('that is a picture lies with its corners on those of the plate, also turned', async () => {
    const colors = { width: 2, height: 2, data: Uint8ClampedArray.from([...RED, ...GREEN, ...BLUE, ...YELLOW]) }
    const big = await codecSharp.decode(
      new Uint8Array(
        await sharp(colors.data, { raw: { width: 2, height: 2, channels: 4 } })
          .resize(64, 64, { kernel: 'nearest' })
          .png()
          .toBuffer(),
      ),
      LIMITS,
    )
    const turned = [quad(30, 10, 30, 30, 10, 30, 10, 10)] // a quarter turn clockwise
    const { picture } = await cover(plain(40, 40), { quads: turned, style: 'image' }, { cover: big })
    expect([pixel(picture, 28, 12), pixel(picture, 28, 28)]).toEqual([RED, GREEN])
    expect([pixel(picture, 12, 12), pixel(picture, 12, 28)]).toEqual([BLUE, YELLOW])
  })

  test('that is partly transparent shows its colour there, never the plate', async () => {
    const glass = { width: 4, height: 4, data: new Uint8ClampedArray(64) }
    const { picture } = await cover(
      plain(20, 20),
      { quads: [quad(5, 5, 15, 5, 15, 15, 5, 15)], style: 'image', color: '#0000ff' },
      { cover: glass },
    )
    expect(pixel(picture, 10, 10)).toEqual([0, 0, 255, 255])
  })

  test.each([
    ['wide', { width: 400, height: 2 }],
    ['tall', { width: 2, height: 400 }],
    ['a single pixel', { width: 1, height: 1 }],
  ])('of odd proportions (%s) still hides all of the plate', async (_, { width, height }) => {
    const { picture } = await cover(
      plain(60, 60),
      { quads: [quad(10, 20, 50, 20, 50, 32, 10, 32)], color: '#000000', style: 'image' },
      { cover: plain(width, height, [200, 0, 0]) },
    )
    for (let y = 20; y < 32; y++) for (let x = 10; x < 50; x++) expect(pixel(picture, x, y)[1]).toBeLessThan(3)
  })

  test('that was given is used without asking for the style', async () => {
    const { picture, receipt } = await cover(
      plain(20, 20),
      { quads: [quad(5, 5, 15, 5, 15, 15, 5, 15)] },
      { cover: plain(8, 8, [9, 99, 199]) },
    )
    expect(pixel(picture, 10, 10)).toEqual([9, 99, 199, 255])
    expect(receipt.method.style).toBe('image')
  })
})

const [RED, GREEN, BLUE, YELLOW] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [0, 0, 255, 255],
  [255, 255, 0, 255],
]

/** The share of a pixel inside a convex polygon, by 32 × 32 points. */
function sampledShare(corners: readonly number[], x: number, y: number): number {
  let inside = 0
  for (let i = 0; i < 1024; i++) {
    const [px, py] = [x + ((i % 32) + 0.5) / 32, y + (Math.floor(i / 32) + 0.5) / 32]
    const sides = [0, 2, 4, 6].map((at) => {
      const [ax, ay] = [corners[at], corners[at + 1]]
      const [bx, by] = [corners[(at + 2) % 8], corners[(at + 3) % 8]]
      return (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    })
    if (sides.every((side) => side >= 0)) inside += 1
  }
  return inside / 1024
}

describe.each(['blur', 'pixelate'])('%s', (style) => {
  const plate = quad(20, 20, 84, 20, 84, 36, 20, 36)

  test('keeps nothing of the characters: numbers of one colour look alike', async () => {
    const corners = [20, 20, 84, 20, 84, 36, 20, 36]
    const texture = (number: Raster) => destroyedTexture(number, corners, style === 'blur', seeded(1))
    const one = await texture(striped(104, 56, 2))
    expect(await texture(striped(104, 56, 4))).toEqual(one)
    expect(await texture(plain(104, 56, [240, 200, 0]))).not.toEqual(one)
  })

  test.each([
    ['yellow', [150, 120, 40], (red: number, green: number, blue: number) => red > green && green > blue],
    ['green', [92, 128, 98], (red: number, green: number, blue: number) => green > red && green > blue],
    ['blue', [60, 80, 140], (red: number, green: number, blue: number) => blue > green && green > red],
  ])('is %s on a plate that is so, however dull', async (_, color, isSo) => {
    const { data } = await destroyedTexture(plain(104, 56, color), [20, 20, 84, 20, 84, 36, 20, 36], style === 'blur')
    for (let i = 0; i < data.length; i += 4) expect(isSo(data[i], data[i + 1], data[i + 2])).toBe(true)
  })

  test('covers the plate to its edges, differently each time', async () => {
    const once = await cover(striped(104, 56, 2), { quads: [plate], style, color: '#ff0000' })
    const again = await cover(striped(104, 56, 2), { quads: [plate], style, color: '#ff0000' })
    expect(once.picture.data).not.toEqual(again.picture.data)
    for (let x = 21; x < 83; x++) {
      const [red, green] = pixel(once.picture, x, 28)
      expect(red).toBe(green) // gray as the plate, and not the colour behind the cover
    }
  })
})

/** Black strokes on white, as characters have them. */
function striped(width: number, height: number, period: number): Raster {
  const raster = plain(width, height)
  for (let i = 0; i < width * height; i++) if ((i % width) % (2 * period) < period) raster.data.set([0, 0, 0], i * 4)
  return raster
}

describe('the result', () => {
  const plates = [quad(2, 2, 12, 2, 12, 6, 2, 6), quad(30, 30, 38, 30, 38, 34, 30, 34)]

  test('counts what was covered, and leaves what lies in an exclusion zone', async () => {
    const { data, picture } = await cover(plain(40, 40), { quads: plates, zones: [{ x: 0.5, y: 0.5, w: 0.5, h: 0.5 }] })
    expect(data).toMatchObject({ plates_found: 2, plates_covered: 1, residual_score: null })
    expect(data.plates.map(({ covered }) => covered)).toEqual([true, false])
    expect([pixel(picture, 5, 4)[0], pixel(picture, 34, 32)[0]]).toEqual([22, 255])
  })

  test('of a picture without plates is the picture, and says so', async () => {
    const { data, picture } = await cover(plain(40, 40, [1, 2, 3]), {})
    expect(data).toMatchObject({ plates_found: 0, notes: expect.arrayContaining([NOTES.noPlates]) })
    expect(pixel(picture, 20, 20)).toEqual([1, 2, 3, 255])
  })

  test('of a dry run has quads and no files', async () => {
    const image = plain(40, 40)
    const { data, artefacts } = await run({ image }, withParams({ quads: plates, dry_run: true }), await context(image))
    expect(data.plates).toHaveLength(2)
    expect(artefacts).toEqual({})
  })

  test('never changes the picture it was given', async () => {
    const image = plain(40, 40)
    await cover(image, { quads: plates })
    expect(image.data.every((value) => value === 255)).toBe(true)
  })

  test.each([
    ['webp', 'image/webp'],
    ['png', 'image/png'],
    ['jpeg', 'image/jpeg'],
  ])('is a %s file when asked for', async (format, type) => {
    const { covered } = await cover(plain(40, 40), { format })
    expect(covered.type).toBe(type)
    expect(`image/${(await sharp(covered.bytes).metadata()).format}`).toBe(type)
  })
})

describe('metadata', () => {
  const GPS = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' }
  const tagged = async () =>
    new Uint8Array(
      await sharp({ create: { width: 20, height: 10, channels: 3, background: 'gray' } })
        .withExif({ IFD0: { Make: 'Zorki', Orientation: '6' }, IFD3: GPS })
        .withIccProfile('p3')
        .jpeg()
        .toBuffer(),
    )

  test.each([
    ['none', undefined, []],
    ['without_position', 'Zorki', ['exif']],
    ['all', 'Zorki', ['exif', 'position']],
  ])('with %s kept', async (keep_metadata, make, blocks) => {
    const image = await tagged()
    const raster = await codecSharp.decode(image, LIMITS)
    const { covered, receipt } = await cover(raster, { keep_metadata, format: 'jpeg' }, { sources: { image } })
    const { exif, icc } = await sharp(covered.bytes).metadata()
    expect(exif?.toString('latin1').includes('Zorki') ? 'Zorki' : undefined).toBe(make)
    expect(icc).toBeUndefined()
    expect(receipt.source.metadata).toEqual(['exif', 'position', 'profile'])
    expect(receipt.output.metadata).toEqual(blocks)
  })
})

describe('the receipt', () => {
  const plates = [quad(2, 2, 12, 2, 12, 6, 2, 6)]
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

  test('has the hashes of both files, the quads and the method', async () => {
    const image = plain(40, 40)
    const { sources } = await context(image)
    const { receipt, covered, data } = await cover(image, { quads: plates, margin: 5 })
    expect(receipt).toMatchObject({
      source: { sha256: hash(sources.image), bytes: sources.image.length },
      output: { sha256: hash(covered.bytes), width: 40, height: 40 },
      method: { style: 'solid', margin: 5 },
      quads: data.plates,
      model: null,
      signature: null,
    })
  })

  test('is signed with a secret that the install has', async () => {
    const { receipt } = await cover(plain(40, 40), { quads: plates }, { sign: createSigner('swordfish') })
    const { signature, ...content } = receipt
    expect(signature).toMatchObject({
      algorithm: 'HMAC-SHA256',
      value: createHmac('sha256', 'swordfish').update(canonicalJson(content)).digest('base64'),
    })
  })

  test('is signed so that anybody can check it, with an Ed25519 key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const { receipt } = await cover(plain(40, 40), { quads: plates }, { sign: createSigner(pem) })
    const { signature, ...content } = receipt
    const isGenuine = (text: string) =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature.value, 'base64'))
    expect(signature.algorithm).toBe('Ed25519')
    expect(isGenuine(canonicalJson(content))).toBe(true)
    expect(isGenuine(canonicalJson({ ...content, took_ms: -1 }))).toBe(false)
  })

  test('is refused a key of another kind at once', () => {
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    expect(() => createSigner(pem.toString())).toThrow('must be Ed25519')
  })
})

describe('what cannot be done is refused', () => {
  test.each([
    ['corners that cross', quad(0, 0, 10, 10, 10, 0, 0, 10)],
    ['corners in one place', quad(5, 5, 5, 5, 5, 5, 5, 5)],
    ['a dent', quad(0, 0, 10, 0, 2, 2, 0, 10)],
  ])('%s', async (_, crooked) => {
    const good = quad(0, 0, 10, 0, 10, 10, 0, 10)
    await expect(async () =>
      check({ image: plain(40, 40) }, withParams({ quads: [good, crooked] })),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ path: ['quads', 1] }],
    })
  })

  test('a WebP that would be too long', async () => {
    await expect(async () => check({ image: plain(16_384, 1) }, withParams({ format: 'webp' }))).rejects.toThrow(
      'A webp file may have 16383 pixels a side; choose png',
    )
  })

  test('a search where there is no model', async () => {
    const image = plain(40, 40)
    await expect(run({ image }, withParams({ quads: null }), await context(image))).rejects.toMatchObject({
      code: 'model-unavailable',
    })
  })
})
