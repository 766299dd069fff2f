import type { Checkpoint } from '../../../core/progress'
import type { BitDescriptors } from '../features'
import type { Kernel } from '../kernel'
import { type Nearest, NONE, offer, toNearest } from './nearest'
import { createRandom } from './random'

/** Buckets of descriptors that agree in some randomly chosen bits, the bits of their key. */
interface Table {
  readonly bits: readonly number[]
  /** The descriptors of bucket `key` are `order` from `start[key]` to `start[key + 1]`. */
  readonly start: Int32Array
  readonly order: Int32Array
}

const TABLES = 8
const PER_BUCKET = 2 // descriptors, on average
const MOST_BITS = 14
const CHECKS = 1000 // descriptors compared with each query, about
const QUERIES_PER_BREATH = 256
const SEED = 1

/**
 * Compares every query with the bit strings that fall into its bucket, or one whose key differs in one bit, in any of eight
 * tables.
 *
 * @see Lv et al., "Multi-probe LSH: efficient indexing for high-dimensional similarity search", VLDB 2007
 */
export async function lsh(
  kernel: Kernel,
  query: BitDescriptors,
  train: BitDescriptors,
  checkpoint: Checkpoint,
): Promise<Nearest> {
  const queries = query.data.length / query.bytes
  const search = createSearch(kernel, query, train)
  for (let q = 0; q < queries; q++) {
    if (q % QUERIES_PER_BREATH === 0) await checkpoint(q, queries)
    search.run(q)
  }
  kernel.release()
  return toNearest(search.found, false)
}

function createSearch(kernel: Kernel, query: BitDescriptors, train: BitDescriptors) {
  const { bytes } = train
  const trains = train.data.length / bytes
  const tables = buildTables(train, trains)
  const queryAt = kernel.allocate(query.data.length)
  const trainAt = kernel.allocate(train.data.length)
  const indicesAt = kernel.allocate(trains * 4)
  const distancesAt = kernel.allocate(trains * 4)
  kernel.bytes(queryAt, query.data.length).set(query.data)
  kernel.bytes(trainAt, train.data.length).set(train.data)
  const indices = kernel.i32(indicesAt, trains)
  const distances = kernel.i32(distancesAt, trains)
  const found = new Int32Array((query.data.length / bytes) * 4)
  const seenBy = new Int32Array(trains).fill(-1)

  const gather = (q: number, { start, order }: Table, key: number, before: number): number => {
    let count = before
    for (let i = start[key]; i < start[key + 1]; i++) {
      const t = order[i]
      if (seenBy[t] === q) continue
      seenBy[t] = q
      indices[count++] = t
    }
    return count
  }

  return {
    found,
    run(q: number): void {
      found.fill(-1, q * 4, q * 4 + 2).fill(NONE, q * 4 + 2, q * 4 + 4)
      let count = 0
      for (const table of tables) {
        if (count >= CHECKS) break
        const key = keyOf(query.data, q * bytes, table.bits)
        count = gather(q, table, key, count)
        for (let bit = 0; bit < table.bits.length; bit++) count = gather(q, table, key ^ (1 << bit), count)
      }
      kernel.run.hammingDistances(queryAt + q * bytes, trainAt, bytes, indicesAt, count, distancesAt)
      for (let i = 0; i < count; i++) offer(found, q, indices[i], distances[i])
    },
  }
}

function buildTables(train: BitDescriptors, count: number): Table[] {
  const random = createRandom(SEED)
  const width = Math.min(MOST_BITS, Math.max(1, Math.round(Math.log2(count / PER_BUCKET))))
  const useful = evenBits(train, count)
  return Array.from({ length: TABLES }, () => {
    const bits = Array.from({ length: width }, () => useful[random(useful.length)])
    return buildTable(train, count, bits)
  })
}

/** The half of the bits that are set nearest to half of the time: uneven ones would put most descriptors in few buckets. */
function evenBits({ data, bytes }: BitDescriptors, count: number): number[] {
  const set = new Int32Array(bytes * 8)
  for (let i = 0; i < count * bytes; i++) {
    const at = (i % bytes) * 8
    for (let bit = 0; bit < 8; bit++) set[at + bit] += (data[i] >> bit) & 1
  }
  const uneven = Array.from(set, (times) => Math.abs(2 * times - count))
  return [...uneven.keys()].sort((a, b) => uneven[a] - uneven[b] || a - b).slice(0, bytes * 4)
}

/** Counting sort by key. */
function buildTable({ data, bytes }: BitDescriptors, count: number, bits: readonly number[]): Table {
  const keys = Int32Array.from({ length: count }, (_, i) => keyOf(data, i * bytes, bits))
  const start = new Int32Array((1 << bits.length) + 1)
  for (const key of keys) start[key + 1]++
  for (let key = 1; key < start.length; key++) start[key] += start[key - 1]
  const next = start.slice()
  const order = new Int32Array(count)
  for (let i = 0; i < count; i++) order[next[keys[i]]++] = i
  return { bits, start, order }
}

function keyOf(data: Uint8Array, from: number, bits: readonly number[]): number {
  let key = 0
  for (const bit of bits) key = (key << 1) | ((data[from + (bit >> 3)] >> (bit & 7)) & 1)
  return key
}
