import { describe, expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { compare } from '../../../operators/inpaint/blend'
import { scoreFilling } from '../../../operators/inpaint/scores'
import { picture, seeded } from '../../support'

const SIDE = 96
const HOLE = { x: 32, y: 32, width: 32, height: 32 }
const isIn = (i: number) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
  return x >= HOLE.x && x < HOLE.x + HOLE.width && y >= HOLE.y && y < HOLE.y + HOLE.height
}
const touched = {
  width: SIDE,
  height: SIDE,
  data: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (isIn(i) ? 1 : 0)),
}

/** Noise on a slope. */
function texture(seed: number): Raster {
  const random = seeded(seed)
  return picture(...Array.from({ length: SIDE }, (_, y) => Array.from({ length: SIDE }, () => 60 + y + 60 * random())))
}

/** The texture with something else in the hole. */
function filledWith(value: (gray: number, at: number) => number): Raster {
  const whole = texture(1)
  for (let i = 0; i < SIDE * SIDE; i++) {
    if (isIn(i)) whole.data.fill(value(whole.data[i * 4], i), i * 4, i * 4 + 3)
  }
  return whole
}

const scoresOf = (raster: Raster) => scoreFilling(raster, touched, [HOLE], 3)

describe('the scores of a filling', () => {
  const other = texture(2)
  const same = scoresOf(filledWith((_, at) => other.data[at * 4]))

  test('are near 1 where it is of the same kind as what is around it', () => {
    for (const score of Object.values(same)) expect(score).toBeGreaterThan(0.9)
  })

  test('fall in sharpness and texture where it is smooth', () => {
    const smooth = scoresOf(filledWith((_, at) => 90 + Math.floor(at / SIDE)))
    expect(smooth.blur).toBeLessThan(0.3)
    expect(smooth.texture).toBeLessThan(same.texture - 0.3)
    expect(smooth.total).toBeLessThan(same.total / 2)
  })

  test('fall at the seam where it is of another brightness', () => {
    expect(scoresOf(filledWith((gray) => gray + 120)).seam).toBeLessThan(same.seam - 0.1)
  })
})

test('a byte that changed outside of what was erased is counted', () => {
  const source = texture(3)
  const made = { ...source, data: source.data.slice() }
  made.data[0] ^= 1
  made.data[2] ^= 255
  made.data[(40 * SIDE + 40) * 4] ^= 255 // within
  expect(compare(source, made, touched.data)).toEqual({ touched: 32 * 32, changedOutside: 2 })
})
