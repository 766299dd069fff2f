import { joined, latin } from './text'

interface Segment {
  /** The byte after 0xFF. */
  readonly marker: number
  /** Without marker and length. */
  readonly body: Uint8Array
}

const SCAN = 0xda
const END = 0xd9
const MOST_BODY = 65_533

/** The segments before the pixels. */
export function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return
    const marker = bytes[at + 1]
    if (marker === 0xff) {
      at += 1 // fill byte
      continue
    }
    if (marker === SCAN || marker === END) return
    const length = view.getUint16(at + 2)
    if (length < 2) return
    yield { marker, body: bytes.subarray(at + 4, at + 2 + length) }
    at += 2 + length
  }
}

/** Puts blocks right behind the start marker, where EXIF has to be. A block too long for a segment is left out. */
export function withSegments(
  bytes: Uint8Array,
  blocks: readonly Uint8Array[],
  marker: number,
): Uint8Array<ArrayBuffer> {
  const segments = blocks.filter(({ length }) => length <= MOST_BODY).map((body) => segment(marker, body))
  return joined([bytes.subarray(0, 2), ...segments, bytes.subarray(2)])
}

function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2
  return joined([latin('\xff'), Uint8Array.of(marker, length >> 8, length & 255), body])
}
