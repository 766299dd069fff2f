'use client'
import { useEffect, useState } from 'react'
import { hasFailed } from '../../workers/bench/report'
import { usePage } from '../folder/use-page'
import { LiveRegion } from '../shell/live-region'
import { Toasts } from '../shell/toasts'
import { announcement } from '../state/toasts'
import { useWords } from '../text/words'
import { BenchHeader } from './bench-header'
import type { BenchTool } from './bench-tool'
import { FactsCard } from './facts-card'
import { RunCard } from './run-card'
import { ToolList } from './tool-list'
import { type BenchState, useMeasurements } from './use-measurements'
import { useOther } from './use-other'
import { Warnings } from './warnings'

/** What each tool takes on this device, measured on its sample, beside another device's figures where there are any. */
export function BenchPage({ tools }: { tools: readonly BenchTool[] }) {
  const { t } = useWords()
  const { state, start, stop } = useMeasurements()
  const { other, compare, endCompare } = useOther()
  const [chosen, choose] = useState<ReadonlySet<string>>(() => new Set(tools.map(({ id }) => id)))
  usePage(([file]) => file && void compare(file))
  useAnnouncement(state)
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <BenchHeader />
      <main className="min-h-0 grow overflow-y-auto" aria-label={t('bench')}>
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-6 py-6 max-md:px-3 max-md:py-4">
          <div className="grid grid-cols-[minmax(0,1fr)_22rem] gap-4 max-lg:grid-cols-1">
            <RunCard {...{ state, tools, chosen, stop }} onRun={start} />
            <FactsCard facts={state.facts} />
          </div>
          <Warnings results={state.results} />
          <ToolList {...{ tools, state, chosen, choose, other, endCompare }} onCompare={compare} />
        </div>
      </main>
      <Toasts />
      <LiveRegion />
    </div>
  )
}

function useAnnouncement({ work, results, wasStopped }: BenchState): void {
  const { t } = useWords()
  const isDone = !work && (results.length > 0 || wasStopped)
  useEffect(() => {
    if (!isDone) return
    const failed = results.filter(hasFailed).length
    announcement.set(wasStopped ? t('benchStopped') : t('benchDone', { done: results.length - failed, failed }))
  }, [isDone, wasStopped, results, t])
}
