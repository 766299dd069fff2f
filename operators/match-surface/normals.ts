import type { OrientedPoints } from '../../core/cloud'
import { cellTable, placeOf, putCell } from './cells'
import { smallestEigenvector } from './eigen'
import { bucketsAround, type PointGrid, pointGrid } from './point-grid'

type Vector = readonly [number, number, number]

export const ENOUGH = 10 // points, itself among them, from which the middle one of a cloud gets a steady normal
const ASKED = 500 // points, to know what is usual
const GROWTH = 1.25

/**
 * The radius of neighbourhoods that suits how dense the points lie.
 *
 * @param least smaller ones show only noise
 * @param most larger ones smooth away the shape
 * @returns the first from `least` on in which half of the points find `ENOUGH`; undefined when `most` is not enough
 */
export function neighbourhood(positions: Float32Array, least: number, most: number): number | undefined {
  const every = 3 * Math.ceil(positions.length / 3 / ASKED)
  for (let radius = least; radius <= most; radius *= GROWTH) {
    const grid = pointGrid(positions, radius)
    let [asked, content] = [0, 0]
    for (let i = 0; i < positions.length; i += every) {
      asked++
      if (neighbours(positions, i, grid, radius).length >= ENOUGH) content++
    }
    if (content * 2 >= asked) return radius
  }
  return undefined
}

const THIN = 1 / 3 // of the radius: voxels of the light pass before, which bounds the work
const FEWEST = 6 // neighbours that make a plane; points with fewer are left out

/**
 * The points with normals made from their neighbours: the direction in which each neighbourhood is thinnest.
 *
 * @param radius of a neighbourhood; larger smooths noise and details alike
 * @param eye where the camera was, which every normal then faces; null turns them outwards, spread from point to point
 * @returns the points that have enough neighbours, at most one per voxel of a third of the radius
 * @see Hoppe et al., "Surface reconstruction from unorganized points", SIGGRAPH 1992
 */
export function withNormals(positions: Float32Array, radius: number, eye: Vector | null): OrientedPoints {
  const thin = thinned(positions, radius * THIN)
  const grid = pointGrid(thin, radius)
  const places: number[] = []
  const normals: number[] = []
  for (let i = 0; i < thin.length; i += 3) {
    const normal = normalAt(thin, i, grid, radius)
    if (!normal) continue
    places.push(thin[i], thin[i + 1], thin[i + 2])
    normals.push(...normal)
  }
  const cloud = { count: places.length / 3, positions: Float32Array.from(places), normals: Float32Array.from(normals) }
  if (eye) faceEye(cloud, eye)
  else faceOut(cloud, radius)
  return cloud
}

/** The first point of each voxel. */
function thinned(positions: Float32Array, voxel: number): Float32Array<ArrayBuffer> {
  const cells = cellTable(positions.length / 3)
  const kept: number[] = []
  for (let i = 0; i < positions.length; i += 3) {
    const cell = [0, 1, 2].map((axis) => Math.floor(positions[i + axis] / voxel)) as [number, number, number]
    const place = placeOf(cells, ...cell)
    if (cells.values[place] !== -1) continue
    putCell(cells, place, ...cell, i)
    kept.push(positions[i], positions[i + 1], positions[i + 2])
  }
  return Float32Array.from(kept)
}

function normalAt(p: Float32Array, i: number, grid: PointGrid, radius: number): Vector | undefined {
  let [count, sx, sy, sz, xx, xy, xz, yy, yz, zz] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (const j of neighbours(p, i, grid, radius)) {
    const [x, y, z] = [p[j] - p[i], p[j + 1] - p[i + 1], p[j + 2] - p[i + 2]]
    count++
    sx += x
    sy += y
    sz += z
    xx += x * x
    xy += x * y
    xz += x * z
    yy += y * y
    yz += y * z
    zz += z * z
  }
  if (count < FEWEST) return undefined
  const [mx, my, mz] = [sx / count, sy / count, sz / count]
  return smallestEigenvector([
    xx / count - mx * mx,
    xy / count - mx * my,
    xz / count - mx * mz,
    yy / count - my * my,
    yz / count - my * mz,
    zz / count - mz * mz,
  ])
}

