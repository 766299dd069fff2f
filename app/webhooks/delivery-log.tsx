'use client'
import { useCallback, useEffect, useState } from 'react'
import { type Delivery, type DeliveryPage, webhooksClient } from '../../workers/webhooks-client'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { DeliveryRow } from './delivery-row'
import { Refresh } from './refresh'
import { useFailureText } from './use-failure-text'
import { useLoaded } from './use-loaded'

const PAGE = 20
const MOST = 200 // as many as one page of the API may have
const SOON_MS = 40_000
const AFTER_MS = 1000

/** What was or is to be sent to one webhook, newest first. */
export function DeliveryLog({ webhook, canReplay }: { webhook: string; canReplay: boolean }) {
  const { t } = useWords()
  const failureText = useFailureText()
  const [limit, setLimit] = useState(PAGE)
  const load = useCallback((signal: AbortSignal) => webhooksClient.deliveries(webhook, limit, signal), [webhook, limit])
  const log = useLoaded(load)
  useNextTry(log.value, log.reload)
  return (
    <section aria-label={t('deliveries')} className="flex flex-col gap-2 border-line border-t pt-2">
      <div className="flex items-center justify-between">
        <p className="text-muted text-xs" aria-live="polite">
          {log.value && t('deliveriesShown', { shown: log.value.deliveries.length, total: log.value.total })}
        </p>
        <Refresh of={log} />
      </div>
      {log.failed && <Problem text={failureText(log.failed)} />}
      {!log.value && log.loading && <p className="text-muted text-sm">{t('loading')}</p>}
      {log.value?.total === 0 && <p className="text-muted text-sm">{t('deliveriesNone')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {log.value?.deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} {...{ webhook, delivery, canReplay }} onReplayed={log.reload} />
        ))}
      </ul>
      {log.value && log.value.total > limit && limit < MOST && (
        <Button size="small" className="self-start" onClick={() => setLimit(Math.min(MOST, limit + PAGE))}>
          {t('deliveriesMore')}
        </Button>
      )}
    </section>
  )
}

/** Looks again when the next try is due, so that a replay shows its end; what is due much later is left to the reader. */
function useNextTry(page: DeliveryPage | undefined, reload: () => void): void {
  useEffect(() => {
    const waits = (page?.deliveries ?? []).map(untilNextTry).filter((wait) => wait < SOON_MS)
    if (waits.length === 0) return
    const timer = setTimeout(reload, Math.min(...waits) + AFTER_MS)
    return () => clearTimeout(timer)
  }, [page, reload])
}

const untilNextTry = ({ next_attempt_at }: Delivery): number =>
  next_attempt_at === null ? Infinity : Math.max(0, Date.parse(next_attempt_at) - Date.now())
