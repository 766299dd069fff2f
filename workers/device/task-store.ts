import type { Task } from '../../server/api/task'
import type { Database } from './database'

/** The tasks of this device. */
export interface TaskStore {
  add(task: Task): Promise<void>
  /** Replaces the task of the same uid; does nothing when it is gone. */
  put(task: Task): Promise<void>
  find(uid: string): Promise<Task | undefined>
  /** Newest first. */
  list(page: { offset: number; limit: number }): Promise<{ total: number; tasks: Task[] }>
  /** Oldest first. */
  all(): Promise<Task[]>
  remove(uid: string): Promise<void>
}

export function createTaskStore(open: () => Promise<Database>): TaskStore {
  return {
    add: async (task) => void (await (await open()).add('tasks', task)),
    async put(task) {
      const change = (await open()).transaction('tasks', 'readwrite')
      const cursor = await change.store.index('uid').openCursor(task.uid)
      await cursor?.update(task)
      await change.done
    },
    find: async (uid) => (await open()).getFromIndex('tasks', 'uid', uid),
    async list({ offset, limit }) {
      const { store } = (await open()).transaction('tasks')
      const total = await store.count()
      const tasks: Task[] = []
      let cursor = await store.openCursor(null, 'prev')
      if (offset > 0) cursor = (await cursor?.advance(offset)) ?? null
      while (cursor && tasks.length < limit) {
        tasks.push(cursor.value)
        cursor = await cursor.continue()
      }
      return { total, tasks }
    },
    all: async () => (await open()).getAll('tasks'),
    async remove(uid) {
      const change = (await open()).transaction('tasks', 'readwrite')
      const key = await change.store.index('uid').getKey(uid)
      if (key !== undefined) await change.store.delete(key)
      await change.done
    },
  }
}
