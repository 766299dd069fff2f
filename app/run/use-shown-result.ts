'use client'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Refine, Spec } from '../../core/operator'
import type { Params } from '../state/remembered-params'
import type { Run } from '../state/session'
import type { ToolCard } from '../tools/card'
import { loadRefine } from './load-refine'
import { type ShownResult, shownResult } from './shown-result'

/** The result in view; it follows the live parameters without running again. */
export function useShownResult({ id, live }: ToolCard, run: Run | undefined, params: Params): ShownResult | undefined {
  const [loaded, setLoaded] = useState<{ tool: string; refine: Refine<Spec> | undefined }>()
  const settled = useDeferredValue(params)
  const wanted = run?.status === 'done' && loaded?.tool !== id

  useEffect(() => {
    if (wanted) void loadRefine(id).then((refine) => setLoaded({ tool: id, refine }))
  }, [id, wanted])

  const refine = loaded?.tool === id ? loaded.refine : undefined
  return useMemo(
    () => (run?.status === 'done' ? shownResult(run, settled, live, refine) : undefined),
    [run, settled, live, refine],
  )
}
