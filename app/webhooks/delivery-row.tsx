'use client'
import { Check, CircleAlert, Send } from 'lucide-react'
import { useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { type Delivery, webhooksClient } from '../../workers/webhooks-client'
import { Problem } from '../panel/problem'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { toolWords } from '../tools/tool-words'
import { Button } from '../ui/button'
import { useFailureText } from './use-failure-text'
import { When } from './when'

const STATES = {
  pending: 'bg-pressed text-ink',
  delivered: 'bg-accent-soft text-accent-text',
  failed: 'bg-wrong-soft text-wrong',
} as const satisfies Record<Delivery['status'], string>

interface DeliveryRowProps {
  webhook: string
  delivery: Delivery
  canReplay: boolean
  onReplayed: () => void
}

export function DeliveryRow({ webhook, delivery, canReplay, onReplayed }: DeliveryRowProps) {
  const { t, locale } = useWords()
  const { cards } = useBench()
  const failureText = useFailureText()
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<Failure>()
  const card = cards.find((one) => one.tool === delivery.tool)
  const title = card ? toolWords(card, locale).title : delivery.tool
  const { id, uid, task_status, status, attempts, response_code, error, created_at, last_attempt_at, next_attempt_at } =
    delivery

  const replay = async () => {
    setSending(true)
    setFailed(undefined)
    try {
      await webhooksClient.replay(webhook, id)
      onReplayed()
    } catch (caught) {
      setFailed(failure(caught))
    } finally {
      setSending(false)
    }
  }

  return (
    <li className="flex flex-col gap-1 py-2 text-xs">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 tabular-nums">
        <span className={`rounded px-1.5 py-0.5 ${STATES[status]}`}>{t(`delivery_${status}`)}</span>
        <span>{t('deliveryAttempts', { count: attempts })}</span>
        {response_code !== null && <span>{t('deliveryCode', { code: String(response_code) })}</span>}
        <Button size="small" className="ml-auto" disabled={sending || !canReplay} onClick={replay}>
          <Send size={13} aria-hidden />
          {t('deliveryReplay')}
        </Button>
      </div>
      <p className="flex flex-wrap items-center gap-x-1.5">
        {task_status === 'done' ? (
          <Check size={14} className="shrink-0 text-muted" aria-hidden />
        ) : (
          <CircleAlert size={14} className="shrink-0 text-wrong" aria-hidden />
        )}
        <span>{t(`deliveryOf_${task_status}`, { tool: title })}</span>
      </p>
      <p className="break-all text-muted">{t('deliveryTask', { uid })}</p>
      {error && <Problem text={error} />}
      <p className="flex flex-wrap gap-x-3 text-muted">
        <When text="deliveryEnded" time={created_at} />
        {last_attempt_at && <When text="deliveryLast" time={last_attempt_at} />}
        {next_attempt_at && <When text="deliveryNext" time={next_attempt_at} />}
      </p>
      {failed && <Problem text={failureText(failed)} />}
    </li>
  )
}
