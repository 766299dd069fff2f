import { readFileSync } from 'node:fs'
import { coverPlates } from '../../operators/cover-plates/spec'
import { pixelsOf } from '../../server/adapters/codec-sharp'
import { runBatch } from '../../server/compute/run-batch'
import { benchPlatform, temporaryStorage, unhindered } from './plates-host'

const MB = 1e6

/** The most memory that a compute process holds, for batches of growing length. */
export async function printMemory(): Promise<void> {
  const platform = await benchPlatform()
  const bytes = readFileSync('test/fixtures/car.jpg')
  for (const count of [5, 10, 25, 50]) {
    const storage = temporaryStorage()
    await storage.put('car.jpg', bytes)
    const items = Array.from({ length: count }, (_, i) => ({
      ...{ name: `${i}.jpg`, stem: `${i}`, inputs: { image: 'car.jpg' } },
      thumbnails: [{ slot: 'image', path: `t/${i}` }],
    }))
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss())
    }, 20)
    const params = coverPlates.params.parse({ tiling: 'off' })
    const work = { kind: 'batch', tool: coverPlates.id, params, items, results: 'results' } as const
    await runBatch(work, { platform, storage, checkpoint: unhindered, pixelsOf })
    clearInterval(watch)
    console.log(`${String(count).padStart(3)} photos: ${(most / MB).toFixed(0)} MB at most`)
  }
}
