import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, setPriority, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../../server/api/app'
import { readConfig } from '../../server/config'
import { createLog } from '../../server/log'
import { openServices } from '../../server/services'
import { type AskedRuns, bareSessions } from './plates-bare'
import { KINDS, type Kind, runShare } from './plates-batch'
import { benchPlatform } from './plates-host'

const CORES = availableParallelism()
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const BAR = 0.85

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
      const { runs: asked } = await runShare(kind, platform)
      const works = { one: () => one.run(asked), server: () => server.post(kind), perCore: () => perCore.run(asked) }
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
    await Promise.all([server.close(), one.close(), perCore.close()])
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

async function rate(work: () => Promise<unknown>, photos: number): Promise<number> {
  const start = performance.now()
  await work()
  return (photos * 1000) / (performance.now() - start)
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
