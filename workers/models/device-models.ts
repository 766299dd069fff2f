import { Models } from '../../core/inference/models'
import { memoryBudget } from '../../core/routing'
import { findModel } from '../../models/manifest'
import type { WebWeights } from '../adapters/ort-web'
import { choices } from './choices'
import { type DownloadOptions, modelStore } from './store'

const MODEL_SHARE = 0.5 // of what runs may hold: pictures need the rest

/** The backends of this browser, best first. */
export const webBackends = async (gpus: 'hardware' | 'any') => (await import('../adapters/ort-web')).webBackends(gpus)

type Parts = ConstructorParameters<typeof Models<WebWeights, DownloadOptions>>[0]

/**
 * Models of a worker. One of the install that is not on the device yet is downloaded by its first run; any other one is
 * downloaded when the user says so.
 */
export const createDeviceModels = (parts: Pick<Parts, 'backends' | 'choices'>) =>
  new Models<WebWeights, DownloadOptions>({
    find: findModel,
    source: {
      has: async (model) => {
        if (!(await modelStore.isAccepted(model))) return false
        return (await modelStore.state(model)).state === 'installed' || (model.default && navigator.onLine)
      },
      load: async (model, options) => {
        if (model.default && options) await modelStore.download(model, options)
        return modelStore.read(model)
      },
    },
    memoryBytes:
      memoryBudget({ memoryGiB: 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : null }) * MODEL_SHARE,
    now: () => performance.now(),
    ...parts,
  })

/** The models of this worker, each where it computes soonest. */
export const deviceModels = createDeviceModels({ backends: () => webBackends('hardware'), choices })

/** Opens the model of the install for a task while the user looks; nothing is downloaded for that. */
export async function warmModel(id: string): Promise<void> {
  const model = findModel(id)
  if (model && (await modelStore.state(model)).state === 'installed') await deviceModels.warm(id)
}
