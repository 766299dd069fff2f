import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskFull, isDiskFull } from './disk-full'
import { writeNewFile } from './new-file'
import type { Content } from './object-store'

const PREFIX = 'darkroom-upload-'
const DEAD_MS = 3_600_000 // no upload takes as long

/**
 * Hands over what streams in once all of it is here: an object store wants the length first, and must not get the half
 * of a file whose sender went away. It lies on the disk meanwhile, so that memory holds none of it.
 *
 * @throws ToolError storage-full when the disk for temporary files is full
 */
export async function spooled(
  body: Uint8Array | AsyncIterable<Uint8Array>,
  store: (content: Content) => Promise<void>,
): Promise<void> {
  if (body instanceof Uint8Array) return store(body)
  const path = join(tmpdir(), `${PREFIX}${randomUUID()}`)
  try {
    await writeNewFile(path, body)
    await store({ path, size: (await stat(path)).size })
  } catch (error) {
    throw isDiskFull(error) ? diskFull(error) : error
  } finally {
    await rm(path, { force: true })
  }
}

/** Removes what processes that were killed left on the way to the store. */
export async function removeDeadSpools(): Promise<void> {
  const before = Date.now() - DEAD_MS
  const paths = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX)).map((name) => join(tmpdir(), name))
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined) // its own process may just remove it
    if (found && found.mtimeMs < before) await rm(path, { force: true })
  }
}
