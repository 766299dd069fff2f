import { readFileSync } from 'node:fs'
import { coverPlates } from '../../operators/cover-plates/spec'
import type { Platform } from '../../operators/execute'
import { pixelsOf } from '../../server/adapters/codec-sharp'
import { runBatch } from '../../server/compute/run-batch'
import { type Asked, benchPlatform, counted, temporaryStorage, unhindered } from './plates-host'

const PHOTOS = Number(process.env.PHOTOS ?? 50)
const BAR = 0.85
const ROUNDS = Number(process.env.ROUNDS ?? 3)

/** A batch as a compute process does it, beside the bare models: the same runs, of the same shapes, one after another. */
export async function printSpeed(): Promise<void> {
  const platform = await benchPlatform()
  for (const [name, path] of [
    ['1200 × 900, one view each', 'test/fixtures/car.jpg'],
    ['2000 × 1333, with tiles', 'test/fixtures/street.jpg'],
  ] as const) {
    const ratios: number[] = []
    const cpuRatios: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const { asked, spent } = await timeBatch(platform, path, name.includes('tiles') ? Math.ceil(PHOTOS / 5) : PHOTOS)
      const bare = await timed(() => runBare(platform, asked))
      ratios.push(bare.ms / spent.ms)
      cpuRatios.push(bare.cpuMs / spent.cpuMs)
      const inputs = asked.reduce((sum, { dims }) => sum + dims[0], 0)
      console.log(`${name}: ${describe(spent)}; bare ${describe(bare)} for ${inputs} inputs in ${asked.length} runs`)
    }
    const [wall, cpu] = [median(ratios), median(cpuRatios)]
    console.log(
      `${name}: ${percent(wall)} of the bare model’s throughput, ${percent(cpu)} by processor time (bar ${percent(BAR)})\n`,
    )
  }
}

interface Spent {
  readonly ms: number
  /** Of all threads: it does not grow when others use the machine. */
  readonly cpuMs: number
}

async function timed(work: () => Promise<unknown>): Promise<Spent> {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
}

const describe = ({ ms, cpuMs }: Spent) => `${(ms / 1000).toFixed(1)} s (${(cpuMs / 1000).toFixed(1)} s of processors)`
const percent = (share: number) => `${(100 * share).toFixed(0)} %`
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function timeBatch(platform: Platform, path: string, count: number) {
  const storage = temporaryStorage()
  const items = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await storage.put(`uploads/${i}.jpg`, readFileSync(path))
      return {
        name: `${i}.jpg`,
        stem: `${i}`,
        inputs: { image: `uploads/${i}.jpg` },
        thumbnails: [{ slot: 'image', path: `t/${i}` }],
      }
    }),
  )
  const { runner, asked } = counted(platform.models)
  const work = {
    kind: 'batch',
    tool: coverPlates.id,
    params: coverPlates.params.parse({}),
    items,
    results: 'results',
  } as const
  let done: Awaited<ReturnType<typeof runBatch>> = []
  const spent = await timed(async () => {
    done = await runBatch(work, {
      platform: { ...platform, models: runner },
      storage,
      checkpoint: unhindered,
      pixelsOf,
    })
  })
  const failed = done.filter(({ result }) => 'error' in result)
  if (failed.length > 0) throw new Error(JSON.stringify(failed[0].result))
  return { asked, spent }
}

async function runBare({ models }: Platform, asked: readonly Asked[]): Promise<void> {
  for (const { model, input, dims } of asked) {
    const data = new Float32Array(dims.reduce((product, length) => product * length)).fill(0.4)
    await models.run(model, { [input]: { dims, data } })
  }
}
