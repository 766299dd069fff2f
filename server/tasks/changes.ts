import { EventEmitter } from 'node:events'
import type { Task, TaskId } from '../api/task'
import { hasEnded } from '../api/task'
import type { Database, Sql } from '../db/database'
import { databaseAway } from '../db/database-away'
import { findTask } from './task-store'

interface Change {
  readonly uid: string
  readonly state: Task['state']
}

/** Changes of tasks, whichever process made them. A database trigger announces them, so none is forgotten. */
export interface Changes {
  /** @param onChange is told undefined where some may have been missed */
  subscribe(onChange: (change: Change | undefined) => void): () => void
  /** The task as it is, then after each change, until it has ended or `signal` aborts. */
  watch(task: Task, signal: AbortSignal): AsyncIterable<Task>
  /** Ends all of them, and those that begin later at once: whoever watches comes again, to a process that stays. */
  endWatches(): void
  close(): Promise<void>
}

const LOOK_AGAIN_MS = 15_000 // should an announcement be lost and nobody notice

export async function openChanges({ sql, listen }: Database): Promise<Changes> {
  const changes = new EventEmitter<{ change: [Change | undefined] }>().setMaxListeners(0)
  const closed = new AbortController()
  const reads = new SharedReads(sql)
  const unlisten = await listen('tasks', {
    onMessage: (payload) => {
      const [state, uid] = payload.split(' ')
      reads.outdate(uid)
      changes.emit('change', { uid, state: state as Task['state'] })
    },
    onGap: () => changes.emit('change', undefined),
  })
  const subscribe: Changes['subscribe'] = (onChange) => {
    changes.on('change', onChange)
    return () => changes.off('change', onChange)
  }
  return {
    subscribe,
    watch: (task, signal) => watch(task, AbortSignal.any([signal, closed.signal]), reads, subscribe),
    endWatches: () => closed.abort(),
    close: async () => {
      closed.abort()
      await unlisten()
    },
  }
}

/** Of many that watch the same task, one reads it for all, each time it has changed. */
class SharedReads {
  readonly #sql: Sql
  readonly #underWay = new Map<string, Promise<Task | undefined>>()

  constructor(sql: Sql) {
    this.#sql = sql
  }

  read(uid: TaskId): Promise<Task | undefined> {
    const known = this.#underWay.get(uid)
    if (known) return known
    const reading = findTask(this.#sql, uid)
    this.#underWay.set(uid, reading)
    const forget = () => {
      if (this.#underWay.get(uid) === reading) this.#underWay.delete(uid)
    }
    reading.then(forget, forget)
    return reading
  }

  /** What is read now may be the task before its change: nobody who has heard of that may get it. */
  outdate(uid: string): void {
    this.#underWay.delete(uid)
  }
}

const AWAY = Symbol('the database is away')

/** Whoever watches need not know: the bell rings when the database is there again. */
function unlessAway(error: unknown): typeof AWAY {
  if (databaseAway(error)) return AWAY
  throw error
}

async function* watch(
  task: Task,
  signal: AbortSignal,
  reads: SharedReads,
  subscribe: Changes['subscribe'],
): AsyncGenerator<Task, void> {
  const bell = createBell(task.uid, signal, subscribe)
  try {
    yield task
    for (let last = task; !hasEnded(last); ) {
      await bell.rung()
      if (signal.aborted) return
      const now = await reads.read(task.uid).catch(unlessAway)
      if (now === AWAY) continue
      if (!now) return
      if (differ(now, last)) yield now
      last = now
    }
  } finally {
    bell.stop()
  }
}

/** Rings for changes of one task; also once at first, since the task may have changed after it was read. */
function createBell(uid: string, signal: AbortSignal, subscribe: Changes['subscribe']) {
  let pending = true
  let wake = () => {}
  const ring = () => {
    pending = true
    wake()
  }
  const unsubscribe = subscribe((change) => (!change || change.uid === uid) && ring())
  signal.addEventListener('abort', ring)
  const rung = async (): Promise<void> => {
    if (!pending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_AGAIN_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    pending = false
  }
  const stop = () => {
    unsubscribe()
    signal.removeEventListener('abort', ring)
  }
  return { rung, stop }
}

const differ = (a: Task, b: Task): boolean =>
  a.state !== b.state || a.attempts !== b.attempts || a.updatedAt.getTime() !== b.updatedAt.getTime()
