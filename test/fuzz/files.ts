import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { bmpFile } from '../workers/picture-files'
import { mutate, pick, type Random } from './mutate'

/** Small whole files of one kind, to be spoilt. */
export interface Corpus {
  readonly name: string
  readonly files: readonly Uint8Array[]
  /** Texts that mean something in such files. */
  readonly words?: readonly string[]
  /** Makes the checksums of a spoilt file right again, or its decoder would look no further. */
  readonly repair?: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
}

const WIDTH = 24
const HEIGHT = 18

function scene(channels: 3 | 4 = 3): Sharp {
  const data = new Uint8Array(WIDTH * HEIGHT * channels)
  for (let i = 0; i < data.length; i++) data[i] = (i * 37 + (i >> 4) * 11) & 255
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } })
}

const EXIF = {
  IFD0: { Copyright: 'nobody', Orientation: '6' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '1/1 2/1 3/1' },
}

/** Each way of packing that a format has is a decoder of its own. */
export async function pictureCorpora(): Promise<Corpus[]> {
  const frames = await sharp(
    await Promise.all(
      [0, 1, 2].map((turn) =>
        scene(4)
          .rotate(180 * (turn & 1))
          .png()
          .toBuffer(),
      ),
    ),
    { join: { animated: true } },
  ).toBuffer()
  const animated = () => sharp(frames, { animated: true })
  return Promise.all([
    corpus(
      'jpeg',
      scene().jpeg(),
      scene().jpeg({ progressive: true }),
      scene().withExif(EXIF).jpeg(),
      scene().toColourspace('cmyk').jpeg(),
    ),
    pngCorpus(
      scene().png(),
      scene(4).png(),
      scene().png({ palette: true }),
      scene().png({ progressive: true }),
      scene().toColourspace('rgb16').png(),
      scene().withExif(EXIF).withIccProfile('p3').png(),
    ),
    corpus('webp', scene().webp(), scene(4).webp({ lossless: true }), scene().withExif(EXIF).webp(), animated().webp()),
    corpus('gif', scene().gif(), animated().gif()),
    corpus(
      'tiff',
      scene().tiff({ compression: 'none' }),
      scene().tiff({ compression: 'lzw' }),
      scene().tiff({ compression: 'deflate', predictor: 'horizontal' }),
      scene().tiff({ compression: 'jpeg' }),
      scene().tiff({ tile: true, tileWidth: 16, tileHeight: 16 }),
      scene().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }),
    ),
    corpus('avif', scene().avif({ effort: 0 }), scene(4).avif({ effort: 0, lossless: true })),
    {
      name: 'bmp',
      files: [
        bmpFile(WIDTH, HEIGHT),
        bmpFile(WIDTH, -HEIGHT),
        indexedBmp(1),
        indexedBmp(4),
        indexedBmp(8),
        maskedBmp(),
      ],
    },
    {
      name: 'other',
      files: STRANGERS.map((text) => Buffer.from(text, 'latin1')),
      words: ['/etc/passwd', 'http://127.0.0.1/', '&xxe;'],
    },
  ])
}

/** A file of the corpus with something changed. */
export function mutantOf({ files, words, repair }: Corpus, random: Random): Uint8Array<ArrayBuffer> {
  const mutant = mutate(pick(random, files), random, files, words)
  return repair && random() < 0.8 ? repair(mutant) : mutant
}

const pngCorpus = async (...made: Sharp[]): Promise<Corpus> => ({
  ...(await corpus('png', ...made)),
  repair: withChecksums,
})

const SIGNATURE_BYTES = 8
const FRAME_BYTES = 12

export function withChecksums(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(png.buffer)
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= png.length; ) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > png.length) break
    view.setUint32(end, crc32(png.subarray(at + 4, end)))
    at = end + 4
  }
  return png
}

async function corpus(name: string, ...made: Sharp[]): Promise<Corpus> {
  return { name, files: await Promise.all(made.map((one) => one.toBuffer())) }
}

