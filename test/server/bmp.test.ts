import { describe, expect, test } from 'vitest'
import { codecSharp } from '../../server/adapters/codec-sharp'

const limits = { pixels: 1e6, side: 1000 }
const decode = (bytes: Uint8Array<ArrayBuffer>) => codecSharp.decode(bytes, limits)

interface Bmp {
  width: number
  height: number
  bits: number
  /** Bytes of the pixel rows, as they lie in the file. */
  rows: number[]
  /** Blue, green, red, reserved. */
  palette?: number[][]
  compression?: number
  masks?: number[]
  headerSize?: number
}

/** A file as Microsoft's "Bitmap Storage" lays it out. */
function bmp({ width, height, bits, rows, palette = [], compression = 0, masks = [], headerSize = 40 }: Bmp) {
  const header = new DataView(new ArrayBuffer(14 + headerSize))
  const extra = [...masks.flatMap(littleEndian), ...palette.flat()]
  const masksInHeader = headerSize > 40 ? masks.length * 4 : 0
  header.setUint16(0, 0x4d42, true)
  header.setUint32(10, 14 + headerSize + extra.length - masksInHeader, true)
  header.setUint32(14, headerSize, true)
  header.setInt32(18, width, true)
  header.setInt32(22, height, true)
  header.setUint16(26, 1, true)
  header.setUint16(28, bits, true)
  header.setUint32(30, compression, true)
  header.setUint32(46, palette.length, true)
  const bytes = [...new Uint8Array(header.buffer), ...extra, ...rows]
  return new Uint8Array(masksInHeader ? inHeader(bytes, masks, headerSize) : bytes)
}

const littleEndian = (word: number) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24]

/** Later headers have the masks inside. */
function inHeader(bytes: number[], masks: number[], headerSize: number): number[] {
  const words = masks.flatMap(littleEndian)
  const rest = bytes.slice(14 + headerSize + words.length)
  return [...bytes.slice(0, 54), ...words, ...new Array(headerSize - 40 - words.length).fill(0), ...rest]
}

const [RED, GREEN, BLUE, WHITE] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [0, 0, 255, 255],
  [255, 255, 255, 255],
]

// Each file shows red, green on top and blue, white below.
const files: Record<string, Bmp> = {
  '24 bits': { width: 2, height: 2, bits: 24, rows: [255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0] },
  '24 bits, rows from the top': {
    width: 2,
    height: -2,
    bits: 24,
    rows: [0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0],
  },
  '32 bits without masks, whose fourth byte means nothing': {
    width: 2,
    height: 2,
    bits: 32,
    rows: [255, 0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0],
  },
  '32 bits with masks, red in the lowest byte': {
    width: 2,
    height: 2,
    bits: 32,
    compression: 3,
    masks: [0xff, 0xff00, 0xff0000],
    rows: [0, 0, 255, 0, 255, 255, 255, 0, 255, 0, 0, 0, 0, 255, 0, 0],
  },
  '16 bits, five for each channel': { width: 2, height: 2, bits: 16, rows: [0x1f, 0, 0xff, 0x7f, 0, 0x7c, 0xe0, 0x03] },
  '16 bits, six for green': {
    width: 2,
    height: 2,
    bits: 16,
    compression: 3,
    masks: [0xf800, 0x07e0, 0x001f],
    rows: [0x1f, 0, 0xff, 0xff, 0, 0xf8, 0xe0, 0x07],
  },
  '8 bits with a palette': {
    width: 2,
    height: 2,
    bits: 8,
    palette: [
      [0, 0, 255, 0],
      [0, 255, 0, 0],
      [255, 0, 0, 0],
      [255, 255, 255, 0],
    ],
    rows: [2, 3, 0, 0, 0, 1, 0, 0],
  },
  '4 bits with a palette': {
    width: 2,
    height: 2,
    bits: 4,
    palette: [
      [0, 0, 255, 0],
      [0, 255, 0, 0],
      [255, 0, 0, 0],
      [255, 255, 255, 0],
    ],
    rows: [0x23, 0, 0, 0, 0x01, 0, 0, 0],
  },
}

test.each(Object.entries(files))('%s', async (_what, file) => {
  const { width, height, data } = await decode(bmp(file))
  expect([width, height]).toEqual([2, 2])
  expect([...data]).toEqual([...RED, ...GREEN, ...BLUE, ...WHITE])
})

test('1 bit, in a row whose last byte is not full', async () => {
  const palette = [
    [0, 0, 0, 0],
    [255, 255, 255, 0],
  ]
  const { data } = await decode(bmp({ width: 9, height: 1, bits: 1, palette, rows: [0b10000001, 0b10000000, 0, 0] }))
  expect([...data].filter((_, i) => i % 4 === 0)).toEqual([255, 0, 0, 0, 0, 0, 0, 255, 255])
})

test('32 bits with a mask for alpha', async () => {
  const masks = [0xff0000, 0xff00, 0xff, 0xff000000]
  const file = bmp({ width: 1, height: 1, bits: 32, compression: 3, masks, headerSize: 108, rows: [1, 2, 3, 128] })
  expect([...(await decode(file)).data]).toEqual([3, 2, 1, 128])
})

describe('is refused as unreadable', () => {
  const good = files['24 bits']
  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ['when its header is cut short', bmp(good).slice(0, 40)],
    ['when its pixels are cut short', bmp(good).slice(0, -1)],
    ['when its palette is cut short', bmp({ ...files['8 bits with a palette'], rows: [] }).slice(0, 60)],
    ['when it is run-length encoded', bmp({ ...good, bits: 8, compression: 1 })],
    ['when it has 5 bits per pixel', bmp({ ...good, bits: 5 })],
    ['when it has no width', bmp({ ...good, width: 0 })],
    ['when its width is negative', bmp({ ...good, width: -2 })],
  ])('%s', async (_what, file) => {
    await expect(decode(file)).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining('BMP') })
  })
})

test('is refused by its header when it has too many pixels', async () => {
  const bomb = bmp({ ...files['24 bits'], width: 30_000, height: 30_000 })
  await expect(decode(bomb)).rejects.toMatchObject({ code: 'too-large' })
})
