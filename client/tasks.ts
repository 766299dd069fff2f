import type { z } from 'zod'
import type { TaskObject, TaskPage } from '../server/api/contracts/matching'
import { readEvents } from '../server/api/server-events'
import type { Connection } from './connection'
import { DarkroomError } from './errors'
import { type FollowOptions, limited, type Progress, poll, tooLong } from './follow'

export type { FollowOptions, Progress }

export interface PageOptions {
  readonly offset?: number
  readonly limit?: number
}

/** A change of a task: the whole of it, or how far it is. */
export type TaskEvent =
  | { readonly type: 'task'; readonly task: TaskObject }
  | { readonly type: 'progress'; readonly progress: Progress }

/** What was asked for, and what became of it. */
export class Tasks {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get(uid: string, signal?: AbortSignal): Promise<TaskObject> {
    return this.#connection.json(pathOf(uid), { signal })
  }

  /** Newest first. */
  list({ offset, limit }: PageOptions = {}): Promise<z.output<typeof TaskPage>> {
    return this.#connection.json('api/v1/tasks', { query: { offset, limit } })
  }

  /** @throws DarkroomError conflict when it has ended already */
  cancel(uid: string): Promise<TaskObject> {
    return this.#connection.json(pathOf(uid), { method: 'DELETE' })
  }

  /** Follows a task by server-sent events; ends with the task, or when the connection does. */
  async *events(uid: string, signal?: AbortSignal): AsyncGenerator<TaskEvent> {
    const response = await this.#connection.response(`${pathOf(uid)}/events`, { accept: 'text/event-stream', signal })
    if (!response.body) return
    // The fetch that was given may heed an abort only until its answer has begun.
    const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>(), { signal })
    for await (const { event, data } of readEvents(body)) {
      if (event === 'task') yield { type: 'task', task: JSON.parse(data) }
      if (event === 'progress') yield { type: 'progress', progress: JSON.parse(data) }
    }
  }

  /**
   * Waits for the end of a task.
   *
   * @returns the task, `done`
   * @throws DarkroomError failed when it ended with an error; timeout; an abort throws the signal's reason and the task
   *   goes on
   */
  async wait(uid: string, options: FollowOptions = {}): Promise<TaskObject> {
    const start = Date.now()
    const followed = options.follow === 'polling' ? undefined : await this.#followEvents(uid, options)
    const { timeoutMs } = options
    const left = timeoutMs === undefined ? {} : { timeoutMs: Math.max(0, timeoutMs - (Date.now() - start)) }
    // A proxy may hold the events back or cut them off: what they did not tell is asked for.
    return sureOf(followed ?? (await poll(() => this.get(uid, options.signal), hasEnded, { ...options, ...left })))
  }

  /** Undefined when the events ended before the task did. */
  async #followEvents(uid: string, { signal, onProgress, timeoutMs }: FollowOptions): Promise<TaskObject | undefined> {
    const limit = limited(signal, timeoutMs)
    try {
      for await (const event of this.events(uid, limit.signal)) {
        if (event.type === 'task' && hasEnded(event.task)) return event.task
        const progress = event.type === 'task' ? event.task.progress : event.progress
        if (progress) onProgress?.(progress)
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (limit.isOver()) throw tooLong(Number(timeoutMs))
      const isCutOff = !(error instanceof DarkroomError) || error.code === 'network' || error.code === 'unavailable'
      if (!isCutOff) throw error
    } finally {
      limit.end()
    }
    signal?.throwIfAborted()
    return undefined
  }
}

const pathOf = (uid: string): string => `api/v1/tasks/${encodeURIComponent(uid)}`

const hasEnded = ({ status }: TaskObject): boolean => status === 'done' || status === 'error'

function sureOf(task: TaskObject): TaskObject {
  if (task.status === 'done') return task
  throw new DarkroomError('failed', task.error ?? 'The task failed', { reason: task.error_code ?? undefined })
}
