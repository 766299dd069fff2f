import { createReadStream } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Unzip, UnzipInflate } from 'fflate'

/**
 * Takes files out of a ZIP archive into one folder, without their paths, a piece at a time.
 *
 * @throws Error when one of them is not in it, or cannot be read
 */
export async function unzip(archive: string, paths: readonly string[], folder: string): Promise<void> {
  const missing = new Set(paths)
  const pieces: { readonly path: string; readonly data: Uint8Array }[] = []
  const reader = new Unzip((entry) => {
    if (!missing.delete(entry.name)) return
    const path = join(folder, basename(entry.name))
    entry.ondata = (error, data) => {
      if (error) throw error
      pieces.push({ path, data })
    }
    entry.start()
  })
  reader.register(UnzipInflate)
  for await (const chunk of createReadStream(archive)) {
    reader.push(chunk)
    for (const { path, data } of pieces.splice(0)) await appendFile(path, data)
  }
  if (missing.size > 0) throw new Error(`${basename(archive)} has no file ${[...missing].join(', ')}`)
}
