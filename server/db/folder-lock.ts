import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

interface Owner {
  readonly token: string
  readonly pid: number
  /** Kernel clock ticks at which the process began: a later process with the same pid differs. Empty off Linux. */
  readonly began: string
  readonly host: string
}

export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError'
}

const BEAT_MS = 5000
const STALE_MS = 30_000 // an owner on another host that has not been heard of for so long is gone
const SETTLE_MS = 50

/**
 * Takes the folder for this process alone. A lock whose owner has died, however it died, is taken over.
 *
 * @returns gives the folder back
 * @throws FolderLockedError with a sentence when a living process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'lock')
  const me: Owner = { token: randomUUID(), pid: process.pid, began: await beganAt(process.pid), host: hostname() }
  while (!(await create(file, me))) {
    const owner = await readOwner(file)
    if (owner && (await isAlive(file, owner))) throw locked(folder, owner)
    await removeStale(file, owner)
  }
  await sleep(SETTLE_MS) // of two that took over the same dead lock at once, only the last still owns it
  const owner = await readOwner(file)
  if (owner?.token !== me.token) throw locked(folder, owner)
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), BEAT_MS)
  beat.unref()
  return async () => {
    clearInterval(beat)
    await rm(file, { force: true })
  }
}

const locked = (folder: string, owner: Owner | undefined): FolderLockedError =>
  new FolderLockedError(
    `DATA_DIR "${folder}" is in use by process ${owner?.pid ?? 'unknown'} on ${owner?.host ?? 'this host'}. ` +
      'Stop that process, or set another DATA_DIR; for several processes on one database set DATABASE_URL.',
  )

/** Linked into place, so the file is never seen half-written. */
async function create(file: string, owner: Owner): Promise<boolean> {
  const draft = `${file}.${owner.token}`
  await writeFile(draft, JSON.stringify(owner))
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined // gone, or not ours: nobody owns it
  }
}

async function isAlive(file: string, owner: Owner): Promise<boolean> {
  if (owner.host !== hostname()) {
    const heard = await stat(file).catch(() => undefined)
    return heard !== undefined && Date.now() - heard.mtimeMs < STALE_MS
  }
  return isRunning(owner.pid) && (await beganAt(owner.pid)) === owner.began
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Moved away before it is removed, so that a lock that was taken since is noticed and put back. */
async function removeStale(file: string, seen: Owner | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch {
    return // somebody else removed it
  }
  const moved = await readOwner(aside)
  if (moved?.token !== seen?.token) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

/** Field 22 of /proc/pid/stat; the name before it may hold spaces and brackets. */
async function beganAt(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
