import { segmentsOf } from './jpeg'
import { chunksOf as pngChunks } from './png'
import { decodeText, startsWith } from './text'
import { chunksOf as webpChunks } from './webp'

/** What a file says beside its pixels. */
export interface Metadata {
  /** A TIFF structure, without JPEG's `Exif\0\0`. */
  readonly exif?: Uint8Array
  readonly xmp?: string
  /** Whether it has a colour profile; decoders convert to sRGB by it. */
  readonly profile: boolean
  /** Pictures of an animation; 1 for a still one. */
  readonly frames: number
  /** Whether its colours are those of print. */
  readonly cmyk: boolean
}

type Found = { -readonly [K in keyof Metadata]: Metadata[K] }

const NOTHING: Metadata = { profile: false, frames: 1, cmyk: false }

/** Reads a JPEG, PNG or WebP file. Other files, and broken blocks, have nothing to say. */
export function readMetadata(bytes: Uint8Array): Metadata {
  const found: Found = { ...NOTHING }
  try {
    if (startsWith(bytes, '\xff\xd8')) readJpeg(bytes, found)
    else if (startsWith(bytes, '\x89PNG')) readPng(bytes, found)
    else if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')) readWebp(bytes, found)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error // it ends in the middle of a block
  }
  return found
}

export const EXIF_PREFIX = 'Exif\0\0'
export const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0'
const APP1 = 0xe1
const APP2 = 0xe2
const CMYK_COMPONENTS = 4

function readJpeg(bytes: Uint8Array, found: Found): void {
  for (const { marker, body } of segmentsOf(bytes)) {
    if (marker === APP1 && startsWith(body, EXIF_PREFIX)) found.exif ??= body.subarray(EXIF_PREFIX.length)
    else if (marker === APP1 && startsWith(body, XMP_PREFIX)) found.xmp ??= decodeText(body.subarray(XMP_PREFIX.length))
    else if (marker === APP2 && startsWith(body, 'ICC_PROFILE\0')) found.profile = true
    else if (isFrame(marker)) found.cmyk = body[5] === CMYK_COMPONENTS
  }
}

/** SOF0..SOF15, without the three numbers that mean something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const PNG_XMP = 'XML:com.adobe.xmp\0\0\0\0\0'

function readPng(bytes: Uint8Array, found: Found): void {
  for (const { type, body } of pngChunks(bytes)) {
    if (type === 'eXIf') found.exif = body
    else if (type === 'iTXt' && startsWith(body, PNG_XMP)) found.xmp = decodeText(body.subarray(PNG_XMP.length))
    else if (type === 'iCCP') found.profile = true
    else if (type === 'acTL') found.frames = new DataView(body.buffer, body.byteOffset).getUint32(0)
  }
}

function readWebp(bytes: Uint8Array, found: Found): void {
  let frames = 0
  for (const { type, body } of webpChunks(bytes)) {
    if (type === 'EXIF') found.exif = startsWith(body, EXIF_PREFIX) ? body.subarray(EXIF_PREFIX.length) : body
    else if (type === 'XMP ') found.xmp = decodeText(body)
    else if (type === 'ICCP') found.profile = true
    else if (type === 'ANMF') frames += 1
  }
  found.frames = Math.max(1, frames)
}
