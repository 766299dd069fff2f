import { describe, expect, test } from 'vitest'
import {
  applyHomography,
  type Homography,
  invert,
  multiply,
  type PointPair,
} from '../../../operators/match-feature/homography/homography'
import { findHomography } from '../../../operators/match-feature/homography/ransac'
import { seeded } from '../../support'

const truth: Homography = [
  [0.9, -0.2, 40],
  [0.15, 1.1, -25],
  [0.0002, -0.0001, 1],
]

/** `count` pairs of a plane seen twice, to a part of a pixel, and `strays` that have nothing to do with it. */
function pairs(count: number, strays: number, noise = 0, matrix = truth): PointPair[] {
  const random = seeded(11)
  const anywhere = () => ({ x: random() * 800, y: random() * 600 })
  const wobble = () => (random() + random() + random() - 1.5) * 2 * noise
  const seen = Array.from({ length: count }, () => {
    const from = anywhere()
    const { x, y } = applyHomography(matrix, from)
    return { from, to: { x: x + wobble(), y: y + wobble() } }
  })
  return [...seen, ...Array.from({ length: strays }, () => ({ from: anywhere(), to: anywhere() }))]
}

function worstOf(found: Homography): number {
  const corners = [0, 800].flatMap((x) => [0, 600].map((y) => ({ x, y })))
  return Math.max(
    ...corners.map((corner) => {
      const [a, b] = [applyHomography(found, corner), applyHomography(truth, corner)]
      return Math.hypot(a.x - b.x, a.y - b.y)
    }),
  )
}

describe('the homography most pairs agree on', () => {
  test('is exact for exact pairs', () => {
    const found = findHomography(pairs(40, 0))
    expect(found && worstOf(found.homography)).toBeLessThan(1e-5)
    expect(found?.inliers).toEqual(Array(40).fill(true))
    expect(found?.error).toBeCloseTo(0, 6)
  })

  test('is found among as many strays, which it tells apart', () => {
    const found = findHomography(pairs(60, 60, 0.3))
    expect(found && worstOf(found.homography)).toBeLessThan(1)
    expect(found?.inliers.slice(0, 60)).toEqual(Array(60).fill(true))
    expect(found?.inliers.slice(60).filter(Boolean).length).toBeLessThan(3)
    expect(found?.error).toBeGreaterThan(0.1)
    expect(found?.error).toBeLessThan(0.6)
  })

  test('is the same for the same pairs', () => {
    expect(findHomography(pairs(30, 30, 0.5))).toEqual(findHomography(pairs(30, 30, 0.5)))
  })

  test.each([
    ['there are only strays', pairs(0, 60)],
    ['there are three pairs', pairs(3, 0)],
    ['there is none', []],
    ['all lie on one line', pairs(40, 0).map(({ from, to }) => ({ from: { x: from.x, y: from.x }, to }))],
    ['all lead to one point', pairs(40, 0).map(({ from }) => ({ from, to: { x: 5, y: 5 } }))],
    [
      'one picture is a mirror of the other',
      pairs(40, 0, 0, [
        [-1, 0, 800],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ],
  ])('is nothing when %s', (_, given) => {
    expect(findHomography(given)).toBeUndefined()
  })
})

test('a homography after its inverse leaves points where they are', () => {
  const back = invert(truth)
  const both = back && multiply(back, truth)
  expect(both && applyHomography(both, { x: 123, y: 45 })).toEqual({
    x: expect.closeTo(123, 9),
    y: expect.closeTo(45, 9),
  })
})

test('a matrix that flattens the plane has no inverse', () => {
  expect(
    invert([
      [1, 2, 3],
      [2, 4, 6],
      [0, 0, 1],
    ]),
  ).toBeUndefined()
})
