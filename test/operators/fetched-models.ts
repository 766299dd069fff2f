import { readFileSync } from 'node:fs'
import type { ModelRunner } from '../../core/ports'
import type { Raster } from '../../core/raster'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { childModels } from '../../server/compute/models'
import { MODEL_CACHE, testLibrary } from '../models/model-cache'

/** Long enough where models are loaded on machines that others load too. */
export const TIMEOUT = 120_000

/** Runs these models as a server does, fetched where they are not here. */
export async function fetchedModels(...ids: string[]): Promise<ModelRunner> {
  await testLibrary().ensure(ids)
  const library = { cache: MODEL_CACHE, folder: undefined, acceptLicences: [], fetchDefaults: false }
  return childModels({ library, device: 'cpu', threads: 1, memoryBytes: 1e9 })
}

/** A picture, by its path from the root. */
export const photoOf = (path: string): Promise<Raster> =>
  codecSharp.decode(new Uint8Array(readFileSync(path)), { pixels: 1e8, side: 30_000 })
