import { boxes, type ImageFormat, tiffEntries, tiffTag } from '../../core/image-header'

/**
 * Whether a file goes on to its own end. Browsers draw the part of a cut picture that is there, and would have a tool
 * search gray nothing.
 *
 * @param bytes a whole file whose header could be read
 */
export function isWhole(format: ImageFormat, bytes: Uint8Array<ArrayBuffer>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return CHECKS[format](view, bytes)
  } catch (error) {
    if (error instanceof RangeError) return false // DataView: something lies beyond the end
    throw error
  }
}

type Check = (view: DataView, bytes: Uint8Array) => boolean

const CHECKS: Readonly<Record<ImageFormat, Check>> = {
  png: (view) => {
    for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
      if (view.getUint32(at + 4) === 0x49454e44) return true // IEND
    }
    return false
  },
  webp: (view) => view.getUint32(4, true) + 8 <= view.byteLength,
  avif: (view) => {
    let end = 0
    for (const { at, size } of boxes(view, 0, view.byteLength)) end = at + size
    return end === view.byteLength
  },
  jpeg: jpegEnds,
  gif: gifEnds,
  bmp: bmpEnds,
  tiff: tiffEnds,
}

/** Walks segments and scans up to the end of image; what cameras append behind it is not looked at. */
function jpegEnds(view: DataView, bytes: Uint8Array): boolean {
  for (let at = 2; ; ) {
    at = bytes.indexOf(0xff, at)
    if (at < 0) return false
    const marker = view.getUint8(at + 1)
    if (marker === 0xd9) return true
    const isBare = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7) // stuffing, fill, restart
    if (marker === 0xff) at += 1
    else at += isBare ? 2 : 2 + view.getUint16(at + 2)
  }
}

const GIF_EXTENSION = 0x21
const GIF_IMAGE = 0x2c
const GIF_TRAILER = 0x3b

/** Some encoders leave out the trailer: ending right after a frame is accepted. */
function gifEnds(view: DataView): boolean {
  let at = 13 + colorTableBytes(view.getUint8(10))
  let frames = 0
  while (at < view.byteLength) {
    const block = view.getUint8(at)
    if (block === GIF_TRAILER) return frames > 0
    if (block === GIF_EXTENSION) at += 2
    else if (block === GIF_IMAGE) at += 11 + colorTableBytes(view.getUint8(at + 9))
    else return frames > 0 // padding behind the last frame
    for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += 1 + length
    at += 1
    if (block === GIF_IMAGE) frames += 1
  }
  return frames > 0
}

const colorTableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)

function bmpEnds(view: DataView): boolean {
  const pixels = view.getUint32(10, true)
  if (view.getUint32(14, true) === 12) {
    return (
      pixels + bmpBytes(view.getUint16(18, true), view.getUint16(20, true), view.getUint16(24, true)) <= view.byteLength
    )
  }
  const isPacked = ![0, 3, 6].includes(view.getUint32(30, true)) // run lengths: the header has the byte count
  const bytes = isPacked
    ? view.getUint32(34, true)
    : bmpBytes(view.getInt32(18, true), Math.abs(view.getInt32(22, true)), view.getUint16(28, true))
  return pixels + bytes <= view.byteLength
}

/** Rows are padded to four bytes. */
const bmpBytes = (width: number, height: number, bits: number) => Math.ceil((width * bits) / 32) * 4 * height

/** Every tag, strip and tile of the first picture lies inside the file. */
function tiffEnds(view: DataView): boolean {
  for (const { end } of tiffEntries(view)) if (end > view.byteLength) return false
  const offsets = tiffTag(view, 273) ?? tiffTag(view, 324)
  const lengths = tiffTag(view, 279) ?? tiffTag(view, 325)
  if (!offsets || offsets.count === 0) return false
  for (let n = 0; n < offsets.count; n++) {
    const length = lengths && n < lengths.count ? lengths.at(n) : 0
    if (offsets.at(n) + length > view.byteLength) return false
  }
  return true
}
