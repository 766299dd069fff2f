import { ToolError, unwrap } from '../core/errors'
import { sniff } from '../core/image-header'
import type { Size } from '../core/raster'
import type { Call } from '../operators/execute'
import { allRefused, refusalOf, trials } from '../server/api/batch-draft'
import type { Draft, Engine, Received, ReceivedFile, Settings, StoredFile } from '../server/api/engine'
import { hasEnded, type Task, TaskId } from '../server/api/task'
import type { Compute } from './device/compute'
import type { FileStore } from './device/file-store'
import { createDeviceModels, type Shelf } from './device/models'
import { noWebhooks } from './device/no-webhooks'
import { readForm } from './device/receive'
import { TaskRunner } from './device/task-runner'
import type { TaskStore } from './device/task-store'
import { DEVICE_BATCH, DEVICE_PIXELS, DEVICE_UPLOAD } from './limits'

const KEPT_MS = 72 * 60 * 60 * 1000 // as long as the server keeps an ended task, unless it is told otherwise
const LIMITS = { upload: DEVICE_UPLOAD, pixels: DEVICE_PIXELS, batchFiles: DEVICE_BATCH }

export interface DeviceEngine extends Engine {
  readonly host: 'device'
  /** Whether a task is one of this device's. */
  knows(uid: string): Promise<boolean>
  /** Runs what an earlier service worker or a closed page left undone, and forgets what is old. */
  resume(): Promise<void>
  /** Resolves when nothing is in work. */
  idle(): Promise<void>
}

interface Parts {
  readonly tasks: TaskStore
  readonly files: FileStore
  readonly compute: Compute
  readonly settings: Settings
  readonly shelf: Shelf
}

/** Keeps and runs tasks on this device: the REST app on top of it answers as the server's does. */
export function createDeviceEngine({ tasks, files, compute, settings, shelf }: Parts): DeviceEngine {
  const runner = new TaskRunner(tasks, files, compute)
  /** Files of requests that are being answered, until a task takes them. */
  const incoming = new Map<string, Blob>()
  /** What held bytes were read from, so that the page is not sent a copy of the copy. */
  const sources = new WeakMap<Uint8Array, Blob>()

  const find = async (uid: string): Promise<Task | undefined> => {
    const task = await tasks.find(uid)
    return task && runner.latest(task)
  }

  return {
    host: 'device',
    limits: LIMITS,
    settings,
    webhooks: noWebhooks,
    models: createDeviceModels(files, shelf),
    describe: () => ({ model: null, device: 'browser' }),

    async health() {
      const page = await compute.isReady()
      return { ready: page, parts: { page: page ? 'ok' : 'none open', storage: 'ok' } }
    },

    async receive(request, limits = LIMITS.upload): Promise<Received> {
      const form = await readForm(request, limits)
      for (const { key, content } of form.files) incoming.set(key, content)
      return {
        ...form,
        discard: async () => {
          for (const { key } of form.files) incoming.delete(key)
        },
      }
    },

    async hold(request, limits) {
      const { files, fields } = await readForm(request, limits)
      const held = files.map(async ({ field, name, content }) => {
        const bytes = new Uint8Array(await content.arrayBuffer())
        sources.set(bytes, content)
        return { field, name, bytes }
      })
      return { files: await Promise.all(held), fields, release: () => {} }
    },

    compute: (calls, signal) => Promise.all(calls.map((call) => computeOne(call, sources, signal, compute))),

    async submit(draft) {
      if (draft.callback) await noWebhooks.add(draft.callback.url, draft.callback.secret)
      const task = await store(draft, incoming, { tasks, files, compute })
      runner.start(task)
      return task
    },

    find,

    async list(page) {
      const { total, tasks: found } = await tasks.list(page)
      return { total, tasks: found.map((task) => runner.latest(task)) }
    },

    async cancel(uid) {
      const task = await find(uid)
      return task && runner.cancel(task)
    },

    async watch(uid, signal) {
      const changes = runner.changes.watch(uid, signal) // before reading: no change may fall between
      const task = await find(uid)
      return task && untilEnded(task, changes)
    },

    async file(key) {
      const content = await files.read(key)
      return content && toStoredFile(content)
    },

    knows: async (uid) => (await tasks.find(uid)) !== undefined,

    async resume() {
      for (const task of await tasks.all()) {
        if (!hasEnded(task)) runner.start(task)
        else if (Date.now() - task.updatedAt.getTime() > KEPT_MS) await forget(task, { tasks, files })
      }
    },

    idle: () => runner.idle(),
  }
}

