import { describe, expect, test } from 'vitest'
import { type BitDescriptors, VECTOR_LENGTH, type VectorDescriptors } from '../../../operators/match-feature/features'
import { withKernel } from '../../../operators/match-feature/kernel'
import { bruteForceBits, bruteForceVectors } from '../../../operators/match-feature/matching/brute-force'
import { kdForest } from '../../../operators/match-feature/matching/kd-forest'
import { lsh } from '../../../operators/match-feature/matching/lsh'
import type { Nearest } from '../../../operators/match-feature/matching/nearest'
import { ratioTest } from '../../../operators/match-feature/matching/ratio-test'
import { seeded } from '../../support'

const go = async () => {}

/** Vectors around a few centres, as descriptors of similar details are. */
function vectors(seed: number, count: number): VectorDescriptors {
  const random = seeded(seed)
  const centres = seeded(1)
  const common = Array.from({ length: 50 * VECTOR_LENGTH }, () => centres() ** 3 * 200)
  const data = new Int16Array(count * VECTOR_LENGTH)
  for (let i = 0; i < count; i++) {
    const centre = Math.floor(random() * 50) * VECTOR_LENGTH
    for (let d = 0; d < VECTOR_LENGTH; d++) {
      data[i * VECTOR_LENGTH + d] = Math.min(255, Math.max(0, common[centre + d] + (random() - 0.5) * 80))
    }
  }
  return { kind: 'vectors', data }
}

/** Bit strings of which each query is a copy of a train string with some bits turned. */
function bits(seed: number, count: number, bytes: number): BitDescriptors {
  const random = seeded(seed)
  return { kind: 'bits', bytes, data: Uint8Array.from({ length: count * bytes }, () => random() * 256) }
}

function noisy({ bytes, data }: BitDescriptors, share: number): BitDescriptors {
  const random = seeded(5)
  const turn = () => Array.from({ length: 8 }, (_, bit) => (random() < share ? 1 << bit : 0)).reduce((a, b) => a | b)
  return { kind: 'bits', bytes, data: data.map((byte) => byte ^ turn()) }
}

/** The textbook way: every distance, sorted. */
function exhaustive(queries: number, trains: number, distance: (q: number, t: number) => number): Nearest {
  const sorted = Array.from({ length: queries }, (_, q) =>
    Array.from({ length: trains }, (_, t) => ({ t, d: distance(q, t) })).sort((a, b) => a.d - b.d || a.t - b.t),
  )
  const pick = (rank: number) => sorted.map((row) => row[rank]?.d ?? Number.POSITIVE_INFINITY)
  return {
    index: Int32Array.from(sorted, (row) => row[0]?.t ?? -1),
    distance: Float32Array.from(pick(0)),
    second: Float32Array.from(pick(1)),
  }
}

const euclidean = (a: VectorDescriptors, b: VectorDescriptors) => (q: number, t: number) => {
  let sum = 0
  for (let d = 0; d < VECTOR_LENGTH; d++) sum += (a.data[q * VECTOR_LENGTH + d] - b.data[t * VECTOR_LENGTH + d]) ** 2
  return Math.sqrt(sum)
}

const hamming = (a: BitDescriptors, b: BitDescriptors) => (q: number, t: number) => {
  let sum = 0
  for (let i = 0; i < a.bytes; i++)
    sum += (a.data[q * a.bytes + i] ^ b.data[t * b.bytes + i]).toString(2).replaceAll('0', '').length
  return sum
}

const agreement = (a: Nearest, b: Nearest) => a.index.filter((index, i) => index === b.index[i]).length / a.index.length

describe('brute force', () => {
  test.each([
    [1, 1],
    [3, 2],
    [4, 7],
    [61, 33],
  ])('agrees with the textbook on %i queries and %i vectors', async (queries, trains) => {
    const [query, train] = [vectors(2, queries), vectors(3, trains)]
    const found = await withKernel((kernel) => bruteForceVectors(kernel, query, train, go))
    expect(found).toEqual(exhaustive(queries, trains, euclidean(query, train)))
  })

  test.each([
    [1, 1, 32],
    [5, 3, 64],
    [40, 61, 32],
  ])('agrees with the textbook on %i queries and %i bit strings of %i bytes', async (queries, trains, bytes) => {
    const [query, train] = [bits(2, queries, bytes), bits(3, trains, bytes)]
    const found = await withKernel((kernel) => bruteForceBits(kernel, query, train, go))
    expect(found).toEqual(exhaustive(queries, trains, hamming(query, train)))
  })

  test('stays exact with the largest numbers there are', async () => {
    const full: VectorDescriptors = { kind: 'vectors', data: new Int16Array(4 * VECTOR_LENGTH).fill(255) }
    const empty: VectorDescriptors = { kind: 'vectors', data: new Int16Array(VECTOR_LENGTH) }
    const found = await withKernel((kernel) => bruteForceVectors(kernel, full, empty, go))
    expect(found.distance[3]).toBeCloseTo(255 * Math.sqrt(VECTOR_LENGTH), 2)
  })
})

describe('an index', () => {
  test('of k-d trees finds nearly what brute force finds, and always the same', async () => {
    const [query, train] = [vectors(2, 400), vectors(3, 3000)]
    const exact = await withKernel((kernel) => bruteForceVectors(kernel, query, train, go))
    const found = await withKernel((kernel) => kdForest(kernel, query, train, go))
    expect(agreement(found, exact)).toBeGreaterThan(0.9)
    expect(await withKernel((kernel) => kdForest(kernel, query, train, go))).toEqual(found)
  })

  test('of hashed bits finds nearly what brute force finds, and always the same', async () => {
    const train = bits(3, 3000, 32)
    const query = noisy(train, 0.12)
    const exact = await withKernel((kernel) => bruteForceBits(kernel, query, train, go))
    const found = await withKernel((kernel) => lsh(kernel, query, train, go))
    expect(agreement(found, exact)).toBeGreaterThan(0.95)
    expect(await withKernel((kernel) => lsh(kernel, query, train, go))).toEqual(found)
  })

  test.each([1, 2, 17])('of %i entries offers them all', async (count) => {
    const train = vectors(3, count)
    const found = await withKernel((kernel) => kdForest(kernel, train, train, go))
    expect([...found.index]).toEqual(Array.from({ length: count }, (_, i) => i))
  })

  test('copes with vectors that are all alike', async () => {
    const alike: VectorDescriptors = { kind: 'vectors', data: new Int16Array(500 * VECTOR_LENGTH).fill(7) }
    const found = await withKernel((kernel) => kdForest(kernel, alike, alike, go))
    expect([...new Set(found.distance)]).toEqual([0])
  })
})

describe('the ratio test', () => {
  const nearest: Nearest = {
    index: Int32Array.of(4, 5, 6, 7),
    distance: Float32Array.of(10, 5, 70, 1),
    second: Float32Array.of(20, 10, 100, Number.POSITIVE_INFINITY),
  }

  test('keeps what is clearly nearer than the second best, the nearest first', () => {
    expect(ratioTest(nearest, 0.6, 10)).toEqual([
      { query: 1, train: 5, distance: 5 },
      { query: 0, train: 4, distance: 10 },
    ])
  })

  test('is strict: exactly the ratio is not below it', () => {
    expect(ratioTest(nearest, 0.5, 10)).toEqual([])
  })

  test('keeps no more than asked for', () => {
    expect(ratioTest(nearest, 0.8, 1)).toHaveLength(1)
  })
})
