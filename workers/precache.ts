/// <reference lib="webworker" />
import type { PrecacheEntry } from 'serwist'

const RETRIES_MS = [500, 2000] // pauses before another try: a server that restarts is back by then
const AT_ONCE = 8

export interface Precache {
  readonly entries: readonly PrecacheEntry[]
  /** Whether the page cannot be drawn or run offline without it. */
  isNeeded(path: string): boolean
  isStored(url: string): Promise<boolean>
  /** Keeps a file under the key of its revision. */
  store(url: string, response: Response): Promise<void>
}

/**
 * Stores everything for offline use. One file that is missing does not spoil it: each is tried again, and what the page
 * does not need may stay away. The library's own install would do neither, and not end when one fails.
 *
 * @throws when a file that is needed cannot be had
 */
export async function install(precache: Precache, pausesMs: readonly number[] = RETRIES_MS): Promise<void> {
  await forEach(precache.entries, async ({ url, revision }) => {
    const isThere = await storeOne({ url, revision }, precache, [0, ...pausesMs])
    if (!isThere && precache.isNeeded(url)) throw new Error(`${url} could not be stored`)
  })
}

/** Fetches what an install left out; what is still not to be had is left for the next time. */
export async function repair(precache: Precache): Promise<void> {
  await forEach(precache.entries, async (entry) => void (await storeOne(entry, precache, [0])))
}

/** @returns whether it is stored now */
async function storeOne({ url, revision }: PrecacheEntry, precache: Precache, pausesMs: readonly number[]) {
  if (await precache.isStored(url)) return true
  for (const pause of pausesMs) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
    // A name without a revision changes with its content, so the browser's own cache has the right one.
    const response = await fetch(url, { cache: revision ? 'reload' : 'default' }).catch(() => undefined)
    if (!response?.ok) continue
    try {
      await precache.store(url, response)
      return true
    } catch {
      // It was cut short, or there is no room for it.
    }
  }
  return false
}

/** Several at once, until the first that throws. */
async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items].reverse()
  const worker = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item)
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  } finally {
    left.length = 0
  }
}
