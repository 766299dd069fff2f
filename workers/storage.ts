import { DATABASE } from './device/database'
import { VECTOR_DATABASE } from './device/vector-store'
import { FOLDER_DATABASE } from './folder/database'
import { BACKENDS_DATABASE } from './models/database'
import { guard } from './private-guard'

interface StorageUse {
  readonly usedBytes: number
  readonly quotaBytes: number
  /** Whether the browser promised not to evict it. */
  readonly persisted: boolean
}

/** What Darkroom keeps on this device; zeros where the browser does not tell. */
export async function storageUse(): Promise<StorageUse> {
  const storage = 'storage' in navigator ? navigator.storage : undefined
  const { usage = 0, quota = 0 } = (await storage?.estimate?.()) ?? {}
  return { usedBytes: usage, quotaBytes: quota, persisted: (await storage?.persisted?.()) ?? false }
}

/**
 * Removes everything Darkroom keeps: stored pages, models, vectors, prints of private folders, tasks, their files. The service worker goes too, so
 * that the next visit with network stores the pages anew.
 */
export async function clearStorage(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
  for (const name of [BACKENDS_DATABASE, DATABASE, FOLDER_DATABASE, VECTOR_DATABASE]) await deleteDatabase(name)
  // Last, since it fails while a model is downloaded, or where the browser keeps no files.
  const root = await navigator.storage.getDirectory()
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true })
  guard.setWorkerRefuses(false) // it has forgotten private mode with the rest: from here on the page refuses by itself
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}
