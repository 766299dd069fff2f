import { type DBSchema, openDB } from 'idb'

export const VECTOR_DATABASE = 'darkroom-vectors'

/** A vector that the user chose to keep. No picture is kept with it. */
export interface KeptVector {
  /** Of the tool that made it. */
  readonly tool: string
  /** File name. */
  readonly name: string
  readonly vector: readonly number[]
  /** What made it: vectors of two contracts cannot be compared. */
  readonly contract: string
}

interface Schema extends DBSchema {
  vectors: { key: number; value: KeptVector; indexes: { tool: string } }
}

const open = () =>
  openDB<Schema>(VECTOR_DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('vectors', { autoIncrement: true }).createIndex('tool', 'tool')
    },
    blocking(_current, _next, event) {
      ;(event.target as IDBDatabase).close() // a page wants to delete it
    },
  })

/** Vectors that stay on this device between visits, by tool. */
export const vectorStore = {
  async read(tool: string): Promise<KeptVector[]> {
    if (!(await exists())) return [] // asking must not make a database where nothing was ever kept
    const database = await open()
    try {
      return await database.getAllFromIndex('vectors', 'tool', tool)
    } finally {
      database.close()
    }
  },

  /** Keeps exactly these for the tool. */
  async replace(tool: string, vectors: readonly KeptVector[]): Promise<void> {
    if (vectors.length === 0 && !(await exists())) return
    const database = await open()
    try {
      const change = database.transaction('vectors', 'readwrite')
      for (const key of await change.store.index('tool').getAllKeys(tool)) await change.store.delete(key)
      for (const vector of vectors) await change.store.add(vector)
      await change.done
    } finally {
      database.close()
    }
  },
}

async function exists(): Promise<boolean> {
  if (!indexedDB.databases) return true // older browsers do not tell
  const databases = await indexedDB.databases()
  return databases.some(({ name }) => name === VECTOR_DATABASE)
}
