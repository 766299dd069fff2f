import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, setPriority, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { coverPlates } from '../../operators/cover-plates/spec'
import type { Platform } from '../../operators/execute'
import { pixelsOf } from '../../server/adapters/codec-sharp'
import { createApp } from '../../server/api/app'
import { runBatch } from '../../server/compute/run-batch'
import { readConfig } from '../../server/config'
import { createLog } from '../../server/log'
import { openServices } from '../../server/services'
import { type AskedRuns, bareSessions } from './plates-bare'
import { benchPlatform, counted, temporaryStorage, unhindered } from './plates-host'

const CORES = availableParallelism()
const PHOTOS = Number(process.env.PHOTOS ?? 50)
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const BAR = 0.85

interface Kind {
  readonly name: string
  readonly path: string
  readonly photos: number
  readonly format: 'webp' | 'jpeg'
}

const KINDS: readonly Kind[] = [
  { name: '1200 × 900, no tiles', path: 'test/fixtures/car.jpg', photos: PHOTOS, format: 'webp' },
  { name: '1200 × 900, no tiles', path: 'test/fixtures/car.jpg', photos: PHOTOS, format: 'jpeg' },
  { name: '2000 × 1333, tiles', path: 'test/fixtures/street.jpg', photos: Math.ceil(PHOTOS / 5), format: 'webp' },
  { name: '2000 × 1333, tiles', path: 'test/fixtures/street.jpg', photos: Math.ceil(PHOTOS / 5), format: 'jpeg' },
]

/**
 * Photos per second over HTTP, from the first byte of the request to the end of the task, beside the bare models: all runs
 * that these photos take, in the batches that the server makes of them, on inputs that lie ready. One bare session has
 * all cores, which is what the bar is about; one of a single thread for each core is the most that this machine can do.
 */
export async function printSpeed(): Promise<void> {
  setPriority(3) // as compute processes set theirs: other work of this machine then slows all alike
  const platform = await benchPlatform()
  const one = await bareSessions(1, CORES)
  const perCore = await bareSessions(CORES, 1)
  const server = await openServer()
  console.log(`${CORES} cores, ${ROUNDS} rounds, medians; photos per second`)
  try {
    for (const kind of KINDS) {
      const asked = await modelRuns(kind, platform)
      const works = { one: () => one(asked), server: () => server.post(kind), perCore: () => perCore(asked) }
      for (const work of Object.values(works)) await work() // all is opened
      const rounds: Rates[] = []
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push({
          one: await rate(works.one, asked.photos),
          server: await rate(works.server, kind.photos),
          perCore: await rate(works.perCore, asked.photos),
        })
      }
      report(kind, asked, rounds)
    }
  } finally {
    await server.close()
  }
}

async function openServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const cache = join('.build', 'models')
  const config = readConfig({ ...process.env, LOG_LEVEL: 'silent', DATA_DIR: dataDir, MODELS_CACHE: cache })
  const services = await openServices(config, createLog('silent'), resolve('.build/server/child.js'))
  const server = createServer(getRequestListener(createApp(services.engine).fetch)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    post: (kind: Kind) => postBatch(address, kind),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await services.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

async function postBatch(address: string, { path, photos, format }: Kind): Promise<void> {
  const photo = readFileSync(path)
  const body = new FormData()
  for (let i = 0; i < photos; i++) body.append('files', new File([photo], `${i}.jpg`))
  body.append('format', format)
  const accepted = await fetch(`${address}/api/v1/process-task/`, { method: 'POST', body })
  const { task_id: id } = await accepted.json()
  for (;;) {
    const task = await (await fetch(`${address}/api/v1/task-status/${id}`)).json()
    if (task.status === 'failed') throw new Error(JSON.stringify(task))
    if (task.status === 'completed') return
    await new Promise((done) => setTimeout(done, 20))
  }
}

type Rates = Record<'server' | 'one' | 'perCore', number>

async function rate(work: () => Promise<void>, photos: number): Promise<number> {
  const start = performance.now()
  await work()
  return (photos * 1000) / (performance.now() - start)
}

/** What one of as many compute processes as there are cores asks of its models. */
async function modelRuns({ path, photos, format }: Kind, platform: Platform): Promise<AskedRuns> {
  const storage = temporaryStorage()
  await storage.put('photo.jpg', readFileSync(path))
  const share = Math.ceil(photos / CORES)
  const items = Array.from({ length: share }, (_, i) => ({
    ...{ name: `${i}.jpg`, stem: `${i}`, inputs: { image: 'photo.jpg' }, thumbnails: [] },
  }))
  const { runner, asked } = counted(platform.models)
  const params = coverPlates.params.parse({ format })
  const work = { kind: 'batch', tool: coverPlates.id, params, items, results: 'results' } as const
  const done = await runBatch(work, {
    ...{ platform: { ...platform, models: runner }, storage, checkpoint: unhindered, pixelsOf },
  })
  const failed = done.find(({ result }) => 'error' in result)
  if (failed) throw new Error(JSON.stringify(failed.result))
  return { asked, photos: share }
}

function report({ name, format }: Kind, { asked, photos }: AskedRuns, rounds: readonly Rates[]): void {
  const rateOf = (kind: keyof Rates) => median(rounds.map((round) => round[kind])).toFixed(1)
  const share = (kind: 'one' | 'perCore') => median(rounds.map((round) => round.server / round[kind]))
  const inputs = asked.reduce((sum, { dims }) => sum + dims[0], 0) / photos
  console.log(`${name}, ${format}: server ${rateOf('server')}; ${inputs.toFixed(1)} model inputs a photo`)
  const verdict = share('one') >= BAR ? 'meets' : 'MISSES'
  console.log(`  one bare session ${rateOf('one')}: ${percent(share('one'))}, ${verdict} the bar of ${percent(BAR)}`)
  console.log(`  a bare session per core ${rateOf('perCore')}: ${percent(share('perCore'))}`)
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]
