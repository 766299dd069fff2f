import type { Checkpoint } from '../../../core/progress'
import { VECTOR_LENGTH, type VectorDescriptors } from '../features'
import type { Kernel } from '../kernel'
import { BranchQueue } from './branch-queue'
import { buildKdTree, type KdTree } from './kd-tree'
import { type Nearest, NONE, offer, toNearest } from './nearest'
import { createRandom } from './random'

const TREES = 4
const CHECKS = 256 // vectors compared with each query; finds what brute force finds for 98 of 100 good matches
const QUERIES_PER_BREATH = 64
const SEED = 1

/**
 * Compares every query with the vectors near it in four randomised k-d trees, searched best branch first.
 *
 * @see Muja & Lowe, "Scalable nearest neighbor algorithms for high dimensional data", PAMI 2014
 */
export async function kdForest(
  kernel: Kernel,
  query: VectorDescriptors,
  train: VectorDescriptors,
  checkpoint: Checkpoint,
): Promise<Nearest> {
  const random = createRandom(SEED)
  const trees: KdTree[] = []
  for (let tree = 0; tree < TREES; tree++) {
    await checkpoint(tree, TREES * 4)
    trees.push(buildKdTree(train.data, random))
  }
  const queries = query.data.length / VECTOR_LENGTH
  const search = createSearch(kernel, trees, query.data, train.data)
  for (let q = 0; q < queries; q++) {
    if (q % QUERIES_PER_BREATH === 0) await checkpoint(queries + 3 * q, queries * 4)
    search.run(q)
  }
  kernel.release()
  return toNearest(search.found, true)
}

function createSearch(kernel: Kernel, trees: readonly KdTree[], query: Int16Array, train: Int16Array) {
  const trains = train.length / VECTOR_LENGTH
  const queryAt = kernel.allocate(query.length * 2)
  const trainAt = kernel.allocate(train.length * 2)
  const indicesAt = kernel.allocate(trains * 4)
  const distancesAt = kernel.allocate(trains * 4)
  kernel.i16(queryAt, query.length).set(query)
  kernel.i16(trainAt, train.length).set(train)
  const indices = kernel.i32(indicesAt, trains)
  const distances = kernel.i32(distancesAt, trains)
  const found = new Int32Array((query.length / VECTOR_LENGTH) * 4)
  const seenBy = new Int32Array(trains).fill(-1)
  const queue = new BranchQueue()

  /** Compares the vectors of one leaf that no other tree has offered; returns how many. */
  const compareLeaf = (q: number, { order }: KdTree, start: number, end: number): number => {
    let count = 0
    for (let i = start; i < end; i++) {
      if (seenBy[order[i]] === q) continue
      seenBy[order[i]] = q
      indices[count++] = order[i]
    }
    kernel.run.squaredDistances(queryAt + q * VECTOR_LENGTH * 2, trainAt, indicesAt, count, distancesAt)
    for (let i = 0; i < count; i++) offer(found, q, indices[i], distances[i])
    return count
  }

  /** Goes down to a leaf and leaves the branches not taken in the queue. */
  const descend = (q: number, index: number, from: number, distance: number): number => {
    const tree = trees[index]
    let node = from
    while (tree.dimension[node] >= 0) {
      const away = query[q * VECTOR_LENGTH + tree.dimension[node]] - tree.split[node]
      const isBelow = away < 0
      queue.push(distance + away * away, index, isBelow ? tree.second[node] : tree.first[node])
      node = isBelow ? tree.first[node] : tree.second[node]
    }
    return compareLeaf(q, tree, tree.first[node], tree.second[node])
  }

  return {
    found,
    run(q: number): void {
      found.fill(-1, q * 4, q * 4 + 2).fill(NONE, q * 4 + 2, q * 4 + 4)
      queue.clear()
      let checks = 0
      for (let tree = 0; tree < trees.length; tree++) checks += descend(q, tree, 0, 0)
      for (let branch = queue.pop(); branch && checks < CHECKS; branch = queue.pop()) {
        if (branch.distance < found[q * 4 + 3]) checks += descend(q, branch.tree, branch.node, branch.distance)
      }
    },
  }
}
