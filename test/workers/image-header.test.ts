import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { type ImageFormat, readHeader } from '../../core/image-header'
import { isWhole } from '../../workers/adapters/image-structure'
import { bmpFile, gifFile } from './picture-files'

const plain = () => sharp({ create: { width: 61, height: 43, channels: 3, background: '#a06030' } })
const speckled = () =>
  sharp({
    create: {
      width: 61,
      height: 43,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
      background: 'gray',
    },
  })
const bytesOf = async (image: Sharp) => new Uint8Array(await image.toBuffer())

const files: [name: string, format: ImageFormat, make: () => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['PNG', 'png', () => bytesOf(speckled().png())],
  ['interlaced PNG', 'png', () => bytesOf(speckled().png({ progressive: true }))],
  ['JPEG', 'jpeg', () => bytesOf(speckled().jpeg())],
  ['progressive JPEG', 'jpeg', () => bytesOf(speckled().jpeg({ progressive: true }))],
  [
    'JPEG with EXIF',
    'jpeg',
    () =>
      bytesOf(
        speckled()
          .withExif({ IFD0: { Artist: 'a'.repeat(3000) } })
          .jpeg(),
      ),
  ],
  ['lossy WebP', 'webp', () => bytesOf(speckled().webp())],
  ['lossless WebP', 'webp', () => bytesOf(speckled().webp({ lossless: true }))],
  [
    'WebP with alpha and EXIF',
    'webp',
    () => bytesOf(speckled().ensureAlpha(0.5).withMetadata({ orientation: 6 }).webp()),
  ],
  ['GIF', 'gif', () => bytesOf(speckled().gif())],
  ['TIFF in strips', 'tiff', () => bytesOf(speckled().tiff({ compression: 'lzw' }))],
  ['TIFF in tiles', 'tiff', () => bytesOf(speckled().tiff({ tile: true, tileWidth: 16, tileHeight: 16 }))],
  ['AVIF', 'avif', () => bytesOf(plain().avif({ effort: 0 }))],
  ['24-bit BMP', 'bmp', async () => bmpFile(61, 43)],
  ['top-down BMP', 'bmp', async () => bmpFile(61, -43)],
]

describe.each(files)('%s', (_, format, make) => {
  test('tells its format and size, and is whole', async () => {
    const bytes = await make()
    expect(readHeader(bytes)).toEqual({ format, width: 61, height: 43 })
    expect(isWhole(format, bytes)).toBe(true)
  })

  test('is not whole when its end is missing', async () => {
    const bytes = await make()
    for (const part of [0.3, 0.6, 0.9]) expect(isWhole(format, bytes.slice(0, bytes.length * part))).toBe(false)
  })

  test('tells its size again when it lies within a larger buffer', async () => {
    const bytes = await make()
    const around = new Uint8Array(bytes.length + 20)
    around.set(bytes, 10)
    const view = around.subarray(10, 10 + bytes.length)
    expect(readHeader(view)).toEqual({ format, width: 61, height: 43 })
    expect(isWhole(format, view)).toBe(true)
  })

  test('cut anywhere in its head it is refused or understood, and never throws', async () => {
    const bytes = await make()
    for (let length = 0; length < Math.min(bytes.length, 400); length++) {
      const header = readHeader(bytes.slice(0, length))
      if (header) expect(header).toMatchObject({ width: 61, height: 43 })
    }
  })
})

test('what is appended behind a JPEG or PNG, as cameras do, is no damage', async () => {
  for (const [format, image] of [
    ['jpeg', speckled().jpeg()],
    ['png', speckled().png()],
  ] as const) {
    const bytes = new Uint8Array([...(await bytesOf(image)), ...Array(500).fill(0xff)])
    expect(isWhole(format, bytes)).toBe(true)
  }
})

test('a GIF without its trailer is whole when its frame is', () => {
  const bytes = gifFile()
  expect(isWhole('gif', bytes.slice(0, -1))).toBe(true)
  expect(isWhole('gif', bytes.slice(0, -3))).toBe(false)
})

test.each([
  ['text', 'hello world, this is not a picture'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'],
  ['PDF', '%PDF-1.7 %%EOF and so on and on'],
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
])('%s is none of the formats', (_, text) => {
  expect(readHeader(Uint8Array.from(text, (c) => c.charCodeAt(0)))).toBeUndefined()
})

test('a bomb tells its size in its first bytes', () => {
  const head = [
    0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30,
  ]
  expect(readHeader(Uint8Array.from(head))).toEqual({ format: 'png', width: 30000, height: 30000 })
})

test('boxes that claim to hold each other without end are refused', () => {
  const box = [0, 0, 0xff, 0xff, 0x6d, 0x65, 0x74, 0x61, 0, 0, 0, 0] // 'meta' of 65535 bytes
  const start = [0, 0, 0, 16, ...[...'ftypavif'].map((c) => c.charCodeAt(0)), 0, 0, 0, 0]
  expect(readHeader(Uint8Array.from([...start, ...Array(5000).fill(box).flat()]))).toBeUndefined()
})