/** White in the midst of black, as large as the pictures. */
export const goodMask = (): Promise<Buffer> =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#000' } })
    .composite([{ input: { create: { width: 6, height: 5, channels: 3, background: '#fff' } }, left: 9, top: 7 }])
    .png()
    .toBuffer()

/** Formats that libvips or a browser might read, and that are refused here. */
const STRANGERS = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd" width="9" height="9"/></svg>',
  '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&xxe;</text></svg>',
  '\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08meta',
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>',
  'P6\n2 2\n255\n111222333444',
  '\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0',
  '8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x02\0\0\0\x02\0\x08\0\x03',
  'PK\x03\x04\x14\0\0\0\x08\0picture.png',
  '\xff\x0a\x10\x00',
]

function indexedBmp(bits: 1 | 4 | 8): Uint8Array {
  const palette = 4 * 2 ** bits
  const row = Math.ceil((WIDTH * bits) / 32) * 4
  return bmp(bits, 0, 54 + palette, new Uint8Array(palette + row * HEIGHT).fill(90))
}

function maskedBmp(): Uint8Array {
  const body = new Uint8Array(12 + WIDTH * HEIGHT * 4).fill(60)
  new Uint32Array(body.buffer, 0, 3).set([0xff0000, 0xff00, 0xff])
  return bmp(32, 3, 66, body)
}

function bmp(bits: number, compression: number, offset: number, body: Uint8Array): Uint8Array {
  const file = new Uint8Array(54 + body.length)
  const view = new DataView(file.buffer)
  file.set(bmpFile(WIDTH, HEIGHT).subarray(0, 54))
  file.set(body, 54)
  view.setUint32(2, file.length, true)
  view.setUint32(10, offset, true)
  view.setUint16(28, bits, true)
  view.setUint32(30, compression, true)
  return file
}

const POINTS = 12
const AXES = ['x', 'y', 'z', 'nx', 'ny', 'nz']
const FACE = ['element face 2', 'property list uchar int vertex_indices']

/** Every way in which PLY writes numbers. */
export function cloudCorpus(): Corpus {
  return { name: 'ply', files: [asciiPly(), binaryPly(true), binaryPly(false)], words: PLY_WORDS }
}

const PLY_WORDS = [
  ...[
    'ascii',
    'binary_little_endian',
    'binary_big_endian',
    'vertex',
    'face',
    'list',
    'char',
    'uchar',
    'short',
    'double',
  ],
  ...[
    'constructor',
    '__proto__',
    'toString',
    '-1',
    '999999999999',
    '1e308',
    'nan',
    'inf',
    '1.#IND',
    '0x10',
    'end_header',
  ],
  ...['element vertex 0', 'property list double float x', '\n', '\r\n', '1'.repeat(200), '-'],
]

const header = (format: string) =>
  [
    'ply',
    `format ${format} 1.0`,
    `element vertex ${POINTS}`,
    ...AXES.map((axis) => `property float ${axis}`),
    ...FACE,
    'end_header',
    '',
  ].join('\n')

const value = (point: number, axis: number) => (axis < 3 ? (point * (axis + 3)) % 7 : axis === 5 ? 1 : 0)

function asciiPly(): Uint8Array {
  const rows = Array.from({ length: POINTS }, (_, point) => AXES.map((_, axis) => value(point, axis) + 0.5).join(' '))
  return Buffer.from([header('ascii').trimEnd(), ...rows, '3 0 1 2', '4 0 1 2 3', ''].join('\n'))
}

function binaryPly(little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(POINTS * AXES.length * 4 + 13 + 17))
  for (let i = 0; i < POINTS * AXES.length; i++) {
    view.setFloat32(i * 4, value(Math.floor(i / AXES.length), i % AXES.length), little)
  }
  view.setUint8(POINTS * AXES.length * 4, 3)
  view.setUint8(POINTS * AXES.length * 4 + 13, 4)
  return Buffer.concat([
    Buffer.from(header(little ? 'binary_little_endian' : 'binary_big_endian')),
    new Uint8Array(view.buffer),
  ])
}
