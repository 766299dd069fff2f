import { setPriority } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Outcome } from '../../core/errors'
import { failure, ToolError } from '../../core/errors'
import { inLanes } from '../../core/lanes'
import { noModels } from '../../core/no-models'
import { type Checkpoint, createCheckpoint } from '../../core/progress'
import { execute, inspect, type Platform } from '../../operators/execute'
import { assetLoader } from '../adapters/assets'
import { codecSharp, pixelsOf } from '../adapters/codec-sharp'
import { loadOpenCv } from '../adapters/opencv-node'
import { createSigner } from '../adapters/signer'
import type { Computed } from '../api/engine'
import { createLog } from '../log'
import { filesIn, openStorage } from '../storage/open-storage'
import { helperThreads } from './helper-threads'
import { childModels, picturesPerRun } from './models'
import {
  type Answer,
  type ChildSettings,
  type Compute,
  type Finished,
  type FromChild,
  type Inspect,
  type Inspected,
  type Run,
  STORAGE_PLACE,
  type ToChild,
  type Work,
} from './protocol'
import { runBatch } from './run-batch'

// The process that answers requests and renews leases must get the processor first, but not at the cost of others' work:
// at 3 of 19 this one still gets half of what an equal would.
setPriority(3)

const settings: ChildSettings = JSON.parse(process.argv[2])
const log = createLog(settings.logLevel)
const place = process.env[STORAGE_PLACE]
const storage = await openStorage(place ? JSON.parse(place) : filesIn(settings.dataDir))
const helpers = helperThreads()
const models = settings.models && childModels(settings.models)
const platform: Platform = {
  place: 'server',
  codec: codecSharp,
  models: models ?? noModels,
  loadOpenCv,
  loadAsset: assetLoader(settings),
  modelBatch: settings.models && picturesPerRun(settings.models.device, settings.modelBatch),
  sign: process.env.RECEIPT_KEY ? createSigner(process.env.RECEIPT_KEY) : undefined,
  limits: settings.pixels,
  parallel: (cores) => helpers.parallel(cores),
  now: () => performance.now(),
  log: (error) => log.error({ err: error }, 'a tool failed unexpectedly'),
}

/** Calls that run here, so that a cancel finds its own. */
const running = new Map<number, AbortController>()

const send = (message: FromChild) => process.send?.(message)

process.on('message', (message: ToChild) => {
  if (message.type === 'cancel') running.get(message.id)?.abort()
  else void answer(message.id, message.work, message.cores)
})
process.on('disconnect', () => process.exit()) // the server is gone, and nobody would read the answer
// Ctrl-C and service managers signal the whole group; the server still waits for what runs here, and ends it itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
send({ type: 'ready' })

async function answer(id: number, work: Work, cores: number): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  const outcome = await outcomeOf(id, work, cores, controller.signal)
  // What models hold is kept within bounds of its own, and is worth keeping.
  send({ type: 'done', id, outcome, bytes: process.memoryUsage.rss() - (models?.heldBytes ?? 0) })
  running.delete(id)
}

async function outcomeOf(id: number, work: Work, cores: number, signal: AbortSignal): Promise<Outcome<Answer<Work>>> {
  try {
    const checkpoint = checkpointFor(id, signal)
    switch (work.kind) {
      case 'inspect':
        return await inspectFiles(work)
      case 'compute':
        return { ok: true, value: await computeAll(work, checkpoint) }
      case 'batch':
        return { ok: true, value: await runBatch(work, { platform, storage, checkpoint, pixelsOf }) }
      case 'run':
        return await run(work, checkpoint, cores)
    }
  } catch (error) {
    return failure(error, platform.log)
  }
}

async function inspectFiles({ tool, params, inputs, thumbnails }: Inspect): Promise<Outcome<Inspected>> {
  const outcome = await inspect({ tool, params, inputs: await readAll(inputs) }, platform)
  if (!outcome.ok) return outcome
  const { params: parsed, sizes, thumbnails: made } = outcome.value
  await Promise.all(Object.entries(made).map(([slot, bytes]) => storage.put(thumbnails[slot], bytes)))
  return { ok: true, value: { params: parsed, sizes } }
}

async function run(
  { tool, params, inputs, results }: Run,
  checkpoint: Checkpoint,
  cores: number,
): Promise<Outcome<Finished>> {
  const outcome = await execute({ tool, params, inputs: await readAll(inputs) }, platform, checkpoint, cores)
  if (!outcome.ok) return outcome
  const { data, files, ran, timings } = outcome.value
  await Promise.all(files.map(({ name, bytes }) => storage.put(`${results}/${name}`, bytes)))
  return { ok: true, value: { data, files: files.map(({ name }) => `${results}/${name}`), ran, timings } }
}

const IN_FLIGHT = 2 // while one is computed, the next is decoded

async function computeAll({ calls, cores }: Compute, checkpoint: Checkpoint): Promise<Outcome<Computed>[]> {
  const outcomes: Outcome<Computed>[] = []
  await inLanes(calls.length, IN_FLIGHT, async (i) => {
    outcomes[i] = await computeOne(calls[i], checkpoint, cores)
  })
  return outcomes
}

async function computeOne(
  call: Compute['calls'][number],
  checkpoint: Checkpoint,
  cores: number | undefined,
): Promise<Outcome<Computed>> {
  const outcome = await execute(call, platform, checkpoint, cores)
  if (!outcome.ok) {
    // Not this call's own end: the whole conversation was stopped, and whoever stopped it knows why.
    if (outcome.code === 'canceled') throw new ToolError('canceled', outcome.message)
    return outcome
  }
  const { data, files, ran, timings } = outcome.value
  return { ok: true, value: { data, files, ran, timings } }
}

async function readAll(inputs: Run['inputs']): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const read = Object.entries(inputs).map(async ([slot, key]) => [slot, await storage.read(key)] as const)
  return Object.fromEntries(await Promise.all(read))
}

const checkpointFor = (id: number, signal: AbortSignal): Checkpoint =>
  createCheckpoint({
    signal,
    report: (progress) => send({ type: 'progress', id, progress }),
    now: () => performance.now(),
    yield: () => setImmediate(),
  })
