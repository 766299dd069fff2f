'use client'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Refine, Spec } from '../../core/operator'
import type { RunOutcome } from '../../workers/runner'
import type { Params } from '../state/remembered-params'
import { loadRunner } from './load-runner'

/** `result_data` with the live parameters applied as they are now, without running again. */
export function useRefined(
  tool: string,
  outcome: RunOutcome | undefined,
  params: Params,
): RunOutcome['data'] | undefined {
  const [refine, setRefine] = useState<{ tool: string; apply: Refine<Spec> }>()
  const wanted = outcome?.kept !== undefined && refine?.tool !== tool
  const settled = useDeferredValue(params)

  useEffect(() => {
    if (!wanted) return
    void loadRunner()
      .then(({ findTool }) => findTool(tool).loadRefine?.())
      .then((module) => module && setRefine({ tool, apply: module.refine }))
  }, [tool, wanted])

  return useMemo(() => {
    if (outcome?.kept === undefined || refine?.tool !== tool) return outcome?.data
    return refine.apply(outcome.kept, { ...settled })
  }, [outcome, refine, tool, settled])
}
