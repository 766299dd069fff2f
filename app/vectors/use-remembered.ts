'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Entry } from './entries'

export interface Remembered {
  readonly all: readonly Entry[]
  /** Those that take part in the comparison. */
  readonly shown: readonly Entry[]
  /** Whether to compare with them. */
  readonly included: boolean
  include(yes: boolean): void
  /** Keeps these beside what is kept already; a name that is kept already is replaced. */
  keep(entries: readonly Entry[]): Promise<void>
  /** Deletes these, by name. */
  forget(entries: readonly Entry[]): Promise<void>
}

const load = async () => (await import('../../workers/device/vector-store')).vectorStore

/** The vectors of a tool that were kept on this device. */
export function useRemembered(tool: string): Remembered {
  const [all, setAll] = useState<readonly Entry[]>([])
  const [included, include] = useState(false)

  const read = useCallback(async () => {
    const kept = await (await load()).read(tool)
    setAll(kept.map(({ name, vector, contract }) => ({ id: `kept ${name}`, name, vector, contract, file: null })))
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
    keep: (entries) => {
      const names = new Set(entries.map(({ name }) => name))
      return write([...all.filter(({ name }) => !names.has(name)), ...entries])
    },
    forget: (entries) => {
      const names = new Set(entries.map(({ name }) => name))
      return write(all.filter(({ name }) => !names.has(name)))
    },
  }
}
