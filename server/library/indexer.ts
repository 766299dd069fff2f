import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ToolError } from '../../core/errors'
import { EMBEDDING_MODELS, type EmbeddingModel } from '../../operators/fingerprint/models'
import type { ImageRow } from '../db/library-schema'
import { findCopies, type SearchParts } from './find-copies'
import { fingerprintOf } from './fingerprints'
import { claimImage, finishImage, releaseImage } from './image-store'
import { labelsOf } from './labels'
import { LEASE_SECONDS } from './library'
import { linkImages } from './link-store'
import { indexImage } from './search'

const [DEFAULT] = EMBEDDING_MODELS

/** `model_name`s of pictures that our own worker processes. */
const OWN_MODELS: readonly string[] = [...EMBEDDING_MODELS, 'default']

/** Which of our models embeds a picture of that `model_name`. */
const embeddingOf = (name: string): EmbeddingModel => EMBEDDING_MODELS.find((model) => model === name) ?? DEFAULT

const IDLE_MS = 5000 // pictures that another process has added are noticed so late
const PAUSE_MS = 2000 // after a failure that is nobody's picture's

interface IndexerParts extends SearchParts {
  readonly log: Logger
}

/** Our own model worker: takes waiting pictures, one after the other, and links each with its copies. */
export class Indexer {
  readonly #parts: IndexerParts
  readonly #stop = new AbortController()
  readonly #loop: Promise<void>
  #wake = new AbortController()

  constructor(parts: IndexerParts) {
    this.#parts = parts
    this.#loop = this.#work()
  }

  /** A picture waits. */
  wake(): void {
    this.#wake.abort()
    this.#wake = new AbortController()
  }

  /** Gives back what it was at. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const wake = this.#wake.signal
      const took = await this.#next().catch(async (error) => {
        this.#parts.log.error({ err: error }, 'a picture of the library could not be processed')
        await this.#rest(PAUSE_MS, this.#stop.signal)
        return true
      })
      if (!took) await this.#rest(IDLE_MS, AbortSignal.any([wake, this.#stop.signal]))
    }
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal }).catch(() => {})
  }

  /** @returns whether there was a picture */
  async #next(): Promise<boolean> {
    for (const model of OWN_MODELS) {
      const image = await claimImage(this.#parts.sql, model, LEASE_SECONDS)
      if (!image) continue
      await this.#process(image)
      return true
    }
    return false
  }

  async #process(image: ImageRow): Promise<void> {
    const { sql } = this.#parts
    try {
      await this.#index(image)
    } catch (error) {
      if (isItsOwnFault(error, image)) await finishImage(sql, image.id, image.claims, { error: error.message })
      else {
        await releaseImage(sql, image.id, image.claims)
        if (!this.#stop.signal.aborted) throw error
      }
    }
  }

  async #index(image: ImageRow): Promise<void> {
    const { sql, storage, compute } = this.#parts
    const { signal } = this.#stop
    const bytes = await storage.read(image.path)
    const known = await fingerprintOf(compute, bytes.slice(), embeddingOf(image.modelName), signal)
    const labels = await labelsOf(compute, bytes, known, signal)
    const copies = await findCopies(this.#parts, image.owner, { bytes, known }, { self: image.id, signal })
    await indexImage(sql, image.id, known.pdq, known)
    const { width, height, pdq, pdqQuality } = known
    // Links only by whoever still holds the picture: another worker may have had it since.
    if (!(await finishImage(sql, image.id, image.claims, { width, height, pdq, pdqQuality, labels }))) return
    const links = copies.map(({ id, evidence }) => ({
      other: id,
      verdict: evidence.verdict,
      probability: evidence.probability,
      evidence,
    }))
    await linkImages(sql, image.id, links)
  }
}

/** Also where it asks for a model that is not installed; without the default one all pictures wait. */
const isItsOwnFault = (error: unknown, { modelName }: ImageRow): error is ToolError =>
  error instanceof ToolError &&
  (['unreadable', 'too-large', 'not-found'].includes(error.code) ||
    (error.code === 'model-unavailable' && embeddingOf(modelName) !== DEFAULT))
