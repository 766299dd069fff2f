'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { failure, ToolError } from '../../core/errors'
import type { FolderSession } from '../../workers/folder/session'
import { suits } from '../state/intake'
import { type FolderState, NOTHING } from './folder-state'
import type { List } from './pick-directory'

/** The code that indexes and compares is loaded with the first folder. */
const load = async (): Promise<FolderSession> => new (await import('../../workers/folder/session')).FolderSession()

/** The folder that is open, and what is being done with it. One at a time: a new one ends the work on the one before. */
export function useFolder() {
  const [state, setState] = useState<FolderState>(NOTHING)
  const session = useRef<FolderSession>(undefined)
  const running = useRef<AbortController>(undefined)
  const lastList = useRef<List>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const begin = useCallback(async (job: (signal: AbortSignal, show: Show) => Promise<void>) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    const show: Show = (part) => signal.aborted || setState((before) => ({ ...before, ...part }))
    try {
      await job(signal, show)
    } catch (error) {
      show({ failure: failure(withoutNetwork(error), console.error) })
    }
    show({ work: undefined, isPaused: false })
  }, [])

  const group = useCallback(async (signal: AbortSignal, show: Show) => {
    const open = session.current
    if (!open) return
    const onProgress = throttled(show, signal)
    const groups = await open.group(signal, ({ done, total, groups }) =>
      onProgress({ work: { kind: 'comparing', done, total }, groups }),
    )
    show({ groups, aside: await open.aside() })
  }, [])

  const open = useCallback(
    (list: List) => {
      lastList.current = list
      return begin(async (signal, show) => {
        show({ ...NOTHING, pictures: undefined, failure: undefined, work: { kind: 'listing', count: 0 } })
        const onProgress = throttled(show, signal)
        const all = await list((count) => onProgress({ work: { kind: 'listing', count } }), signal)
        const files = all.filter(({ file }) => suits('raster', file))
        session.current = await load()
        const { pictures, skipped } = await session.current.index(files, signal, (progress) =>
          onProgress({ work: { kind: 'indexing', ...progress }, skipped: progress.skipped }),
        )
        show({ skipped, pictures: pictures.reduce((sum, { files }) => sum + files.length, 0) })
        await group(signal, show)
      })
    },
    [begin, group],
  )

  const setAside = useCallback(
    async (one: string, other: string, isAside: boolean) => {
      await session.current?.setAside(one, other, isAside)
      await begin(group)
    },
    [begin, group],
  )

  const pause = (isPaused: boolean) => {
    if (isPaused) session.current?.pause()
    else session.current?.resume()
    setState((before) => ({ ...before, isPaused }))
  }

  /** Groups that were found until now stay. */
  const stop = () => {
    running.current?.abort()
    session.current?.resume()
    setState((before) => ({ ...before, work: undefined, isPaused: false }))
  }

  const retry = () => lastList.current && open(lastList.current)

  return { state, session, open, retry, setAside, pause, stop }
}

export type Folder = ReturnType<typeof useFolder>

type Show = (part: Partial<FolderState>) => void

const DRAW_MS = 100 // known pictures pass by the thousand in a second

/** What comes too soon after the last is drawn with the next; the end is always shown by itself. */
function throttled(show: Show, signal: AbortSignal): Show {
  let last = 0
  let isFirst = true
  return (part) => {
    const now = performance.now()
    if (signal.aborted || (!isFirst && now - last < DRAW_MS)) return
    isFirst = false
    last = now
    show(part)
  }
}

function withoutNetwork(error: unknown): unknown {
  const offline = !(error instanceof ToolError) && !navigator.onLine && !(error instanceof DOMException)
  return offline ? new ToolError('unavailable', 'This device is offline') : error
}
