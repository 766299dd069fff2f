'use client'
import type { ReactNode } from 'react'
import type { Usage } from '../../workers/accounts-client'
import { useWords } from '../text/words'
import { When } from '../webhooks/when'
import { type Day, sumOf } from './days'

interface FiguresProps {
  usage: Usage
  days: readonly Day[]
}

/** The numbers people come for, before any chart. */
export function Figures({ usage: { quota, rate, latency, user }, days }: FiguresProps) {
  const { t, format } = useWords()
  const { total, success } = sumOf(days)
  return (
    <dl className="grid grid-cols-4 gap-5 max-lg:grid-cols-2 max-md:gap-3">
      <Figure title={t('usageRequests')} value={format.number(total, 0)}>
        {total > 0 ? t('usageOfRequests', { share: format.percent(success / total) }) : t('usageNoRequests')}
      </Figure>
      <Figure
        title={t('usageQuota')}
        value={format.number(quota.used, 0)}
        unit={quota.limit !== null && t('usageQuotaOf', { limit: quota.limit })}
      >
        {quota.limit === null ? (
          t('usageQuotaEndless')
        ) : (
          <>
            <Bar share={quota.used / quota.limit} />
            <span>{t('usageQuotaLeft', { count: Math.max(0, quota.limit - quota.used) })}</span>
            <span className="block max-md:hidden">
              <When text="usageQuotaResets" time={quota.resets_at} />
            </span>
          </>
        )}
      </Figure>
      <Figure
        title={t('usageRate')}
        value={format.number(Math.min(rate.remaining, rate.limit), 0)}
        unit={t('usageRateOf', { limit: rate.limit })}
      >
        {t('usageRateHelp', { count: user.limits.per_minute })}
      </Figure>
      <Figure
        title={t('usageLatency')}
        value={latency ? format.duration(latency.p50 * 1000) : '–'}
        unit={latency && t('usageLatencyP50')}
      >
        {latency ? t('usageLatencyP95', { time: format.duration(latency.p95 * 1000) }) : t('usageLatencyNone')}
      </Figure>
    </dl>
  )
}

interface FigureProps {
  title: string
  value: ReactNode
  unit?: string | null | false
  children: ReactNode
}

function Figure({ title, value, unit, children }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-xl border border-line bg-surface p-4 max-md:p-3">
      <dt className="text-muted text-sm">{title}</dt>
      <dd className="truncate font-semibold text-2xl tabular-nums max-md:text-xl">
        {value}
        {unit && <span className="font-normal text-muted text-sm"> {unit}</span>}
      </dd>
      <dd className="text-muted text-xs">{children}</dd>
    </div>
  )
}

const NEARLY = 0.9

function Bar({ share }: { share: number }) {
  const percent = Math.min(100, Math.round(share * 100))
  return (
    <span className="my-1.5 block h-1.5 overflow-hidden rounded-full bg-pressed" aria-hidden>
      <span
        className={`block h-full rounded-full ${share >= NEARLY ? 'bg-wrong' : 'bg-accent'}`}
        style={{ width: `${percent}%` }}
      />
    </span>
  )
}
