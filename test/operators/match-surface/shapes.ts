import type { OrientedPoints, PointCloud } from '../../../core/cloud'
import { type Rigid, rigidAbout } from '../../../operators/match-surface/rigid'
import { seeded } from '../../support'

type Vector = readonly [number, number, number]

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Evenly spread directions. */
function directions(count: number): Vector[] {
  return Array.from({ length: count }, (_, i) => {
    const z = 1 - (2 * i + 1) / count
    const r = Math.sqrt(1 - z * z)
    return [r * Math.cos(i * GOLDEN_ANGLE), r * Math.sin(i * GOLDEN_ANGLE), z]
  })
}

/** A closed surface around the origin, given by its distance in each direction; normals point outwards. */
export function star(distance: (d: Vector) => number, count = 6000): PointCloud {
  return cloud(
    directions(count).map((d) => {
      const [u, v] = tangents(d)
      const at = (a: number, b: number): Vector => {
        const q = unit([d[0] + a * u[0] + b * v[0], d[1] + a * u[1] + b * v[1], d[2] + a * u[2] + b * v[2]])
        const r = distance(q)
        return [q[0] * r, q[1] * r, q[2] * r]
      }
      const h = 1e-4
      const normal = unit(cross(minus(at(h, 0), at(-h, 0)), minus(at(0, h), at(0, -h))))
      return { place: at(0, 0), normal }
    }),
  )
}

/** Lumpy all over, so that no two parts look the same. */
export const pebble = () =>
  star(([x, y, z]) => 60 + 24 * x * y + 20 * z * z * z + 16 * Math.sin(3 * x + 1) * y + 14 * Math.cos(4 * z + 2 * y))

export const ball = (radius = 50) => star(() => radius)

/** A box with rounded edges. */
export const box = () =>
  star(([x, y, z]) => 50 / (Math.abs(x) ** 6 + Math.abs(1.6 * y) ** 6 + Math.abs(1.2 * z) ** 6) ** (1 / 6))

/** A round bottle: looks the same however it is turned about its axis. */
export const bottle = () => star(([, , z]) => 40 + 25 * z * z + 12 * Math.sin(4 * z))

/** A flat square table top at height `z`. */
export function table(z: number, side = 400, count = 6000): PointCloud {
  const random = seeded(5)
  const place = (): Vector => [(random() - 0.5) * side, (random() - 0.5) * side, z]
  return cloud(Array.from({ length: count }, () => ({ place: place(), normal: [0, 0, 1] as Vector })))
}

interface Point {
  readonly place: Vector
  readonly normal: Vector
}

export function cloud(points: readonly Point[]): PointCloud {
  return {
    count: points.length,
    positions: Float32Array.from(points.flatMap(({ place }) => place)),
    normals: Float32Array.from(points.flatMap(({ normal }) => normal)),
    origin: [0, 0, 0],
    total: points.length,
    firstZeroNormal: null,
  }
}

export function pointsOf({ count, positions, normals }: PointCloud): Point[] {
  const at = (values: Float32Array, i: number): Vector => [values[3 * i], values[3 * i + 1], values[3 * i + 2]]
  return Array.from({ length: count }, (_, i) => ({
    place: at(positions, i),
    normal: normals ? at(normals, i) : [0, 0, 0],
  }))
}

export const together = (...clouds: PointCloud[]): PointCloud => cloud(clouds.flatMap(pointsOf))

/** A turn about an axis, then a shift. */
export function placed(axis: Vector, degrees: number, to: Vector): Rigid {
  const half = (degrees * Math.PI) / 360
  const [x, y, z] = unit(axis)
  const s = Math.sin(half)
  return rigidAbout([x * s, y * s, z * s, Math.cos(half)], [0, 0, 0], to)
}

export function moved(from: PointCloud, m: Rigid): PointCloud {
  return cloud(
    pointsOf(from).map(({ place, normal }) => ({
      place: apply(m, place, 1),
      normal: apply(m, normal, 0),
    })),
  )
}

/** What a camera far up the z axis sees of a scene: for each spot of the ground, only the highest surface. */
export function fromAbove(scene: PointCloud, spot = 4): PointCloud {
  const points = pointsOf(scene)
  const spotOf = ({ place: [x, y] }: Point) => `${Math.floor(x / spot)} ${Math.floor(y / spot)}`
  const highest = new Map<string, number>()
  for (const point of points)
    highest.set(spotOf(point), Math.max(highest.get(spotOf(point)) ?? -Infinity, point.place[2]))
  return cloud(points.filter((p) => p.normal[2] > 0.1 && p.place[2] > (highest.get(spotOf(p)) ?? 0) - 3 * spot))
}

/** Every coordinate off by up to `size`. */
export function noisy(from: PointCloud, size: number, seed: number): PointCloud {
  const random = seeded(seed)
  const off = (v: number) => v + (random() + random() - 1) * size
  return cloud(pointsOf(from).map(({ place: [x, y, z], normal }) => ({ place: [off(x), off(y), off(z)], normal })))
}

export const withoutNormals = (from: PointCloud): PointCloud => ({ ...from, normals: null })

/** Degrees between the rotations, and distance between where the model's origin lands. */
export function difference(matrix: number[][], truth: Rigid): { degrees: number; distance: number } {
  let trace = 0
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) trace += matrix[i][j] * truth[i * 4 + j]
  const degrees = (Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2))) * 180) / Math.PI
  return { degrees, distance: Math.hypot(...[0, 1, 2].map((i) => matrix[i][3] - truth[i * 4 + 3])) }
}

export const oriented = ({ count, positions, normals }: PointCloud): OrientedPoints => ({
  count,
  positions,
  normals: normals ?? new Float32Array(positions.length),
})

function apply(m: Rigid, [x, y, z]: Vector, w: number): Vector {
  const row = (r: number) => m[r * 4] * x + m[r * 4 + 1] * y + m[r * 4 + 2] * z + m[r * 4 + 3] * w
  return [row(0), row(1), row(2)]
}

function tangents([x, y, z]: Vector): [Vector, Vector] {
  const u = unit(Math.abs(z) < 0.9 ? [-y, x, 0] : [0, -z, y])
  return [u, cross([x, y, z], u)]
}

function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
