import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manifest } from '../../models/manifest'
import { fileChoices } from '../../server/compute/choices'
import { childModels } from '../../server/compute/models'
import { linear, tinyModel } from './tiny-models'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'child-models-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const models = (acceptLicences: 'all' | readonly string[] = []) =>
  childModels({
    library: { cache: folder, folder: undefined, acceptLicences, fetchDefaults: false },
    device: 'cpu',
    threads: 1,
    memoryBytes: 1e9,
  })

test('a model that is not installed is refused with how to get it', async () => {
  const model = manifest.find(({ sources, licence }) => sources[0].kind !== 'bundled' && licence.commercial !== 'no')
  const id = model?.id ?? ''
  expect(await models().has(id)).toBe(false)
  await expect(models().run(id, {})).rejects.toMatchObject({
    code: 'model-unavailable',
    message: expect.stringContaining(`npm run models fetch ${id}`),
  })
})

test('a model whose licence nobody accepted is not there', async () => {
  const model = manifest.find(({ licence }) => licence.commercial === 'no')
  const id = model?.id ?? ''
  expect(await models('all').has(id)).toBe(false)
  await expect(models().run(id, {})).rejects.toMatchObject({ code: 'forbidden' })
})

test('which backend was quickest outlives the process; one that could not be had is tried again', async () => {
  const path = join(folder, 'backends.json')
  const [quick, slow] = [tinyModel(linear, { id: 'quick' }), tinyModel(linear, { id: 'slow' })]
  await fileChoices(path).remember(quick, { backend: 'CPU', note: 'WebGPU was slower' })
  await fileChoices(path).remember(slow, { backend: 'CPU', note: 'WebGPU failed: there is none' })
  expect(await fileChoices(path).recall(quick)).toEqual({ backend: 'CPU', note: 'WebGPU was slower' })
  expect(await fileChoices(path).recall(slow)).toBeUndefined()
  const other = { ...quick, files: [{ ...quick.files[0], sha256: 'other' }] }
  expect(await fileChoices(path).recall(other)).toBeUndefined()
})

test('a damaged file of choices counts as none, and is written anew', async () => {
  const path = join(folder, 'damaged.json')
  writeFileSync(path, '{"half')
  const model = tinyModel(linear, { id: 'quick' })
  expect(await fileChoices(path).recall(model)).toBeUndefined()
  await fileChoices(path).remember(model, { backend: 'CPU' })
  expect(Object.values(JSON.parse(readFileSync(path, 'utf8')))).toEqual([{ backend: 'CPU' }])
})
