import { readFile } from 'node:fs/promises'
import { type Executed, execute } from '../../operators/execute'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { childModels } from '../../server/compute/models'
import { openLibrary } from '../../server/models/library'
import { MODEL_CACHE } from '../models/model-cache'
import { testContext } from '../support'

export const LIMITS = { pixels: 1e8, side: 1e5 }

const library = { cache: MODEL_CACHE, folder: process.env.MODELS_DIR, acceptLicences: [], fetchDefaults: true }

/** Weights as the server runs them, of whatever is installed. */
export const models = childModels({ library, device: 'cpu', threads: 1, memoryBytes: 2e9 })

/** Whether a model is here, or could be made ready; a test that needs one is skipped where it is not. */
export async function isReady(model: string): Promise<boolean> {
  await openLibrary(library)
    .ensure([model])
    .catch(() => {})
  return models.has(model)
}

/** Runs a tool on one picture with real models, as a compute process does. @throws Error with its message */
export async function runTool(tool: string, image: Uint8Array, params: unknown = {}): Promise<Executed['data']> {
  const { loadOpenCv, loadAsset } = testContext()
  const place = { place: 'server' as const, limits: LIMITS, now: () => performance.now(), log: console.error }
  const platform = { ...place, codec: codecSharp, models, loadOpenCv, loadAsset }
  const outcome = await execute({ tool, inputs: { image: new Uint8Array(image) }, params }, platform, async () => {})
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.value.data
}

export const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../fixtures/${name}`, import.meta.url))
