import * as z from 'zod'
import { TaskObject } from '../server/api/contracts/matching'
import { readEvents } from '../server/api/server-events'
import { whileBusy } from './busy'
import { pause } from './pause'
import { refusal } from './refusal'
import type { RunProgress } from './runner'
import { toServer } from './to-server'

const POLL_MS = 500
const Progress = z.object({ done: z.number(), total: z.number() })

type Report = (progress: Omit<RunProgress, 'place'>) => void

/**
 * Follows a task on the server to its end: by its events, and by asking again where a proxy does not let them through.
 *
 * @throws DOMException AbortError when `signal` aborts
 */
export async function followTask(task: TaskObject, signal: AbortSignal, report: Report): Promise<TaskObject> {
  let latest = task
  const tell = (next: TaskObject) => {
    latest = next
    if (next.status === 'queued') report({ phase: 'waiting', done: 0, total: 1 })
    if (next.status === 'processing') report({ phase: 'running', ...(next.progress ?? { done: 0, total: 1 }) })
  }
  tell(task)
  await listen(task.uid, signal, tell, report)
  while (!hasEnded(latest)) {
    await pause(POLL_MS, signal)
    tell(await read(latest.uid, signal))
  }
  return latest
}

const hasEnded = ({ status }: TaskObject) => status === 'done' || status === 'error'

/** Returns when the events end, whether or not the task has. */
async function listen(uid: string, signal: AbortSignal, tell: (task: TaskObject) => void, report: Report) {
  try {
    const response = await fetch(`/api/v1/tasks/${uid}/events`, { headers: toServer, signal })
    if (!response.ok || !response.body) return
    for await (const { event, data } of readEvents(response.body)) {
      if (event === 'task') tell(TaskObject.parse(JSON.parse(data)))
      if (event === 'progress') report({ phase: 'running', ...Progress.parse(JSON.parse(data)) })
    }
  } catch {
    signal.throwIfAborted() // anything else: the events are a convenience, asking decides
  }
}

const read = (uid: string, signal: AbortSignal): Promise<TaskObject> =>
  whileBusy(async () => {
    const response = await fetch(`/api/v1/tasks/${uid}`, { headers: toServer, signal })
    if (!response.ok) throw await refusal(response)
    return TaskObject.parse(await response.json())
  }, signal)
