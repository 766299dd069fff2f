import { readFileSync } from 'node:fs'
import { coverPlates } from '../../operators/cover-plates/spec'
import type { Platform } from '../../operators/execute'
import { pixelsOf } from '../../server/adapters/codec-sharp'
import { runBatch } from '../../server/compute/run-batch'
import { benchPlatform, counted, temporaryStorage, unhindered } from './plates-host'

const PHOTOS = Number(process.env.PHOTOS ?? 50)
const BAR = 0.85
const ROUNDS = Number(process.env.ROUNDS ?? 3)

/** A batch as a compute process does it, beside the bare model: the same runs, of the same shapes, one after another. */
export async function printSpeed(): Promise<void> {
  const platform = await benchPlatform()
  for (const [name, path] of [
    ['1200 × 900, one view each', 'test/fixtures/car.jpg'],
    ['2000 × 1333, with tiles', 'test/fixtures/street.jpg'],
  ] as const) {
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const { shapes, ms } = await timeBatch(platform, path, name.includes('tiles') ? Math.ceil(PHOTOS / 5) : PHOTOS)
      const bare = await timeBare(platform, shapes)
      ratios.push(bare / ms)
      const pictures = shapes.reduce((sum, [count]) => sum + count, 0)
      console.log(
        `${name}: ${(ms / 1000).toFixed(1)} s; bare ${(bare / 1000).toFixed(1)} s for ${pictures} pictures in ${shapes.length} runs`,
      )
    }
    const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]
    console.log(`${name}: ${(100 * median).toFixed(0)} % of the bare model’s throughput (bar ${100 * BAR} %)\n`)
  }
}

async function timeBatch(platform: Platform, path: string, count: number) {
  const storage = temporaryStorage()
  const items = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await storage.put(`uploads/${i}.jpg`, readFileSync(path))
      return {
        name: `${i}.jpg`,
        stem: `${i}`,
        inputs: { image: `uploads/${i}.jpg` },
        thumbnail: { slot: 'image', path: `t/${i}` },
      }
    }),
  )
  const { runner, shapes } = counted(platform.models)
  const work = {
    kind: 'batch',
    tool: coverPlates.id,
    params: coverPlates.params.parse({}),
    items,
    results: 'results',
  } as const
  const start = performance.now()
  const done = await runBatch(work, {
    platform: { ...platform, models: runner },
    storage,
    checkpoint: unhindered,
    pixelsOf,
  })
  const ms = performance.now() - start
  const failed = done.filter(({ result }) => 'error' in result)
  if (failed.length > 0) throw new Error(JSON.stringify(failed[0].result))
  return { shapes, ms }
}

async function timeBare({ models }: Platform, shapes: readonly (readonly number[])[]): Promise<number> {
  const feeds = shapes.map((dims) => ({
    images: { dims, data: new Float32Array(dims.reduce((a, b) => a * b)).fill(0.4) },
  }))
  const start = performance.now()
  for (const feed of feeds) await models.run('darkroom-plates', feed)
  return performance.now() - start
}
