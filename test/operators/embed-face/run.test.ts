import { expect, test } from 'vitest'
import type { ModelRunner, Tensor } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { run } from '../../../operators/embed-face/run'
import { embedFace } from '../../../operators/embed-face/spec'
import { shapedModels } from '../../shaped-models'
import { picture, testContext } from '../../support'
import { brightFaces, photo } from '../find-faces/bright-faces'

const EMBEDDING = 'faceplugin-fr-feature'

const embed = (file: Raster, params: Record<string, unknown> = {}, models = brightFaces()) =>
  run({ file }, embedFace.params.parse(params), testContext({ models }))

/** Runs `answer` in place of one model, and keeps what it was asked. */
function replaced(id: string, answer: (feeds: Readonly<Record<string, Tensor>>) => Record<string, Tensor>) {
  const others = brightFaces()
  const asked: Readonly<Record<string, Tensor>>[] = []
  const models: ModelRunner = {
    ...others,
    async run(model, feeds) {
      if (model !== id) return others.run(model, feeds)
      asked.push(feeds)
      return answer(feeds)
    },
  }
  return { models, asked }
}

const vector = (...values: number[]): Record<string, Tensor> => ({
  output: { dims: [1, 512], data: Float32Array.from({ length: 512 }, (_, i) => values[i] ?? 0) },
})

const FACE = photo(320, 240, [[100, 60, 90, 110]])

test('answers as the contract has it, with what ran', async () => {
  const { data } = await embed(FACE)
  expect(data).toMatchObject({ embedding_shape: [512], embedding_dim: 512, model: EMBEDDING, input_size: '112x112' })
  expect(data.embedding).toHaveLength(512)
  expect(data.attributes).toBeUndefined()
})

test('says of a vector what it can be compared with', async () => {
  const contract = async (params: Record<string, unknown>) => (await embed(FACE, params)).data.model_contract
  expect(await contract({})).toBe(`${EMBEDDING}/landmarks/raw`)
  expect(await contract({ normalize: true, alignment: 'none' })).toBe(`${EMBEDDING}/none/l2`)
})

test('says that nothing was aligned where no face was found', async () => {
  expect((await embed(photo(200, 200, []))).data.model_contract).toBe(`${EMBEDDING}/none/raw`)
})

test('stops between its models when canceled', async () => {
  const { models, asked } = replaced(EMBEDDING, () => vector(1))
  const canceled = async () => {
    throw new DOMException('Canceled', 'AbortError')
  }
  const params = embedFace.params.parse({})
  await expect(run({ file: FACE }, params, testContext({ models, checkpoint: canceled }))).rejects.toThrow('Canceled')
  expect(asked).toEqual([])
})

test('scales the vector to length 1 only when asked to', async () => {
  const { models } = replaced(EMBEDDING, () => vector(3, 0, -4))
  expect((await embed(FACE, {}, models)).data.embedding.slice(0, 3)).toEqual([3, 0, -4])
  const { embedding } = (await embed(FACE, { normalize: true }, models)).data
  for (const [i, value] of [0.6, 0, -0.8].entries()) expect(embedding[i]).toBeCloseTo(value, 6)
})

test('a vector of zeros stays one when it is to have length 1', async () => {
  const { models } = replaced(EMBEDDING, () => vector())
  expect((await embed(FACE, { normalize: true }, models)).data.embedding).toEqual(new Array(512).fill(0))
})

test('without alignment the model sees the whole crop, and nobody looks for a face', async () => {
  const { models, asked } = replaced(EMBEDDING, () => vector(1))
  const half = picture(...Array.from({ length: 10 }, () => [0, 0, 255, 255])) // its left half black
  const { data } = await embed(half, { alignment: 'none' }, models)
  expect(data).toMatchObject({ face_found: null, faces: [], warnings: [] })
  const { dims, data: seen } = asked[0].input
  expect(dims).toEqual([1, 3, 112, 112])
  expect([Number(seen[0]), Number(seen[111])]).toEqual([(0 - 127) / 128, (255 - 127) / 128])
})

test('with alignment a face is brought to one place, wherever it is in the crop', async () => {
  const { models, asked } = replaced(EMBEDDING, () => vector(1))
  for (const x of [20, 180]) await embed(photo(320, 240, [[x, 60, 90, 110]]), {}, models)
  const [left, right] = asked.map(({ input }) => Array.from(input.data, Number))
  const difference = left.reduce((sum, value, i) => sum + Math.abs(value - right[i]), 0) / left.length
  expect(difference).toBeLessThan(0.05)
})

test('a picture without a face has a vector, and a warning', async () => {
  const { data } = await embed(photo(200, 200, []))
  expect(data.embedding).toHaveLength(512)
  expect(data).toMatchObject({ face_found: false, faces: [], warnings: [expect.stringMatching(/no face/i)] })
})

test('warns of a crop with two faces, and says which it took', async () => {
  const two = photo(320, 240, [
    [20, 60, 60, 70],
    [180, 50, 90, 110],
  ])
  const { data } = await embed(two)
  expect(data.warnings).toEqual([expect.stringMatching(/more than one face/i)])
  expect(data.faces[0].x).toBeGreaterThan(150)
})

test('reads age, gender and pose off what the models answer', async () => {
  const bins = (at: number) => ({
    dims: [1, 66],
    data: Float32Array.from({ length: 66 }, (_, i) => (i === at ? 50 : 0)),
  })
  const years = Float32Array.from({ length: 100 }, (_, i) => (i === 27 ? 1 : 0))
  const pose = replaced('faceplugin-fr-pose', () => ({ output: bins(40), '617': bins(32), '618': bins(33) }))
  const models: ModelRunner = {
    ...pose.models,
    async run(id, feeds) {
      if (id !== 'human-faceres') return pose.models.run(id, feeds)
      return {
        age: { dims: [1, 100], data: years },
        gender: { dims: [1, 1], data: Float32Array.of(0.1) },
        descriptor: { dims: [1, 1024], data: new Float32Array(1024) },
      }
    },
  }
  const { data } = await embed(FACE, { include_attributes: true }, models)
  expect(data.attributes).toEqual({ age: 28, gender: 'female', pose: { yaw: 21, pitch: -3, roll: 0 } })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses a model that computes %d, by name', async (value) => {
  const { models } = replaced(EMBEDDING, () => vector(1, value))
  await expect(embed(FACE, {}, models)).rejects.toMatchObject({
    code: 'model-unavailable',
    message: expect.stringContaining(EMBEDDING),
  })
})

test('hands on that a model is not there', async () => {
  const gone = { ...shapedModels(), run: (id: string) => shapedModels().run(`no-${id}`, {}) }
  await expect(embed(FACE, {}, gone)).rejects.toMatchObject({ code: 'model-unavailable' })
})

test('gives a crop of one pixel a vector', async () => {
  expect((await embed(picture([90]))).data.embedding).toHaveLength(512)
})
