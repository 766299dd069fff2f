import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { coverPlates } from '../../operators/cover-plates/spec'
import type { Platform } from '../../operators/execute'
import { pixelsOf } from '../../server/adapters/codec-sharp'
import { runBatch } from '../../server/compute/run-batch'
import type { AskedRuns } from './plates-bare'
import { counted, temporaryStorage, unhindered } from './plates-host'

const PHOTOS = Number(process.env.PHOTOS ?? 50)

/** A batch to measure. */
export interface Kind {
  readonly name: string
  readonly path: string
  readonly photos: number
  readonly format: 'webp' | 'jpeg'
}

const FORMATS = ['webp', 'jpeg'] as const

export const KINDS: readonly Kind[] = [
  { name: '1200 × 900, no tiles', path: 'test/fixtures/car.jpg', photos: PHOTOS },
  { name: '2000 × 1333, tiles', path: 'test/fixtures/street.jpg', photos: Math.ceil(PHOTOS / 5) },
].flatMap((kind) => FORMATS.map((format) => ({ ...kind, format })))

/** Does here what one of as many compute processes as there are cores does, and says what it asked of its models. */
export async function runShare({ path, photos, format }: Kind, platform: Platform) {
  const storage = temporaryStorage()
  await storage.put('photo.jpg', readFileSync(path))
  const share = Math.ceil(photos / availableParallelism())
  const items = Array.from({ length: share }, (_, i) => ({
    ...{ name: `${i}.jpg`, stem: `${i}`, inputs: { image: 'photo.jpg' } },
    thumbnails: [{ slot: 'image', path: `t/${i}` }],
  }))
  const { runner, asked } = counted(platform.models)
  const params = coverPlates.params.parse({ format })
  const work = { kind: 'batch', tool: coverPlates.id, params, items, results: 'results' } as const
  const start = process.cpuUsage()
  const done = await runBatch(work, {
    ...{ platform: { ...platform, models: runner }, storage, checkpoint: unhindered, pixelsOf },
  })
  const { user, system } = process.cpuUsage(start)
  const failed = done.find(({ result }) => 'error' in result)
  if (failed) throw new Error(JSON.stringify(failed.result))
  const runs: AskedRuns = { asked, photos: share }
  return { runs, cpuMs: (user + system) / 1000 }
}
