import { ToolError } from '../../core/errors'
import type { Call } from '../../operators/execute'
import type { Draft, Engine, Held, Received, ReceivedFile, StoredFile } from '../../server/api/engine'
import { type Task, TaskId } from '../../server/api/task'
import { MemoryModels } from './memory-models'
import { MemoryWebhooks } from './memory-webhooks'

const SIZE = { width: 4, height: 4 }
const LIMITS = { fileBytes: 1_000_000, cloudBytes: 2_000_000, totalBytes: 3_000_000, files: 10 }

/** A whole engine in memory: it parses real bodies and keeps real tasks. A test plays the worker through it. */
export class MemoryEngine implements Engine {
  readonly host = 'server'
  readonly limits = { upload: LIMITS, pixels: { pixels: 1e8, side: 32_000 }, batchFiles: 50 }
  /** What is stored, by key; uploads of requests under way lie under `incoming/`. */
  readonly stored = new Map<string, File>()
  /** While set, every task is refused with it. */
  refusal: Error | undefined
  isReady = true
  /** Streams handed out that nobody has read to the end or closed. */
  openStreams = 0
  listeners = 0

  readonly #settings = new Map<string, Record<string, unknown>>()
  readonly #tasks = new Map<TaskId, Task>()
  readonly #changes = new EventTarget()

  readonly webhooks = new MemoryWebhooks()
  readonly models = new MemoryModels()
  readonly settings = {
    read: async (tool: string) => this.#settings.get(tool),
    write: async (tool: string, params: Record<string, unknown>) => void this.#settings.set(tool, params),
  }

  describe() {
    return { model: null, device: 'memory' }
  }

  async health() {
    return { ready: this.isReady, parts: { storage: this.isReady ? 'ok' : 'down' } }
  }

  async receive(request: Request, { files: mostFiles } = LIMITS): Promise<Received> {
    const form = await request.formData().catch((cause) => {
      throw new ToolError('invalid-input', 'The multipart body cannot be read', { cause })
    })
    const all = [...form]
    const files = all.flatMap(([field, value]) => (typeof value === 'string' ? [] : [{ field, file: value }]))
    if (files.length > mostFiles) throw new ToolError('too-large', `At most ${mostFiles} files are taken`)
    const large = files.find(({ file }) => file.size > LIMITS.fileBytes)
    if (large) throw new ToolError('too-large', `${large.field}: a file may have at most ${LIMITS.fileBytes} bytes`)
    const received = files.map(({ field, file }) => this.#keepIncoming(field, file))
    return {
      files: received,
      fields: all.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
      discard: async () => {
        for (const { key } of received) this.stored.delete(key)
      },
    }
  }

  #keepIncoming(field: string, file: File): ReceivedFile {
    const key = `incoming/${crypto.randomUUID()}`
    this.stored.set(key, file)
    return { field, name: file.name, size: file.size, key }
  }

  /** Requests whose files are held. */
  held = 0

  async hold(request: Request): Promise<Held> {
    this.held++
    const { files, fields, discard } = await this.receive(request)
    const bytes = await Promise.all(files.map(({ key }) => this.stored.get(key)?.arrayBuffer()))
    await discard()
    const held = files.map(({ field, name }, i) => ({
      field,
      name,
      bytes: new Uint8Array(bytes[i] ?? new ArrayBuffer()),
    }))
    return { files: held, fields, release: () => this.held-- }
  }

  /** Calls that were to be answered at once; a test says how. */
  answerAtOnce: Engine['compute'] = async () => {
    throw new ToolError('unavailable', 'nobody computes here')
  }

  compute(calls: readonly Call[], signal: AbortSignal) {
    return this.answerAtOnce(calls, signal)
  }

  async submit(draft: Draft): Promise<Task> {
    if (this.refusal) throw this.refusal
    const uid = TaskId.parse(crypto.randomUUID())
    const inputs = draft.inputs.map(({ slot, name, file, item }) => {
      const [path, thumbnail] = [`uploads/${uid}/${name}`, `thumbnails/${uid}/${name}`]
      for (const key of [path, thumbnail]) this.stored.set(key, this.stored.get(file.key) as File)
      return { slot, name, path, thumbnail, ...SIZE, ...(item !== undefined && { item }) }
    })
    const now = new Date()
    const { tool, params, owner } = draft
    return this.put({ state: 'queued', uid, tool, params, inputs, owner, createdAt: now, updatedAt: now, attempts: 0 })
  }

  /** Stores a task as it now is and tells those who watch it. */
  put(task: Task): Task {
    this.#tasks.set(task.uid, task)
    this.#changes.dispatchEvent(new Event(task.uid))
    return task
  }

  start(uid: string, done = 0, total = 10): Task {
    const { base } = this.#task(uid)
    return this.put({ ...base, state: 'running', progress: { done, total }, attempts: 1 })
  }

  succeed(uid: string, data: Record<string, unknown>, files: readonly File[] = []): Task {
    const { base } = this.#task(uid)
    for (const file of files) this.stored.set(`results/${uid}/${file.name}`, file)
    return this.put({
      ...base,
      state: 'succeeded',
      data,
      files: files.map(({ name }) => `results/${uid}/${name}`),
      ran: { place: 'server', backend: 'WASM SIMD' },
      timings: { decode: 1, modelLoad: 0, compute: 20, encode: 3 },
      tookMs: 24,
    })
  }

  fail(uid: string, code: string, message: string): Task {
    return this.put({ ...this.#task(uid).base, state: 'failed', code, message, tookMs: 5 })
  }

  #task(uid: string) {
    const task = this.#tasks.get(TaskId.parse(uid))
    if (!task) throw new Error(`no task ${uid}`)
    const { tool, params, inputs, owner, createdAt, attempts } = task
    return { task, base: { uid: task.uid, tool, params, inputs, owner, createdAt, attempts, updatedAt: new Date() } }
  }

  async find(uid: TaskId) {
    return this.#tasks.get(uid)
  }

  async list({ offset, limit }: { offset: number; limit: number }) {
    const newestFirst = [...this.#tasks.values()].reverse()
    return { total: newestFirst.length, tasks: newestFirst.slice(offset, offset + limit) }
  }

  async cancel(uid: TaskId) {
    const task = this.#tasks.get(uid)
    if (!task) return undefined
    if (task.state !== 'queued' && task.state !== 'running') {
      throw new ToolError('conflict', 'The task has already ended')
    }
    return this.put({ ...this.#task(uid).base, state: 'canceled', tookMs: 1 })
  }

  async watch(uid: TaskId, signal: AbortSignal) {
    return this.#tasks.has(uid) ? this.#watch(uid, signal) : undefined
  }

  async *#watch(uid: TaskId, signal: AbortSignal): AsyncGenerator<Task> {
    this.listeners++
    try {
      while (!signal.aborted) {
        const { task } = this.#task(uid)
        const changed = this.#change(uid, signal)
        yield task
        if (task.state !== 'queued' && task.state !== 'running') return
        await changed
      }
    } finally {
      this.listeners--
    }
  }

  #change(uid: TaskId, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#changes.addEventListener(uid, () => resolve(), { once: true, signal })
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  async file(key: string): Promise<StoredFile | undefined> {
    const file = this.stored.get(key)
    return file && { body: this.#opened(file), size: file.size, type: file.type }
  }

  #opened(file: File): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = file.stream().getReader()
    this.openStreams++
    return new ReadableStream({
      pull: async (controller) => {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        this.openStreams--
        controller.close()
      },
      cancel: async () => {
        this.openStreams--
        await reader.cancel()
      },
    })
  }
}
