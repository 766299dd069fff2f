import type { Model } from '../../models/model'
import { ToolError } from '../errors'
import type { ModelRunner, Tensor } from '../ports'
import { type Backend, BackendLostError, type Tensors } from './backend'
import { runInBatches } from './batches'
import { type Choice, type Opened, openBest, reasonOf, sentence } from './choose'
import { COMPUTED_NAN, hasNaN } from './golden'
import { oneAtATime } from './one-at-a-time'
import { type Entry, SessionCache } from './session-cache'

/** Where models lie on this host. */
export interface ModelSource<Weights, Options> {
  /** Whether `load` would give it. */
  has(model: Model): Promise<boolean>
  /** @throws ToolError model-unavailable */
  load(model: Model, options: Options | undefined): Promise<Weights>
}

/** Which backend was quickest for a model, remembered for this device. */
export interface Choices {
  recall(model: Model): Promise<Choice | undefined>
  remember(model: Model, choice: Choice): Promise<void>
}

interface Parts<Weights, Options> {
  find(id: string): Model | undefined
  readonly source: ModelSource<Weights, Options>
  /** Best first; asked once. */
  backends(): Promise<readonly Backend<Weights>[]>
  readonly choices: Choices
  /** Bytes that open models may hold. The one used last is always open, however large. */
  readonly memoryBytes: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
}

const LOST_MS = 300_000 // a driver has started again long before; one that is lost over and over costs little so

/**
 * A host's models: opened when first needed, proven by their self-test, kept while there is room, and moved to the next
 * backend when one computes wrong numbers, fails or is lost.
 *
 * @typeParam Weights what backends open: bytes, or the path of a file
 * @typeParam Options of a load: where progress is told, what stops it
 */
export class Models<Weights, Options = never> implements ModelRunner {
  readonly #parts: Parts<Weights, Options>
  readonly #cache: SessionCache<Opened<Weights>>
  /** What a model ran on last, for people. */
  readonly #ran = new Map<string, { readonly name: string; readonly note?: string }>()
  /** Why backends are not tried for a model, as the rest of a sentence, by name. */
  readonly #failed = new Map<string, Map<string, string>>()
  /** The same for all models, and since when. */
  readonly #lost = new Map<string, { readonly reason: string; readonly at: number }>()
  /** Open models without a self-test whose first answer held no NaN. */
  readonly #sane = new WeakSet<Opened<Weights>>()
  #backends: Promise<readonly Backend<Weights>[]> | undefined
  #loadMs = 0

  constructor(parts: Parts<Weights, Options>) {
    this.#parts = parts
    this.#cache = new SessionCache(parts.memoryBytes, ({ session }) => session.release())
  }

  run = (model: string, feeds: Tensors): Promise<Record<string, Tensor>> => this.#run(model, feeds)

  /** The same models, with these options for what has to be loaded. */
  during(options: Options): ModelRunner {
    const { has, backend, loadMs } = this
    return { run: (model, feeds) => this.#run(model, feeds, options), has, backend, loadMs }
  }

  has = async (id: string): Promise<boolean> => {
    const model = this.#parts.find(id)
    return model !== undefined && this.#parts.source.has(model)
  }

  backend = (model: string) => this.#ran.get(model)

  loadMs = (): number => this.#loadMs

  /** Opens a model ahead of its first run. @throws what `run` throws */
  async warm(id: string): Promise<void> {
    const model = this.#find(id)
    const entry = this.#enter(model, undefined)
    try {
      await entry.held
    } finally {
      this.#cache.leave(entry)
    }
  }

  /** Bytes that open models hold. */
  get heldBytes(): number {
    return this.#cache.bytes
  }

  /** Closes every model; one that runs, after its run. A later run opens it again. */
  async dispose(): Promise<void> {
    await this.#cache.clear()
  }

  #find(id: string): Model {
    const model = this.#parts.find(id)
    if (!model) throw new ToolError('model-unavailable', `There is no model "${id}"`)
    return model
  }

