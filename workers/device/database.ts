import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Task } from '../../server/api/task'

export const DATABASE = 'darkroom'

interface Schema extends DBSchema {
  /** In the order they came: the key counts up. */
  tasks: { key: number; value: Task; indexes: { uid: string } }
  settings: { key: string; value: unknown }
}

export type Database = IDBPDatabase<Schema>

/** Opened when first needed, and again after somebody cleared the storage. */
export function createDatabase(): () => Promise<Database> {
  let opened: Promise<Database> | undefined
  const forget = () => {
    opened = undefined
  }
  return () => {
    opened ??= openDB<Schema>(DATABASE, 1, {
      upgrade(database) {
        database.createObjectStore('tasks', { autoIncrement: true }).createIndex('uid', 'uid', { unique: true })
        database.createObjectStore('settings')
      },
      blocking(_current, _next, event) {
        forget()
        ;(event.target as IDBDatabase).close() // a page wants to delete it
      },
      terminated: forget,
    })
    opened.catch(forget)
    return opened
  }
}
