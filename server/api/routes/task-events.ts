import type { Context } from 'hono'
import type { Tool } from '../../../operators/registry'
import { visibleTo } from '../access/visible'
import { toTaskObject } from '../contracts/matching'
import type { Engine } from '../engine'
import { defineRoute, type Route } from '../route'
import { hasEnded, type Task } from '../task'
import { OneTask, taskNotFound } from './tasks'

const HEARTBEAT_MS = 15_000 // proxies close what is silent for 30 to 60 seconds
const LAST_EVENT = 'end'

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
}

export function taskEventsRoute(engine: Engine, tools: readonly Tool[]): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/tasks/{uid}/events',
    params: OneTask,
    operation: {
      id: 'watchTask',
      tag: 'Tasks',
      summary: 'Follow a task',
      description:
        'Server-sent events. `task` carries the whole task at once and whenever its state changes, `progress` carries `{"done", "total"}` in between. The stream ends after the `task` event with status `done` or `error`.',
      answers: {
        200: { description: 'A stream of events', type: 'text/event-stream', example: EXAMPLE },
        204: { description: 'The listener has already heard the last event, so it need not connect again' },
      },
      refusals: [404],
      shell: 'curl -N $HOST/api/v1/tasks/$UID/events',
    },
    handle: async (c, { params }) => {
      if (c.req.header('Last-Event-ID') === LAST_EVENT) return c.body(null, 204)
      const listener = new AbortController()
      const changes = await visibleTo(c, engine).watch(params.uid, listener.signal)
      if (!changes) throw taskNotFound()
      return answer(c, changes, listener, (task) => JSON.stringify(toTaskObject(task, tools)))
    },
  })
}

const EXAMPLE = 'event: progress\ndata: {"done":120,"total":480}\n\n'

function answer(
  c: Context,
  changes: AsyncIterable<Task>,
  listener: AbortController,
  toJson: (task: Task) => string,
): Response {
  if (c.req.method === 'HEAD') {
    listener.abort()
    return c.body(null, 200, HEADERS)
  }
  c.req.raw.signal.addEventListener('abort', () => listener.abort(), { once: true })
  return c.body(eventStream(changes, listener, toJson), 200, HEADERS)
}

/** Ends with the task, or when the reader goes away, and then stops listening to the engine too. */
function eventStream(changes: AsyncIterable<Task>, listener: AbortController, toJson: (task: Task) => string) {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      const send = (text: string) => listener.signal.aborted || controller.enqueue(encoder.encode(text))
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      void sendAll(changes, send, toJson)
        .then(
          () => controller.close(),
          (error) => controller.error(error),
        )
        .catch(() => {}) // the reader left: its stream is closed already
        .finally(() => clearInterval(heartbeat))
    },
    cancel: () => listener.abort(),
  })
}

async function sendAll(changes: AsyncIterable<Task>, send: (text: string) => void, toJson: (task: Task) => string) {
  let last: Task['state'] | undefined
  for await (const task of changes) {
    if (task.state === 'running' && last === 'running') {
      send(`event: progress\ndata: ${JSON.stringify(task.progress)}\n\n`)
    } else {
      send(`${hasEnded(task) ? `id: ${LAST_EVENT}\n` : ''}event: task\ndata: ${toJson(task)}\n\n`)
    }
    last = task.state
  }
}
