'use client'
import { useDeferredValue, useMemo, useState } from 'react'
import { growingCosines } from './cosines'
import type { Entry } from './entries'
import { groupsAt, orderOf } from './groups'
import { type Linkage, mergesOf } from './linkage'

export interface Comparison {
  /** n × n, row-major. */
  readonly cosines: Float32Array
  /** Members by place in the matrix. */
  readonly order: readonly number[]
  /** Groups of two and more, the largest first; members as in `order`. */
  readonly groups: readonly (readonly number[])[]
  readonly alone: readonly number[]
  /** Pairs at or over the threshold, of all. */
  readonly pairs: { readonly same: number; readonly all: number }
}

/** Everything that is drawn. The slider changes only what is cheap: cosines and merges stay. */
export function useComparison(
  entries: readonly Entry[],
  linkage: Linkage,
  threshold: number,
  ordered: boolean,
): Comparison {
  const n = entries.length
  const [cosines] = useState(growingCosines) // pictures of a batch end one by one
  const table = useMemo(() => cosines(entries.map(({ vector }) => vector)), [entries, cosines])
  const merges = useMemo(() => mergesOf(table, n, linkage), [table, n, linkage])
  const byGroup = useMemo(() => orderOf(merges, n), [merges, n])
  const settled = useDeferredValue(threshold)
  return useMemo(() => {
    const all = groupsAt(merges, byGroup, settled)
    const groups = all.filter(({ length }) => length > 1).sort((one, other) => other.length - one.length)
    return {
      ...{ cosines: table, groups },
      order: ordered ? byGroup : entries.map((_, member) => member),
      alone: all.filter(({ length }) => length === 1).flat(),
      pairs: { same: countSame(table, n, settled), all: (n * (n - 1)) / 2 },
    }
  }, [table, merges, byGroup, settled, ordered, entries, n])
}

function countSame(table: Float32Array, n: number, threshold: number): number {
  let count = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (table[i * n + j] >= threshold) count++
  return count
}
