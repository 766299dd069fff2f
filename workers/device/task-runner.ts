import { failure, type Outcome, ToolError } from '../../core/errors'
import type { Progress } from '../../core/progress'
import type { Executed, ResultFile } from '../../operators/execute'
import { type BatchItem, batchResult, type ItemDone, itemFile, itemsOf } from '../../server/api/batch'
import { hasEnded, type Task } from '../../server/api/task'
import { Changes } from './changes'
import type { Compute } from './compute'
import type { FileStore } from './file-store'
import type { TaskStore } from './task-store'

const MOST_ATTEMPTS = 3

const ITEMS_AT_ONCE = 4 // the page's pool decides how many of them have a worker

/** What a succeeded task keeps. */
type Finished = Pick<Extract<Task, { state: 'succeeded' }>, 'data' | 'files' | 'ran' | 'timings'>

interface Run {
  readonly abort: AbortController
  readonly ended: Promise<void>
}

/** Runs the device's tasks. How many at once is up to the page that computes. */
export class TaskRunner {
  readonly #tasks: TaskStore
  readonly #files: FileStore
  readonly #compute: Compute
  readonly #runs = new Map<string, Run>()
  /** Newer than the store for tasks in work: progress is not worth a write. */
  readonly #latest = new Map<string, Task>()
  readonly #begunAt = new Map<string, number>()
  /** Asked to start while they still were in work, perhaps by the page that opened after theirs was closed. */
  readonly #startAgain = new Set<string>()
  readonly changes = new Changes<Task>()

  constructor(tasks: TaskStore, files: FileStore, compute: Compute) {
    this.#tasks = tasks
    this.#files = files
    this.#compute = compute
  }

  latest(task: Task): Task {
    return this.#latest.get(task.uid) ?? task
  }

  start(task: Task): void {
    const { uid } = task
    if (this.#runs.has(uid)) {
      this.#startAgain.add(uid)
      return
    }
    const abort = new AbortController()
    const ended = this.#run(task, abort.signal).finally(() => {
      for (const kept of [this.#runs, this.#latest, this.#begunAt, this.#startAgain]) kept.delete(uid)
    })
    this.#runs.set(uid, { abort, ended })
  }

  /** @throws ToolError conflict when it has already ended */
  async cancel(task: Task): Promise<Task> {
    if (hasEnded(task)) throw new ToolError('conflict', 'The task has already ended')
    this.#runs.get(task.uid)?.abort.abort()
    return this.#save({ ...base(task), ...this.#end(task), state: 'canceled' })
  }

