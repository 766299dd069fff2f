'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ToolError } from '../../core/errors'
import { libraryClient } from '../../workers/library-client'
import { announcement, toast } from '../state/toasts'
import { useWords } from '../text/words'

const UNDO_MS = 8000

const isGone = (error: unknown): boolean => error instanceof ToolError && error.code === 'not-found'

/** Pictures that are about to be deleted: gone from sight at once, from the server when nobody has undone it in time. */
export function useRemovals(onRemoved: () => void) {
  const { t } = useWords()
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  const [undoable, setUndoable] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<readonly number[]>([])

  const carryOut = useCallback(async () => {
    clearTimeout(timer.current)
    const now = pending.current
    pending.current = []
    setUndoable(0)
    if (now.length === 0) return
    const ended = await Promise.allSettled(now.map((id) => libraryClient.remove(id)))
    const failed = ended.filter((end) => end.status === 'rejected' && !isGone(end.reason)).length
    if (failed > 0) toast({ text: t('libraryNotDeleted', { count: failed }), wrong: true })
    setIds((before) => new Set([...before].filter((id) => !now.includes(id))))
    onRemoved()
  }, [onRemoved, t])

  // Who leaves the page has not undone it.
  useEffect(() => {
    const leave = () => void carryOut()
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [carryOut])

  const remove = (more: readonly number[]) => {
    void carryOut() // what was waiting can be undone no more
    pending.current = more
    setUndoable(more.length)
    setIds((before) => new Set([...before, ...more]))
    timer.current = setTimeout(carryOut, UNDO_MS)
  }

  const undo = () => {
    clearTimeout(timer.current)
    const kept = pending.current
    pending.current = []
    setUndoable(0)
    setIds((before) => new Set([...before].filter((id) => !kept.includes(id))))
    announcement.set(t('libraryUndone'))
  }

  return { ids, undoable, remove, undo }
}
