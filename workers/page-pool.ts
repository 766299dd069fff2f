import { memoryBudget } from '../core/routing'
import { WorkerPool } from './pool'

const MODEL_BYTES = 2 ** 29 // a runtime and a model or two: with threads one worker uses all cores, without each needs its own

let pool: WorkerPool | undefined

/** The one pool of this page, for its own runs and for those that the service worker is asked for. */
export function pagePool(): WorkerPool {
  const cores = navigator.hardwareConcurrency || 1
  const memoryBytes = memoryBudget({ memoryGiB: memory() })
  pool ??= new WorkerPool({
    size: cores,
    memoryBytes,
    modelWorkers: globalThis.crossOriginIsolated ? 1 : Math.floor(Math.min(cores / 2, memoryBytes / MODEL_BYTES)) || 1,
  })
  return pool
}

/** Not every browser tells. */
const memory = (): number | null => ('deviceMemory' in navigator ? Number(navigator.deviceMemory) : null)
