import { Models } from '../../core/inference/models'
import { alone } from '../../core/parallel'
import { findModel } from '../../models/manifest'
import { execute } from '../../operators/execute'
import { codecCanvas } from '../../workers/adapters/codec-canvas'
import { type WebWeights, webBackends } from '../../workers/adapters/ort-web'
import { DEVICE_PIXELS } from '../../workers/limits'

/** Embeds one file as the page's worker does, on one backend; the weights come from the benchmark's own server. */
async function embed(backend: string, file: string, alignment: string) {
  const models = modelsOn(backend)
  const inputs = { file: await fetched(`/faces/${file}`) }
  const outcome = await execute(
    { tool: 'embed-face', params: { alignment }, inputs },
    { ...platform, models },
    async () => {},
  )
  if (!outcome.ok) throw new Error(outcome.message)
  return { embedding: outcome.value.data.embedding, backend: outcome.value.ran.backend }
}

const platform = {
  place: 'device',
  codec: codecCanvas,
  loadOpenCv: () => Promise.reject(new Error('not needed')),
  loadAsset: () => Promise.reject(new Error('not needed')),
  parallel: () => alone,
  limits: DEVICE_PIXELS,
  now: () => performance.now(),
  log: console.error,
} as const

const opened = new Map<string, Models<WebWeights>>()

function modelsOn(backend: string): Models<WebWeights> {
  const models = opened.get(backend) ?? new Models<WebWeights>(partsOn(backend))
  opened.set(backend, models)
  return models
}

const partsOn = (backend: string) => ({
  find: findModel,
  source: {
    has: async () => true,
    load: async ({ id, files }: { id: string; files: readonly { name: string }[] }) =>
      Promise.all(files.map(({ name }) => fetched(`/models/${id}/${name}`))),
  },
  backends: async () => (await webBackends('any')).filter(({ name }) => name.startsWith(backend)),
  choices: { recall: async () => undefined, remember: async () => {} },
  memoryBytes: 1e9,
  now: () => performance.now(),
})

async function fetched(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

const names = async (): Promise<string[]> => (await webBackends('any')).map(({ name }) => name)

Object.assign(globalThis, { faces: { embed, names } })
