import { describe, expect, test } from 'vitest'
import { resize } from '../../../core/preprocess/resize'
import { warp } from '../../../core/preprocess/warp'
import type { Raster } from '../../../core/raster'
import { seeded } from '../../support'
import { noise, resized, sampled } from './reference'

describe('warp', () => {
  test('an identity changes nothing', async () => {
    const raster = noise(17, 9, seeded(1), 255)
    expect(await warp(raster, [1, 0, 0, 0, 1, 0], raster)).toEqual(raster)
  })

  test.each([
    ['a turn by 30°', [0.866, -0.5, 12, 0.5, 0.866, -3], 255],
    ['a turn of a picture with alpha', [0.866, -0.5, 12, 0.5, 0.866, -3], undefined],
    ['growth by three', [3, 0, -5, 0, 3, -8], 255],
    ['a mirror', [-1, 0, 38.5, 0, 1, 0.25], 255],
  ])('%s shows each pixel where the matrix sends it', async (_, matrix, alpha) => {
    const raster = noise(40, 30, seeded(2), alpha)
    const [a, b, c, d, e, f] = matrix
    const determinant = a * e - b * d
    const back = (x: number, y: number) =>
      [(e * (x - c) - b * (y - f)) / determinant, (a * (y - f) - d * (x - c)) / determinant] as const
    expectPixels(await warp(raster, matrix, { width: 45, height: 33 }), (x, y) => sampled(raster, ...back(x, y)))
  })

  test('a homography brings the corners of a quadrilateral to those of a rectangle', async () => {
    const raster = noise(60, 50, seeded(3), 255)
    const back = [0.8, 0.1, 10, -0.05, 0.9, 5, 0.001, 0.002, 1]
    const forth = invert3(back)
    const through = (x: number, y: number) => {
      const z = back[6] * x + back[7] * y + back[8]
      return [(back[0] * x + back[1] * y + back[2]) / z, (back[3] * x + back[4] * y + back[5]) / z] as const
    }
    const expected = (x: number, y: number) => sampled(raster, ...through(x, y))
    const size = { width: 40, height: 40 }
    expectPixels(await warp(raster, forth, size), expected)
    expectPixels(
      await warp(
        raster,
        forth.map((value) => -7 * value),
        size,
      ),
      expected,
    )
  })

  test('what lies behind the viewer is transparent', async () => {
    const raster = noise(40, 40, seeded(4), 255)
    const { data } = await warp(raster, invert3([1, 0, 0, 0, 1, 0, -0.05, 0, 1]), { width: 40, height: 4 })
    expect(data[3]).toBe(255)
    expect([...data.subarray(25 * 4, 40 * 4)].every((value) => value === 0)).toBe(true)
  })

  test('shrinking to a tenth takes every pixel into account', async () => {
    const stripes = { width: 300, height: 300, data: new Uint8ClampedArray(300 * 300 * 4) }
    for (let i = 0; i < stripes.data.length; i++) stripes.data[i] = i % 4 === 3 || (i >> 2) % 2 === 0 ? 255 : 0
    const { data } = await warp(stripes, [0.1, 0, -0.45, 0, 0.1, -0.45], { width: 30, height: 30 })
    for (let i = 0; i < data.length; i += 4) expect(Math.abs(data[i] - 127.5)).toBeLessThan(2)
  })

  test('nothing is seen of a picture that is somewhere else', async () => {
    const { data } = await warp(noise(9, 9, seeded(5)), [1, 0, 100, 0, 1, 100], { width: 9, height: 9 })
    expect(data.every((value) => value === 0)).toBe(true)
  })

  test.each([[[0, 0, 0, 0, 0, 0]], [[1, 2, 3, 2, 4, 6]], [[Number.NaN, 0, 0, 0, 1, 0]]])(
    'a matrix without a way back, %j, is refused',
    async (matrix) => {
      await expect(warp(noise(4, 4, seeded(6)), matrix, { width: 4, height: 4 })).rejects.toThrow('cannot be inverted')
    },
  )
})

describe('resize', () => {
  test.each([
    [31, 23, 10, 9],
    [6, 5, 20, 21],
  ])('%i×%i to %i×%i rounds what the textbook says', async (width, height, toWidth, toHeight) => {
    const raster = noise(width, height, seeded(7), 255)
    const expected = resized(raster, { width: toWidth, height: toHeight })
    expectPixels(await resize(raster, { width: toWidth, height: toHeight }), (x, y) => [...expected[y][x], 255])
  })

  test('transparent pixels do not tint the others', async () => {
    const data = Uint8ClampedArray.of(200, 100, 50, 255, 0, 255, 0, 0)
    expect(await resize({ width: 2, height: 1, data }, { width: 1, height: 1 })).toEqual({
      width: 1,
      height: 1,
      data: Uint8ClampedArray.of(200, 100, 50, 128),
    })
  })
})

/** Colours may differ by rounding only; those of hardly visible pixels carry no information. */
function expectPixels({ width, height, data }: Raster, expected: (x: number, y: number) => number[]): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)
      const wanted = expected(x, y)
      if (wanted[3] < 1) continue
      const worst = Math.max(...wanted.map((value, c) => Math.abs(value - pixel[c])))
      expect(worst, `at ${x}, ${y}: ${pixel} instead of ${wanted}`).toBeLessThan(0.51)
    }
  }
}

function invert3([a, b, c, d, e, f, g, h, i]: readonly number[]): number[] {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const cofactors = [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f]
  return [...cofactors, d * h - e * g, b * g - a * h, a * e - b * d].map((value) => value / determinant)
}
