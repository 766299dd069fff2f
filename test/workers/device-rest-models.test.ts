import { expect, test } from 'vitest'
import { needsAcceptance } from '../../models/licence'
import { manifest } from '../../models/manifest'
import { createApp } from '../../server/api/app'
import { createDeviceEngine } from '../../workers/device-engine'
import { memoryFiles, memorySettings, memoryShelf, memoryTasks, openPage } from './device-parts'

const [model] = manifest
const [file] = model.files

/** The device's own answers over REST, and its files. */
function device(accepted?: ReadonlySet<string>) {
  const files = memoryFiles()
  const parts = {
    tasks: memoryTasks(),
    compute: openPage(),
    settings: memorySettings(),
    shelf: memoryShelf(files, accepted),
  }
  return { files, app: createApp(createDeviceEngine({ ...parts, files }), { log: () => {} }) }
}

type App = ReturnType<typeof device>['app']

const read = async (app: App, { id } = model) => (await app.request(`/api/v1/models/${id}`)).json()

test('the device says without a network which models it keeps', async () => {
  const { app, files } = device()
  expect(await read(app)).toMatchObject({ state: 'absent' })
  await files.write(`models/${model.id}/${file.sha256}`, new Uint8Array(file.bytes))
  expect(await read(app)).toMatchObject({ state: 'installed' })
  const { models } = await (await app.request('/api/v1/models')).json()
  expect(models).toHaveLength(manifest.length)
})

test('a licence is accepted where it was accepted, not where the files of its model lie', async () => {
  const guarded = manifest.find(needsAcceptance)
  if (!guarded) throw new Error('No licence has to be accepted')
  const { app, files } = device()
  const sizeOf = (key: string) => guarded.files.find(({ sha256 = '-' }) => key.endsWith(sha256))?.bytes
  files.read = async (key) => ({ size: sizeOf(key) }) as Blob // hundreds of megabytes
  expect(await read(app, guarded)).toMatchObject({ state: 'installed', licence: { accepted: false } })
  const other = device(new Set([guarded.id]))
  expect(await read(other.app, guarded)).toMatchObject({ state: 'absent', licence: { accepted: true } })
})

test('the device removes a model, and says that it cannot fetch one without the server', async () => {
  const { app, files } = device()
  await files.write(`models/${model.id}/${file.sha256}`, new Uint8Array(file.bytes))
  expect((await app.request(`/api/v1/models/${model.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await read(app)).toMatchObject({ state: 'absent' })
  expect((await app.request(`/api/v1/models/${model.id}/fetch`, { method: 'POST' })).status).toBe(503)
})
