import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type * as Comlink from 'comlink'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster } from '../../core/raster'
import type { Model, Preprocess } from '../../models/model'
import { nodeBackends } from '../../server/adapters/ort-node'
import { curved, linear, network, notANumber, onnxOf, tinyModel, writeTiny } from '../runners/tiny-models'
import { seeded } from '../support'
import { startServer } from './runners/server'
import type { Harness } from './runners/worker'

const PORT = Number(process.env.E2E_PORT ?? 8090) + 1

/** Set by the page that the server gives. */
declare const harness: Comlink.Remote<Harness>

let server: Awaited<ReturnType<typeof startServer>>
test.beforeAll(async () => {
  server = await startServer(PORT)
})
test.afterAll(() => server.close())
test.beforeEach(async ({ page }) => {
  server.ranges.length = 0
  server.troubles.length = 0
  await page.goto(server.address)
  await page.waitForFunction(() => 'harness' in globalThis)
})

const recipes = { linear, curved, notANumber, network }

/** What crosses to the page is JSON: bytes and numbers as lists. */
function given(name: keyof typeof recipes) {
  return { model: tinyModel(recipes[name], { id: name }), bytes: [...onnxOf(recipes[name])] }
}

const X = [0.25, -0.5, 3, -4]

test('every backend of the browser computes what Node computes', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tiny-models-'))
  for (const name of ['linear', 'curved', 'network'] as const) {
    const { model, bytes } = given(name)
    const [cpu] = nodeBackends('cpu', 1)
    const session = await cpu.open(model, writeTiny(folder, recipes[name], model))
    const { y } = await session.run({ x: { dims: [1, 4], data: Float32Array.from(X) } })
    const answers = await page.evaluate(
      ([model, bytes, x]) =>
        harness.runEverywhere({ model, onnx: Uint8Array.from(bytes) }, { dims: [1, 4], data: Float32Array.from(x) }),
      [model, bytes, X] as const,
    )
    expect(answers.map((answer) => answer.name)).toEqual(['WebGPU', 'WASM threads'])
    for (const { name: backend, dims, values } of answers) {
      expect(dims).toEqual(y.dims)
      const worst = Math.max(...values.map((value, i) => Math.abs(value - Number(y.data[i]))))
      expect(worst, `${name} on ${backend}`).toBeLessThan(1e-4)
    }
  }
  rmSync(folder, { recursive: true })
})

test('preparing a picture gives the same bits in the browser and in Node', async ({ page }) => {
  const random = seeded(3)
  const raster = { width: 37, height: 23, data: Array.from({ length: 37 * 23 * 4 }, () => Math.floor(random() * 256)) }
  const preprocess: Preprocess = {
    ...{ width: 32, height: 32, fit: 'letterbox', pad: 114, order: 'bgr', layout: 'nchw' },
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
  }
  const here: Raster = { ...raster, data: Uint8ClampedArray.from(raster.data) }
  const { tensor } = await toTensor(here, preprocess)
  const there = await page.evaluate(
    ([{ width, height, data }, preprocess]) =>
      harness.toTensor({ width, height, data: Uint8ClampedArray.from(data) }, preprocess),
    [raster, preprocess] as const,
  )
  expect(there).toEqual({ dims: tensor.dims, values: Array.from(tensor.data, Number) })
})

/** A run through the whole runner. */
const run = (page: Page, name: keyof typeof recipes) =>
  page.evaluate(
    async ([{ model, bytes }, x]) =>
      await harness.run({ model, onnx: Uint8Array.from(bytes) }, { dims: [1, 4], data: Float32Array.from(x) }),
    [given(name), X] as const,
  )

test('a model runs on the quicker backend, proven', async ({ page }) => {
  const outcome = await run(page, 'curved')
  expect(outcome).toMatchObject({ ok: true })
  if (!outcome.ok) return
  for (const [i, value] of outcome.value.values.entries()) expect(value).toBeCloseTo(curved.compute(X[i]), 4)
  expect(['WebGPU', 'WASM threads']).toContain(outcome.value.backend?.name)
})

