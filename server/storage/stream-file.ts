import { open } from 'node:fs/promises'
import { streamOf } from './stream-of'

/**
 * Opened when it is first read, and closed at the end and when the reader goes away: one that nobody reads holds nothing.
 *
 * @param part in bytes, `to` not included; left out for the whole file
 */
export function streamFile(path: string, part?: { readonly from: number; readonly to: number }) {
  return streamOf(async function* () {
    const file = await open(path)
    yield* file.createReadStream(part && { start: part.from, end: part.to - 1 })
  })
}
