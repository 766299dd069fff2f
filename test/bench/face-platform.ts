import { alone } from '../../core/parallel'
import type { Platform } from '../../operators/execute'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { childModels } from '../../server/compute/models'
import { readConfig } from '../../server/config'

/** As the benchmark's server is configured: models from the usual cache, or from MODELS_CACHE and MODELS_DIR. */
export const config = readConfig({ ...process.env, LOG_LEVEL: 'silent' })

export const THREADS = 1

/** A compute process's platform in this process. */
export const models = childModels({
  library: config.models,
  device: config.device,
  threads: THREADS,
  memoryBytes: 2e9,
})

export const platform: Platform = {
  place: 'server',
  codec: codecSharp,
  models,
  loadOpenCv: () => Promise.reject(new Error('not needed')),
  loadAsset: () => Promise.reject(new Error('not needed')),
  parallel: () => alone,
  limits: config.pixels,
  now: () => performance.now(),
  log: console.error,
}
