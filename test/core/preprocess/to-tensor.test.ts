import { describe, expect, test } from 'vitest'
import { toBatch, toTensor } from '../../../core/preprocess/to-tensor'
import type { Preprocess } from '../../../models/model'
import { seeded } from '../../support'
import { noise, resized } from './reference'

const plain: Preprocess = {
  width: 8,
  height: 8,
  fit: 'stretch',
  order: 'rgb',
  layout: 'nchw',
  mean: [0, 0, 0],
  std: [1, 1, 1],
}

describe('a stretched picture', () => {
  test.each([
    ['shrunk', 37, 29, 11, 7],
    ['grown', 5, 3, 23, 17],
    ['shrunk one way and grown the other', 40, 3, 9, 14],
    ['of the same size', 13, 6, 13, 6],
    ['of one pixel', 1, 1, 4, 5],
    ['made one pixel', 19, 31, 1, 1],
    ['shrunk a thousandfold', 3001, 2, 3, 2],
  ])('%s holds what the textbook says', async (_, width, height, toWidth, toHeight) => {
    const raster = noise(width, height, seeded(width * height))
    const { tensor } = await toTensor(raster, plain, { width: toWidth, height: toHeight })
    const expected = resized(raster, { width: toWidth, height: toHeight })
    expect(tensor.dims).toEqual([1, 3, toHeight, toWidth])
    const planes = [0, 1, 2].flatMap((c) => expected.flatMap((row) => row.map((pixel) => pixel[c])))
    expect(largestDifference(tensor.data as Float32Array, planes)).toBeLessThan(0.001)
  })

  test('leaves alpha out', async () => {
    const clear = noise(9, 9, seeded(2), 0)
    const opaque = { ...clear, data: clear.data.map((value, i) => (i % 4 === 3 ? 255 : value)) }
    expect((await toTensor(clear, plain)).tensor).toEqual((await toTensor(opaque, plain)).tensor)
  })

  test('knows the way back, also where its proportions change', async () => {
    const { toSource, scale } = await toTensor(noise(80, 20, seeded(3)), plain)
    expect(toSource(8, 8)).toEqual([80, 20])
    expect(toSource(0, 4)).toEqual([0, 10])
    expect(scale).toBe(0.1)
  })
})

describe('layout, order and normalisation', () => {
  const raster = noise(3, 2, seeded(4))
  const mean = [10, 20, 30] as const
  const std = [2, 4, 8] as const
  const pixel = (x: number, y: number, c: number) => raster.data[(y * 3 + x) * 4 + c]

  test.each([
    ['rgb', [0, 1, 2]],
    ['bgr', [2, 1, 0]],
  ] as const)('%s in planes and interleaved: mean and deviation are in that order', async (order, channels) => {
    const options = { ...plain, width: 3, height: 2, order, mean, std }
    const planes = (await toTensor(raster, options)).tensor
    const interleaved = (await toTensor(raster, { ...options, layout: 'nhwc' })).tensor
    expect(interleaved.dims).toEqual([1, 2, 3, 3])
    for (let y = 0; y < 2; y++) {
      for (let x = 0; x < 3; x++) {
        channels.forEach((channel, c) => {
          const value = (pixel(x, y, channel) - mean[c]) / std[c]
          expect(Number(planes.data[c * 6 + y * 3 + x])).toBeCloseTo(value, 4)
          expect(Number(interleaved.data[(y * 3 + x) * 3 + c])).toBeCloseTo(value, 4)
        })
      }
    }
  })
})

describe('a letterboxed picture', () => {
  const boxed: Preprocess = { ...plain, fit: 'letterbox', pad: 114, mean: [14, 0, 114], std: [100, 1, 1] }

  test('lies in the middle, with normalised padding around it', async () => {
    const white = { width: 16, height: 8, data: new Uint8ClampedArray(16 * 8 * 4).fill(255) }
    const { tensor, toSource } = await toTensor(white, boxed)
    const red = [...tensor.data.subarray(0, 64)].map((value) => Math.round(Number(value) * 100) / 100)
    expect(red).toEqual([
      ...row(1),
      ...row(1),
      ...row(2.41),
      ...row(2.41),
      ...row(2.41),
      ...row(2.41),
      ...row(1),
      ...row(1),
    ])
    expect([...tensor.data.subarray(64, 72)]).toEqual(row(114))
    expect(toSource(4, 2)).toEqual([8, 0])
    expect(toSource(8, 6)).toEqual([16, 8])
  })

  test('lies at the top left where the model wants it so, interleaved too', async () => {
    const white = { width: 4, height: 8, data: new Uint8ClampedArray(4 * 8 * 4).fill(255) }
    const { tensor, toSource } = await toTensor(white, { ...boxed, anchor: 'top-left', layout: 'nhwc' })
    const blue = [...tensor.data].filter((_, i) => i % 3 === 2)
    expect(blue.slice(0, 8)).toEqual([141, 141, 141, 141, 0, 0, 0, 0])
    expect(toSource(4, 8)).toEqual([4, 8])
  })

  test('keeps at least one pixel of a very long picture', async () => {
    const { tensor, toSource } = await toTensor(noise(1000, 1, seeded(5)), boxed)
    expect(tensor.dims).toEqual([1, 3, 8, 8])
    expect(toSource(8, 4)).toEqual([1000, 1])
  })
})

describe('a picture for a model of any size', () => {
  const free: Preprocess = { ...plain, width: 64, height: 64, fit: 'dynamic', stride: 32 }

  test.each([
    [200, 100, [1, 3, 32, 64]],
    [200, 190, [1, 3, 64, 64]],
    [40, 20, [1, 3, 32, 64]],
  ])('%i×%i is scaled down, never up, and padded to the stride', async (width, height, dims) => {
    expect((await toTensor(noise(width, height, seeded(6)), free)).tensor.dims).toEqual(dims)
  })

  test('cannot share a batch with one that needs another size', async () => {
    const batch = toBatch([noise(60, 60, seeded(7)), noise(60, 20, seeded(8))], free)
    await expect(batch).rejects.toThrow('inputs of one size')
  })
})

test('a batch holds what each of its pictures gives alone', async () => {
  const pictures = [noise(10, 20, seeded(9)), noise(31, 7, seeded(10)), noise(8, 8, seeded(11))]
  const { tensor, mappings } = await toBatch(pictures, { ...plain, fit: 'letterbox', pad: 7 })
  const alone = await Promise.all(pictures.map((raster) => toTensor(raster, { ...plain, fit: 'letterbox', pad: 7 })))
  expect(tensor.dims).toEqual([3, 3, 8, 8])
  expect([...tensor.data]).toEqual(alone.flatMap((one) => [...one.tensor.data]))
  expect(mappings.map(({ scale }) => scale)).toEqual(alone.map(({ scale }) => scale))
})

const row = (value: number) => Array.from({ length: 8 }, () => value)

function largestDifference(a: Float32Array, b: readonly number[]): number {
  expect(a.length).toBe(b.length)
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0)
}
