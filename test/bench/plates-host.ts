import { mkdtempSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelRunner } from '../../core/ports'
import type { Platform } from '../../operators/execute'
import { assetLoader } from '../../server/adapters/assets'
import { codecSharp } from '../../server/adapters/codec-sharp'
import type { Device } from '../../server/adapters/ort-node'
import { childModels, picturesPerRun } from '../../server/compute/models'
import { openLibrary } from '../../server/models/library'
import { openLocalDisk } from '../../server/storage/local-disk'

const cache = join('.build', 'models')
export const library = { cache, folder: undefined, acceptLicences: [], fetchDefaults: true }

/** Everything as a compute process of the server has it. @param threads of one run of a model */
export async function benchPlatform(threads = availableParallelism()): Promise<Platform> {
  await openLibrary(library).ensure(['darkroom-plates', 'darkroom-plate-corners'])
  const device = (process.env.PROCESSING_DEVICE ?? 'cpu') as Device
  const models = childModels({ library, device, threads, memoryBytes: 2e9 })
  await models.warm('darkroom-plates')
  await models.warm('darkroom-plate-corners')
  return {
    place: 'server',
    codec: codecSharp,
    models,
    loadOpenCv: () => Promise.reject(new Error('not needed')),
    loadAsset: assetLoader({}),
    modelBatch: picturesPerRun(device, Number(process.env.PROCESSING_BATCH_SIZE ?? 16)),
    limits: { pixels: 1e8, side: 30_000 },
    now: () => performance.now(),
    log: console.error,
  }
}

export const unhindered = async () => {}

export const temporaryStorage = () => openLocalDisk(mkdtempSync(join(tmpdir(), 'darkroom-bench-')))

/** What a model was asked for. */
export interface Asked {
  readonly model: string
  /** Name of the input. */
  readonly input: string
  readonly dims: readonly number[]
}

/** A runner that remembers what it was asked for. */
export function counted(models: ModelRunner) {
  const asked: Asked[] = []
  const runner: ModelRunner = {
    has: (model) => models.has(model),
    backend: (model) => models.backend(model),
    loadMs: () => models.loadMs(),
    run: (model, feeds) => {
      asked.push(...Object.entries(feeds).map(([input, { dims }]) => ({ model, input, dims })))
      return models.run(model, feeds)
    },
  }
  return { runner, asked }
}
