import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, setPriority, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import * as ort from 'onnxruntime-node'
import sharp from 'sharp'
import { goldenFeed } from '../../models/golden'
import { findModel } from '../../models/manifest'
import { createApp } from '../../server/api/app'
import { createLog } from '../../server/log'
import { openLibrary } from '../../server/models/library'
import { openServices } from '../../server/services'
import { labelledFaces } from './face-data'
import { config } from './face-platform'

const BATCH = 32
const ROUNDS = 7
const BATCHES = 3 // of each kind in a round
const BAR = 0.85
const SIDE = 112
const CORES = availableParallelism()

/** What a crop is run through, by what a request asks for. */
const MODELS = {
  none: ['faceplugin-fr-feature'],
  landmarks: ['ultraface-320', 'faceplugin-fr-landmark', 'faceplugin-fr-feature'],
} as const
type Alignment = keyof typeof MODELS

/** Does this many crops. */
type Work = (crops: number) => Promise<void>

/**
 * Crops per second over HTTP, from JPEG files to JSON, beside the same models run on ready tensors: by one session that
 * has all cores, which is what the bar is about, and by a session of one thread for each core, which is the most that
 * this machine can do.
 */
export async function measureThroughput(): Promise<void> {
  setPriority(3) // as compute processes set theirs: other work of this machine then slows all alike
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const child = resolve('.build/server/child.js')
  const services = await openServices({ ...config, dataDir: folder, workers: CORES }, createLog('silent'), child)
  const server = createServer(getRequestListener(createApp(services.engine).fetch)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  console.log(`\nThroughput on ${CORES} cores, ${BATCH} JPEG crops of ${SIDE}×${SIDE} in a request, ${ROUNDS} rounds`)
  try {
    for (const alignment of ['none', 'landmarks'] as const) await compare(alignment, port)
  } finally {
    server.close()
    server.closeAllConnections()
    await services.close()
    rmSync(folder, { recursive: true })
  }
}

async function compare(alignment: Alignment, port: number): Promise<void> {
  const kinds = {
    server: await poster(port, alignment),
    one: await bareSessions(alignment, 1, CORES),
    perCore: await bareSessions(alignment, CORES, 1),
  }
  for (let i = 0; i < 3; i++) await Promise.all(Object.values(kinds).map((work) => work(BATCH))) // all is opened
  const rounds: Record<keyof typeof kinds, number>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      one: await cropsPerSecond(kinds.one, 1),
      server: await cropsPerSecond(kinds.server, 2), // while one request is computed, the next arrives
      perCore: await cropsPerSecond(kinds.perCore, 1),
    })
  }
  report(alignment, rounds)
}

/** @param threads of each session */
async function bareSessions(alignment: Alignment, sessions: number, threads: number): Promise<Work> {
  const runs = await Promise.all(Array.from({ length: sessions }, () => bareRun(MODELS[alignment], threads)))
  return async (crops) => {
    const work = runs.map(async (run) => {
      for (let i = 0; i < crops / sessions; i++) await run()
    })
    await Promise.all(work)
  }
}

/** One crop through these models, with nothing around them. */
async function bareRun(ids: readonly string[], threads: number): Promise<() => Promise<void>> {
  const library = openLibrary(config.models)
  const opened = ids.map(async (id) => {
    const model = findModel(id)
    if (!model?.golden) throw new Error(`There is no model ${id}`)
    const path = join(await library.path(id), model.files[0].name)
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 } as const
    const feeds = model.golden.feeds.map(
      (feed, i) => [feed.name, new ort.Tensor('float32', Float32Array.from(goldenFeed(feed, i)), feed.dims)] as const,
    )
    return { session: await ort.InferenceSession.create(path, options), feeds: Object.fromEntries(feeds) }
  })
  const all = await Promise.all(opened)
  return async () => {
    for (const { session, feeds } of all) await session.run(feeds)
  }
}

/** Posts batches; the body is made once, since a client's work is not the server's. */
async function poster(port: number, alignment: Alignment): Promise<Work> {
  const crops = labelledFaces().filter(({ source }) => source === 'faceapi')
  const form = new FormData()
  for (const { file, bytes } of crops.slice(0, BATCH)) {
    const jpeg = await sharp(bytes).resize(SIDE, SIDE).jpeg({ quality: 90 }).toBuffer()
    form.append('files', new Blob([new Uint8Array(jpeg)]), file)
  }
  const encoded = new Response(form)
  const headers = { 'Content-Type': encoded.headers.get('Content-Type') ?? '' }
  const body = Buffer.from(await encoded.arrayBuffer())
  const agent = new Agent({ keepAlive: true })
  const path = `/api/v1/faces/embed?alignment=${alignment}`
  return async () => {
    const sent = request({ port, path, method: 'POST', headers, agent })
    sent.end(body)
    const [response] = await once(sent, 'response')
    let answer = ''
    for await (const chunk of response) answer += chunk
    const embedded = /"embedded":(\d+)/.exec(answer)?.[1]
    if (embedded !== String(BATCH)) throw new Error(`answered ${response.statusCode}: ${answer.slice(0, 300)}`)
  }
}

async function cropsPerSecond(work: Work, together: number): Promise<number> {
  const start = performance.now()
  let begun = 0
  const lane = async () => {
    while (begun++ < BATCHES) await work(BATCH)
  }
  await Promise.all(Array.from({ length: together }, lane))
  return (BATCHES * BATCH * 1000) / (performance.now() - start)
}

const NAMES = { none: 'scaled (vector alone)', landmarks: 'aligned (three models)' }

function report(alignment: Alignment, rounds: readonly Record<'server' | 'one' | 'perCore', number>[]): void {
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]
  const rate = (kind: 'server' | 'one' | 'perCore') => `${median(rounds.map((round) => round[kind])).toFixed(0)}/s`
  const share = (kind: 'one' | 'perCore') => median(rounds.map((round) => round.server / round[kind]))
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`
  const verdict = share('one') >= BAR ? 'meets' : 'MISSES'
  console.log(`  ${NAMES[alignment]}: server ${rate('server')}`)
  console.log(`    of one bare session, ${rate('one')}: ${percent(share('one'))}, ${verdict} the bar of ${BAR * 100} %`)
  console.log(`    of a bare session per core, ${rate('perCore')}: ${percent(share('perCore'))}`)
}
