'use client'
import { useEffect, useState } from 'react'
import type { Decision } from '../../core/routing'
import { useBench } from '../shell/bench'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import type { ToolCard } from '../tools/card'
import { loadRunner } from './load-runner'
import { filesOf } from './use-runs'

/** Where a tool would run now, and why; a sentence instead when it could not run at all. */
export function useQuestion(card: ToolCard): Decision | string | null {
  const { card: current, session, item } = useBench()
  const chosen = useStore(mode)
  const [answer, setAnswer] = useState<Decision | string | null>(null)

  useEffect(() => {
    const asked = new AbortController()
    const answered = (next: Decision | string) => asked.signal.aborted || setAnswer(next)
    const files = card.id === current.id && item ? filesOf(card, session, item) : {}
    const batch = Math.max(1, session.items.length)
    loadRunner()
      .then(({ runner, findTool }) =>
        runner.decide({ spec: findTool(card.id).spec, files, params: { ...session.params }, mode: chosen, batch }),
      )
      .then(answered, (error: Error) => answered(error.message))
    return () => asked.abort()
  }, [card, current, session, item, chosen])

  return answer
}
