import { randomUUID } from 'node:crypto'
import { sql as raw } from 'drizzle-orm'
import { ToolError } from '../core/errors'
import type { Size } from '../core/raster'
import type { Call } from '../operators/execute'
import { allRefused, refusalOf, trials } from './api/batch-draft'
import type { Draft, Engine, Health, Models, Webhooks } from './api/engine'
import { type InputFile, type Task, TaskId } from './api/task'
import { ChildLostError, ChildStartError } from './compute/conversation'
import type { ComputePool } from './compute/pool'
import type { Compute, Inspect, Inspected } from './compute/protocol'
import type { Config } from './config'
import type { Sql } from './db/database'
import { modelsHealth } from './models/health'
import { createSettings } from './settings'
import { INCOMING, type Storage } from './storage/storage'
import { openStoredFile } from './storage/stored-file'
import type { Changes } from './tasks/changes'
import { removeFiles, TASK_FOLDERS } from './tasks/cleanup'
import { endTask, type OnEnd } from './tasks/end-task'
import type { Queue } from './tasks/queue'
import { addTask, cancelTask, countQueued, findTask, listTasks } from './tasks/task-store'
import type { HeldBytes } from './uploads/held-bytes'
import { hold } from './uploads/hold'
import { receive } from './uploads/receive'
import type { Callbacks } from './webhooks/callbacks'

export interface EngineParts {
  readonly sql: Sql
  readonly queue: Queue
  readonly changes: Changes
  readonly storage: Storage
  readonly pool: ComputePool
  readonly webhooks: Webhooks
  readonly callbacks: Callbacks
  readonly models: Models
  readonly onEnd: OnEnd
  readonly device: Config['device']
  /** Of all requests that are kept in memory. */
  readonly held: HeldBytes
  readonly limits: Pick<Config, 'upload' | 'pixels' | 'batchFiles' | 'queueLimit'>
  /** Whether whoever asks for a result is sent to the storage. */
  readonly presignedDownloads?: boolean
}

/** The engine port on a database, a queue, a file storage and child processes. */
export function createEngine(parts: EngineParts): Engine {
  const { sql, changes, storage, pool, limits, webhooks, models, held } = parts
  return {
    host: 'server',
    limits,
    settings: createSettings(sql),
    webhooks,
    models,
    describe: () => ({ model: null, device: parts.device }),
    health: () => checkHealth(parts),
    receive: async (request, most = limits.upload) => {
      refuseWhenFull(pool, limits.queueLimit) // before the body is read for nothing
      await refuseWhenQueued(parts)
      return receive(request, storage, most)
    },
    hold: async (request, most) => {
      refuseWhenFull(pool, limits.queueLimit)
      return hold(request, most, held)
    },
    compute: (calls, signal) => compute(calls, signal, parts),
    submit: (draft) => submit(draft, parts),
    find: (uid) => findTask(sql, uid),
    list: (page, owner) => listTasks(sql, page, owner),
    cancel: (uid) => cancel(uid, parts),
    watch: async (uid, signal) => {
      const task = await findTask(sql, uid)
      return task && changes.watch(task, signal)
    },
    file: async (key) =>
      isServed(key) ? openStoredFile(storage, key, parts.presignedDownloads && isResult(key)) : undefined,
  }
}

async function submit(draft: Draft, parts: EngineParts): Promise<Task> {
  await refuseWhenQueued(parts)
  const { sql, queue, storage, pool, callbacks } = parts
  const { tool, owner, callback } = draft
  if (callback) await callbacks.check(callback)
  const uid = randomUUID()
  try {
    const { params, sizes } = await inspectDraft(pool, uid, draft)
    await Promise.all(draft.inputs.map(({ name, file }) => storage.move(file.key, `uploads/${uid}/${name}`)))
    const inputs = draft.inputs.map(
      ({ slot, name, item }): InputFile => ({ slot, name, ...paths(uid, name), ...sizes(name), item }),
    )
    return await sql.transaction(async (transaction) => {
      const task = await addTask(transaction, { uid, tool, params, inputs, owner })
      if (callback) await callbacks.add(transaction, uid, callback)
      await queue.add(transaction, uid)
      return task
    })
  } catch (error) {
    await removeFiles(storage, uid)
    throw error
  }
}

const paths = (uid: string, name: string) => ({
  path: `uploads/${uid}/${name}`,
  thumbnail: `thumbnails/${uid}/${name}`,
})

interface Looked {
  readonly params: Record<string, unknown>
  /** Of an input by its name; zero for files of a batch that have not been looked at yet. */
  sizes(name: string): Size
}

/** @throws ToolError when the task cannot be done; of many files, when none of them can be read */
async function inspectDraft(pool: ComputePool, uid: string, draft: Draft): Promise<Looked> {
  const refusals: ToolError[] = []
  for (const inputs of trials(draft.inputs)) {
    try {
      const { params, sizes } = await inspect(pool, inspection(uid, { ...draft, inputs }))
      const byName = new Map(inputs.map(({ slot, name }) => [name, sizes[slot]]))
      return { params, sizes: (name) => byName.get(name) ?? UNKNOWN }
    } catch (error) {
      refusals.push(refusalOf(error, inputs))
    }
  }
  throw allRefused(refusals)
}