test('a model that makes NaN is refused, with what every backend did', async ({ page }) => {
  expect(await run(page, 'notANumber')).toMatchObject({
    ok: false,
    code: 'model-unavailable',
    // A GPU may make anything of the logarithm of a negative number.
    message: expect.stringMatching(/cannot be computed here: WebGPU computed .*; WASM threads computed NaN$/),
  })
})

test('a GPU that is given back with the last model is had again for the next', async ({ page }) => {
  for (const name of ['linear', 'curved', 'linear'] as const) {
    const { model, bytes } = given(name)
    const answers = await page.evaluate(
      ([model, bytes, x]) =>
        harness.runEverywhere({ model, onnx: Uint8Array.from(bytes) }, { dims: [1, 4], data: Float32Array.from(x) }),
      [model, bytes, X] as const,
    )
    expect(answers[0].name).toBe('WebGPU')
  }
})

test('a GPU that goes away in use is replaced by the next backend', async ({ page }) => {
  const { model, bytes } = given('linear')
  const answer = await page.evaluate(
    ([model, bytes, x]) =>
      harness.runAcrossLoss({ model, onnx: Uint8Array.from(bytes) }, { dims: [1, 4], data: Float32Array.from(x) }),
    [model, bytes, X] as const,
  )
  expect(answer.before).toEqual({ name: 'WebGPU' })
  expect(answer.after).toEqual({ name: 'WASM threads', note: 'WebGPU was lost' })
  expect(answer.values).toEqual(X.map(linear.compute))
})

/** A file of seeded noise that the server has. */
function served(id: string, over: Partial<Model> = {}): { model: Model; bytes: Buffer } {
  const random = seeded(id.length)
  const bytes = Buffer.from(Uint8Array.from({ length: 300_000 }, () => random() * 256))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  server.files.set(`models/${id}/weights.onnx`, bytes)
  return {
    model: tinyModel(linear, { id, files: [{ name: 'weights.onnx', bytes: bytes.length, sha256 }], ...over }),
    bytes,
  }
}

const download = (page: Page, model: Model, stopAt?: number) =>
  page.evaluate(async ([model, stopAt]) => await harness.download(model, stopAt), [model, stopAt] as const)
const state = (page: Page, model: Model) => page.evaluate(async (model) => await harness.state(model), model)
const storedHash = (page: Page, model: Model) =>
  page.evaluate(async (model) => {
    const outcome = await harness.read(model)
    if (!outcome.ok) return outcome.code
    const hash = await crypto.subtle.digest('SHA-256', outcome.value[0])
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }, model)

test('a download is checked, kept, and shown as it goes', async ({ page }) => {
  const { model, bytes } = served('whole')
  expect(await state(page, model)).toEqual({ state: 'absent' })
  expect(await storedHash(page, model)).toBe('model-unavailable')
  const outcome = await download(page, model)
  const seen = outcome.ok ? outcome.value : []
  expect(seen.length).toBeGreaterThan(2)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(bytes.length)
  expect(await state(page, model)).toEqual({ state: 'installed' })
  expect(await storedHash(page, model)).toBe(model.files[0].sha256)
  await page.reload()
  await page.waitForFunction(() => 'harness' in globalThis)
  expect(await state(page, model)).toEqual({ state: 'installed' })
  expect(await download(page, model)).toEqual({ ok: true, value: [] })
  expect(server.ranges).toHaveLength(1)
})

test('a download cut in the middle goes on from there by itself', async ({ page }) => {
  const { model } = served('cut')
  server.troubles.push({ cutAt: 150_000 })
  expect(await download(page, model)).toMatchObject({ ok: true })
  expect(server.ranges).toEqual([undefined, 'bytes=150000-'])
  expect(await storedHash(page, model)).toBe(model.files[0].sha256)
})

