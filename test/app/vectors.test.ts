import { describe, expect, test } from 'vitest'
import { cosines, growingCosines } from '../../app/vectors/cosines'
import { identityOf, together, without } from '../../app/vectors/entries'
import { groupsAt, orderOf } from '../../app/vectors/groups'
import { type Linkage, mergesOf } from '../../app/vectors/linkage'
import { seeded } from '../support'

const LINKAGES: Linkage[] = ['average', 'single']

/** `count` vectors around each of some random directions. */
function clusters(directions: number, count: number, spread: number): number[][] {
  const random = seeded(5)
  const noise = () => random() * 2 - 1
  return Array.from({ length: directions }, () => Array.from({ length: 32 }, noise)).flatMap((direction) =>
    Array.from({ length: count }, () => direction.map((value) => value + spread * noise())),
  )
}

const groupsOf = (vectors: number[][], linkage: Linkage, threshold: number) => {
  const merges = mergesOf(cosines(vectors), vectors.length, linkage)
  return groupsAt(merges, orderOf(merges, vectors.length), threshold)
}

const asSets = (groups: number[][]) =>
  groups.map((group) => group.toSorted((a, b) => a - b)).toSorted((a, b) => a[0] - b[0])

test('a cosine is that of the angle, whatever the lengths; a vector of zeros is like nothing but itself', () => {
  const table = cosines([
    [3, 0],
    [0, 2],
    [3, 4],
    [-1, 0],
    [0, 0],
  ])
  const row = (index: number) => [...table.slice(index * 5, index * 5 + 5)].map((value) => Number(value.toFixed(4)))
  expect(row(0)).toEqual([1, 0, 0.6, -1, 0])
  expect(row(4)).toEqual([0, 0, 0, 0, 1])
})

test('a list that grows, shrinks or changes places has the cosines of a new one', () => {
  const vectors = clusters(3, 3, 0.5)
  const grow = growingCosines()
  const lists = [vectors.slice(0, 4), vectors, vectors.slice(2, 7), vectors.toReversed()]
  for (const list of lists) expect(grow(list)).toEqual(cosines(list))
})

test('vectors are told apart by their numbers and what made them, not by the name of the file', () => {
  const entry = (id: string, vector: number[], contract = 'a') => ({ id, name: 'x.jpg', file: null, vector, contract })
  const [one, other, made] = [entry('1', [1, 2]), entry('2', [1, 3]), entry('3', [1, 2], 'b')]
  expect(new Set([one, other, made].map(identityOf)).size).toBe(3)
  expect(together([one, other], [entry('4', [1, 2]), made]).map(({ id }) => id)).toEqual(['4', '2', '3'])
  expect(without([one, other, made], [entry('4', [1, 2])])).toEqual([other, made])
})

describe.each(LINKAGES)('grouped by %s linkage', (linkage) => {
  test('what lies close together is one group', () => {
    const found = asSets(groupsOf(clusters(4, 5, 0.2), linkage, 0.8))
    expect(found).toEqual([0, 1, 2, 3].map((group) => [0, 1, 2, 3, 4].map((member) => group * 5 + member)))
  })

  test('everything is one group from -1 on, and everything is alone over 1', () => {
    const vectors = clusters(3, 3, 0.5)
    expect(groupsOf(vectors, linkage, -1)).toHaveLength(1)
    expect(groupsOf(vectors, linkage, 1.01)).toHaveLength(9)
  })

  test('the members of a group lie side by side at every threshold', () => {
    const vectors = clusters(6, 6, 1.2)
    const merges = mergesOf(cosines(vectors), vectors.length, linkage)
    const order = orderOf(merges, vectors.length)
    expect(order.toSorted((a, b) => a - b)).toEqual(vectors.map((_, index) => index))
    for (const { at } of merges) {
      for (const group of groupsAt(merges, order, at)) {
        const first = order.indexOf(group[0])
        expect(order.slice(first, first + group.length)).toEqual(group)
      }
    }
  })

  test('equal vectors, of which all are equally near, end in one group', () => {
    expect(
      groupsOf(
        Array.from({ length: 7 }, () => [1, 2, 3]),
        linkage,
        0.999,
      ),
    ).toHaveLength(1)
  })
})

test('single linkage gives the connected components of the pairs at or over the threshold', () => {
  const vectors = clusters(5, 8, 1.4)
  const table = cosines(vectors)
  for (const threshold of [0.3, 0.5, 0.7, 0.9]) {
    expect(asSets(groupsOf(vectors, 'single', threshold))).toEqual(asSets(components(table, vectors.length, threshold)))
  }
})

test('average linkage joins two groups by the mean of their pairs', () => {
  // 0 and 1 are alike; 2 is like 1 only, so that the mean with both is below the threshold.
  const angle = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const vectors = [angle(0), angle(20), angle(50)]
  expect(asSets(groupsOf(vectors, 'average', 0.8))).toEqual([[0, 1], [2]])
  expect(asSets(groupsOf(vectors, 'single', 0.8))).toEqual([[0, 1, 2]])
})

/** The textbook way: walk from each member along every pair that is alike. */
function components(table: Float32Array, n: number, threshold: number): number[][] {
  const seen = new Set<number>()
  const walk = (from: number): number[] => {
    if (seen.has(from)) return []
    seen.add(from)
    const next = Array.from({ length: n }, (_, to) => to).filter((to) => table[from * n + to] >= threshold)
    return [from, ...next.flatMap(walk)]
  }
  return Array.from({ length: n }, (_, from) => walk(from)).filter((group) => group.length > 0)
}