const UNKNOWN: Size = { width: 0, height: 0 }

const inspection = (uid: string, { tool, params, inputs }: Draft): Inspect => ({
  kind: 'inspect',
  tool,
  params,
  inputs: Object.fromEntries(inputs.map(({ slot, file }) => [slot, file.key])),
  thumbnails: Object.fromEntries(inputs.map(({ slot, name }) => [slot, paths(uid, name).thumbnail])),
})

const INSPECTION_MS = 60_000 // decoding the largest picture takes a tenth of that

async function inspect(pool: ComputePool, work: Inspect): Promise<Inspected> {
  try {
    return await askTwice(() => pool.call(work, { timeoutMs: INSPECTION_MS }))
  } catch (error) {
    throw error instanceof ToolError && error.code === 'timeout' ? tooSlow() : error
  }
}

/** A process can be lost for reasons that are not this file's, so a second one is asked before the file is to blame. */
async function askTwice<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call().catch((error) => {
      if (error instanceof ChildLostError) return call()
      throw error
    })
  } catch (error) {
    throw error instanceof ChildLostError && !(error instanceof ChildStartError) ? deadly(error) : error
  }
}

const tooSlow = () =>
  new ToolError(
    'unreadable',
    `The file cannot be read within ${INSPECTION_MS / 1000} s; save it again in another format`,
  )

const deadly = (cause: ChildLostError) =>
  new ToolError('unreadable', 'The processes that read the file ended as they did; save it again in another format', {
    cause,
  })

const COMPUTE_MS = 120_000
const CALLS_TOGETHER = 8 // enough that decoding hides behind computing, few enough to spread over processes

/** In parts, which run beside each other where there are processes for them. */
async function compute(calls: readonly Call[], signal: AbortSignal, { pool, limits }: EngineParts) {
  refuseWhenFull(pool, limits.queueLimit)
  const starts = calls.flatMap((_, i) => (i % CALLS_TOGETHER === 0 ? i : []))
  const parts = starts.map((start) => computeTogether(calls.slice(start, start + CALLS_TOGETHER), signal, pool))
  return (await Promise.all(parts)).flat()
}

async function computeTogether(calls: readonly Call[], signal: AbortSignal, pool: ComputePool) {
  return askTwice(() => pool.call<Compute>({ kind: 'compute', calls }, { signal, timeoutMs: COMPUTE_MS }))
}

const MOST_WAIT_MS = 10_000 // whoever would wait longer is told so at once, and may ask another process

function refuseWhenFull({ waiting, expectedWaitMs }: ComputePool, limit: number): void {
  if (waiting >= limit) throw queueFull(limit)
  if (expectedWaitMs > MOST_WAIT_MS) throw new ToolError('busy', 'Too many requests wait; send the request again later')
}

/** Requests whose files still wait to be looked at are about to be tasks. */
async function refuseWhenQueued({ sql, pool, limits }: EngineParts): Promise<void> {
  if (pool.waiting + (await countQueued(sql)) >= limits.queueLimit) throw queueFull(limits.queueLimit)
}

const queueFull = (limit: number) =>
  new ToolError('busy', `The queue is full: ${limit} tasks are waiting; send the request again later`)

async function cancel(uid: TaskId, { sql, queue, onEnd }: EngineParts): Promise<Task | undefined> {
  const canceled = await endTask(sql, onEnd, async (transaction) => {
    const task = await cancelTask(transaction, uid)
    if (task) await queue.drop(transaction, uid)
    return task
  })
  if (canceled) return canceled
  const task = await findTask(sql, uid)
  if (task) throw new ToolError('conflict', 'The task has already ended, so it cannot be canceled')
  return undefined
}

/** `results/{uid}/{name}` and its like; nothing else that storage holds is anybody's to read. */
function isServed(key: string): boolean {
  const [folder, uid, name, ...rest] = key.split('/')
  const known = TASK_FOLDERS.some((served) => served === folder)
  return known && TaskId.safeParse(uid).success && name !== undefined && rest.length === 0
}

const isResult = (key: string): boolean => key.startsWith('results/')

async function checkHealth({ sql, storage, pool, models }: EngineParts): Promise<Health> {
  const database = await probe(() => sql.execute(raw`select 1`))
  const files = await probe(async () => {
    const key = `${INCOMING}/${randomUUID()}`
    await storage.put(key, new Uint8Array(1))
    await storage.remove(key)
  })
  const { alive, most } = pool.size
  const parts = { database, storage: files, workers: `${alive} of ${most}`, models: await modelsHealth(models) }
  return { ready: database === 'ok' && files === 'ok', parts }
}

const PROBE_MS = 3000

/** `ok`, or why not: the reason is for the log of whoever runs the server, so it names no address or path. */
async function probe(check: () => Promise<unknown>): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, PROBE_MS, 'no answer').unref())
  const answer = check().then(
    () => 'ok',
    () => 'failed',
  )
  return Promise.race([answer, late])
}
