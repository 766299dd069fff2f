'use client'
import { type Webhook, webhooksClient } from '../../workers/webhooks-client'
import { Problem } from '../panel/problem'
import { Section } from '../panel/section'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { Refresh } from './refresh'
import { useFailureText } from './use-failure-text'
import { type Loaded, useLoaded } from './use-loaded'
import { WebhookForm } from './webhook-form'
import { WebhookRow } from './webhook-row'

/** Who is told when a task of the server ends, and what became of each delivery. */
export function WebhooksSheet() {
  const { t } = useWords()
  const isPrivate = useStore(mode) === 'private'
  return (
    <div className="flex flex-col divide-y divide-line">
      <p className="px-4 py-3 text-muted text-sm">{t(isPrivate ? 'webhooksPrivate' : 'webhooksHelp')}</p>
      {isPrivate ? <WebhookForm disabled onAdded={() => {}} /> : <Registered />}
    </div>
  )
}

function Registered() {
  const { t } = useWords()
  const webhooks = useLoaded(webhooksClient.list)
  return (
    <>
      <WebhookForm onAdded={webhooks.reload} />
      <Section title={t('webhooksRegistered')} aside={<Refresh of={webhooks} />}>
        <WebhookList of={webhooks} />
      </Section>
    </>
  )
}

function WebhookList({ of: { value, failed, reload } }: { of: Loaded<readonly Webhook[]> }) {
  const { t } = useWords()
  const failureText = useFailureText()
  if (failed) return <Problem text={failureText(failed)} />
  if (!value) return <p className="text-muted text-sm">{t('loading')}</p>
  if (value.length === 0) return <p className="text-muted text-sm">{t('webhooksNone')}</p>
  return (
    <ul className="flex flex-col gap-3">
      {value.map((webhook) => (
        <WebhookRow key={webhook.id} webhook={webhook} onRemoved={reload} />
      ))}
    </ul>
  )
}
