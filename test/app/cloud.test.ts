import { expect, test } from 'vitest'
import { foundPoses, numbersOf } from '../../app/cloud/found-poses'
import { ground } from '../../app/cloud/ground'
import { firstView, placement } from '../../app/cloud/placement'
import { THREE_QUARTERS } from '../../core/draw-cloud'

const quarterTurn = [
  [0, -1, 0, 10],
  [1, 0, 0, 20],
  [0, 0, 1, 30],
  [0, 0, 0, 1],
]

const facing = (count: number, ...normal: number[]) => Array.from({ length: count }, () => normal).flat()
const cloud = (positions: number[], origin: [number, number, number], normals: number[] = []) => ({
  positions: Float32Array.from(positions),
  normals: normals.length > 0 ? Float32Array.from(normals) : null,
  origin,
})

test('a pose between files becomes one between clouds that are kept relative to their origins', () => {
  const columns = placement(quarterTurn, [100, 0, 0], [10, 100, 30])
  // Point (1, 0, 0) of the cloud is (101, 0, 0) in its file, lands at (10, 121, 30), and that is (0, 21, 0) from the origin.
  const [x, y, z] = [0, 1, 2].map((row) => columns[row] * 1 + columns[12 + row])
  expect([x, y, z]).toEqual([0, 21, 0])
  expect([columns[3], columns[7], columns[11], columns[15]]).toEqual([0, 0, 0, 1])
})

test('a scan is seen first from where it was taken, with y down as scanners have it', () => {
  const scan = cloud([0, 0, 0, 2, 0, 0, 0, 2, 0], [-1, -1, 500])
  expect(firstView(scan).towards[2]).toBeCloseTo(-1)
  expect(firstView(scan).up).toEqual([0, -1, 0])
})

test('a model around its origin is seen from three quarters', () => {
  expect(firstView(cloud([0, 0, 0, 2, 2, 2], [-1, -1, -1]))).toEqual(THREE_QUARTERS)
})

test('the ground is level: up is where a table faces', () => {
  const table = [...facing(60, 0, -0.8, -0.6), ...facing(40, 0, 0, -1)]
  expect(ground(Float32Array.from(table))?.map((v) => Math.round(v * 10) / 10)).toEqual([0, -0.8, -0.6])
})

test('a wall is no ground, and neither is a direction of few points', () => {
  const wall = facing(100, 0, 0, -1)
  const scattered = Array.from({ length: 100 }, (_, i) => [Math.cos(i), Math.sin(i), 0]).flat()
  expect(ground(Float32Array.from(wall))).toBeUndefined()
  expect(ground(Float32Array.from(scattered))).toBeUndefined()
  expect(ground(null)).toBeUndefined()
})

test('poses are read with what they were at each stage, the last being the result', () => {
  const [pose] = foundPoses({ poses: [{ matrix: quarterTurn, score: 0.3, residual: 1, stages: { voted: [] } }] })
  expect(pose.stages).toEqual({ voted: [], refined: quarterTurn })
})

test('a result without poses or figures shows none', () => {
  expect(foundPoses({})).toEqual([])
  expect(foundPoses({ poses: [{ score: 1 }, null] })).toEqual([])
  expect(numbersOf({ votes: [3, 'x', 1] }, 'votes')).toEqual([3, 1])
  expect(numbersOf({}, 'votes')).toEqual([])
})
