import type { Context } from 'hono'
import type { Engine, Page } from '../engine'
import type { Task, TaskId } from '../task'
import { ownerOf } from './caller'

type Seen = Pick<Engine, 'find' | 'list' | 'cancel' | 'watch' | 'file'>

/** The engine as the sender of a request sees it: another key's tasks and their files are not there. */
export function visibleTo(c: Context, engine: Engine): Seen {
  const me = ownerOf(c)
  const find = async (uid: TaskId): Promise<Task | undefined> => {
    const task = await engine.find(uid)
    return task && (task.owner === null || task.owner === me) ? task : undefined
  }
  return {
    find,
    list: (page: Page) => engine.list(page, me),
    cancel: async (uid) => ((await find(uid)) ? engine.cancel(uid) : undefined),
    watch: async (uid, signal) => ((await find(uid)) ? engine.watch(uid, signal) : undefined),
    file: async (key) => ((await find(key.split('/')[1] as TaskId)) ? engine.file(key) : undefined),
  }
}
