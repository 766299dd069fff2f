import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FolderLockedError, lockFolder } from '../db/folder-lock'
import { workFolders } from './places'

const POLL_MS = 300
const HEARD_MS = 15_000 // an owner renews its lock every five seconds

const folderOf = (cache: string, name: string): string => join(workFolders(cache).locks, name)

/**
 * One process of all that share the cache does the work; the others wait.
 *
 * @param name of what is locked; a file name
 */
export async function locked<T>(cache: string, name: string, work: () => Promise<T>): Promise<T> {
  const unlock = await lock(cache, name)
  try {
    return await work()
  } finally {
    await unlock()
  }
}

/** @returns gives it back */
export async function lock(cache: string, name: string): Promise<() => Promise<void>> {
  const folder = folderOf(cache, name)
  await mkdir(folder, { recursive: true })
  for (;;) {
    try {
      return await lockFolder(folder)
    } catch (error) {
      if (!(error instanceof FolderLockedError)) throw error
      await sleep(POLL_MS)
    }
  }
}

/** Whether any process has it right now, as far as its heartbeat tells. */
export async function isLocked(cache: string, name: string): Promise<boolean> {
  const lock = await stat(join(folderOf(cache, name), 'lock')).catch(() => undefined)
  return lock !== undefined && Date.now() - lock.mtimeMs < HEARD_MS
}
