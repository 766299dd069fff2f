import { VECTOR_LENGTH } from '../features'

/** A binary tree over vectors: inner nodes split at a value of one dimension, leaves hold a run of `order`. */
export interface KdTree {
  /** Dimension of an inner node, -1 for a leaf. */
  readonly dimension: number[]
  readonly split: number[]
  /** Left and right child of an inner node; start and end in `order` of a leaf. */
  readonly first: number[]
  readonly second: number[]
  readonly order: Int32Array<ArrayBuffer>
}

const LEAF_SIZE = 16
const SAMPLE = 64 // vectors that the spread of a dimension is estimated from
const CHOICE = 5 // dimensions of widest spread to choose from at random

/**
 * One tree of a randomised k-d forest.
 *
 * @see Silpa-Anan & Hartley, "Optimised KD-trees for fast image descriptor matching", CVPR 2008
 */
export function buildKdTree(data: Int16Array, random: (below: number) => number): KdTree {
  const order = Int32Array.from({ length: data.length / VECTOR_LENGTH }, (_, i) => i)
  const tree: KdTree = { dimension: [], split: [], first: [], second: [], order }
  shuffle(order, random) // so that the head of every run is a fair sample of it
  grow(tree, data, random, 0, order.length)
  return tree
}

function grow(tree: KdTree, data: Int16Array, random: (below: number) => number, start: number, end: number): number {
  const node = tree.dimension.length
  const { dimension, mean } = end - start > LEAF_SIZE ? widest(tree.order, data, random, start, end) : LEAF
  const middle = dimension < 0 ? end : partition(tree.order, data, dimension, mean, start, end)
  const isLeaf = middle === end || middle === start
  tree.dimension.push(isLeaf ? -1 : dimension)
  tree.split.push(mean)
  tree.first.push(start)
  tree.second.push(end)
  if (isLeaf) return node
  tree.first[node] = grow(tree, data, random, start, middle)
  tree.second[node] = grow(tree, data, random, middle, end)
  return node
}

const LEAF = { dimension: -1, mean: 0 }

/** One of the dimensions in which a run spreads most, and its mean there. */
function widest(order: Int32Array, data: Int16Array, random: (below: number) => number, start: number, end: number) {
  const count = Math.min(SAMPLE, end - start)
  const sums = new Float64Array(VECTOR_LENGTH)
  const squares = new Float64Array(VECTOR_LENGTH)
  for (let i = start; i < start + count; i++) {
    const from = order[i] * VECTOR_LENGTH
    for (let d = 0; d < VECTOR_LENGTH; d++) {
      const value = data[from + d]
      sums[d] += value
      squares[d] += value * value
    }
  }
  for (let d = 0; d < VECTOR_LENGTH; d++) squares[d] = squares[d] * count - sums[d] * sums[d]
  const dimension = nthLargest(squares, random(CHOICE))
  return { dimension, mean: sums[dimension] / count }
}

/** Index of the largest value, or of the n-th after it; the values before it are lost. */
function nthLargest(values: Float64Array, n: number): number {
  let at = 0
  for (let i = 1; i < values.length; i++) if (values[i] > values[at]) at = i
  if (n === 0) return at
  values[at] = -1
  return nthLargest(values, n - 1)
}

/** Puts what is below the value first; returns where the rest starts. */
function partition(
  order: Int32Array,
  data: Int16Array,
  dimension: number,
  value: number,
  start: number,
  end: number,
): number {
  let middle = start
  for (let i = start; i < end; i++) {
    if (data[order[i] * VECTOR_LENGTH + dimension] >= value) continue
    const moved = order[i]
    order[i] = order[middle]
    order[middle++] = moved
  }
  return middle
}

function shuffle(order: Int32Array, random: (below: number) => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const other = random(i + 1)
    const moved = order[i]
    order[i] = order[other]
    order[other] = moved
  }
}
