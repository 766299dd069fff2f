import type { Item } from '../state/session'

/** A press of Run: which pictures it took, and when. */
export interface Batch {
  readonly ids: readonly string[]
  readonly startedAt: number
}

export interface BatchProgress {
  readonly done: number
  readonly failed: number
  readonly total: number
  /** Null until enough files are done to tell. */
  readonly leftMs: number | null
}

const TELLING = 2 // the first file also loads code, so one is no measure

export function batchProgress({ ids, startedAt }: Batch, items: readonly Item[], now: number): BatchProgress {
  const asked = new Set(ids)
  const runs = items.filter(({ picture }) => asked.has(picture.id)).map(({ run }) => run.status)
  const failed = runs.filter((status) => status === 'failed').length
  const done = runs.filter((status) => status !== 'running').length
  const leftMs = done < TELLING ? null : ((now - startedAt) / done) * (runs.length - done)
  return { done, failed, total: runs.length, leftMs }
}
