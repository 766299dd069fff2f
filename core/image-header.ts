import type { Size } from './raster'

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'tiff' | 'avif'

/** What a file says of itself before any pixel is decoded. */
export interface ImageHeader extends Size {
  readonly format: ImageFormat
}

/**
 * Format and size from the first bytes, so that an enormous picture is refused before a decoder allocates for it.
 *
 * @param bytes the file or its beginning; where the size lies deeper, as it may in JPEG, TIFF and AVIF, more is needed
 * @returns undefined when it is none of the formats, or cut off before its size
 */
export function readHeader(bytes: Uint8Array<ArrayBuffer>): ImageHeader | undefined {
  const format = sniff(bytes)
  if (!format) return undefined
  try {
    const size = READERS[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return size && size.width > 0 && size.height > 0 ? { format, ...size } : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined // DataView: the file ends before its size
    throw error
  }
}

/** The format by its signature; the name and the type a client gave play no part. */
export function sniff(bytes: Uint8Array): ImageFormat | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 16))
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp'
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif'
  if (text.startsWith('BM')) return 'bmp'
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'tiff'
  if (text.startsWith('ftyp', 4) && isAvif(bytes)) return 'avif'
  return undefined
}

/** Major brand, then compatible brands, up to the end of the `ftyp` box. */
function isAvif(bytes: Uint8Array): boolean {
  const end = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]
  const brands = String.fromCharCode(...bytes.subarray(8, Math.min(end, 256)))
  return brands.includes('avif') || brands.includes('avis')
}

const READERS: Readonly<Record<ImageFormat, (view: DataView) => Size | undefined>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  bmp: bmpSize,
  webp: webpSize,
  jpeg: jpegSize,
  tiff: tiffSize,
  avif: (view) => avifSize(view, 0, view.byteLength),
}

function bmpSize(view: DataView): Size {
  const isCore = view.getUint32(14, true) === 12 // OS/2 1.x
  if (isCore) return { width: view.getUint16(18, true), height: view.getUint16(20, true) }
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) } // negative: top row first
}

/** @see RFC 9649, section 2.5 to 2.7 */
function webpSize(view: DataView): Size | undefined {
  switch (view.getUint8(15)) {
    case 0x20: // 'VP8 '
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 0x4c: {
      const bits = view.getUint32(21, true) // 'VP8L': 14 bits each
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 0x58: // 'VP8X': 24 bits each, less one
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  }
  return undefined
}

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

/** Frame headers of JPEG (ITU-T T.81, table B.1); 0xc4, 0xc8 and 0xcc in their midst are not. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Markers without a length behind them: TEM and the restarts. Taken for segments, they would hide the true frame. */
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

function jpegSize(view: DataView): Size | undefined {
  let at = 2
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff)
      at += 1 // fill byte
    else if (isAlone(marker)) at += 2
    else if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    else at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

function tiffSize(view: DataView): Size | undefined {
  const [width, height] = [tiffTag(view, 256)?.at(0), tiffTag(view, 257)?.at(0)]
  return width && height ? { width, height } : undefined
}

/** Bytes of one value by field type (TIFF 6.0, section 2): byte, ASCII, short, long, rational, then the signed ones. */
const TIFF_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1 },
  ...{ 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8 },
}
const SHORT = 3
const LONG = 4

/** The entries of a TIFF's first directory, with where their values lie, which may be beyond the end. */
export function* tiffEntries(view: DataView, start = 0) {
  const little = view.getUint8(start) === 0x49
  const directory = start + view.getUint32(start + 4, little)
  for (let i = 0; i < view.getUint16(directory, little); i++) {
    const entry = directory + 2 + 12 * i
    const type = view.getUint16(entry + 2, little)
    const count = view.getUint32(entry + 4, little)
    const size = count * (TIFF_BYTES[type] ?? 0)
    const at = size <= 4 ? entry + 8 : start + view.getUint32(entry + 8, little)
    yield { tag: view.getUint16(entry, little), type, count, at, end: at + size, little }
  }
}

/** Whole numbers of one tag, each read when it is asked for: a small file can promise any number of them. */
export interface TiffNumbers {
  readonly count: number
  /** @param n from 0 */
  at(n: number): number
}

/**
 * A tag of a TIFF's first directory.
 *
 * @throws RangeError when it lies beyond the end
 */
export function tiffTag(view: DataView, wanted: number, start = 0): TiffNumbers | undefined {
  for (const { tag, type, count, at, end, little } of tiffEntries(view, start)) {
    if (tag !== wanted || (type !== SHORT && type !== LONG)) continue
    if (end > view.byteLength) throw new RangeError('The tag lies beyond the end')
    return {
      count,
      at: (n) => (type === SHORT ? view.getUint16(at + 2 * n, little) : view.getUint32(at + 4 * n, little)),
    }
  }
  return undefined
}

const INSIDE = new Map([
  ['meta', 12], // a full box: version and flags before its children
  ['iprp', 8],
  ['ipco', 8],
])

/** The largest `ispe` property: thumbnails, alpha and tiles have their own, and none is larger than the picture. */
function avifSize(view: DataView, start: number, end: number): Size | undefined {
  let largest: Size | undefined
  for (const { type, at, size } of boxes(view, start, end)) {
    const inner = INSIDE.get(type)
    const found =
      type === 'ispe'
        ? { width: view.getUint32(at + 12), height: view.getUint32(at + 16) }
        : inner && avifSize(view, at + inner, Math.min(at + size, end))
    if (found && found.width * found.height > (largest ? largest.width * largest.height : 0)) largest = found
  }
  return largest
}

/** Boxes of ISO 14496-12, each as far as it claims to reach, which may be beyond `end`. */
export function* boxes(view: DataView, start: number, end: number) {
  for (let at = start; at + 8 <= end; ) {
    const short = view.getUint32(at)
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short || end - at // 0: up to the end
    if (size < 8) return
    yield { type: String.fromCharCode(...[4, 5, 6, 7].map((n) => view.getUint8(at + n))), at, size }
    at += size
  }
}
