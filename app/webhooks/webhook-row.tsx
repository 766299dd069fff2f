'use client'
import { ChevronRight, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { type Webhook, webhooksClient } from '../../workers/webhooks-client'
import { Problem } from '../panel/problem'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { DeliveryLog } from './delivery-log'
import { useFailureText } from './use-failure-text'
import { When } from './when'

/** One receiver, with its log once that is opened. */
export function WebhookRow({ webhook, onRemoved }: { webhook: Webhook; onRemoved: () => void }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const { id, url, created_at, disabled_at } = webhook
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-line p-3">
      <p className="break-all font-mono text-xs">{url}</p>
      <p className="text-muted text-xs">
        <When text="webhookSince" time={created_at} />
      </p>
      {disabled_at && (
        <p className="text-wrong text-xs">
          <When text="webhookDisabled" time={disabled_at} /> {t('webhookDisabledHelp')}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight size={13} aria-hidden className={open ? 'rotate-90' : undefined} />
          {t('deliveries')}
        </Button>
        <Remove webhook={webhook} onRemoved={onRemoved} />
      </div>
      {open && <DeliveryLog webhook={id} canReplay={disabled_at === null} />}
    </li>
  )
}

/** Its log goes with it, so it is asked for twice. */
function Remove({ webhook: { id, url }, onRemoved }: { webhook: Webhook; onRemoved: () => void }) {
  const { t } = useWords()
  const failureText = useFailureText()
  const [sure, setSure] = useState(false)
  const [failed, setFailed] = useState<Failure>()

  const remove = async () => {
    try {
      await webhooksClient.remove(id)
      toast({ text: t('webhookRemoved') })
      onRemoved()
    } catch (error) {
      const problem = failure(error)
      if (problem.code === 'not-found') onRemoved()
      else setFailed(problem)
    }
  }

  if (!sure) {
    return (
      <Button size="small" look="quiet" aria-label={t('webhookRemoveOf', { url })} onClick={() => setSure(true)}>
        <Trash2 size={13} aria-hidden />
        {t('webhookRemove')}
      </Button>
    )
  }
  return (
    <div className="flex w-full flex-wrap items-center gap-2" role="alert">
      <span className="grow text-sm">{t('webhookRemoveSure')}</span>
      <Button look="wrong" size="small" onClick={remove}>
        {t('webhookRemove')}
      </Button>
      <Button size="small" ref={focus} onClick={() => setSure(false)}>
        {t('cancel')}
      </Button>
      {failed && <Problem text={failureText(failed)} />}
    </div>
  )
}

/** The button that was pressed is gone; the harmless answer takes its place. */
const focus = (button: HTMLButtonElement | null) => button?.focus()
