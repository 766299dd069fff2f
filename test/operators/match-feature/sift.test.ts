import { describe, expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { type Features, VECTOR_LENGTH } from '../../../operators/match-feature/features'
import { applyHomography, type Homography } from '../../../operators/match-feature/homography/homography'
import { withKernel } from '../../../operators/match-feature/kernel'
import { bruteForceVectors } from '../../../operators/match-feature/matching/brute-force'
import { ratioTest } from '../../../operators/match-feature/matching/ratio-test'
import { sift } from '../../../operators/match-feature/sift/sift'
import { picture } from '../../support'
import { asItIs, photograph, spots, turned } from './scene'

const SIDE = 160
const middle = { x: SIDE / 2, y: SIDE / 2 }
const scene = spots(7, 150, SIDE, SIDE)
const straight = photograph(scene, SIDE, SIDE, asItIs)

const find = (raster: Raster, limit = 10_000) => withKernel((kernel) => sift(kernel, raster, limit, async () => {}))

/** Pairs that pass the ratio test, as key points. */
async function matches(query: Features, train: Features) {
  if (query.descriptors.kind !== 'vectors' || train.descriptors.kind !== 'vectors')
    throw new Error('SIFT gives vectors')
  const [a, b] = [query.descriptors, train.descriptors]
  const nearest = await withKernel((kernel) => bruteForceVectors(kernel, a, b, async () => {}))
  return ratioTest(nearest, 0.8, 10_000).map((m) => [query.keyPoints[m.query], train.keyPoints[m.train]] as const)
}

const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

test('finds a round spot at its centre, at the scale of its radius', async () => {
  const spot = { x: 40.3, y: 51.6, radius: 4, gray: 100 }
  const { keyPoints } = await find(photograph([spot], 90, 100, asItIs))
  expect(keyPoints.length).toBeGreaterThan(0)
  for (const point of keyPoints) {
    expect(distance(point, spot)).toBeLessThan(0.1)
    // A Gaussian of this radius answers most strongly to a filter of the same one; the size is its diameter.
    expect(point.size / 2).toBeCloseTo(spot.radius, 0)
  }
})

test.each([
  ['is not enlarged', 4000, 2100],
  ['is reduced', 8200, 4000],
])('finds a spot at its centre in a picture so large that it %s', async (_, width, height) => {
  const [left, top, side] = [width - 300, height - 200, 100]
  const patch = photograph([{ x: 47.3, y: 52.8, radius: 6, gray: 110 }], side, side, asItIs)
  const data = new Uint8ClampedArray(width * height * 4).fill(128)
  for (let y = 0; y < side; y++) {
    data.set(patch.data.subarray(y * side * 4, (y + 1) * side * 4), ((top + y) * width + left) * 4)
  }
  const { keyPoints } = await find({ width, height, data })
  expect(keyPoints.length).toBeGreaterThan(0)
  for (const point of keyPoints) expect(distance(point, { x: left + 47.3, y: top + 52.8 })).toBeLessThan(0.2)
})

describe.each<[string, Homography, number, number]>([
  ['turned by 30 degrees', turned(30, 1, middle, middle), 30, 1],
  ['turned by 135 degrees', turned(135, 1, middle, middle), 135, 1],
  ['1.5 times as large', turned(0, 1.5, middle, middle), 0, 1.5],
  ['turned by 250 degrees and 0.7 as large', turned(250, 0.7, middle, middle), 250, 0.7],
])('a picture %s', (_, view, degrees, scale) => {
  test('has its key points where they belong, with their angle and size', async () => {
    const [query, train] = [await find(straight), await find(photograph(scene, SIDE, SIDE, view))]
    const found = await matches(query, train)
    const right = found.filter(([a, b]) => distance(applyHomography(view, a), b) < 1.5)
    expect(right.length).toBeGreaterThan(20)
    expect(right.length / found.length).toBeGreaterThan(0.85)
    const turns = right.map(([a, b]) => Math.abs(((b.angle - a.angle - degrees + 900) % 360) - 180))
    // A spot that stands alone looks the same from all sides, and its angle is anybody's guess.
    expect(turns.filter((off) => off < 10).length / right.length).toBeGreaterThan(0.8)
    const sizes = right.map(([a, b]) => b.size / a.size / scale)
    expect(sizes.filter((ratio) => ratio > 0.85 && ratio < 1.18).length / right.length).toBeGreaterThan(0.95)
  })
})

test('describes the same after a change of brightness and contrast', async () => {
  const dim = photograph(scene, SIDE, SIDE, asItIs, (gray) => gray * 0.6 + 20)
  const found = await matches(await find(straight), await find(dim))
  expect(found.length).toBeGreaterThan(60)
  expect(found.filter(([a, b]) => distance(a, b) < 0.5).length / found.length).toBeGreaterThan(0.97)
})

test('gives whole numbers 0 to 255 of about the length 512 for every key point', async () => {
  const { keyPoints, descriptors } = await find(straight)
  expect(descriptors.data).toHaveLength(keyPoints.length * VECTOR_LENGTH)
  for (let i = 0; i < keyPoints.length; i++) {
    const row = [...descriptors.data.subarray(i * VECTOR_LENGTH, (i + 1) * VECTOR_LENGTH)]
    expect(Math.min(...row)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...row)).toBeLessThanOrEqual(255)
    expect(Math.hypot(...row)).toBeCloseTo(512, -1.2)
  }
})

test('is the same on every run', async () => {
  expect(await find(straight)).toEqual(await find(straight))
})

test('keeps the key points of highest contrast when there are too many', async () => {
  const all = await find(straight)
  const few = await find(straight, 10)
  const least = Math.min(...few.keyPoints.map(({ response }) => response))
  const places = new Set(all.keyPoints.filter(({ response }) => response > least).map(({ x, y }) => `${x},${y}`))
  expect(places.size).toBeLessThan(10)
  for (const place of places) expect(few.keyPoints.map(({ x, y }) => `${x},${y}`)).toContain(place)
})

test.each<[string, Raster]>([
  ['of one pixel', picture([9])],
  ['of one colour', photograph([], 64, 64, asItIs)],
  ['too small for a neighbourhood', photograph(scene, 5, 5, asItIs)],
  ['one pixel high', photograph(scene, 300, 1, asItIs)],
  ['one pixel wide', photograph(scene, 1, 300, asItIs)],
])('finds nothing in a picture %s', async (_, raster) => {
  const { keyPoints, descriptors } = await find(raster)
  expect(keyPoints).toEqual([])
  expect(descriptors.data).toHaveLength(0)
})

test('copes with a very long picture', async () => {
  const { keyPoints } = await find(photograph(spots(3, 200, 2000, 12), 2000, 12, asItIs))
  expect(keyPoints.length).toBeGreaterThan(10)
})

test('stops when it is told to', async () => {
  const stop = async () => {
    throw new DOMException('stopped', 'AbortError')
  }
  await expect(withKernel((kernel) => sift(kernel, straight, 100, stop))).rejects.toThrow('stopped')
})
