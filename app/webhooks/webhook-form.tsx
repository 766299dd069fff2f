'use client'
import { Plus } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { webhooksClient } from '../../workers/webhooks-client'
import { Problem } from '../panel/problem'
import { Section } from '../panel/section'
import { toast } from '../state/toasts'
import { useIssueText } from '../text/issue-text'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { TextField } from '../ui/text-field'
import { useFailureText } from './use-failure-text'

const FIELDS = ['url', 'secret'] as const
type FieldName = (typeof FIELDS)[number]

interface WebhookFormProps {
  disabled?: boolean
  onAdded: () => void
}

/** What is wrong with a field is the server's to say: it alone knows where it may send to. */
export function WebhookForm({ disabled = false, onAdded }: WebhookFormProps) {
  const { t } = useWords()
  const failureText = useFailureText()
  const [typed, setTyped] = useState<Record<FieldName, string>>({ url: '', secret: '' })
  const [adding, setAdding] = useState(false)
  const [failed, setFailed] = useState<Failure>()
  const issueText = useIssueText()
  const wrong = (name: FieldName) => {
    const issue = failed?.issues.find(({ path }) => path[0] === name)
    return issue && issueText(issue)
  }
  const type = (name: FieldName) => (value: string) => setTyped({ ...typed, [name]: value })

  const add = async (event: SubmitEvent) => {
    event.preventDefault()
    setAdding(true)
    setFailed(undefined)
    try {
      await webhooksClient.add(typed.url.trim(), typed.secret || null)
      setTyped({ url: '', secret: '' })
      toast({ text: t('webhookAdded') })
      onAdded()
    } catch (error) {
      setFailed(failure(error))
    } finally {
      setAdding(false)
    }
  }

  return (
    <Section title={t('webhookNew')}>
      <form noValidate onSubmit={add}>
        <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-3">
          <TextField
            label={t('webhookUrl')}
            wrong={wrong('url')}
            value={typed.url}
            onType={type('url')}
            inputMode="url"
            placeholder="https://example.org/hook"
          />
          <TextField
            label={t('webhookSecret')}
            help={t('webhookSecretHelp')}
            wrong={wrong('secret')}
            value={typed.secret}
            onType={type('secret')}
            type="password"
            autoComplete="new-password"
          />
          <div role="alert">{failed && !FIELDS.some(wrong) && <Problem text={failureText(failed)} />}</div>
          <Button type="submit" className="self-start" disabled={disabled || adding || typed.url.trim() === ''}>
            <Plus size={14} aria-hidden />
            {t('webhookAdd')}
          </Button>
        </fieldset>
      </form>
    </Section>
  )
}
