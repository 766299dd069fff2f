import { randomUUID } from 'node:crypto'
import { mkdir, opendir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ToolError } from '../../core/errors'
import { diskFull, isDiskFull } from './disk-full'
import { segments } from './keys'
import { writeNewFile } from './new-file'
import { INCOMING, type Storage } from './storage'
import { streamFile } from './stream-file'

/** Files under one folder of this machine. */
export function openLocalDisk(root: string): Storage {
  const pathOf = (key: string) => join(resolve(root), ...segments(key))
  return {
    async put(key, body) {
      const path = pathOf(key)
      const unfinished = pathOf(`${INCOMING}/${randomUUID()}`)
      try {
        await Promise.all([mkdir(dirname(path), { recursive: true }), mkdir(dirname(unfinished), { recursive: true })])
        // Flushed, since a task is accepted on the word that its files are there, also after a power cut.
        await writeNewFile(unfinished, body instanceof Uint8Array ? [body] : body, { flush: true })
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw isDiskFull(error) ? diskFull(error) : error
      }
    },
    async open(key) {
      const path = pathOf(key)
      const found = await stat(path).catch(nothing)
      if (!found?.isFile()) return undefined
      return { size: found.size, stream: () => streamFile(path) }
    },
    async read(key) {
      const bytes = await readFile(pathOf(key)).catch(nothing)
      if (!bytes) throw new ToolError('not-found', `There is no file ${key}`)
      return bytes
    },
    async move(from, to) {
      const target = pathOf(to)
      await mkdir(dirname(target), { recursive: true })
      await rename(pathOf(from), target)
    },
    async remove(key) {
      await rm(pathOf(key), { recursive: true, force: true })
    },
    async *list(folder) {
      const entries = await opendir(pathOf(folder)).catch(nothing)
      if (!entries) return
      for await (const { name } of entries) {
        const found = await stat(join(pathOf(folder), name)).catch(nothing)
        if (found) yield { key: `${folder}/${name}`, modifiedAt: found.mtime }
      }
    },
  }
}

function nothing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
  throw error
}
