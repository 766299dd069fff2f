/** Whether bytes begin with a text of characters below 256. */
export function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return true
}

/** A text of characters below 256 as bytes. */
export const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

const PIECE = 8192 // far below any engine's limit on arguments

/** UTF-8. Written out because the languages' common part has no decoder. Broken bytes become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  const points: number[] = []
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes[i])
    points.push(length === 0 ? 0xfffd : codePoint(bytes, i, length))
    i += Math.max(1, length)
  }
  let text = ''
  for (let i = 0; i < points.length; i += PIECE) text += String.fromCodePoint(...points.slice(i, i + PIECE))
  return text
}

const sequenceLength = (first: number) =>
  first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  if (length === 1) return bytes[at]
  let point = bytes[at] & (0x7f >> length)
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f)
  return point <= 0x10ffff ? point : 0xfffd
}

/** UTF-8. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) as number
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
  }
  return Uint8Array.from(bytes)
}

/** One after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
