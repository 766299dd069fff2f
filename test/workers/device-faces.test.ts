import sharp from 'sharp'
import { expect, test } from 'vitest'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { createApp } from '../../server/api/app'
import type { Compute } from '../../workers/device/compute'
import { createDeviceEngine } from '../../workers/device-engine'
import { createHost, type HostCall } from '../../workers/host'
import { brightFaces, photo } from '../operators/find-faces/bright-faces'
import { memoryFiles, memorySettings, memoryShelf, memoryTasks } from './device-parts'
import { plainPlatform } from './plain-codec'

/** The REST app as the service worker runs it, over an open page whose models need no weights. */
function device() {
  const host = () => createHost({ ...plainPlatform, codec: codecSharp, models: brightFaces() })
  const calls: HostCall[] = []
  const page: Compute = {
    inspect: (call) => host().inspect(call),
    run: (_, call, report) => {
      calls.push(call)
      return host().run(call, report)
    },
    isReady: async () => true,
  }
  const files = memoryFiles()
  const tasks = memoryTasks()
  const engine = createDeviceEngine({
    tasks,
    files,
    compute: page,
    settings: memorySettings(),
    shelf: memoryShelf(files),
  })
  return { app: createApp(engine), files, tasks, calls }
}

async function face(): Promise<File> {
  const { width, height, data } = photo(320, 240, [[100, 60, 90, 110]])
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
  return new File([new Uint8Array(png)], 'face.png')
}

test('the device answers the calls of the face contract without a server, and keeps nothing', async () => {
  const { app, files, tasks } = device()
  const body = new FormData()
  body.append('file', await face())
  const response = await app.request('/embed?include_attributes=true', { method: 'POST', body })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ embedding_dim: 512, attributes: { age: expect.any(Number) } })
  expect(files.keys()).toEqual([])
  expect((await tasks.list({ offset: 0, limit: 1 })).total).toBe(0)
})

test('the page is sent the file of the request and no copy of it', async () => {
  const { app, calls } = device()
  const body = new FormData()
  body.append('file', await face())
  await app.request('/embed', { method: 'POST', body })
  expect(calls.map(({ files }) => files.file)).toEqual([expect.objectContaining({ name: 'face.png' })])
})

test('the device compares two faces, and tells a broken file as the server does', async () => {
  const { app } = device()
  const body = new FormData()
  body.append('file1', await face())
  body.append('file2', await face())
  const same = await app.request('/api/v1/faces/compare', { method: 'POST', body })
  expect(await same.json()).toMatchObject({ same_person: true })

  const broken = new FormData()
  broken.append('file', new File(['no picture'], 'face.png'))
  const refused = await app.request('/embed', { method: 'POST', body: broken })
  expect([refused.status, await refused.json()]).toEqual([400, { detail: expect.stringContaining('JPEG or PNG') }])
})