  /** Resolves when nothing is in work. */
  async idle(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all([...this.#runs.values()].map(({ ended }) => ended))
  }

  /** Until it has ended, or there is nobody to go on with it. */
  async #run(queued: Task, signal: AbortSignal): Promise<void> {
    let task = queued
    do task = await this.#attempt(task, signal)
    while (!signal.aborted && !hasEnded(task) && (await this.#canGoOn(task)))
  }

  async #canGoOn({ uid }: Task): Promise<boolean> {
    return (await this.#compute.isReady()) || this.#startAgain.delete(uid)
  }

  async #attempt(queued: Task, signal: AbortSignal): Promise<Task> {
    if (queued.attempts >= MOST_ATTEMPTS) return this.#fail(queued, 'internal', 'The task was interrupted three times')
    let begun: Promise<Task> | undefined
    const report = (progress: Progress) => {
      if (signal.aborted) return
      begun ??= this.#begin(queued, progress)
      void begun.then((task) => signal.aborted || this.#show({ ...base(task), state: 'running', progress }))
    }
    const outcome = await this.#execute(queued, report, signal)
    const task = await (begun ?? queued)
    return signal.aborted ? task : this.#conclude(task, outcome) // who canceled it has saved it as canceled
  }

  async #begin(task: Task, progress: Progress): Promise<Task> {
    this.#begunAt.set(task.uid, Date.now())
    return this.#save({ ...base(task), attempts: task.attempts + 1, state: 'running', progress })
  }

  async #execute(task: Task, report: (progress: Progress) => void, signal: AbortSignal): Promise<Outcome<Finished>> {
    try {
      const items = itemsOf(task.inputs)
      if (items.length > 0) return { ok: true, value: await this.#runBatch(task, items, report, signal) }
      const inputs = Object.fromEntries(task.inputs.map(({ slot, path }) => [slot, path]))
      const outcome = await this.#runOne(task, task.uid, inputs, report, signal)
      return outcome.ok ? { ok: true, value: await this.#finish(task, outcome.value, ({ name }) => name) } : outcome
    } catch (error) {
      return failure(error, console.error)
    }
  }

  async #runOne(
    { tool, params }: Task,
    id: string,
    inputs: Readonly<Record<string, string>>,
    report: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Outcome<Executed>> {
    const files: Record<string, Blob> = {}
    for (const [slot, path] of Object.entries(inputs)) {
      const file = await this.#files.read(path)
      if (file) files[slot] = file
    }
    return this.#compute.run(id, { tool, files, params }, report, signal)
  }

  /** A few at once; what each makes is stored before the next begins, so that memory does not grow with their number. */
  async #runBatch(
    task: Task,
    items: readonly BatchItem[],
    report: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Finished> {
    const done: ItemDone[] = []
    let [next, ended] = [0, 0]
    const tell = () => report({ done: ended, total: items.length })
    const lane = async () => {
      for (let i = next++; i < items.length; i = next++) {
        done[i] = await this.#runItem(task, items[i], tell, signal)
        ended += 1
        tell()
      }
    }
    await Promise.all(Array.from({ length: ITEMS_AT_ONCE }, lane))
    return batchResult(task.uid, 'device', done)
  }

  async #runItem(
    task: Task,
    { name, stem, inputs }: BatchItem,
    tell: () => void,
    signal: AbortSignal,
  ): Promise<ItemDone> {
    const outcome = await this.#runOne(task, `${task.uid}/${name}`, inputs, tell, signal)
    if (outcome.ok) {
      const { data, files, ran, timings } = await this.#finish(task, outcome.value, (file) => itemFile(file, stem))
      return { result: { name, data, files: files.map((key) => key.slice(key.lastIndexOf('/') + 1)) }, ran, timings }
    }
    const { code, message } = outcome
    if (code === 'canceled' || code === 'unavailable') throw new ToolError(code, message) // it is no fault of the file
    return { result: { name, code, error: message } }
  }

  /** Stores what was made. */
  async #finish(
    { uid }: Task,
    { data, files: made, ran, timings }: Executed,
    nameOf: (file: ResultFile) => string,
  ): Promise<Finished> {
    const files: string[] = []
    for (const file of made) {
      const key = `results/${uid}/${nameOf(file)}`
      await this.#files.write(key, file.bytes)
      files.push(key)
    }
    return { data, files, ran, timings }
  }

  async #conclude(task: Task, outcome: Outcome<Finished>): Promise<Task> {
    if (outcome.ok) return this.#save({ ...base(task), ...this.#end(task), state: 'succeeded', ...outcome.value })
    // The page was closed: the task waits for the next one, but not for ever.
    if (outcome.code === 'unavailable' && task.attempts < MOST_ATTEMPTS) {
      return this.#save({ ...base(task), state: 'queued' })
    }
    return this.#fail(task, outcome.code, outcome.message)
  }

  #fail(task: Task, code: string, message: string): Promise<Task> {
    return this.#save({ ...base(task), ...this.#end(task), state: 'failed', code, message })
  }

  #end({ uid }: Task): { tookMs: number } {
    const begun = this.#begunAt.get(uid)
    return { tookMs: begun === undefined ? 0 : Date.now() - begun }
  }

  async #save(task: Task): Promise<Task> {
    await this.#tasks.put(task)
    this.#show(task)
    return task
  }

  #show(task: Task): void {
    if (this.#runs.has(task.uid)) this.#latest.set(task.uid, task)
    this.changes.tell(task.uid, task)
  }
}

/** What a task keeps from state to state, changed now. */
const base = ({ uid, tool, params, inputs, owner, createdAt, attempts }: Task) => ({
  ...{ uid, tool, params, inputs, owner, createdAt, attempts },
  updatedAt: new Date(),
})
