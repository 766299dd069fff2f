import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { manifest } from '../../models/manifest'
import { createApp } from '../../server/api/app'
import { FETCH_MS, MODEL_CACHE, testLibrary } from '../models/model-cache'
import { dataFolder, startServices, temporaryFolder } from './support'

vi.setConfig({ testTimeout: FETCH_MS })

const FACES = 'faceplugin-fr-feature'

/** The whole server but for its port. */
async function server(env: Record<string, string | undefined>) {
  const { engine } = await startServices({ DATA_DIR: await dataFolder(), ...env })
  return createApp(engine, { log: () => {} })
}

test('the server sends a browser the same bytes that the manifest names, and parts of them', async () => {
  await testLibrary().ensure([FACES])
  const app = await server({ MODELS_CACHE: MODEL_CACHE })
  const whole = new Uint8Array(await (await app.request(`/models/${FACES}/fr_feature.onnx`)).arrayBuffer())
  expect(whole).toHaveLength(4_884_269)
  const headers = { range: 'bytes=4000000-4000099' }
  const part = await app.request(`/models/${FACES}/fr_feature.onnx`, { headers })
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(4_000_000, 4_000_100))
})

test('a model that is not here is answered with how to get it, and when to ask again', async () => {
  const app = await server({})
  const response = await app.request(`/models/${FACES}/fr_feature.onnx`)
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('5')
  expect((await response.json()).detail).toContain(`POST /api/v1/models/${FACES}/fetch`)
})

test('a corrupted weight file is refused, set aside and said over REST', async () => {
  const cache = await temporaryFolder()
  await mkdir(join(cache, FACES))
  await writeFile(join(cache, FACES, 'fr_feature.onnx'), Buffer.alloc(4_884_269))
  const app = await server({ MODELS_CACHE: cache })
  const model = await (await app.request(`/api/v1/models/${FACES}`)).json()
  expect(model).toMatchObject({ state: 'quarantined', reason: expect.stringContaining('SHA-256') })
  expect((await app.request(`/models/${FACES}/fr_feature.onnx`)).status).toBe(503)
})

test('a model is fetched and removed over REST; one for research only needs ACCEPT_LICENSES', async () => {
  const app = await server({})
  const post = (id: string) => app.request(`/api/v1/models/${id}/fetch`, { method: 'POST' })
  const state = async (id: string) => (await (await app.request(`/api/v1/models/${id}`)).json()).state
  expect((await post('blazeface-front')).status).toBe(202)
  await expect.poll(() => state('blazeface-front'), { timeout: FETCH_MS / 2 }).toBe('installed')
  expect((await app.request('/api/v1/models/blazeface-front', { method: 'DELETE' })).status).toBe(204)
  expect(await state('blazeface-front')).toBe('absent')
  expect((await post('antelopev2-glint360k')).status).toBe(403)
})

test('readiness says how the models of the install are, and does not wait for them', async () => {
  const ready = async (env: Record<string, string>) => (await server(env)).request('/health/ready')
  const without = await ready({})
  const { parts } = await without.json()
  expect(parts.models).toMatch(/^\d+ of \d+ missing$/)
  await testLibrary().ensure(manifest.filter((model) => model.default).map(({ id }) => id))
  const { parts: complete } = await (await ready({ MODELS_CACHE: MODEL_CACHE })).json()
  expect(complete.models).toBe('ok')
})
