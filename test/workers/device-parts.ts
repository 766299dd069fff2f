import { needsAcceptance } from '../../models/licence'
import type { Settings } from '../../server/api/engine'
import type { Task } from '../../server/api/task'
import type { Compute } from '../../workers/device/compute'
import type { FileStore } from '../../workers/device/file-store'
import type { Shelf } from '../../workers/device/models'
import type { TaskStore } from '../../workers/device/task-store'
import { createHost } from '../../workers/host'
import { plainPlatform } from './plain-codec'

/** The database, in memory. */
export function memoryTasks(): TaskStore {
  const kept: Task[] = []
  const at = (uid: string) => kept.findIndex((task) => task.uid === uid)
  return {
    add: async (task) => void kept.push(structuredClone(task)),
    put: async (task) => {
      if (at(task.uid) >= 0) kept[at(task.uid)] = structuredClone(task)
    },
    find: async (uid) => kept[at(uid)],
    list: async ({ offset, limit }) => ({
      total: kept.length,
      tasks: kept.toReversed().slice(offset, offset + limit),
    }),
    all: async () => [...kept],
    remove: async (uid) => void kept.splice(at(uid), 1),
  }
}

/** The settings, in memory. */
export function memorySettings(): Settings {
  const kept = new Map<string, Record<string, unknown>>()
  return {
    read: async (tool) => kept.get(tool),
    write: async (tool, params) => void kept.set(tool, params),
  }
}

/** The file system, in memory. */
export function memoryFiles(): FileStore & { keys(): string[] } {
  const kept = new Map<string, Blob>()
  return {
    write: async (key, bytes) => void kept.set(key, new Blob([bytes])),
    read: async (key) => kept.get(key),
    remove: async (folder) => {
      for (const key of kept.keys()) if (key.startsWith(`${folder}/`)) kept.delete(key)
    },
    keys: () => [...kept.keys()],
  }
}

/** The page's store of models over such files. @param accepted ids of models */
export const memoryShelf = (files: FileStore, accepted: ReadonlySet<string> = new Set()): Shelf => ({
  isAccepted: async (model) => !needsAcceptance(model) || accepted.has(model.id),
  remove: ({ id }) => files.remove(`models/${id}`),
})

/** A page that computes with the real host, on this thread. */
export function openPage(): Compute {
  return {
    inspect: (call) => createHost(plainPlatform).inspect(call),
    run(_, call, report, signal) {
      const host = createHost(plainPlatform)
      signal.addEventListener('abort', () => host.cancel())
      report({ done: 0, total: 1 })
      return host.run(call, report)
    },
    isReady: async () => true,
  }
}
