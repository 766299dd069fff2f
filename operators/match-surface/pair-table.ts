import type { OrientedPoints } from '../../core/cloud'
import { COSINE_SCALE, type FeatureBins, frameOf, keyCount, turnOf } from './features'

/** All pairs of model points by their feature. Pairs of one key lie together. */
export interface PairTable {
  readonly bins: FeatureBins
  /** First entry of each key; one more than there are keys. */
  readonly starts: Uint32Array<ArrayBuffer>
  /** Reference point in the upper 16 bits, its pair's turn about the normal (65536 is 2π) in the lower. */
  readonly entries: Uint32Array<ArrayBuffer>
}

const NO_PAIR = 0xffffffff

/** @param points at most 65,536 */
export function pairTable(points: OrientedPoints, bins: FeatureBins): PairTable {
  const { count } = points
  const keys = new Uint32Array(count * count)
  const turns = new Uint16Array(count * count)
  for (let i = 0; i < count; i++) pairsOf(i, points, bins, keys, turns)
  const starts = new Uint32Array(keyCount(bins) + 1)
  for (const key of keys) if (key !== NO_PAIR) starts[key + 1]++
  for (let key = 1; key < starts.length; key++) starts[key] += starts[key - 1]
  const next = starts.slice()
  const entries = new Uint32Array(starts[starts.length - 1])
  for (let at = 0; at < keys.length; at++) {
    if (keys[at] !== NO_PAIR) entries[next[keys[at]]++] = ((Math.floor(at / count) << 16) | turns[at]) >>> 0
  }
  return { bins, starts, entries }
}

function pairsOf(
  i: number,
  { count, positions, normals }: OrientedPoints,
  bins: FeatureBins,
  keys: Uint32Array,
  turns: Uint16Array,
) {
  const { distanceStep, distances, angles, angleByCosine } = bins
  const [nx, ny, nz] = [normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]]
  const frame = new Float64Array(6)
  frameOf(nx, ny, nz, frame)
  for (let j = 0; j < count; j++) {
    const at = i * count + j
    const dx = positions[3 * j] - positions[3 * i]
    const dy = positions[3 * j + 1] - positions[3 * i + 1]
    const dz = positions[3 * j + 2] - positions[3 * i + 2]
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz)
    keys[at] = NO_PAIR
    if (distance < distanceStep / 2) continue // its direction is mostly noise; also leaves out i itself
    const [mx, my, mz] = [normals[3 * j], normals[3 * j + 1], normals[3 * j + 2]]
    const first = angleByCosine[(((nx * dx + ny * dy + nz * dz) / distance + 1) * COSINE_SCALE) | 0]
    const second = angleByCosine[(((mx * dx + my * dy + mz * dz) / distance + 1) * COSINE_SCALE) | 0]
    const between = angleByCosine[((nx * mx + ny * my + nz * mz + 1) * COSINE_SCALE) | 0]
    const bin = Math.min(distances - 1, Math.floor(distance / distanceStep))
    keys[at] = ((bin * angles + first) * angles + second) * angles + between
    turns[at] = turnOf(dx * frame[0] + dy * frame[1] + dz * frame[2], dx * frame[3] + dy * frame[4] + dz * frame[5])
  }
}
