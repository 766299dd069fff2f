import type { KeyPoint } from '../../operators/match-feature/features'
import { applyHomography, type Homography } from '../../operators/match-feature/homography/homography'

export interface Picture {
  readonly width: number
  readonly height: number
}

/** Where one key point lies in the other picture, by the known homography. */
interface Moved {
  readonly x: number
  readonly y: number
  readonly size: number
}

const REPEATED_PIXELS = 2.5
const REPEATED_SIZE = 1.5
export const CORRECT_PIXELS = 3

/**
 * Share of the key points in the common part of both pictures that are found in both: within 2.5 pixels, with sizes that
 * agree within a factor of 1.5, each counted once.
 */
export function repeatability(
  query: readonly KeyPoint[],
  train: readonly KeyPoint[],
  toTrain: Homography,
  toQuery: Homography,
  queryPicture: Picture,
  trainPicture: Picture,
): { rate: number; repeated: number } {
  const moved = query.map((point) => move(point, toTrain)).filter((point) => isInside(point, trainPicture))
  const common = train.filter((point) => isInside(move(point, toQuery), queryPicture))
  const repeated = countPairs(moved, common)
  return { repeated, rate: repeated / Math.max(1, Math.min(moved.length, common.length)) }
}

/** How far a match is from where the homography puts it, in pixels of the train picture. */
export function matchError(query: KeyPoint, train: KeyPoint, toTrain: Homography): number {
  const { x, y } = applyHomography(toTrain, query)
  return Math.hypot(x - train.x, y - train.y)
}

function move({ x, y, size }: KeyPoint, matrix: Homography): Moved {
  const at = applyHomography(matrix, { x, y })
  const right = applyHomography(matrix, { x: x + 1, y })
  const below = applyHomography(matrix, { x, y: y + 1 })
  const area = (right.x - at.x) * (below.y - at.y) - (right.y - at.y) * (below.x - at.x)
  return { ...at, size: size * Math.sqrt(Math.abs(area)) }
}

const isInside = ({ x, y }: Moved, { width, height }: Picture) => x >= 0 && y >= 0 && x < width && y < height

/** Pairs the nearest first, so that every point is used once at most. */
function countPairs(a: readonly Moved[], b: readonly Moved[]): number {
  const cells = new Map<string, number[]>()
  const key = (x: number, y: number) => `${Math.floor(x / REPEATED_PIXELS)},${Math.floor(y / REPEATED_PIXELS)}`
  for (const [i, { x, y }] of b.entries()) cells.set(key(x, y), [...(cells.get(key(x, y)) ?? []), i])
  const close: { i: number; j: number; distance: number }[] = []
  for (const [i, point] of a.entries()) {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const near = cells.get(key(point.x + dx * REPEATED_PIXELS, point.y + dy * REPEATED_PIXELS)) ?? []
        for (const j of near) {
          const distance = Math.hypot(point.x - b[j].x, point.y - b[j].y)
          const ratio = point.size / b[j].size
          if (distance <= REPEATED_PIXELS && Math.max(ratio, 1 / ratio) < REPEATED_SIZE) close.push({ i, j, distance })
        }
      }
    }
  }
  close.sort((p, q) => p.distance - q.distance)
  const [usedA, usedB] = [new Set<number>(), new Set<number>()]
  for (const { i, j } of close) {
    if (usedA.has(i) || usedB.has(j)) continue
    usedA.add(i)
    usedB.add(j)
  }
  return usedA.size
}
