import type { StoredFile } from '../api/engine'
import { mediaType } from './media-type'
import type { Storage, StoredBytes } from './storage'

/**
 * A stored file with what its first bytes say it is. Undefined when there is none.
 *
 * @param isLinked whether it may be had from the storage itself, where that gives such addresses
 */
export async function openStoredFile(storage: Storage, key: string, isLinked = false): Promise<StoredFile | undefined> {
  const stored = await storage.open(key)
  if (!stored) return undefined
  const file = { body: stored.stream(), size: stored.size, type: (await typeOf(stored)) ?? 'application/octet-stream' }
  if (!isLinked) return file
  return { ...file, link: async (disposition, type) => storage.link?.(key, { disposition, type }) }
}

async function typeOf(stored: StoredBytes): Promise<string | undefined> {
  const reader = stored.stream().getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return value && mediaType(value)
}
