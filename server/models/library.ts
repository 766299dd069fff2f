import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolError } from '../../core/errors'
import { findModel, manifest } from '../../models/manifest'
import type { Model } from '../../models/model'
import { isSupplied } from '../../models/supplied'
import type { ModelState } from '../api/engine'
import { Checker } from './check'
import type { Patience } from './download'
import { Fetches, type Progress } from './fetches'
import { isAccepted, licenceRefusal } from './licences'
import { isLocked, locked } from './model-lock'
import { cacheFolder, type ModelsConfig, placesOf } from './places'
import { quarantine, quarantineNote } from './quarantine'

type OnProgress = (id: string, bytes: number, total: number) => void

/** The models of this machine: where they are, whether they may be used, and how they come. */
export interface Library {
  /**
   * The folder with the model's checked files. Waits for a fetch that is under way; a model of the install that is
   * missing is fetched, any other has to be asked for.
   *
   * @throws ToolError not-found, forbidden when its licence is not accepted, model-unavailable when it is not here
   */
  path(id: string, options?: { readonly waitMs?: number }): Promise<string>
  /**
   * Fetches what is missing; resolves when all of them are there.
   *
   * @throws ToolError of the first that fails, after all have ended; model-unavailable of one that the user has to supply
   */
  ensure(ids: readonly string[], onProgress?: OnProgress): Promise<void>
  /**
   * Begins to fetch what is missing, and does not wait.
   *
   * @param onFailure is told when it cannot be fetched
   * @throws ToolError not-found or forbidden; model-unavailable of one that the user has to supply
   */
  begin(id: string, onFailure: (error: unknown) => void): Promise<void>
  state(id: string): Promise<ModelState>
  isAccepted(id: string): Promise<boolean>
  /**
   * Deletes what was fetched; what the user put into a folder is left alone.
   *
   * @returns whether there was anything
   * @throws ToolError conflict while it is being fetched
   */
  remove(id: string): Promise<boolean>
}

export interface LibraryOptions {
  /** In place of the manifest, for tests. */
  readonly models?: readonly Model[]
  readonly patience?: Patience
  /** Is told once of a file in the operator's folder that is wrong, with its path, which clients are not told. */
  onWrongFile?(detail: string): void
}

export function openLibrary(config: ModelsConfig, options: LibraryOptions = {}): Library {
  const { models = manifest, patience, onWrongFile = () => {} } = options
  return new DiskLibrary(config, models, new Fetches(config.cache, patience), onWrongFile)
}

const WAIT_MS = 20_000 // as long as a client may be left without an answer

class DiskLibrary implements Library {
  private readonly checker = new Checker()
  private readonly config: ModelsConfig
  private readonly models: readonly Model[]
  private readonly fetches: Fetches
  private readonly onWrongFile: (detail: string) => void
  /** What is wrong with files in folders that are not ours to change, by model. */
  private readonly complaints = new Map<string, string>()

  constructor(config: ModelsConfig, models: readonly Model[], fetches: Fetches, onWrongFile: (detail: string) => void) {
    this.config = config
    this.models = models
    this.fetches = fetches
    this.onWrongFile = onWrongFile
  }

  async path(id: string, { waitMs = WAIT_MS } = {}): Promise<string> {
    const model = this.find(id)
    if (!(await isAccepted(model, this.config))) throw licenceRefusal(model)
    const here = await this.locate(model)
    if (here !== undefined) return here
    if (!this.isOfInstall(model) && !(await this.onItsWay(model))) throw await this.absent(model)
    await within(waitMs, this.fetch(model), () => this.stillFetching(model))
    const fetched = await this.locate(model)
    if (fetched === undefined) throw await this.absent(model)
    return fetched
  }

  async ensure(ids: readonly string[], onProgress?: OnProgress): Promise<void> {
    const models = ids.map((id) => this.find(id))
    for (const model of models) if (!(await isAccepted(model, this.config))) throw licenceRefusal(model)
    const ends = await Promise.allSettled(models.map((model) => this.bring(model, onProgress)))
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
  }

  async begin(id: string, onFailure: (error: unknown) => void): Promise<void> {
    const model = this.find(id)
    if (!(await isAccepted(model, this.config))) throw licenceRefusal(model)
    if ((await this.locate(model)) !== undefined) return
    if (isSupplied(model)) throw await this.absent(model)
    this.fetch(model).catch(onFailure)
  }