  /** Goes from backend to backend until one gives an answer. */
  async #run(id: string, feeds: Tensors, options?: Options): Promise<Record<string, Tensor>> {
    const model = this.#find(id)
    for (;;) {
      const entry = this.#enter(model, options)
      try {
        const opened = await entry.held
        const answer = await this.#answer(model, opened, feeds)
        if (typeof answer !== 'string') return answer
        if (!this.#isLost(opened.backend.name)) this.#failedFor(id).set(opened.backend.name, answer)
        this.#cache.retire(entry)
      } finally {
        this.#cache.leave(entry)
      }
    }
  }

  /** @returns what is wrong, as the rest of a sentence, when another backend has to do it */
  async #answer(model: Model, opened: Opened<Weights>, feeds: Tensors): Promise<Record<string, Tensor> | string> {
    const { session, backend, note, isProven } = opened
    try {
      const answer = await runInBatches(session, model, feeds)
      if (!isProven && !this.#sane.has(opened) && hasNaN(answer)) return COMPUTED_NAN
      this.#sane.add(opened)
      this.#ran.set(model.id, { name: backend.name, ...(note && { note }) })
      return answer
    } catch (error) {
      const reason = reasonOf(error)
      if (error instanceof BackendLostError) this.#lost.set(backend.name, { reason, at: this.#parts.now() })
      return reason
    }
  }

  #isLost(name: string): boolean {
    const lost = this.#lost.get(name)
    return lost !== undefined && this.#parts.now() - lost.at < LOST_MS
  }

  /** Why backends are not tried for the model now. */
  #leftOut({ id }: Model): Map<string, string> {
    const lost = [...this.#lost].flatMap(([name, { reason }]) => (this.#isLost(name) ? [[name, reason] as const] : []))
    return new Map([...lost, ...this.#failedFor(id)])
  }

  #failedFor(id: string): Map<string, string> {
    const failed = this.#failed.get(id) ?? new Map()
    this.#failed.set(id, failed)
    return failed
  }

  #enter(model: Model, options: Options | undefined): Entry<Opened<Weights>> {
    const bytes = model.memory + model.files.reduce((sum, file) => sum + file.bytes, 0)
    return this.#cache.enter(model.id, bytes, async () => {
      const start = this.#parts.now()
      try {
        return await this.#open(model, options)
      } finally {
        this.#loadMs += this.#parts.now() - start
      }
    })
  }

  async #open(model: Model, options: Options | undefined): Promise<Opened<Weights>> {
    const { source, choices, now } = this.#parts
    const backends = await this.#allBackends()
    const failed = this.#leftOut(model)
    if (backends.every(({ name }) => failed.has(name))) throw this.#hopeless(model, sentence(failed))
    const weights = await source.load(model, options)
    const recalled = failed.size === 0 ? await choices.recall(model) : undefined
    try {
      const opened = await openBest({ model, weights, backends, recalled, failed, now })
      const { backend, note } = opened
      // What a loss has left behind says nothing about this device.
      const isUsual = failed.size === 0 && this.#lost.size === 0
      if (isUsual && opened.isProven && recalled?.backend !== backend.name) {
        await choices.remember(model, { backend: backend.name, ...(note && { note }) })
      }
      return opened
    } catch (cause) {
      throw this.#hopeless(model, cause instanceof Error ? cause.message : String(cause), cause)
    }
  }

  /** Nothing is left to try, so the next run may try everything again: what was wrong may have been its feeds. */
  #hopeless({ id, title }: Model, why: string, cause?: unknown): ToolError {
    this.#failed.delete(id)
    return new ToolError('model-unavailable', `${title} cannot be computed here: ${why}`, { cause })
  }

  #allBackends(): Promise<readonly Backend<Weights>[]> {
    this.#backends ??= this.#parts.backends().then((all) => all.map(oneAtATime))
    this.#backends.catch(() => {
      this.#backends = undefined // asked again next time
    })
    return this.#backends
  }
}
