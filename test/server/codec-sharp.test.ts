import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Raster } from '../../core/raster'
import { codecSharp as codec } from '../../server/adapters/codec-sharp'
import { seeded } from '../support'

const limits = { pixels: 100e6, side: 30_000 }
const decode = (bytes: Uint8Array) => codec.decode(new Uint8Array(bytes), limits)

/** Smooth colours, so that lossy formats come close. */
function gradient(width = 40, height = 30): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([x * 6, y * 8, 128, 255], (y * width + x) * 4)
  }
  return { width, height, data }
}

/** Random pixels: a file of them is long, so that cutting it short cuts pixels. */
function noise(side = 64): Raster {
  const random = seeded(3)
  const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : random() * 256))
  return { width: side, height: side, data }
}

const image = ({ width, height, data }: Raster) => sharp(data, { raw: { width, height, channels: 4 } })
const pixel = ({ data, width }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
]
const worst = (a: Raster, b: Raster) =>
  a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i])), 0)

/** A small PNG whose header claims another size. */
async function pngWithHeader(width: number, height: number): Promise<Uint8Array> {
  const file = await image(gradient()).png().toBuffer()
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  file.writeUInt32BE(crc32(file.subarray(12, 29)), 29)
  return file
}

const formats = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const

test('a JPEG whose header can be misread as that of a smaller picture is refused for its true size', async () => {
  const whole = await image(gradient(60, 50)).jpeg().toBuffer()
  // A restart marker has no length, which a reader of headers may miss; behind it, a comment that looks like a frame.
  const decoy = Buffer.from('ffd00006fffe000bffc000110800100010', 'hex')
  const file = new Uint8Array(Buffer.concat([whole.subarray(0, 2), decoy, whole.subarray(2)]))
  await expect(codec.decode(file, { pixels: 2999, side: 100 })).rejects.toMatchObject({ code: 'too-large' })
})

describe.each(formats)('%s', (format) => {
  const encoded = (raster: Raster) => image(raster).removeAlpha().toFormat(format).toBuffer()

  test('decodes to the pixels it was made of, as nearly as the format keeps them', async () => {
    const raster = await decode(await encoded(gradient()))
    expect({ width: raster.width, height: raster.height }).toEqual({ width: 40, height: 30 })
    expect(worst(raster, gradient())).toBeLessThanOrEqual(format === 'png' ? 0 : 48)
  })

  test.each([0.3, 0.6, 0.95])('is refused as unreadable when only %d of it is there', async (part) => {
    const whole = await encoded(noise())
    await expect(decode(whole.subarray(0, whole.length * part))).rejects.toMatchObject({ code: 'unreadable' })
  })

  test('is refused by its header when it has too many pixels', async () => {
    const file = new Uint8Array(await encoded(gradient(60, 50)))
    const tooMany = codec.decode(file, { pixels: 2999, side: 1000 })
    await expect(tooMany).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('60×50') })
    await expect(codec.decode(file, { pixels: 3000, side: 59 })).rejects.toMatchObject({ code: 'too-large' })
    await expect(codec.decode(file, { pixels: 3000, side: 60 })).resolves.toBeDefined()
  })
})

test('a 900-megapixel bomb is refused', async () => {
  const bomb = await pngWithHeader(30_000, 30_000)
  await expect(decode(bomb)).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('100 megapixels'),
  })
})

test.each([
  ['zero bytes', '', 'empty'],
  ['text', 'Hello, this is no picture at all', 'not a picture'],
  ['HTML', '<!doctype html><script>alert(1)</script>', 'not a picture'],
  [
    'SVG, which could name other files',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    'not a picture',
  ],
  ['a PNG signature and nothing else', '\x89PNG\r\n\x1a\n', 'broken'],
  ['a JPEG signature and nothing else', '\xff\xd8\xff\xe0', 'broken'],
  ['letters that begin as a BMP does', 'BMW is a car maker, and this is no picture', 'BMP'],
])('%s is refused as unreadable, with a sentence', async (_what, text, sentence) => {
  const refused = decode(Buffer.from(text, 'latin1'))
  await expect(refused).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining(sentence) })
})

test('a JPEG with stray bytes between its parts, as some cameras write it, is read', async () => {
  const file = await image(gradient()).removeAlpha().jpeg().toBuffer()
  const scan = file.indexOf(Buffer.from([0xff, 0xda]))
  const flawed = Buffer.concat([file.subarray(0, scan), Buffer.alloc(3), file.subarray(scan)])
  expect(await decode(flawed)).toEqual(await decode(file))
})

