import { ToolError } from '../../core/errors'
import type { Raster, Size } from '../../core/raster'

// Own reader, since libvips has none and the packages for it were found to get palettes, odd widths or rows from the
// top wrong. Layout: Microsoft, "Bitmap Storage" (BITMAPFILEHEADER, then BITMAPINFOHEADER or a later version of it).

interface Header extends Size {
  readonly topDown: boolean
  readonly bits: number
  /** Where the pixel rows begin. */
  readonly offset: number
  /** Where the palette begins, 4 bytes for each entry. */
  readonly palette: number
  readonly colors: number
  /** Red, green, blue, alpha; 16 and 32 bits only. */
  readonly masks: readonly [number, number, number, number]
}

const FILE_HEADER = 14
const INFO_HEADER = 40
const BI_RGB = 0
const BI_BITFIELDS = 3
const MASKS = { 16: [0x7c00, 0x03e0, 0x001f, 0], 32: [0xff0000, 0xff00, 0xff, 0] } as const

/** @throws ToolError unreadable */
export function bmpSize(bytes: Uint8Array<ArrayBuffer>): Size {
  const { width, height } = readHeader(viewOf(bytes))
  return { width, height }
}

/**
 * Uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits.
 *
 * @throws ToolError unreadable
 */
export function decodeBmp(bytes: Uint8Array<ArrayBuffer>): Raster {
  const view = viewOf(bytes)
  const header = readHeader(view)
  const { width, height, bits, offset, topDown } = header
  const stride = Math.ceil((width * bits) / 32) * 4 // rows are padded to whole 32-bit words
  if (offset + stride * height > bytes.length) throw unreadable('the file is cut short')
  const data = new Uint8ClampedArray(width * height * 4)
  const readRow = rowReader(view, header)
  for (let y = 0; y < height; y++) {
    readRow(offset + (topDown ? y : height - 1 - y) * stride, data, y * width * 4)
  }
  return { width, height, data }
}

const viewOf = (bytes: Uint8Array<ArrayBuffer>) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function readHeader(view: DataView): Header {
  if (view.byteLength < FILE_HEADER + INFO_HEADER) throw unreadable('the file is cut short')
  const size = view.getUint32(14, true)
  const width = view.getInt32(18, true)
  const signedHeight = view.getInt32(22, true)
  const bits = view.getUint16(28, true)
  const compression = view.getUint32(30, true)
  if (size < INFO_HEADER || width <= 0 || signedHeight === 0) throw unreadable('its header makes no sense')
  if (![1, 4, 8, 16, 24, 32].includes(bits))
    throw unreadable(`it has ${bits} bits per pixel; 1, 4, 8, 16, 24 and 32 are read`)
  if (compression !== BI_RGB && compression !== BI_BITFIELDS) throw unreadable('it is compressed; save it uncompressed')
  const masksAfterHeader = compression === BI_BITFIELDS && size === INFO_HEADER
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    offset: view.getUint32(10, true),
    palette: FILE_HEADER + size + (masksAfterHeader ? 12 : 0),
    colors: view.getUint32(46, true) || 2 ** Math.min(bits, 8),
    masks: compression === BI_BITFIELDS ? readMasks(view, size) : bits === 16 ? MASKS[16] : MASKS[32],
  }
}

function readMasks(view: DataView, headerSize: number): Header['masks'] {
  const first = FILE_HEADER + INFO_HEADER
  const hasAlpha = headerSize >= 56 // BITMAPV3INFOHEADER was the first with a mask for alpha
  if (view.byteLength < first + 16) throw unreadable('the file is cut short')
  const mask = (index: number) => view.getUint32(first + index * 4, true)
  return [mask(0), mask(1), mask(2), hasAlpha ? mask(3) : 0]
}

type RowReader = (from: number, data: Uint8ClampedArray, to: number) => void

function rowReader(view: DataView, header: Header): RowReader {
  if (header.bits <= 8) return indexedRows(view, header)
  if (header.bits === 24) return plainRows(view, header)
  return maskedRows(view, header)
}

function indexedRows(view: DataView, { width, bits, palette, colors }: Header): RowReader {
  if (palette + colors * 4 > view.byteLength) throw unreadable('the file is cut short')
  const perByte = 8 / bits
  const mask = 2 ** bits - 1
  return (from, data, to) => {
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits * ((x % perByte) + 1)
      const index = (view.getUint8(from + Math.floor(x / perByte)) >> shift) & mask
      const entry = palette + Math.min(index, colors - 1) * 4
      data[to + x * 4] = view.getUint8(entry + 2)
      data[to + x * 4 + 1] = view.getUint8(entry + 1)
      data[to + x * 4 + 2] = view.getUint8(entry)
      data[to + x * 4 + 3] = 255
    }
  }
}

const plainRows =
  (view: DataView, { width }: Header): RowReader =>
  (from, data, to) => {
    for (let x = 0; x < width; x++) {
      data[to + x * 4] = view.getUint8(from + x * 3 + 2)
      data[to + x * 4 + 1] = view.getUint8(from + x * 3 + 1)
      data[to + x * 4 + 2] = view.getUint8(from + x * 3)
      data[to + x * 4 + 3] = 255
    }
  }

function maskedRows(view: DataView, { width, bits, masks }: Header): RowReader {
  const channels = masks.map(channel)
  const pixel = bits === 16 ? (at: number) => view.getUint16(at, true) : (at: number) => view.getUint32(at, true)
  return (from, data, to) => {
    for (let x = 0; x < width; x++) {
      const value = pixel(from + (x * bits) / 8)
      for (let c = 0; c < 4; c++) data[to + x * 4 + c] = channels[c](value)
    }
  }
}

/** One channel of a pixel, stretched to 0..255; a mask of nothing is an opaque alpha. */
function channel(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 255
  const shift = 31 - Math.clz32(mask & -mask)
  const most = mask >>> shift
  return (pixel) => (((pixel & mask) >>> shift) * 255) / most
}

const unreadable = (why: string) => new ToolError('unreadable', `The BMP file cannot be read: ${why}`)
