import { joined, latin } from './text'

interface Chunk {
  readonly type: string
  readonly body: Uint8Array
}

const HEADER_BYTES = 12

export function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = HEADER_BYTES; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true)
    const type = String.fromCharCode(...bytes.subarray(at, at + 4))
    yield { type, body: bytes.subarray(at + 8, at + 8 + length) }
    at += 8 + length + (length & 1)
  }
}

const HAS_PROFILE = 32
const HAS_EXIF = 8
const HAS_XMP = 4
const HAS_ALPHA = 16

interface Blocks {
  readonly icc?: Uint8Array
  readonly exif?: Uint8Array
  readonly xmp?: Uint8Array
}

/** Adds blocks to a still WebP; a simple file becomes an extended one, which alone can have them. */
export function withBlocks(bytes: Uint8Array, { icc, exif, xmp }: Blocks): Uint8Array<ArrayBuffer> {
  const chunks = [...chunksOf(bytes)]
  const flags = (icc ? HAS_PROFILE : 0) | (exif ? HAS_EXIF : 0) | (xmp ? HAS_XMP : 0)
  const extended = chunks.find(({ type }) => type === 'VP8X')
  const header = extended ? extended.body.slice() : extendedHeader(chunks)
  header[0] |= flags
  const body = joined([
    latin('WEBP'),
    chunk('VP8X', header),
    ...(icc ? [chunk('ICCP', icc)] : []), // before the pixels; the others come behind them
    ...chunks.filter(({ type }) => type !== 'VP8X').map(({ type, body }) => chunk(type, body)),
    ...(exif ? [chunk('EXIF', exif)] : []),
    ...(xmp ? [chunk('XMP ', xmp)] : []),
  ])
  return joined([latin('RIFF'), littleEndian(body.length), body])
}

/** Ten bytes: flags, and width and height less one in 24 bits each. */
function extendedHeader(chunks: readonly Chunk[]): Uint8Array {
  const lossless = chunks.find(({ type }) => type === 'VP8L')
  const { width, height, alpha } = lossless ? losslessSize(lossless.body) : lossySize(chunks)
  const [w, h] = [width - 1, height - 1]
  return Uint8Array.of(alpha ? HAS_ALPHA : 0, 0, 0, 0, w, w >> 8, w >> 16, h, h >> 8, h >> 16)
}

/** 14 bits each behind the signature byte, then one that says whether alpha is used. */
function losslessSize(body: Uint8Array) {
  const bits = body[1] | (body[2] << 8) | (body[3] << 16) | (body[4] << 24)
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, alpha: ((bits >> 28) & 1) === 1 }
}

function lossySize(chunks: readonly Chunk[]) {
  const body = chunks.find(({ type }) => type === 'VP8 ')?.body ?? new Uint8Array(10)
  return { width: (body[6] | (body[7] << 8)) & 0x3fff, height: (body[8] | (body[9] << 8)) & 0x3fff, alpha: false }
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  return joined([latin(type), littleEndian(body.length), body, new Uint8Array(body.length & 1)])
}

const littleEndian = (value: number) => Uint8Array.of(value, value >> 8, value >> 16, value >> 24)
