'use client'
import { Gauge, Square } from 'lucide-react'
import { useId, useState } from 'react'
import { tellsMemory } from '../../workers/bench/memory'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Choice } from '../ui/choice'
import { BACKEND_NAMES, type BenchTool, titleOf } from './bench-tool'
import type { BenchState, Wish } from './use-measurements'

const RUNS = [3, 5, 10, 30]
const USUAL_RUNS = 5

interface RunCardProps {
  state: BenchState
  tools: readonly BenchTool[]
  chosen: ReadonlySet<string>
  onRun: (tools: readonly BenchTool[], wish: Wish) => void
  stop: () => void
}

/** What happens here, how often, and how far it is. */
export function RunCard({ state, tools, chosen, onRun, stop }: RunCardProps) {
  const { t, format } = useWords()
  const [runs, setRuns] = useState(USUAL_RUNS)
  const [memory, setMemory] = useState(false)
  const id = useId()
  const picked = tools.filter((tool) => chosen.has(tool.id))
  return (
    <section
      aria-label={t('bench')}
      className="flex flex-col justify-between gap-5 rounded-xl border border-line bg-surface p-5 max-md:p-4"
    >
      <div className="flex flex-col gap-1.5">
        <h2 className="font-semibold text-lg">{t('benchAbout')}</h2>
        <p className="max-w-prose text-muted text-sm">{t('benchPromise')}</p>
        <WhatIsMeasured />
      </div>
      {state.work ? (
        <Progress state={state} tools={tools} onStop={stop} />
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <Button
            look="accent"
            size="large"
            disabled={!state.facts || picked.length === 0}
            onClick={() => onRun(picked, { runs, memory })}
          >
            <Gauge size={17} aria-hidden />
            {t('benchRun', { count: picked.length })}
          </Button>
          <div className="flex flex-col gap-1">
            <label htmlFor={id} className="text-muted text-xs">
              {t('benchRuns')}
            </label>
            <Choice
              id={id}
              value={String(runs)}
              options={RUNS.map((count) => ({ value: String(count), label: format.number(count) }))}
              onChange={(value) => setRuns(Number(value))}
            />
          </div>
          {state.facts && tellsMemory() && (
            <label className="flex h-8 cursor-pointer items-center gap-2 text-sm max-md:h-11">
              <input
                type="checkbox"
                checked={memory}
                onChange={() => setMemory(!memory)}
                className="size-4 shrink-0 accent-(--accent)"
              />
              {t('benchMemoryToo')}
            </label>
          )}
        </div>
      )}
    </section>
  )
}

const FIGURES = ['Median', 'First', 'Load', 'Memory'] as const

function WhatIsMeasured() {
  const { t } = useWords()
  return (
    <details className="mt-1 text-sm">
      <summary className="w-max cursor-pointer rounded-md text-accent-text max-md:py-2">{t('benchWhat')}</summary>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 max-md:grid-cols-1 max-md:gap-y-0">
        {FIGURES.map((figure) => (
          <div key={figure} className="contents">
            <dt>{t(`bench${figure}`)}</dt>
            <dd className="text-muted max-md:mb-2">{t(`bench${figure}Help`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

interface ProgressProps {
  state: BenchState
  tools: readonly BenchTool[]
  onStop: () => void
}

function Progress({ state: { work }, tools, onStop }: ProgressProps) {
  const { t, locale } = useWords()
  const stepText = useStepText()
  if (!work) return null
  const { job, step, done, total } = work
  const tool = tools.find(({ id }) => id === job.tool)
  const said = t('benchProgress', {
    tool: tool ? titleOf(tool, locale) : job.tool,
    backend: BACKEND_NAMES[job.backend],
  })
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex items-center gap-3">
        <p className="min-w-0 grow text-sm">
          {said}
          <span className="block text-muted text-xs tabular-nums">{stepText(step)}</span>
        </p>
        <Button onClick={onStop}>
          <Square size={12} aria-hidden />
          {t('stop')}
        </Button>
      </div>
      <progress
        aria-label={said}
        max={total}
        value={done + shareOf(step)}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  )
}

type Step = NonNullable<BenchState['work']>['step']

/** About how far a job is, 0..1. */
function shareOf({ phase, done, total }: Step): number {
  const [from, to] = { preparing: [0, 0], fetching: [0, 0.2], first: [0.3, 0.3], warm: [0.4, 0.9], memory: [0.9, 0.9] }[
    phase
  ]
  return from + ((to - from) * done) / Math.max(1, total)
}

function useStepText(): (step: Step) => string {
  const { t, format } = useWords()
  return ({ phase, done, total }) => {
    if (phase === 'fetching') return t('benchStep_fetching', { done: format.bytes(done), total: format.bytes(total) })
    if (phase === 'warm') return t('benchStep_warm', { done: done + 1, total })
    return t(`benchStep_${phase}`)
  }
}
