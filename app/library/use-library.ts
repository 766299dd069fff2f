'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { libraryClient } from '../../workers/library-client'
import { useLoaded } from '../webhooks/use-loaded'
import { useRemovals } from './use-removals'
import { useUploads } from './use-uploads'

const SOONEST_MS = 2000
const LATEST_MS = 20_000
const SLOWER = 1.5

/** The library as the page has it: its numbers, what is chosen in it, what is on its way there and out of it. */
export function useLibrary() {
  const [version, setVersion] = useState(0)
  const changed = useCallback(() => setVersion((before) => before + 1), [])
  const summary = useSummary(version)
  const uploads = useUploads(changed)
  const removals = useRemovals(changed)
  const [chosen, choose] = useState<ReadonlySet<number>>(new Set())
  const { value } = summary
  const waiting = value ? value.uploaded + value.processing : 0
  useChanges(value && `${waiting} ${value.groups} ${value.processed}`, waiting > 0, summary.reload, changed)
  return {
    summary,
    waiting,
    /** Another one when lists should be read again. */
    version,
    changed,
    uploads,
    removals,
    chosen,
    choose,
    toggle: (id: number) => {
      const next = new Set(chosen)
      if (!next.delete(id)) next.add(id)
      choose(next)
    },
  }
}

export type LibraryState = ReturnType<typeof useLibrary>

function useSummary(version: number) {
  const load = useCallback(
    (signal: AbortSignal) => {
      void version // read again with each
      return libraryClient.summary(signal)
    },
    [version],
  )
  return useLoaded(load)
}

/**
 * Asks for the numbers while there is work, the less often the longer nothing happens, and never for a hidden page.
 *
 * @param said the numbers in one word: lists are read again when it becomes another
 */
function useChanges(said: string | undefined, isWorking: boolean, ask: () => void, onChange: () => void): void {
  const before = useRef(said)
  useEffect(() => {
    if (before.current !== undefined && before.current !== said) onChange()
    before.current = said
  }, [said, onChange])

  useEffect(() => {
    if (!isWorking) return
    void said
    let pause = SOONEST_MS
    let timer = setTimeout(next, pause)
    function next() {
      if (document.visibilityState === 'visible') ask()
      pause = Math.min(LATEST_MS, pause * SLOWER)
      timer = setTimeout(next, pause)
    }
    return () => clearTimeout(timer)
  }, [isWorking, said, ask])
}
