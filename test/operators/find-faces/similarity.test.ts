import { expect, test } from 'vitest'
import { type Point, similarity } from '../../../operators/find-faces/similarity'
import { seeded } from '../../support'

const moved = ([a, b, tx, c, d, ty]: readonly number[], [x, y]: Point): Point => [
  a * x + b * y + tx,
  c * x + d * y + ty,
]
const FACE: readonly Point[] = [
  [38, 52],
  [74, 51],
  [56, 72],
  [42, 92],
  [71, 92],
]

/** Degrees, factor and shift as a 2×3 matrix. */
function turn(degrees: number, scale: number, x: number, y: number) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * scale, Math.sin((degrees * Math.PI) / 180) * scale]
  return [cos, -sin, x, sin, cos, y]
}

test.each([
  [0, 1, 0, 0],
  [30, 2.5, -40, 700],
  [-135, 0.07, 3, -9],
  [180, 1, 0, 112],
])('finds a turn of %d°, a scale of %d and a shift by (%d, %d)', (degrees, scale, x, y) => {
  const truth = turn(degrees, scale, x, y)
  const found = similarity(
    FACE,
    FACE.map((point) => moved(truth, point)),
  )
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(truth[i], 9)
})

test('no other turn and scale brings points that do not fit closer to their targets', () => {
  const random = seeded(7)
  const targets = FACE.map(([x, y]): Point => [x + 6 * random(), y + 6 * random()])
  const error = (matrix: readonly number[]) =>
    FACE.reduce((sum, point, i) => {
      const [x, y] = moved(matrix, point)
      return sum + (x - targets[i][0]) ** 2 + (y - targets[i][1]) ** 2
    }, 0)
  const [a, b, tx, c, d, ty] = similarity(FACE, targets)
  for (const step of [-0.01, 0.01]) {
    expect(error([a + step, b, tx, c, d + step, ty])).toBeGreaterThan(error([a, b, tx, c, d, ty]))
    expect(error([a, b - step, tx, c + step, d, ty])).toBeGreaterThan(error([a, b, tx, c, d, ty]))
    expect(error([a, b, tx + step, c, d, ty])).toBeGreaterThan(error([a, b, tx, c, d, ty]))
  }
})

test('points on one spot are only shifted', () => {
  const spot: Point = [5, 6]
  expect(
    similarity(
      [spot, spot],
      [
        [1, 1],
        [1, 1],
      ],
    ),
  ).toEqual([1, -0, -4, 0, 1, -5])
})
