import type { Merge } from './linkage'

/**
 * All members in an order in which the groups of every threshold lie together, and what is alike lies near.
 *
 * @param merges of `mergesOf`, the most alike first
 */
export function orderOf(merges: readonly Merge[], n: number): number[] {
  const lists = Array.from({ length: n }, (_, member) => [member])
  const list = Array.from({ length: n }, (_, member) => member)
  for (const { a, b } of merges) {
    const [larger, smaller] = bySize(lists, list[a], list[b])
    for (const member of lists[smaller]) list[member] = larger
    lists[larger].push(...lists[smaller])
    lists[smaller] = []
  }
  return lists.flat()
}

const bySize = (lists: readonly number[][], a: number, b: number): [number, number] =>
  lists[a].length < lists[b].length ? [b, a] : [a, b]

/**
 * What belongs together from this similarity on, in the order given.
 *
 * @param order of `orderOf`, for the same merges
 * @returns every member once; those that are alone are groups of one
 */
export function groupsAt(merges: readonly Merge[], order: readonly number[], threshold: number): number[][] {
  const parent = order.map((_, member) => member)
  const root = (member: number): number => {
    let at = member
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]]
      at = parent[at]
    }
    return at
  }
  for (const { a, b, at } of merges) {
    if (at < threshold) break
    parent[root(a)] = root(b)
  }
  const groups = new Map<number, number[]>()
  for (const member of order) {
    const group = groups.get(root(member))
    if (group) group.push(member)
    else groups.set(root(member), [member])
  }
  return [...groups.values()]
}