test('a paused download keeps what arrived, and goes on from there', async ({ page }) => {
  const { model } = served('paused')
  server.troubles.push({ pauseMs: 2000 })
  expect(await download(page, model, 100_000)).toMatchObject({ ok: false, code: 'canceled' })
  const paused = await state(page, model)
  expect(paused).toMatchObject({ state: 'paused', total: 300_000 })
  const bytes = paused.state === 'paused' ? paused.bytes : 0
  expect(bytes).toBeGreaterThanOrEqual(100_000)
  expect(await download(page, model)).toMatchObject({ ok: true })
  expect(server.ranges).toEqual([undefined, `bytes=${bytes}-`])
  expect(await storedHash(page, model)).toBe(model.files[0].sha256)
})

test('another content than the manifest names is refused, and nothing of it is kept', async ({ page }) => {
  const { model, bytes } = served('forged')
  server.troubles.push({ instead: Buffer.from(bytes.map((byte, i) => (i === 200_000 ? byte ^ 1 : byte))) })
  expect(await download(page, model)).toMatchObject({
    ok: false,
    code: 'model-unavailable',
    message: expect.stringMatching(/SHA-256/),
  })
  expect(await state(page, model)).toMatchObject({
    state: 'quarantined',
    reason: expect.stringMatching(/another content/),
  })
  expect(await storedHash(page, model)).toBe('model-unavailable')
  expect(await download(page, model)).toMatchObject({ ok: true })
  expect(server.ranges).toEqual([undefined, undefined])
  expect(await state(page, model)).toEqual({ state: 'installed' })
})

test('a model that the server does not have is said so', async ({ page }) => {
  const { model } = served('missing')
  server.troubles.push({ status: 404 })
  const message = expect.stringMatching(/The server does not have the model missing/)
  expect(await download(page, model)).toMatchObject({ ok: false, code: 'model-unavailable', message })
})

test('a disk that is full in the middle of a download is said so, and the rest comes when there is room', async ({
  page,
}) => {
  const { model } = served('large')
  server.troubles.push({ pauseMs: 1000 })
  await page.evaluate(() => harness.fillDisk(200_000))
  expect(await download(page, model)).toMatchObject({
    ok: false,
    code: 'storage-full',
    message: expect.stringMatching(/no room for large/),
  })
  await page.evaluate(() => harness.fillDisk(Number.POSITIVE_INFINITY))
  expect(await download(page, model)).toMatchObject({ ok: true })
  expect(server.ranges[1]).toMatch(/^bytes=\d+-$/)
  expect(await storedHash(page, model)).toBe(model.files[0].sha256)
})

test('a file that was changed on the device is found out and thrown away', async ({ page }) => {
  const { model } = served('damaged')
  await download(page, model)
  expect(await page.evaluate((model) => harness.verify(model), model)).toBe(true)
  await page.evaluate((model) => harness.damage(model), model)
  expect(await page.evaluate((model) => harness.verify(model), model)).toBe(false)
  expect(await state(page, model)).toMatchObject({
    state: 'quarantined',
    reason: expect.stringMatching(/changed on this device/),
  })
})

test('a licence that has to be accepted is asked for once, and outlives the model', async ({ page }) => {
  const licence = { weights: 'Research only', code: 'MIT', commercial: 'no' } as const
  const { model } = served('research', { licence })
  expect(await download(page, model)).toMatchObject({
    ok: false,
    code: 'forbidden',
    message: expect.stringMatching(/Research only/),
  })
  await page.evaluate((model) => harness.accept(model), model)
  expect(await download(page, model)).toMatchObject({ ok: true })
  await page.evaluate((model) => harness.remove(model), model)
  expect(await state(page, model)).toEqual({ state: 'absent' })
  expect(await download(page, model)).toMatchObject({ ok: true })
})

test('two pages that ask for one model fetch it once', async ({ page, context }) => {
  const { model } = served('shared')
  const other = await context.newPage()
  await other.goto(server.address)
  await other.waitForFunction(() => 'harness' in globalThis)
  expect(await Promise.all([download(page, model), download(other, model)])).toMatchObject([{ ok: true }, { ok: true }])
  expect(server.ranges).toHaveLength(1)
})