  async state(id: string): Promise<ModelState> {
    const model = this.find(id)
    if ((await this.locate(model)) !== undefined) return { state: 'installed' }
    const progress = await this.onItsWay(model)
    if (progress) return { state: 'fetching', ...progress }
    const refused = await quarantineNote(this.config.cache, model)
    if (refused !== undefined) return { state: 'quarantined', reason: refused }
    const reason = this.fetches.failure(id)?.message ?? this.complaints.get(id)
    return { state: 'absent', ...(reason && { reason }) }
  }

  isAccepted(id: string): Promise<boolean> {
    return isAccepted(this.find(id), this.config)
  }

  async remove(id: string): Promise<boolean> {
    const model = this.find(id)
    if (await this.onItsWay(model)) {
      throw new ToolError('conflict', `The model ${model.title} is being fetched; remove it once it is here`)
    }
    return locked(this.config.cache, id, async () => {
      const folder = cacheFolder(this.config.cache, model)
      const found = await this.checker.check(folder, model.files)
      await rm(folder, { recursive: true, force: true })
      await this.fetches.forget(model)
      return found.ok || found.kind === 'wrong'
    })
  }

  private find(id: string): Model {
    const model = this.models === manifest ? findModel(id) : this.models.find((one) => one.id === id)
    if (!model) throw new ToolError('not-found', `There is no model "${id}"`)
    return model
  }

  private isOfInstall(model: Model): boolean {
    return this.config.fetchDefaults && model.default
  }

  /** The first place with all files right. A wrong file in the cache is moved away; the user's own is left there. */
  private async locate(model: Model): Promise<string | undefined> {
    for (const { folder, isCache } of placesOf(model, this.config)) {
      const check = await this.checker.check(folder, model.files)
      if (check.ok) return folder
      if (check.kind !== 'wrong') continue
      const file = join(folder, check.file.name)
      if (isCache) await quarantine(this.config.cache, model, file, `${check.reason}; it was refused`)
      else this.complain(model, folder, check.reason)
    }
    return undefined
  }

  private complain({ id }: Model, folder: string, reason: string): void {
    const complaint = `In the folder of own models, ${reason}; it was not used`
    if (this.complaints.get(id) !== complaint) this.onWrongFile(`In ${folder}, ${reason}; it was not used`)
    this.complaints.set(id, complaint)
  }

  private async bring(model: Model, onProgress: OnProgress | undefined): Promise<void> {
    if ((await this.locate(model)) !== undefined) return
    if (isSupplied(model)) throw await this.absent(model)
    await this.fetch(model, (bytes, total) => onProgress?.(model.id, bytes, total))
  }

  private fetch(model: Model, onProgress?: (bytes: number, total: number) => void): Promise<void> {
    return this.fetches.fetch(model, async () => (await this.locate(model)) !== undefined, onProgress)
  }

  /** How far this process is with it, or another that shares the cache. */
  private async onItsWay(model: Model): Promise<Progress | undefined> {
    const here = this.fetches.progress(model.id)
    return here ?? ((await isLocked(this.config.cache, model.id)) ? this.fetches.seen(model) : undefined)
  }

  private async stillFetching(model: Model): Promise<ToolError> {
    const { bytes, total } = await this.fetches.seen(model)
    const part = total > 0 ? `: ${Math.floor((100 * bytes) / total)} % of ${megabytes(total)} are here` : ''
    return new ToolError('model-unavailable', `The model ${model.title} is being fetched${part}; ask again soon`)
  }

  private async absent(model: Model): Promise<ToolError> {
    const refused = await quarantineNote(this.config.cache, model)
    const failure = this.fetches.failure(model.id)
    const why = refused ?? failure?.message ?? this.complaints.get(model.id)
    const how = isSupplied(model) ? howToSupply(model) : howToFetch(model)
    const reason = why === undefined ? '' : ` ${why}${why.endsWith('.') ? '' : '.'}`
    return new ToolError('model-unavailable', `The model ${model.title} is not installed.${reason} ${how}`)
  }
}

const howToFetch = ({ id }: Model): string =>
  `Fetch it with: npm run models fetch ${id}, or POST /api/v1/models/${id}/fetch`

const howToSupply = ({ id, files }: Model): string =>
  `Nobody publishes it as ONNX: put ${files.map(({ name }) => `${id}/${name}`).join(' and ')} into MODELS_DIR; docs/models.md says how it is made`

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** Gives up the wait, not the work. */
async function within(ms: number, work: Promise<void>, late: () => Promise<ToolError>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
  })
  try {
    work.catch(() => {}) // its failure is told to whoever still waits
    if ((await Promise.race([work, end])) === 'late') throw await late()
  } finally {
    clearTimeout(timer)
  }
}
