import * as Comlink from 'comlink'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unwrap } from '../../core/errors'
import type { Raster } from '../../core/raster'
import type { Platform } from '../../operators/execute'
import { createHost, type HostCall, type WorkerHost } from '../../workers/host'
import { noise, patch } from './pictures'
import { plainPlatform, toPlainFile } from './plain-codec'

let close: () => void
let host: Comlink.Remote<WorkerHost>

const encoded: Uint8Array[] = []
const platform: Platform = {
  ...plainPlatform,
  codec: {
    ...plainPlatform.codec,
    async encode(raster, type) {
      const bytes = await plainPlatform.codec.encode(raster, type)
      encoded.push(bytes)
      return bytes
    },
  },
}

beforeEach(() => {
  encoded.length = 0
  const { port1, port2 } = new MessageChannel()
  Comlink.expose(createHost(platform), port2)
  host = Comlink.wrap<WorkerHost>(port1)
  close = () => port1.close()
})
afterEach(() => close())

const call = (image: Raster, template: Raster, params = {}): HostCall => ({
  tool: 'match-template',
  files: { image: toPlainFile(image), template: toPlainFile(template) },
  params,
})
const ignore = Comlink.proxy(() => {})
const scene = noise(64, 48)

test('reads the files, runs the tool and gives back data, files, place and times', async () => {
  const outcome = await host.run(call(scene, patch(scene, 20, 10, 12, 9)), ignore)
  const { data, files, ran, sizes } = unwrap(outcome)
  expect(data).toMatchObject({ matches_found: 1, matches: [{ x: 20, y: 10, w: 12, h: 9 }] })
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ['matches.png', 'image/png'],
    ['heatmap.png', 'image/png'],
  ])
  expect(ran.place).toBe('device')
  expect(sizes).toEqual({ image: { width: 64, height: 48 }, template: { width: 12, height: 9 } })
})

test('a failure comes as a value, with its code and the wrong fields', async () => {
  const larger = await host.run(call(patch(scene, 0, 0, 8, 8), scene), ignore)
  expect(larger).toMatchObject({ ok: false, code: 'invalid-input', issues: [{ path: ['template'] }] })
  const wrong = await host.run(call(scene, scene, { threshold: 1.5, limit: 3 }), ignore)
  expect(wrong).toMatchObject({ ok: false, issues: [{ path: ['threshold'] }, { path: ['limit'] }] })
})

test('a file that was deleted meanwhile is named', async () => {
  const gone = Object.assign(new Blob(['x']), { arrayBuffer: () => Promise.reject(new Error('not found')) })
  const bare = createHost(plainPlatform)
  const outcome = await bare.run({ ...call(scene, scene), files: { image: gone, template: gone } }, () => {})
  expect(outcome).toMatchObject({
    ok: false,
    code: 'unreadable',
    issues: [{ path: ['image'] }, { path: ['template'] }],
  })
})

test('a cancel stops the run at its next checkpoint, and the host takes the next one', async () => {
  const bare = createHost({
    ...plainPlatform,
    codec: {
      ...plainPlatform.codec,
      decode(bytes, limits) {
        bare.cancel()
        return plainPlatform.codec.decode(bytes, limits)
      },
    },
  })
  expect(await bare.run(call(scene, patch(scene, 5, 5, 9, 9)), () => {})).toMatchObject({ ok: false, code: 'canceled' })
  expect(await bare.inspect(call(scene, scene))).toMatchObject({ ok: true })
})

test('a second job at the same time is refused as busy', async () => {
  const bare = createHost(plainPlatform)
  const first = bare.inspect(call(scene, scene))
  expect(await bare.inspect(call(scene, scene))).toMatchObject({ ok: false, code: 'busy' })
  expect(await first).toMatchObject({ ok: true })
})

test('inspecting gives sizes, filled-in parameters and a thumbnail for each file', async () => {
  const inspected = unwrap(await host.inspect(call(scene, patch(scene, 0, 0, 9, 9))))
  expect(inspected.params).toMatchObject({ threshold: 0.8 })
  expect(Object.keys(inspected.thumbnails)).toEqual(['image', 'template'])
})

test('the bytes of a result are moved out, not copied', async () => {
  unwrap(await host.run(call(scene, patch(scene, 20, 10, 12, 9)), ignore))
  expect(encoded).toHaveLength(2)
  expect(encoded.map(({ byteLength }) => byteLength)).toEqual([0, 0]) // what was moved away is empty here
})
