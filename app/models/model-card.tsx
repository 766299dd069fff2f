'use client'
import { useState } from 'react'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { LicenceGate } from './licence-gate'
import { ModelActions } from './model-actions'
import { ModelDetails } from './model-details'
import { ModelProgress } from './model-progress'
import { type Row, sizeOf, type There } from './row'
import type { ShelfStore } from './shelf-store'
import { useModelErrorText } from './use-model-error-text'

interface ModelCardProps {
  shelf: ShelfStore
  row: Row
  /** Whether there is a server to fetch from. */
  canFetch: boolean
}

/** One model: what it is, how it stands here and on the server, and what can be done about that. */
export function ModelCard({ shelf, row, canFetch }: ModelCardProps) {
  const { t, format } = useWords()
  const errorText = useModelErrorText()
  const [asking, setAsking] = useState(false)
  const { model, here, there, licence, failed, pace } = row
  const { commercial } = model.licence
  return (
    <li className="flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-3" aria-label={model.title}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-52 flex-1 flex-col gap-1">
          <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-sm">
            {model.title}
            {model.default && <Badge look="default">{t('modelDefault')}</Badge>}
            {commercial !== 'yes' && (
              <Badge look={commercial} title={model.licence.note}>
                {t(`modelBadge_${commercial}`)}
              </Badge>
            )}
          </h3>
          <p className="text-muted text-xs">{model.summary}</p>
        </div>
        <ModelActions {...{ shelf, row, canFetch }} onAsk={() => setAsking(true)} />
      </div>
      <div className="flex flex-wrap justify-between gap-x-5 gap-y-1 text-xs tabular-nums">
        <dl className="flex flex-wrap gap-x-5 gap-y-1">
          <State name={t('modelHere')} state={here} />
          {there.state !== 'unknown' && <State name={t('modelThere')} state={there} />}
        </dl>
        <span className="text-muted">{format.bytes(sizeOf(model))}</span>
      </div>
      <ModelProgress {...{ model }} place={t('modelHere')} standing={here} pace={pace} />
      <ModelProgress {...{ model }} place={t('modelThere')} standing={there} pace={null} />
      {here.state === 'quarantined' && <Problem text={t('modelQuarantined', { reason: here.reason })} />}
      {failed && here.state !== 'quarantined' && (
        <div role="alert">
          <Problem text={errorText(failed)} />
        </div>
      )}
      {licence !== 'free' && (asking || licence === 'accepted' || here.state === 'installed') && (
        <LicenceGate {...{ shelf, row, canFetch }} onDone={() => setAsking(false)} />
      )}
      <ModelDetails model={model} />
    </li>
  )
}

const BADGES = {
  default: 'bg-accent-soft text-accent-text',
  unclear: 'bg-pressed text-ink',
  no: 'bg-wrong-soft text-wrong',
}

function Badge({ look, title, children }: { look: keyof typeof BADGES; title?: string; children: string }) {
  return (
    <span title={title} className={`rounded px-1.5 py-0.5 font-normal text-xs ${BADGES[look]}`}>
      {children}
    </span>
  )
}

const DOTS: Readonly<Record<There['state'], string>> = {
  absent: 'border-2 border-line-strong',
  installed: 'bg-accent',
  fetching: 'border-2 border-accent',
  paused: 'border-2 border-accent',
  quarantined: 'bg-wrong',
  unknown: 'border-2 border-line-strong border-dotted',
}

function State({ name, state: { state } }: { name: string; state: There }) {
  const { t } = useWords()
  return (
    <div className="flex items-center gap-1.5">
      <dt className="flex items-center gap-1.5 text-muted">
        <span className={`size-2 rounded-full ${DOTS[state]}`} aria-hidden />
        {name}
      </dt>
      <dd>{t(`modelState_${state}`)}</dd>
    </div>
  )
}
