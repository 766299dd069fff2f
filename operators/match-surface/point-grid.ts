import { cellHash, powerOfTwo } from './cells'

/** Points in hashed grid cells; cells that share a hash share a bucket, so a reader checks distances itself. */
export interface PointGrid {
  readonly cell: number
  readonly mask: number
  /** First item of each bucket; one more than there are buckets. */
  readonly starts: Uint32Array<ArrayBuffer>
  /** Point indices, bucket by bucket, ascending within each. */
  readonly items: Uint32Array<ArrayBuffer>
}

/** @param cell edge of a cell: no query may reach further than this */
export function pointGrid(positions: Float32Array, cell: number): PointGrid {
  const count = positions.length / 3
  const mask = powerOfTwo(count) - 1
  const buckets = new Uint32Array(count)
  const starts = new Uint32Array(mask + 2)
  for (let i = 0; i < count; i++) {
    const hash = cellHash(
      Math.floor(positions[3 * i] / cell),
      Math.floor(positions[3 * i + 1] / cell),
      Math.floor(positions[3 * i + 2] / cell),
    )
    buckets[i] = hash & mask
    starts[buckets[i] + 1]++
  }
  for (let b = 0; b <= mask; b++) starts[b + 1] += starts[b]
  const next = starts.slice()
  const items = new Uint32Array(count)
  for (let i = 0; i < count; i++) items[next[buckets[i]]++] = i
  return { cell, mask, starts, items }
}

/** The buckets of the 27 cells around a point, each once: `out` has room for 27. @returns how many there are */
export function bucketsAround(grid: PointGrid, x: number, y: number, z: number, out: Uint32Array): number {
  const [cx, cy, cz] = [Math.floor(x / grid.cell), Math.floor(y / grid.cell), Math.floor(z / grid.cell)]
  let found = 0
  for (let dz = -1; dz <= 1; dz++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const bucket = cellHash(cx + dx, cy + dy, cz + dz) & grid.mask
        if (grid.starts[bucket] === grid.starts[bucket + 1]) continue
        let known = 0
        while (known < found && out[known] !== bucket) known++
        if (known === found) out[found++] = bucket
      }
    }
  }
  return found
}