/** Offsets of the points within `radius` of the one at offset `i`, itself among them. */
function neighbours(p: Float32Array, i: number, grid: PointGrid, radius: number): number[] {
  const around = new Uint32Array(27)
  const found: number[] = []
  const many = bucketsAround(grid, p[i], p[i + 1], p[i + 2], around)
  for (let b = 0; b < many; b++) {
    for (let k = grid.starts[around[b]]; k < grid.starts[around[b] + 1]; k++) {
      const j = grid.items[k] * 3
      if ((p[j] - p[i]) ** 2 + (p[j + 1] - p[i + 1]) ** 2 + (p[j + 2] - p[i + 2]) ** 2 <= radius * radius) found.push(j)
    }
  }
  return found
}

function faceEye({ positions, normals }: OrientedPoints, eye: Vector) {
  for (let i = 0; i < normals.length; i += 3) {
    const away =
      normals[i] * (positions[i] - eye[0]) +
      normals[i + 1] * (positions[i + 1] - eye[1]) +
      normals[i + 2] * (positions[i + 2] - eye[2])
    if (away > 0) flip(normals, i)
  }
}

function flip(normals: Float32Array, i: number) {
  for (let axis = 0; axis < 3; axis++) normals[i + axis] = -normals[i + axis]
}

/**
 * Spreads a side from point to neighbour, most alike first, starting at the point furthest from the middle, which can
 * only face away from it. Parts that do not touch start anew.
 */
function faceOut(cloud: OrientedPoints, radius: number) {
  const { count, positions, normals } = cloud
  const grid = pointGrid(positions, radius)
  const done = new Uint8Array(count)
  const middle = [0, 1, 2].map((axis) => mean(positions, axis)) as unknown as Vector
  const away = (i: number) => [0, 1, 2].reduce((sum, axis) => sum + (positions[3 * i + axis] - middle[axis]) ** 2, 0)
  const outermostFirst = Array.from({ length: count }, (_, i) => i).sort((a, b) => away(b) - away(a))
  for (const seed of outermostFirst) {
    if (done[seed]) continue
    const lean = [0, 1, 2].reduce(
      (sum, axis) => sum + normals[3 * seed + axis] * (positions[3 * seed + axis] - middle[axis]),
      0,
    )
    if (lean < 0) flip(normals, 3 * seed)
    spreadFrom(seed, cloud, grid, radius, done)
  }
}

const LEVELS = 16 // of likeness; a bucket queue in place of an exact heap

function spreadFrom(
  seed: number,
  { positions, normals }: OrientedPoints,
  grid: PointGrid,
  radius: number,
  done: Uint8Array,
) {
  const queues: [from: number, to: number][][] = Array.from({ length: LEVELS }, () => [])
  const visit = (i: number) => {
    done[i] = 1
    for (const j of neighbours(positions, 3 * i, grid, radius)) {
      if (!done[j / 3]) queues[Math.floor(Math.abs(between(normals, 3 * i, j)) * (LEVELS - 1e-6))].push([i, j / 3])
    }
  }
  visit(seed)
  for (;;) {
    const next = queues.findLast((queue) => queue.length > 0)?.pop()
    if (!next) return
    const [from, to] = next
    if (done[to]) continue
    if (between(normals, 3 * from, 3 * to) < 0) flip(normals, 3 * to)
    visit(to)
  }
}

function between(normals: Float32Array, i: number, j: number): number {
  return Math.min(1, normals[i] * normals[j] + normals[i + 1] * normals[j + 1] + normals[i + 2] * normals[j + 2])
}

function mean(positions: Float32Array, axis: number): number {
  let sum = 0
  for (let i = axis; i < positions.length; i += 3) sum += positions[i]
  return sum / (positions.length / 3)
}
