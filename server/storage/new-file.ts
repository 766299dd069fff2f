import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/**
 * Writes what streams in to a file that is not there yet, for this user's eyes alone.
 *
 * @throws what broke; no file is left then
 */
export async function writeNewFile(
  path: string,
  body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { flush = false } = {},
): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush })
  try {
    await pipeline(body, file)
  } catch (error) {
    // One that is still being opened would appear after its removal.
    if (!file.closed) await new Promise<void>((resolve) => file.once('close', resolve))
    await rm(path, { force: true })
    throw error
  }
}
