/** Kinds of file that are told apart by their first bytes. */
const SIGNATURES = [
  { type: 'image/png', test: (text: string) => text.startsWith('\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', test: (text: string) => text.startsWith('\xff\xd8\xff') },
  { type: 'image/gif', test: (text: string) => /^GIF8[79]a/.test(text) },
  { type: 'image/webp', test: (text: string) => /^RIFF.{4}WEBP/s.test(text) },
  { type: 'image/avif', test: (text: string) => /^.{4}ftyp(?:.{4})*?(?:avif|avis)/s.test(text) },
  { type: 'image/tiff', test: (text: string) => /^(?:II[*+]\0|MM\0[*+])/.test(text) },
  { type: 'image/bmp', test: (text: string) => text.startsWith('BM') },
] as const

export type MediaType = (typeof SIGNATURES)[number]['type']

/** How many bytes `mediaType` looks at. */
export const SIGNATURE_BYTES = 64

/** What a file is by its own bytes; a client's word for it is never used. Undefined when it is no picture we read. */
export function mediaType(bytes: Uint8Array): MediaType | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES))
  return SIGNATURES.find(({ test }) => test(head))?.type
}