async function computeOne(
  { tool, params, inputs }: Call,
  sources: WeakMap<Uint8Array, Blob>,
  signal: AbortSignal,
  compute: Compute,
) {
  const blobs = Object.entries(inputs).map(([slot, bytes]) => [slot, sources.get(bytes) ?? new Blob([bytes])])
  return compute.run(crypto.randomUUID(), { tool, params, files: Object.fromEntries(blobs) }, () => {}, signal)
}

/** Everything a task needs, checked and stored; nothing is left behind when one step fails. */
async function store(
  draft: Draft,
  incoming: ReadonlyMap<string, Blob>,
  { tasks, files, compute }: Pick<Parts, 'tasks' | 'files' | 'compute'>,
): Promise<Task> {
  const { params, seen } = await inspectDraft(draft, incoming, compute)
  const uid = TaskId.parse(crypto.randomUUID())
  const inputs = draft.inputs.map(({ slot, name, item }) => ({
    ...{ slot, name, path: `uploads/${uid}/${name}`, thumbnail: `thumbnails/${uid}/${name}` },
    ...(seen.get(name)?.size ?? UNKNOWN),
    ...(item !== undefined && { item }),
  }))
  const now = new Date()
  const task: Task = {
    ...{ uid, tool: draft.tool, params, inputs, owner: draft.owner },
    ...{ createdAt: now, updatedAt: now, attempts: 0, state: 'queued' },
  }
  try {
    for (const { name, file } of draft.inputs) {
      const thumbnail = seen.get(name)?.thumbnail
      await files.write(`uploads/${uid}/${name}`, contentOf(file, incoming))
      if (thumbnail) await files.write(`thumbnails/${uid}/${name}`, thumbnail)
    }
    await tasks.add(task)
  } catch (cause) {
    await forget(task, { tasks, files })
    throw new ToolError('unavailable', 'This device has no room for the files of the task', { cause })
  }
  return task
}

interface Looked {
  readonly params: Record<string, unknown>
  /** By name. Of a batch only as many files are looked at as it takes to find one that can be read. */
  readonly seen: ReadonlyMap<string, { readonly size: Size; readonly thumbnail: Uint8Array<ArrayBuffer> }>
}

const UNKNOWN: Size = { width: 0, height: 0 }

/** @throws ToolError when the task cannot be done; of many files, when none of them can be read */
async function inspectDraft(draft: Draft, incoming: ReadonlyMap<string, Blob>, compute: Compute): Promise<Looked> {
  const refusals: ToolError[] = []
  for (const inputs of trials(draft.inputs)) {
    try {
      const files = Object.fromEntries(inputs.map(({ slot, file }) => [slot, contentOf(file, incoming)]))
      const { tool, params: given } = draft
      const { params, sizes, thumbnails } = unwrap(await compute.inspect({ tool, files, params: given }))
      const seen = inputs.map(({ slot, name }) => [name, { size: sizes[slot], thumbnail: thumbnails[slot] }] as const)
      return { params, seen: new Map(seen) }
    } catch (error) {
      refusals.push(refusalOf(error, inputs))
    }
  }
  throw allRefused(refusals)
}

const contentOf = ({ key }: ReceivedFile, incoming: ReadonlyMap<string, Blob>): Blob => incoming.get(key) ?? new Blob()

async function forget({ uid }: Task, { tasks, files }: Pick<Parts, 'tasks' | 'files'>): Promise<void> {
  for (const folder of ['uploads', 'thumbnails', 'results']) await files.remove(`${folder}/${uid}`)
  await tasks.remove(uid)
}

async function* untilEnded(task: Task, changes: AsyncIterable<Task>): AsyncGenerator<Task> {
  yield task
  if (hasEnded(task)) return
  for await (const next of changes) {
    yield next
    if (hasEnded(next)) return
  }
}

const SIGNATURE_BYTES = 256

async function toStoredFile(content: Blob): Promise<StoredFile> {
  const format = sniff(new Uint8Array(await content.slice(0, SIGNATURE_BYTES).arrayBuffer()))
  return {
    body: content.stream(),
    size: content.size,
    type: format ? `image/${format}` : 'application/octet-stream',
  }
}
