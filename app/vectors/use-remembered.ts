'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { KeptVector } from '../../workers/device/vector-store'
import { type Entry, identityOf, together, without } from './entries'

export interface Remembered {
  readonly all: readonly Entry[]
  /** Those that take part in the comparison. */
  readonly shown: readonly Entry[]
  /** Whether to compare with them. */
  readonly included: boolean
  include(yes: boolean): void
  /** Keeps these beside what is kept already. */
  keep(entries: readonly Entry[]): Promise<void>
  /** Deletes these, and none that is only called the same. */
  forget(entries: readonly Entry[]): Promise<void>
}

const load = async () => (await import('../../workers/device/vector-store')).vectorStore

/** The vectors of a tool that were kept on this device. */
export function useRemembered(tool: string): Remembered {
  const [all, setAll] = useState<readonly Entry[]>([])
  const [included, include] = useState(false)

  const read = useCallback(async () => {
    const kept = await (await load()).read(tool)
    setAll(together(kept.map(toEntry), []))
  }, [tool])
  useEffect(() => {
    read().catch(() => {}) // where storage is turned off, nothing is remembered
  }, [read])

  const write = async (entries: readonly Entry[]) => {
    await (await load()).replace(
      tool,
      entries.map(({ name, vector, contract }) => ({ tool, name, vector, contract })),
    )
    await read()
  }
  return {
    ...{ all, included, include },
    shown: useMemo(() => (included ? all : []), [included, all]),
    keep: (entries) => write(together(all, entries)),
    forget: (entries) => write(without(all, entries)),
  }
}

const toEntry = (kept: KeptVector): Entry => {
  const { name, vector, contract } = kept
  return { id: `kept ${identityOf(kept)}`, name, vector, contract, file: null }
}
