'use client'
import { useState } from 'react'
import type { Usage } from '../../workers/accounts-client'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Card } from './card'

const SHOWN = 8

interface ErrorListProps {
  errors: Usage['errors']
  keys: Usage['keys']
}

/** What was refused or failed of late: when, where and of what kind. */
export function ErrorList({ errors, keys }: ErrorListProps) {
  const { t, locale } = useWords()
  const [all, showAll] = useState(false)
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' })
  const rest = errors.length - SHOWN
  return (
    <Card title={t('errorsTitle')} className="col-span-2 max-lg:col-span-1">
      {errors.length === 0 && <p className="py-4 text-muted text-sm">{t('errorsNone')}</p>}
      {errors.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {errors.slice(0, all ? undefined : SHOWN).map(({ at, key_id, endpoint, status, error }, i) => (
            <li key={`${at}-${i}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2 text-sm first:pt-0">
              <span
                className="rounded bg-wrong-soft px-1.5 font-medium text-wrong text-xs tabular-nums"
                title={t('errorsStatus')}
              >
                {status}
              </span>
              <span className="min-w-0 grow basis-48">{error ?? '–'}</span>
              <span className="flex w-full flex-wrap gap-x-3 text-muted text-xs">
                <time dateTime={at}>{moment.format(new Date(at))}</time>
                <code className="break-all font-mono">{endpoint}</code>
                <span>{keys.find(({ id }) => id === key_id)?.name}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {!all && rest > 0 && (
        <Button size="small" className="self-start" onClick={() => showAll(true)}>
          {t('errorsMore', { count: rest })}
        </Button>
      )}
    </Card>
  )
}
