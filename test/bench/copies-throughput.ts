import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { goldenFeeds } from '../../core/inference/golden'
import { findModel } from '../../models/manifest'
import { createLog } from '../../server/log'
import { openServices, type Services } from '../../server/services'
import { type EditSet, MODEL, readEditSet } from './copies-set'
import { config, models } from './face-platform'

const IMAGES = Number(process.env.IMAGES ?? 60)
const INDEXED_BY = [MODEL, 'coco-ssd', 'nsfwjs-mobilenet-v2-mid']
const STEP_MS = 50

/** Pictures per second from upload to links, beside the same models on ready tensors in one session of one thread. */
export async function printThroughput(): Promise<void> {
  const set = await readEditSet('measured')
  if (!set) return
  const bare = await barePerSecond()
  console.log(`models alone (${INDEXED_BY.join(', ')}): ${bare.toFixed(1)} pictures/s`)
  const strangers = await indexedPerSecond(set.originals.slice(0, IMAGES))
  report('pictures that are no copies', strangers, bare)
  const third = Math.ceil(IMAGES / 3)
  const shown = new Set(set.originals.slice(0, third).map(({ picture }) => picture))
  const copies = set.edited.filter(({ picture, edit }) => shown.has(picture) && (edit === 'crop' || edit === 'text'))
  report('each picture with two edits', await indexedPerSecond([...set.originals.slice(0, third), ...copies]), bare)
}

const report = (title: string, rate: number, bare: number) =>
  console.log(`${title}: ${rate.toFixed(2)}/s, ${((rate / bare) * 100).toFixed(0)} % of the models alone`)

async function barePerSecond(): Promise<number> {
  const runs = INDEXED_BY.map((id) => {
    const model = findModel(id)
    if (!model?.golden) throw new Error(`There is no model ${id}`)
    const feeds = goldenFeeds(model.golden, model.inputs)
    return () => models.run(id, structuredClone(feeds)) // a run may give its feeds away
  })
  for (const run of runs) await run() // opened
  const start = performance.now()
  for (let i = 0; i < IMAGES; i++) for (const run of runs) await run()
  return (IMAGES * 1000) / (performance.now() - start)
}

/** A server of this machine with an empty library. */
async function indexedPerSecond(pictures: EditSet['originals']): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const settings = { ...config, dataDir: folder, workers: availableParallelism() }
  const services = await openServices(settings, createLog('silent'), resolve('.build/server/child.js'))
  try {
    await index(services, pictures.slice(0, 1)) // opens the models
    const start = performance.now()
    await index(services, pictures.slice(1))
    return ((pictures.length - 1) * 1000) / (performance.now() - start)
  } finally {
    await services.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function index({ library }: Services, pictures: EditSet['originals']): Promise<void> {
  for (const { bytes, picture, edit } of pictures) {
    await library.add(null, { name: `${picture} ${edit}.png`, modelName: MODEL, bytes: bytes.slice() })
  }
  while ((await library.count(null, { status: 'PROCESSED' })) < (await library.count(null, {}))) await sleep(STEP_MS)
}
