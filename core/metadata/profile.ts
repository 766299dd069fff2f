import type { EncodedType } from '../ports'
import { inflate } from './inflate'
import { segmentsOf, withSegments } from './jpeg'
import { chunk, chunksOf as pngChunks, withChunks } from './png'
import { joined, latin, startsWith } from './text'
import { chunksOf as webpChunks, withBlocks } from './webp'
import { stored } from './zlib'

const APP2 = 0xe2
const JPEG_PREFIX = 'ICC_PROFILE\0'
/** A segment's body holds 65,533 bytes: the prefix, the number of the part, how many there are, and the part. */
const MOST_PART = 65_519
const MOST_BYTES = 4 * 2 ** 20 // those of printers have about one MiB
const HEADER_BYTES = 128

/**
 * The colour profile that a JPEG, PNG or WebP file carries, where it is one for red, green and blue.
 *
 * @returns an ICC profile; undefined where there is none, it is broken, or it is for gray or print
 * @see ICC.1:2022, annex B for how files embed it, section 7.2 for its header
 */
export function readProfile(bytes: Uint8Array): Uint8Array | undefined {
  const profile = embedded(bytes)
  if (!profile || profile.length < HEADER_BYTES) return undefined
  return startsWith(profile.subarray(16), 'RGB ') && startsWith(profile.subarray(36), 'acsp') ? profile : undefined
}

function embedded(bytes: Uint8Array): Uint8Array | undefined {
  if (startsWith(bytes, '\xff\xd8')) return fromJpeg(bytes)
  if (startsWith(bytes, '\x89PNG')) return fromPng(bytes)
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes.subarray(8), 'WEBP')) return undefined
  return [...webpChunks(bytes)].find(({ type }) => type === 'ICCP')?.body
}

/** In parts, by the number that each begins with. */
function fromJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const bodies = [...segmentsOf(bytes)].flatMap(({ marker, body }) =>
    marker === APP2 && startsWith(body, JPEG_PREFIX) ? [body.subarray(JPEG_PREFIX.length)] : [],
  )
  const parts = bodies.toSorted((a, b) => a[0] - b[0]).map((body) => body.subarray(2))
  return parts.length > 0 ? joined(parts) : undefined
}

/** Behind a name that ends with 0, and a byte for the compression, of which there is one. */
function fromPng(bytes: Uint8Array): Uint8Array | undefined {
  const body = [...pngChunks(bytes)].find(({ type }) => type === 'iCCP')?.body
  return body && inflate(body.subarray(body.indexOf(0) + 2), MOST_BYTES)
}

/** Puts a colour profile into a file that an encoder has just written. */
export function writeProfile(bytes: Uint8Array, type: EncodedType, icc: Uint8Array): Uint8Array<ArrayBuffer> {
  switch (type) {
    case 'image/jpeg':
      return withSegments(bytes, jpegParts(icc), APP2)
    case 'image/png':
      return withChunks(bytes, [chunk('iCCP', joined([latin('ICC profile\0\0'), stored(icc)]))])
    case 'image/webp':
      return withBlocks(bytes, { icc })
  }
}

function jpegParts(icc: Uint8Array): Uint8Array[] {
  const count = Math.ceil(icc.length / MOST_PART)
  return Array.from({ length: count }, (_, i) => {
    const part = icc.subarray(i * MOST_PART, (i + 1) * MOST_PART)
    return joined([latin(JPEG_PREFIX), Uint8Array.of(i + 1, count), part])
  })
}
