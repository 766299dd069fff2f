import { joined } from './text'

const MOST_STORED = 65_535

/** A zlib stream of bytes as they are: a colour profile is small, and what reads it does not mind. @see RFC 1950 */
export function stored(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += MOST_STORED) {
    const block = bytes.subarray(at, at + MOST_STORED)
    const isLast = at + MOST_STORED >= bytes.length
    const [low, high] = [block.length & 255, block.length >> 8]
    blocks.push(Uint8Array.of(isLast ? 1 : 0, low, high, low ^ 255, high ^ 255), block)
  }
  return joined([Uint8Array.of(0x78, 0x01), ...blocks, adler32(bytes)])
}

function adler32(bytes: Uint8Array): Uint8Array {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  return Uint8Array.of(b >> 8, b, a >> 8, a)
}
