import { ReadableStream as NodeReadableStream } from 'node:stream/web'

/** Begun with the first read and never before it, as `Readable.toWeb` would; ended also when the reader goes away. */
export const streamOf = (chunks: () => AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  // Node's own types and the browser's disagree about the same class.
  NodeReadableStream.from(chunks()) as ReadableStream<Uint8Array<ArrayBuffer>>
