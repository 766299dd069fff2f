import { dirname, join } from 'node:path'
import type { Model } from '../../models/model'
import { isSupplied } from '../../models/supplied'

export interface ModelsConfig {
  /** Where fetched models are kept; made when needed. */
  readonly cache: string
  /** The user's own models, `<id>/<file>`; only read. */
  readonly folder: string | undefined
  /** Ids of models whose licence the operator accepts. */
  readonly acceptLicences: 'all' | readonly string[]
  /** Whether models of the install that are missing are fetched without being asked for. */
  readonly fetchDefaults: boolean
}

/** Where a model's files may lie, in the order in which they are looked for. */
export interface Place {
  readonly folder: string
  /** Whether a wrong file there is ours to move away. */
  readonly isCache: boolean
}

/** Weights that come with the repository, relative to where the server is started. */
const WEIGHTS = join('models', 'weights')

export function placesOf(model: Model, { cache, folder }: ModelsConfig): Place[] {
  const bundled = model.sources.flatMap((source) =>
    source.kind === 'bundled' ? [{ folder: join(WEIGHTS, dirname(source.path)), isCache: false }] : [],
  )
  const own = folder === undefined ? [] : [{ folder: join(folder, model.id), isCache: false }]
  if (isSupplied(model)) return own
  return [...bundled, ...own, { folder: cacheFolder(cache, model), isCache: true }]
}

export const cacheFolder = (cache: string, { id }: Model): string => join(cache, id)

/** Below the cache: parts of downloads, models being put together, locks, and files that were refused. */
export const workFolders = (cache: string) => ({
  downloads: join(cache, '.downloads'),
  staging: join(cache, '.staging'),
  locks: join(cache, '.locks'),
  quarantine: join(cache, '.quarantine'),
})
