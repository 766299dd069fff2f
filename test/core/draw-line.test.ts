import { describe, expect, test } from 'vitest'
import { fillDisc, strokeCircle, strokeLine } from '../../core/draw-line'
import type { Raster } from '../../core/raster'

const INK = { rgb: [255, 255, 255], alpha: 1 } as const
const WHITE = 255

const black = (width: number, height: number): Raster => {
  const data = new Uint8ClampedArray(width * height * 4).map((_, i) => (i % 4 === 3 ? 255 : 0))
  return { width, height, data }
}

/** Rows of brightness. */
const rows = ({ width, height, data }: Raster) =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => data[(y * width + x) * 4]))

const painted = (raster: Raster) =>
  rows(raster)
    .flat()
    .reduce((sum, value) => sum + value / WHITE, 0)

describe('a line', () => {
  test('along pixels covers them wholly, and nothing else', () => {
    const raster = black(5, 3)
    strokeLine(raster, { x: 1.5, y: 1.5 }, { x: 3.5, y: 1.5 }, 1, INK)
    expect(rows(raster)[0]).toEqual([0, 0, 0, 0, 0])
    expect(rows(raster)[1].slice(1, 4)).toEqual([WHITE, WHITE, WHITE])
  })

  test.each([0, 17, 45, 60, 90, 135, 200])('at %i degrees covers its length times its thickness', (degrees) => {
    const raster = black(120, 120)
    const [dx, dy] = [45 * Math.cos((degrees * Math.PI) / 180), 45 * Math.sin((degrees * Math.PI) / 180)]
    strokeLine(raster, { x: 60 - dx, y: 60 - dy }, { x: 60 + dx, y: 60 + dy }, 4, INK)
    const roundEnds = Math.PI * 2 ** 2
    expect(painted(raster) / (90 * 4 + roundEnds)).toBeCloseTo(1, 1)
  })

  test('is cut where the raster ends', () => {
    const raster = black(10, 10)
    strokeLine(raster, { x: -1000, y: 5 }, { x: 1000, y: 5 }, 2, INK)
    expect(painted(raster)).toBeCloseTo(20, 0)
    strokeLine(raster, { x: -50, y: -50 }, { x: -20, y: 90 }, 3, INK)
    expect(painted(raster)).toBeCloseTo(20, 0)
  })
})

test('a disc covers its area', () => {
  const raster = black(40, 40)
  fillDisc(raster, { x: 20, y: 20 }, 10, INK)
  expect(painted(raster) / (Math.PI * 100)).toBeCloseTo(1, 1)
})

test('a circle leaves its inside alone', () => {
  const raster = black(40, 40)
  strokeCircle(raster, { x: 20, y: 20 }, 10, 2, INK)
  expect(rows(raster)[20][20]).toBe(0)
  expect(painted(raster) / (2 * Math.PI * 10 * 2)).toBeCloseTo(1, 1)
})
