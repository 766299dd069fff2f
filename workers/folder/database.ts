import { type DBSchema, openDB } from 'idb'
import { pairKey, type StoredAdvice, type StoredPair, type StoredPrint } from './picture'

export const FOLDER_DATABASE = 'darkroom-folder'

interface Schema extends DBSchema {
  prints: { key: string; value: StoredPrint }
  /** SHA-256 of a file that was seen, by its path, size and time: what has not changed is not even read again. */
  files: { key: string; value: string }
  pairs: { key: string; value: StoredPair }
  /** Pairs that people have said are no copies, by key. */
  ignored: { key: string; value: true }
  /** By SHA-256. */
  advice: { key: string; value: StoredAdvice }
}

/** What the device remembers of private folders. */
export interface FolderStore {
  print(sha256: string): Promise<StoredPrint | undefined>
  keepPrint(print: StoredPrint): Promise<void>
  /** The content of a file that was seen before. @param key path, size and time */
  seen(key: string): Promise<string | undefined>
  keepSeen(key: string, sha256: string): Promise<void>
  pair(one: string, other: string): Promise<StoredPair | undefined>
  keepPair(pair: StoredPair): Promise<void>
  advice(sha256: string): Promise<StoredAdvice | undefined>
  keepAdvice(sha256: string, advice: StoredAdvice): Promise<void>
  /** Keys of the pairs that are no copies, whatever is found. */
  ignored(): Promise<ReadonlySet<string>>
  ignore(one: string, other: string, isIgnored: boolean): Promise<void>
}

/** In IndexedDB; opened when first needed, and again after somebody cleared the storage. */
export function openFolderStore(): FolderStore {
  let opened: ReturnType<typeof open> | undefined
  const forget = () => {
    opened = undefined
  }
  const database = () => {
    opened ??= open(forget)
    opened.catch(forget)
    return opened
  }
  return {
    print: async (sha256) => (await database()).get('prints', sha256),
    keepPrint: async (print) => void (await (await database()).put('prints', print, print.sha256)),
    seen: async (key) => (await database()).get('files', key),
    keepSeen: async (key, sha256) => void (await (await database()).put('files', sha256, key)),
    pair: async (one, other) => (await database()).get('pairs', pairKey(one, other)),
    keepPair: async (pair) => void (await (await database()).put('pairs', pair, pairKey(pair.a, pair.b))),
    advice: async (sha256) => (await database()).get('advice', sha256),
    keepAdvice: async (sha256, advice) => void (await (await database()).put('advice', advice, sha256)),
    ignored: async () => new Set(await (await database()).getAllKeys('ignored')),
    ignore: async (one, other, isIgnored) => {
      const key = pairKey(one, other)
      if (isIgnored) await (await database()).put('ignored', true, key)
      else await (await database()).delete('ignored', key)
    },
  }
}

const STORES = ['prints', 'files', 'pairs', 'ignored', 'advice'] as const

const open = (forget: () => void) =>
  openDB<Schema>(FOLDER_DATABASE, 2, {
    upgrade(database) {
      for (const name of STORES) {
        if (!database.objectStoreNames.contains(name)) database.createObjectStore(name)
      }
    },
    blocking(_current, _next, event) {
      forget()
      ;(event.target as IDBDatabase).close() // a page wants to delete it
    },
    terminated: forget,
  })
