'use client'
import { Cpu, Server } from 'lucide-react'
import type { RunOutcome } from '../../workers/runner'
import { useBench } from '../shell/bench'
import { useReasonText } from '../text/reason-text'
import { useWords } from '../text/words'

const PHASES = ['decode', 'modelLoad', 'compute', 'encode'] as const
const SHADES = ['bg-line-strong', 'bg-muted', 'bg-accent', 'bg-line-strong'] as const

/** Where it ran, why there, and how long each part took. */
export function Times({ outcome: { timings, ran, decision } }: { outcome: RunOutcome }) {
  const { t, format } = useWords()
  const reason = useReasonText()
  const { do: commands } = useBench()
  const total = PHASES.reduce((sum, phase) => sum + timings[phase], 0)
  const Icon = ran.place === 'device' ? Cpu : Server
  return (
    <div className="flex flex-col gap-3 rounded-lg bg-raised p-3 text-xs">
      <div className="flex items-start gap-2">
        <Icon size={14} className="mt-px shrink-0 text-accent-text" aria-hidden />
        <p>
          <strong className="font-semibold">{t(ran.place === 'device' ? 'ranOnDevice' : 'ranOnServer')}</strong> ·{' '}
          {ran.backend}
          <br />
          <span className="text-muted">{reason(decision.reason)}</span>{' '}
          {ran.note && <span className="text-muted">{t('modelFellBack', { note: ran.note })} </span>}
          <button
            type="button"
            onClick={() => commands.show('device')}
            className="text-accent-text underline underline-offset-2"
          >
            {t('more')}
          </button>
        </p>
      </div>
      <div className="flex h-1.5 gap-px overflow-hidden rounded-full" aria-hidden>
        {PHASES.map((phase, index) => (
          <span key={phase} className={SHADES[index]} style={{ flexGrow: timings[phase] / total }} />
        ))}
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 tabular-nums">
        {PHASES.map((phase) => (
          <div key={phase} className="contents">
            <dt className="text-muted">{t(`time_${phase}`)}</dt>
            <dd className="text-right">{timings[phase] > 0 ? format.duration(timings[phase]) : '–'}</dd>
          </div>
        ))}
        <dt className="font-semibold">{t('time_total')}</dt>
        <dd className="text-right font-semibold">{format.duration(total)}</dd>
      </dl>
    </div>
  )
}