test('transparency is kept, not mixed with a background', async () => {
  const raster = { width: 2, height: 1, data: new Uint8ClampedArray([200, 100, 50, 128, 1, 2, 3, 255]) }
  const decoded = await decode(await image(raster).png().toBuffer())
  expect(decoded.data).toEqual(raster.data)
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %d is applied', async (orientation) => {
  const file = await image(gradient()).removeAlpha().jpeg({ quality: 100 }).withMetadata({ orientation }).toBuffer()
  const raster = await decode(file)
  const turned = orientation >= 5
  expect([raster.width, raster.height]).toEqual(turned ? [30, 40] : [40, 30])
  // Where EXIF says the first pixel of the file belongs.
  const right = [2, 3, 6, 7].includes(orientation)
  const bottom = [3, 4, 7, 8].includes(orientation)
  const [red, green] = pixel(raster, right ? raster.width - 1 : 0, bottom ? raster.height - 1 : 0)
  expect(Math.max(red, green)).toBeLessThan(16)
})

test('gray, gray with alpha, palette and 16-bit files become 8-bit RGBA', async () => {
  const gray = await sharp({ create: { width: 3, height: 2, channels: 3, background: { r: 90, g: 90, b: 90 } } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
  expect(pixel(await decode(gray), 1, 1)).toEqual([90, 90, 90, 255])
  const palette = await image(gradient(4, 4)).png({ palette: true, colours: 16 }).toBuffer()
  expect((await decode(palette)).data).toHaveLength(64)
  const deep = await image(gradient()).removeAlpha().toColourspace('rgb16').png().toBuffer()
  expect((await sharp(deep).metadata()).depth).toBe('ushort')
  expect(worst(await decode(deep), gradient())).toBeLessThanOrEqual(1)
  const deepGray = await sharp(gray).toColourspace('grey16').png().toBuffer()
  expect(pixel(await decode(deepGray), 1, 1)).toEqual([90, 90, 90, 255])
})

test('CMYK is converted to sRGB', async () => {
  const file = await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 220, g: 40, b: 40 } } })
    .toColourspace('cmyk')
    .jpeg({ quality: 100 })
    .toBuffer()
  expect((await sharp(file).metadata()).space).toBe('cmyk')
  const [r, g, b, a] = pixel(await decode(file), 4, 4)
  expect([r > 180, g < 100, b < 100, a]).toEqual([true, true, true, 255])
})

test('another colour profile is converted to sRGB', async () => {
  const file = await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 0, g: 255, b: 0 } } })
    .withIccProfile('p3')
    .png()
    .toBuffer()
  const [r, g, b] = pixel(await decode(file), 4, 4)
  expect([r < 8, g > 247, b < 8]).toEqual([true, true, true]) // the file's own numbers are 117, 251, 76
})

test('of an animation the first frame is read', async () => {
  const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 10), Buffer.alloc(8 * 8 * 3, 200)])
  const file = await sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
    .gif()
    .toBuffer()
  expect((await sharp(file).metadata()).pages).toBe(2)
  const raster = await decode(file)
  expect([raster.width, raster.height]).toEqual([8, 8])
  expect(pixel(raster, 1, 1)[0]).toBeLessThan(20)
})

describe('encoding', () => {
  test('a PNG holds exactly the pixels', async () => {
    const raster = noise()
    expect((await decode(await codec.encode(raster, 'image/png'))).data).toEqual(raster.data)
  })

  test.each(['image/jpeg', 'image/webp'] as const)('%s comes close, and a higher quality closer', async (type) => {
    const original = noise()
    const error = async (quality: number) => {
      const { data } = await decode(await codec.encode(original, type, quality))
      return data.reduce((sum, value, i) => sum + Math.abs(value - original.data[i]), 0)
    }
    expect(await error(95)).toBeLessThan(await error(30))
  })

  test('shrinking fits the box, keeps the proportions and never enlarges', async () => {
    const { width, height } = await codec.shrink(gradient(400, 100), { width: 256, height: 256 })
    expect({ width, height }).toEqual({ width: 256, height: 64 })
    const small = gradient(10, 10)
    expect(await codec.shrink(small, { width: 256, height: 256 })).toBe(small)
  })
})

test.each([1, 2, 3, 4, 5, 7, 33])(
  '%d random pixels come back from a PNG as they were, alpha only where it tells',
  async (count) => {
    const random = seeded(count)
    const opaque = Uint8ClampedArray.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? 255 : random() * 256))
    const glassy = opaque.with(4 * Math.floor(random() * count) + 3, 254)
    for (const data of [opaque, glassy]) {
      const file = await codec.encode({ width: count, height: 1, data: new Uint8ClampedArray(data) }, 'image/png')
      expect((await decode(file)).data).toEqual(data)
      expect((await sharp(file).metadata()).hasAlpha).toBe(data === glassy)
    }
  },
)
