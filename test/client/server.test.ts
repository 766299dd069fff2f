import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createClient } from '../../client/client'
import { readHeader } from '../../core/image-header'
import type { Raster, Size } from '../../core/raster'
import { findModel } from '../../models/manifest'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { darkroom, folderWith } from '../cli/support'
import { testLibrary } from '../models/model-cache'
import { KEY, runningServer } from './running-server'

vi.setConfig({ testTimeout: 300_000 }) // processes that load models, on a machine that others load too

const headerOf = async (blob: Blob) => readHeader(new Uint8Array(await blob.arrayBuffer()))
const car = async () => ({ name: 'car.jpg', content: await openAsBlob('test/fixtures/car.jpg') })
const FACE_MODEL = 'faceplugin-fr-feature'

test('all five families are there for the client of a running server, and its tools for the command line', async ({
  annotate,
}) => {
  const { address } = await runningServer()
  const client = createClient({ server: address, key: KEY })

  const image = await openAsBlob('public/samples/folder.png')
  const template = await openAsBlob('public/samples/folder-part.png')
  const task = await client.tools.run('template', { image, template }, { threshold: 0.95 })
  expect(task.result_data.matches[0]).toMatchObject({ w: 64, h: 68, score: 1 })
  expect(await headerOf(await client.file(task.result_files[0]))).toMatchObject({ format: 'png' })

  const { results } = await client.plates.cover({ files: [await car()] }, { second_look: false, format: 'png' })
  expect(results[0]).toMatchObject({ filename: 'covered_car.png', plates: [{ covered: true }] })
  expect(await headerOf(await client.file(results[0].url ?? ''))).toMatchObject({ format: 'png' })

  const mask = new Blob([await codecSharp.encode(dot({ width: 64, height: 68 }), 'image/png')])
  const erased = await client.inpaint.removeWatermark({ image: template, mask }, { engine: 'classic' })
  expect(erased).toMatchObject({ size: '64x68', engine: 'classic', watermarkFound: undefined })
  expect(await headerOf(erased.image)).toMatchObject({ width: 64, height: 68 })
  expect(client.limits).toMatchObject({ limit: expect.any(Number), remaining: expect.any(Number) })

  const picture = await client.library.add({ file: await car(), model: 'my-model' })
  const stop = new AbortController()
  await client.library.work({
    model: 'my-model',
    signal: stop.signal,
    pauseMs: 10,
    find: async ({ file }) => {
      expect(file.size).toBe((await car()).content.size)
      stop.abort()
      return { result: [] }
    },
    onError: (error) => {
      throw error
    },
  })
  expect(await client.library.get(picture.id)).toMatchObject({ name: 'car.jpg', status: 'PROCESSED' })

  const { state } = await testLibrary().state(FACE_MODEL)
  if (state !== 'installed') await annotate(`${findModel(FACE_MODEL)?.title} is not here: faces are left out`)
  else expect((await client.faces.embed(await car())).embedding).toHaveLength(512)

  const cwd = await folderWith('public/samples/folder.png', 'public/samples/folder-part.png')
  const files = ['folder.png', 'folder-part.png', '--threshold', '0.95', '--out', 'found', '--json']
  const sent = await darkroom(['match', 'template', ...files], {
    cwd,
    env: { DARKROOM_SERVER: address, DARKROOM_KEY: KEY },
  })
  expect(JSON.parse(sent.stdout)).toMatchObject({ ok: true, data: { matches: task.result_data.matches } })
  expect(await headerOf(await openAsBlob(join(cwd, 'found', 'matches_folder.png')))).toMatchObject({ format: 'png' })
  const refused = await darkroom(['match', 'template', ...files], {
    cwd,
    env: { DARKROOM_SERVER: address, DARKROOM_KEY: 'wrong' },
  })
  expect([refused.code, JSON.parse(refused.stdout)]).toEqual([1, expect.objectContaining({ error: 'Invalid API Key' })])

  const made = await client.keys.create({ name: 'second' })
  const other = createClient({ server: address, key: made.key })
  await expect(other.tasks.get(task.uid)).rejects.toMatchObject({ code: 'not-found' })
  await client.keys.revoke(made.id)
  await expect(other.tasks.list()).rejects.toMatchObject({ code: 'unauthorized' })
})

/** A mask: a white square of 8 pixels a side on black. */
function dot({ width, height }: Size): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const isWhite = i % width < 8 && i < 8 * width
    data.set([isWhite ? 255 : 0, isWhite ? 255 : 0, isWhite ? 255 : 0, 255], i * 4)
  }
  return { width, height, data }
}
