import type { Capabilities } from '../core/routing'
import type { WorkerPool } from './pool'

const KEY = 'darkroom.capabilities'

/** Measured once per browser version and remembered; `pool` lends the worker that measures. */
export async function deviceCapabilities(pool: WorkerPool): Promise<Capabilities> {
  const remembered = recall()
  if (remembered) return remembered
  const measured = await pool.use((host) => host.measure(), { signal: new AbortController().signal })
  remember(measured)
  return measured
}

/** An update of the browser can change everything, and isolation depends on how the page was served. */
const version = () => [navigator.userAgent, navigator.hardwareConcurrency, globalThis.crossOriginIsolated].join('|')

function recall(): Capabilities | undefined {
  try {
    const { of, capabilities } = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return of === version() ? capabilities : undefined
  } catch {
    return undefined // storage is blocked or holds something else: measuring again is cheap
  }
}

function remember(capabilities: Capabilities): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ of: version(), capabilities }))
  } catch {
    // Storage is blocked or full: it is measured again next time.
  }
}
