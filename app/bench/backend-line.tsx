'use client'
import type { ReactNode } from 'react'
import { type BenchBackend, type BenchResult, type BenchSuccess, hasFailed } from '../../workers/bench/report'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'
import { BACKEND_NAMES } from './bench-tool'
import { GRID } from './grid'

interface BackendLineProps {
  backend: BenchBackend
  mine: BenchResult | undefined
  theirs: BenchResult | undefined
  /** Milliseconds that a bar of full width stands for; undefined where there is nothing to compare. */
  longest: number | undefined
  isRunning: boolean
}

/** What one tool took on one backend, with a bar by which backends and devices are compared. */
export function BackendLine({ backend, mine, theirs, longest, isRunning }: BackendLineProps) {
  const errorText = useErrorText()
  const done = mine && !hasFailed(mine) ? mine : undefined
  const rival = theirs && !hasFailed(theirs) ? theirs : undefined
  return (
    <div
      className={`min-h-9 max-lg:grid-cols-[4.5rem_minmax(0,1fr)] max-lg:items-center max-lg:gap-1.5 ${mine || theirs || isRunning ? 'max-lg:grid' : 'max-lg:hidden'} ${GRID.line}`}
    >
      <p className={`text-sm ${isRunning ? 'text-accent-text' : 'text-muted'}`}>{BACKEND_NAMES[backend]}</p>
      {mine && hasFailed(mine) ? (
        <p className="text-sm text-wrong [overflow-wrap:anywhere] lg:col-span-4">{errorText(mine.error)}</p>
      ) : (
        <>
          <div className="flex flex-col gap-1">
            {(done || !rival) && <Time result={done} share={shareOf(done, longest)} isRunning={isRunning} />}
            {rival && <TheirTime rival={rival} mine={done} share={shareOf(rival, longest)} />}
          </div>
          <Figures result={done} />
        </>
      )}
    </div>
  )
}

const shareOf = (result: BenchSuccess | undefined, longest: number | undefined): number | undefined =>
  result && longest && result.median_ms / longest

interface TimeProps {
  result: BenchSuccess | undefined
  share: number | undefined
  isRunning: boolean
}

function Time({ result, share, isRunning }: TimeProps) {
  const { t, format } = useWords()
  if (!result && isRunning) return <Bar share={1} className="animate-pulse bg-accent-soft" text="…" />
  if (!result) return <p className="text-right text-muted text-sm max-lg:hidden">–</p>
  const { warm_ms, median_ms, in_background, on_battery } = result
  const [from, to] = [Math.min(...warm_ms), Math.max(...warm_ms)].map(format.duration)
  return (
    <div title={t('benchRange', { from, to, count: warm_ms.length })}>
      <Bar
        share={share}
        className="bg-accent"
        text={<strong className="font-semibold">{format.duration(median_ms)}</strong>}
      />
      {in_background && <span className="block text-right text-muted text-xs">{t('benchBackground')}</span>}
      {on_battery && <span className="block text-right text-muted text-xs">{t('benchBattery')}</span>}
    </div>
  )
}

interface TheirTimeProps {
  rival: BenchSuccess
  mine: BenchSuccess | undefined
  share: number | undefined
}

function TheirTime({ rival, mine, share }: TheirTimeProps) {
  const { t, format } = useWords()
  const ratio = mine && t('benchRatio', { ratio: format.number(rival.median_ms / mine.median_ms, 2) })
  return (
    <div className="text-muted">
      <span className="sr-only">{t('benchOther')}</span>
      <Bar share={share} className="bg-line-strong" text={format.duration(rival.median_ms)} />
      {ratio && <span className="text-accent-text text-xs tabular-nums">{ratio}</span>}
    </div>
  )
}

const LEAST_PERCENT = 1 // of a bar, to be seen at all

function Bar({ share, className, text }: { share: number | undefined; className: string; text: ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      <span className={`h-1.5 min-w-0 grow overflow-hidden rounded-full ${share ? 'bg-pressed' : ''}`} aria-hidden>
        {share && (
          <span
            className={`block h-full rounded-full ${className}`}
            style={{ width: `${Math.max(share * 100, LEAST_PERCENT)}%` }}
          />
        )}
      </span>
      <span className="w-16 shrink-0 text-right text-sm tabular-nums">{text}</span>
    </div>
  )
}

function Figures({ result }: { result: BenchSuccess | undefined }) {
  const { t, format } = useWords()
  if (!result) return null
  const { first_ms, model_load_ms, memory_bytes } = result
  const figures = [
    [t('benchFirst'), format.duration(first_ms)],
    [t('benchLoad'), model_load_ms > 0 ? format.duration(model_load_ms) : '–'],
    [t('benchMemory'), memory_bytes === null ? '–' : format.bytes(memory_bytes)],
  ]
  return (
    <dl className="text-sm tabular-nums max-lg:col-span-2 max-lg:flex max-lg:flex-wrap max-lg:gap-x-5 lg:contents">
      {figures.map(([name, value]) => (
        <div key={name} className="max-lg:flex max-lg:gap-1.5 lg:text-right">
          <dt className="text-muted text-xs leading-5 lg:sr-only">{name}</dt>
          <dd className="max-lg:text-xs max-lg:leading-5">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
