import type { Checkpoint } from '../../../core/progress'
import { type BitDescriptors, VECTOR_LENGTH, type VectorDescriptors } from '../features'
import type { Kernel } from '../kernel'
import { type Nearest, toNearest } from './nearest'

const COMPARISONS_PER_BREATH = 2e6
const BLOCK = 4 // queries compared at once

/** Compares every query with every train descriptor: exact. */
export async function bruteForceVectors(
  kernel: Kernel,
  query: VectorDescriptors,
  train: VectorDescriptors,
  checkpoint: Checkpoint,
): Promise<Nearest> {
  const [queries, trains] = [query.data.length / VECTOR_LENGTH, train.data.length / VECTOR_LENGTH]
  const rowBytes = VECTOR_LENGTH * 2
  const queryAt = kernel.allocate((queries + BLOCK) * rowBytes)
  const trainAt = kernel.allocate((trains + 1) * rowBytes)
  const norms = kernel.allocate((trains + 1) * 4)
  const best = kernel.allocate((queries + BLOCK) * 16)
  kernel.i16(queryAt, query.data.length).set(query.data)
  kernel.i16(trainAt, train.data.length).set(train.data)
  const step = Math.ceil(COMPARISONS_PER_BREATH / Math.max(1, trains) / BLOCK) * BLOCK
  for (let q = 0; q < queries; q += step) {
    await checkpoint(q, queries)
    const count = Math.min(step, queries - q)
    kernel.run.nearestVectors(queryAt + q * rowBytes, count, trainAt, trains, norms, best + q * 16)
  }
  const found = kernel.i32(best, queries * 4).slice()
  kernel.release()
  return toNearest(found, true)
}

/** As above, by the number of bits that differ. */
export async function bruteForceBits(
  kernel: Kernel,
  query: BitDescriptors,
  train: BitDescriptors,
  checkpoint: Checkpoint,
): Promise<Nearest> {
  const { bytes } = query
  const [queries, trains] = [query.data.length / bytes, train.data.length / bytes]
  const queryAt = kernel.allocate(query.data.length)
  const trainAt = kernel.allocate(train.data.length)
  const best = kernel.allocate(queries * 16)
  kernel.bytes(queryAt, query.data.length).set(query.data)
  kernel.bytes(trainAt, train.data.length).set(train.data)
  const step = Math.ceil(COMPARISONS_PER_BREATH / Math.max(1, trains))
  for (let q = 0; q < queries; q += step) {
    await checkpoint(q, queries)
    const count = Math.min(step, queries - q)
    kernel.run.nearestBytes(queryAt + q * bytes, count, trainAt, trains, bytes, best + q * 16)
  }
  const found = kernel.i32(best, queries * 4).slice()
  kernel.release()
  return toNearest(found, false)
}
