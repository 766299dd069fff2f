import type { Failure } from '../../core/errors'
import type { FolderGroup } from '../../workers/folder/folder-groups'
import type { IndexProgress, Skipped } from '../../workers/folder/index-files'
import type { Picture } from '../../workers/folder/picture'

/** What is being done with the folder. */
export type Work =
  | { readonly kind: 'listing'; readonly count: number }
  | ({ readonly kind: 'indexing' } & IndexProgress)
  | { readonly kind: 'comparing'; readonly done: number; readonly total: number }

/** Two pictures that people say are no copies. */
export type AsidePair = readonly [Picture, Picture]

export interface FolderState {
  /** Nothing while nobody has chosen a folder, or when all is done. */
  readonly work?: Work
  readonly isPaused: boolean
  /** How many pictures are indexed; undefined before the first folder is. */
  readonly pictures?: number
  readonly groups: readonly FolderGroup[]
  readonly skipped: readonly Skipped[]
  readonly aside: readonly AsidePair[]
  readonly failure?: Failure
}

export const NOTHING: FolderState = { isPaused: false, groups: [], skipped: [], aside: [] }

/** Paths of everything but the picture worth keeping. */
export const allButBest = (groups: readonly FolderGroup[]): string[] =>
  groups.flatMap(({ members, best }) => members.filter((_, i) => i !== best).map(({ path }) => path))
