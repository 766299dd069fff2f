import { joined, latin } from './text'

interface Chunk {
  readonly type: string
  readonly body: Uint8Array
  /** Where the chunk ends, with its checksum. */
  readonly end: number
}

const SIGNATURE_BYTES = 8
const FRAME_BYTES = 12 // length, type and checksum

export function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const end = at + FRAME_BYTES + length
    if (end > bytes.length) return
    yield { type, body: bytes.subarray(at + 8, at + 8 + length), end }
    at = end
  }
}

/** Puts chunks right behind the header. */
export function withChunks(bytes: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [header] = chunksOf(bytes)
  return joined([bytes.subarray(0, header.end), ...chunks, bytes.subarray(header.end)])
}

export function chunk(type: string, body: Uint8Array): Uint8Array {
  const named = joined([latin(type), body])
  return joined([bigEndian(body.length), named, bigEndian(crc32(named))])
}

const bigEndian = (value: number) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)

/** As in PNG, annex D; bit by bit, since what is checked here has a few kilobytes. */
function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
