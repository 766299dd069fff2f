import { join } from 'node:path'
import { Models } from '../../core/inference/models'
import { findModel } from '../../models/manifest'
import type { Device } from '../adapters/ort-node'
import { openLibrary } from '../models/library'
import type { ModelsConfig } from '../models/places'
import { fileChoices } from './choices'

/** How a compute process runs models. */
export interface ModelSettings {
  readonly library: ModelsConfig
  readonly device: Device
  /** Cores for one run on the CPU: times the processes, that is all of them. */
  readonly threads: number
  /** Bytes that the open models of one process may hold. */
  readonly memoryBytes: number
}

/** The models of one compute process; ONNX Runtime is loaded with the first one. */
export function childModels({ library: config, device, threads, memoryBytes }: ModelSettings): Models<string> {
  const library = openLibrary(config)
  return new Models({
    find: findModel,
    source: {
      has: async ({ id }) => (await library.isAccepted(id)) && (await library.state(id)).state === 'installed',
      load: async ({ id, files }) => join(await library.path(id), files[0].name),
    },
    backends: async () => (await import('../adapters/ort-node')).nodeBackends(device, threads),
    choices: fileChoices(join(config.cache, 'backends.json')),
    memoryBytes,
    now: () => performance.now(),
  })
}

/**
 * Most pictures in one run of a model. A processor takes them one by one: what several need at once falls out of its
 * caches, and 12 pictures in one run take a quarter to a half longer each.
 */
export const picturesPerRun = (device: Device, most = 1): number => (device === 'cpu' ? 1 : most)
