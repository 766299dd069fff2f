import { join } from 'node:path'
import { openLocalDisk } from './local-disk'
import { openObjectStorage } from './object-storage'
import type { StoragePlace } from './place'
import { INCOMING, type Storage } from './storage'

/** Loads the client of that storage only: Vercel's takes a tenth of a second of each start. */
export async function openStorage(place: StoragePlace): Promise<Storage> {
  switch (place.kind) {
    case 'disk':
      return openLocalDisk(place.folder)
    case 's3': {
      const { s3Store } = await import('./s3-store')
      return openObjectStorage(s3Store(place), place.prefix)
    }
    case 'vercel-blob': {
      const { blobStore } = await import('./blob-store')
      return openObjectStorage(blobStore(place), place.prefix)
    }
  }
}

export const filesIn = (dataDir: string): StoragePlace => ({ kind: 'disk', folder: join(dataDir, 'files') })

/** @throws Error with a sentence when the storage does not answer as it should: better at the start than at a request */
export async function checkStorage(storage: Storage): Promise<void> {
  try {
    for await (const _ of storage.list(INCOMING)) break
  } catch (cause) {
    throw new Error(`The storage at STORAGE_URL could not be opened: ${reasonOf(cause)}`, { cause })
  }
}

/** The sentence with what is behind it, which has no key in it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message} (${reasonOf(error.cause)})`
}
