'use client'
import { useEffect } from 'react'
import type { Model } from '../../models/model'
import { announcement } from '../state/toasts'
import { useWords } from '../text/words'
import type { There } from './row'
import type { Pace } from './transfer'

const SAID_STEPS = 4 // a screen reader hears of every quarter, not of every percent

interface ModelProgressProps {
  model: Model
  /** Where it is on its way to. */
  place: string
  standing: There
  pace: Pace | null
}

/** How far a model has come, in bytes, with speed and the time that is left. */
export function ModelProgress({ model, place, standing, pace }: ModelProgressProps) {
  const { t, format } = useWords()
  const going = standing.state === 'fetching' || standing.state === 'paused' ? standing : null
  const part = going && going.total > 0 ? going.bytes / going.total : 0
  const quarter = going?.state === 'fetching' ? Math.floor(part * SAID_STEPS) / SAID_STEPS : null

  useEffect(() => {
    if (quarter !== null) {
      announcement.set(t('modelSaidFetching', { model: model.title, percent: format.percent(quarter) }))
    }
  }, [quarter, model.title, t, format])

  if (!going) return null
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="progressbar"
        aria-label={`${place}: ${t('modelProgress', { model: model.title })}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(part * 100)}
        aria-valuetext={t('modelBytes', { done: format.bytes(going.bytes), total: format.bytes(going.total) })}
        className="h-1.5 overflow-hidden rounded-full bg-pressed"
      >
        <div
          className={`h-full rounded-full transition-[width] duration-150 ${going.state === 'paused' ? 'bg-line-strong' : 'bg-accent'}`}
          style={{ width: `${part * 100}%` }}
        />
      </div>
      <p className="flex flex-wrap gap-x-3 text-muted text-xs tabular-nums">
        <span>{place}</span>
        <span className="text-ink">
          {t('modelBytes', { done: format.bytes(going.bytes), total: format.bytes(going.total) })}
        </span>
        {going.state === 'paused' && <span>{t('modelState_paused')}</span>}
        {pace && <span>{t('modelSpeed', { bytes: format.bytes(pace.bytesPerSecond) })}</span>}
        {pace && <span className="ml-auto">{t('timeLeft', { time: format.duration(roundUp(pace.leftMs)) })}</span>}
      </p>
    </div>
  )
}

const SECOND_MS = 1000
const roundUp = (ms: number) => Math.ceil(ms / SECOND_MS) * SECOND_MS
