import { stat } from 'node:fs/promises'
import { ToolError } from '../../core/errors'
import type { Model } from '../../models/model'
import { forget, type Patience, partOf } from './download'
import { fetchedFiles, install } from './install'
import { locked } from './model-lock'
import { tarballName } from './npm-source'
import { workFolders } from './places'
import { reasonOf } from './reasons'
import { Tarballs } from './tarballs'

type OnProgress = (bytes: number, total: number) => void

export interface Progress {
  readonly bytes: number
  readonly total: number
}

interface Running {
  readonly end: Promise<void>
  readonly listeners: Set<OnProgress>
  progress: Progress
}

/** What is being fetched in this process, each model once, whoever asks for it. */
export class Fetches {
  private readonly running = new Map<string, Running>()
  private readonly failures = new Map<string, ToolError>()
  private readonly cache: string
  private readonly patience: Patience | undefined
  private readonly tarballs: Tarballs

  constructor(cache: string, patience?: Patience) {
    this.cache = cache
    this.patience = patience
    this.tarballs = new Tarballs(cache, patience)
  }

  /**
   * @param isHere asked once no other process is fetching it any more
   * @throws ToolError as `install` does
   */
  async fetch(model: Model, isHere: () => Promise<boolean>, onProgress?: OnProgress): Promise<void> {
    const running = this.running.get(model.id) ?? this.begin(model, isHere)
    if (onProgress) running.listeners.add(onProgress)
    try {
      await running.end
    } finally {
      if (onProgress) running.listeners.delete(onProgress)
    }
  }

  progress(id: string): Progress | undefined {
    return this.running.get(id)?.progress
  }

  /** Why the latest fetch in this process failed. */
  failure(id: string): ToolError | undefined {
    return this.failures.get(id)
  }

  /** How far any process is, from the parts on disk. */
  async seen(model: Model): Promise<Progress> {
    const running = this.progress(model.id)
    if (running && running.bytes > 0) return running
    const { total, parts } = expected(model)
    const { downloads } = workFolders(this.cache)
    const sizes = await Promise.all(parts.map((name) => stat(partOf(downloads, name)).catch(() => undefined)))
    return { bytes: sizes.reduce((sum, size) => sum + (size?.size ?? 0), 0), total }
  }

  /** Deletes what a download that was given up has left. */
  async forget(model: Model): Promise<void> {
    const { downloads } = workFolders(this.cache)
    await Promise.all(expected(model).parts.map((name) => forget(partOf(downloads, name))))
  }

  private begin(model: Model, isHere: () => Promise<boolean>): Running {
    const listeners = new Set<OnProgress>()
    const running: Running = {
      listeners,
      progress: { bytes: 0, total: expected(model).total },
      end: this.work(model, isHere, (bytes, total) => {
        running.progress = { bytes, total }
        for (const listener of listeners) listener(bytes, total)
      }).finally(() => this.running.delete(model.id)),
    }
    this.running.set(model.id, running)
    return running
  }

  private async work(model: Model, isHere: () => Promise<boolean>, onProgress: OnProgress): Promise<void> {
    try {
      await locked(this.cache, model.id, async () => {
        if (await isHere()) return
        const { cache, patience, tarballs } = this
        await install(model, { cache, patience, tarballs, onProgress })
      })
      this.failures.delete(model.id)
    } catch (error) {
      const failure = toToolError(model, error)
      this.failures.set(model.id, failure)
      throw failure
    }
  }
}

const toToolError = ({ title }: Model, error: unknown): ToolError =>
  error instanceof ToolError
    ? error
    : new ToolError('model-unavailable', `${title} could not be stored: ${reasonOf(error)}`, { cause: error })

/** What the first source will give: names of its downloads, and how long they are together. */
function expected(model: Model): { total: number; parts: readonly string[] } {
  const source = model.sources.find(({ kind }) => kind !== 'bundled')
  if (source?.kind === 'npm') return { total: source.bytes, parts: [tarballName(source)] }
  if (source?.kind === 'url' && source.archive) return { total: source.archive.bytes, parts: source.urls }
  const total = fetchedFiles(model).reduce((sum, { bytes }) => sum + bytes, 0)
  return { total, parts: source?.kind === 'url' ? source.urls : [] }
}
