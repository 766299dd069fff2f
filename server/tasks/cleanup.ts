import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Sql } from '../db/database'
import { INCOMING, type Storage } from '../storage/storage'
import { removeExpired, withoutTask } from './task-store'

/** The folders in which each task has one of its own, named by its uid. */
export const TASK_FOLDERS = ['uploads', 'thumbnails', 'results'] as const

interface CleanupParts {
  readonly sql: Sql
  readonly storage: Storage
  readonly log: Logger
  /** How long an ended task is kept. */
  readonly ttlMs: number
}

const ORPHAN_MS = 3_600_000 // a request that stores files has long made its task, or failed, by then

/** Removes tasks that ended long ago, with their files, and files that no task has. */
export async function cleanUp({ sql, storage, log, ttlMs }: CleanupParts, orphanMs = ORPHAN_MS): Promise<void> {
  const expired = await removeExpired(sql, ttlMs)
  for (const uid of expired) await removeFiles(storage, uid)
  const orphans = await findOrphans(sql, storage, orphanMs)
  for (const key of orphans) await storage.remove(key)
  if (expired.length + orphans.length > 0) log.info({ tasks: expired.length, orphans: orphans.length }, 'cleaned up')
}

export async function removeFiles(storage: Storage, uid: string): Promise<void> {
  await Promise.all(TASK_FOLDERS.map((folder) => storage.remove(`${folder}/${uid}`)))
}

/** By the clock that files' times are of, which need not be this machine's; undefined where listings lag behind. */
async function timeOf(storage: Storage): Promise<number | undefined> {
  const probe = `${INCOMING}/${randomUUID()}`
  await storage.put(probe, new Uint8Array(1))
  try {
    for await (const { key, modifiedAt } of storage.list(INCOMING)) if (key === probe) return modifiedAt.getTime()
  } finally {
    await storage.remove(probe)
  }
  return undefined
}

/** A crash can leave files behind: uploads of a request that was never answered, files of a task just removed. */
async function findOrphans(sql: Sql, storage: Storage, olderThanMs: number): Promise<string[]> {
  const orphans: string[] = []
  const now = await timeOf(storage)
  if (now === undefined) return []
  const before = now - olderThanMs
  for (const folder of [INCOMING, ...TASK_FOLDERS]) {
    const old: string[] = []
    for await (const { key, modifiedAt } of storage.list(folder)) if (modifiedAt.getTime() <= before) old.push(key)
    const names = await withoutTask(
      sql,
      old.map((key) => key.slice(folder.length + 1)),
    )
    orphans.push(...names.map((name) => `${folder}/${name}`))
  }
  return orphans
}
