import { memoryBudget } from '../core/routing'
import { WorkerPool } from './pool'

let pool: WorkerPool | undefined

/** The one pool of this page, for its own runs and for those that the service worker is asked for. */
export function pagePool(): WorkerPool {
  pool ??= new WorkerPool({
    size: navigator.hardwareConcurrency || 1,
    memoryBytes: memoryBudget({ memoryGiB: memory() }),
  })
  return pool
}

/** Not every browser tells. */
const memory = (): number | null => ('deviceMemory' in navigator ? Number(navigator.deviceMemory) : null)
