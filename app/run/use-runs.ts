'use client'
import { useCallback, useRef, useState } from 'react'
import { type Failure, failure, ToolError } from '../../core/errors'
import { drawnFiles } from '../mask/drawn-files'
import { mode } from '../state/preferences'
import { type Item, type Run, type Session, settingsOf, withOwn } from '../state/session'
import type { ToolCard } from '../tools/card'
import { shownLive } from '../tools/shown-live'
import type { Batch } from './batch-progress'
import { loadRunner } from './load-runner'
import { forgetProgress, reportProgress } from './progress'

type Show = (tool: string, id: string, run: Run) => void

/** Starts and stops runs. Each picture has at most one: a new one ends the one before. */
export function useRuns(show: Show) {
  const controllers = useRef(new Map<string, AbortController>())
  const [batch, setBatch] = useState<Batch | null>(null)

  const start = useCallback(
    (card: ToolCard, session: Session, items: readonly Item[]) => {
      setBatch({ ids: items.map(({ picture }) => picture.id), startedAt: performance.now() })
      for (const item of items) {
        const { id } = item.picture
        controllers.current.get(id)?.abort()
        const controller = new AbortController()
        controllers.current.set(id, controller)
        show(card.id, id, { status: 'running' })
        void runItem(card, session, item, items.length, controller.signal).then((run) => {
          if (controller.signal.aborted) return // an older run must not speak up
          forgetProgress(id)
          show(card.id, id, run)
        })
      }
    },
    [show],
  )

  const stop = useCallback(
    (tool: string, ids: readonly string[]) => {
      for (const id of ids) {
        controllers.current.get(id)?.abort()
        forgetProgress(id)
        show(tool, id, { status: 'stopped' })
      }
    },
    [show],
  )

  return { start, stop, batch }
}

async function runItem(card: ToolCard, shared: Session, item: Item, batch: number, signal: AbortSignal): Promise<Run> {
  const { id } = item.picture
  const session = withOwn(shared, item)
  try {
    const { runner, findTool } = await loadRunner()
    const outcome = await runner.run({
      spec: findTool(card.id).spec,
      files: { ...filesOf(card, session, item), ...(await drawnFiles(card, item)) },
      params: { ...session.params },
      mode: mode.get(),
      batch,
      signal,
      onProgress: (progress) => signal.aborted || reportProgress(id, progress),
    })
    return { status: 'done', outcome, params: session.params, madeWith: settingsOf(session, shownLive(card)) }
  } catch (error) {
    return { status: 'failed', failure: asFailure(error), madeWith: settingsOf(session, []) }
  }
}

/** The file of each slot that has one. */
export function filesOf({ batch }: ToolCard, { fixed }: Session, item: Item): Record<string, File> {
  const others = Object.entries(fixed).map(([slot, { file }]) => [slot, file])
  return { ...Object.fromEntries(others), [batch]: item.picture.file }
}

function asFailure(error: unknown): Failure {
  // The code is fetched when it is first needed; without network and cache that fails.
  const offline = !(error instanceof ToolError) && !navigator.onLine
  return failure(offline ? new ToolError('unavailable', 'This device is offline') : error, console.error)
}
