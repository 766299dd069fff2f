import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { createApp } from '../../server/api/app'
import { dataFolder, FAKE_CHILD, startServices } from './support'

const photos = resolve(import.meta.dirname, '../../../shared/photos/faces')
const cache = process.env.MODELS_CACHE ?? resolve('data/models')
const hasWeights = existsSync(join(cache, 'faceplugin-fr-feature'))

vi.setConfig({ testTimeout: 180_000 }) // the first run of a model opens it and tests it

const gray = () =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: 'gray' } })
    .png()
    .toBuffer()

async function formOf(files: Record<string, Buffer>): Promise<RequestInit> {
  const body = new FormData()
  for (const [name, bytes] of Object.entries(files)) body.append(name, new Blob([new Uint8Array(bytes)]), 'face.png')
  return { method: 'POST', body }
}

/** Every file below a folder, without the database's own. */
async function filesBelow(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  return all
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).startsWith(join(folder, 'db')))
    .map((entry) => join(entry.parentPath, entry.name))
}

test('a compute process that dies at a face leaves nothing of it on disk, and no task', async () => {
  const folder = await dataFolder()
  const { engine } = await startServices({ DATA_DIR: folder }, FAKE_CHILD)
  const before = await filesBelow(folder)
  const call = { tool: 'match-template', params: { behave: 'die' }, inputs: { file: new Uint8Array(await gray()) } }
  await expect(engine.compute([call], new AbortController().signal)).rejects.toThrow(/ended/)
  expect(await filesBelow(folder)).toEqual(before)
  expect((await engine.list({ offset: 0, limit: 1 })).total).toBe(0)
})

test.skipIf(!hasWeights)(
  'a picture is embedded by the weights of the install, and nothing of it is written',
  async () => {
    const folder = await dataFolder()
    const { engine } = await startServices({ DATA_DIR: folder, MODELS_CACHE: cache })
    const app = createApp(engine)
    const before = await filesBelow(folder)
    const response = await app.request('/embed', await formOf({ file: await gray() }))
    expect(response.status).toBe(200)
    const { embedding, model } = await response.json()
    expect([embedding.length, model]).toEqual([512, 'faceplugin-fr-feature'])
    expect(await filesBelow(folder)).toEqual(before)
  },
)

test.skipIf(!hasWeights || !existsSync(photos))(
  'two photos of one actor show one person, and a group photo has fourteen others',
  async () => {
    const { engine } = await startServices({ DATA_DIR: await dataFolder(), MODELS_CACHE: cache })
    const app = createApp(engine)
    const read = (name: string) => sharp(join(photos, name)).png().toBuffer()
    const [a, b] = [await read('lfw_Rob_Lowe_0001.jpg'), await read('lfw_Rob_Lowe_0002.jpg')]
    const response = await app.request('/api/v1/faces/compare', await formOf({ file1: a, file2: b }))
    expect(await response.json()).toMatchObject({
      same_person: true,
      files: [{ face_found: true }, { face_found: true }],
    })

    const inputs = { image: new Uint8Array(await read('group-1.jpg')) }
    const [found] = await engine.compute([{ tool: 'find-faces', params: {}, inputs }], new AbortController().signal)
    expect(found).toMatchObject({ ok: true, value: { data: { faces_found: 14 } } })
  },
)
