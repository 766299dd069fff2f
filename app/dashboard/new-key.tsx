'use client'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { accountsClient, type MadeKey } from '../../workers/accounts-client'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { TextField } from '../ui/text-field'
import { useFailureText } from './use-failure-text'

const LONGEST_NAME = 100

export function NewKey({ user, onMade }: { user: string; onMade: (key: MadeKey) => void }) {
  const { t } = useWords()
  const failureText = useFailureText()
  const [name, setName] = useState('')
  const [failed, setFailed] = useState<Failure>()
  const [busy, setBusy] = useState(false)

  const create = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailed(undefined)
    try {
      onMade(await accountsClient.createKey(user, name.trim()))
      setName('')
    } catch (error) {
      setFailed(failure(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={create} className="flex flex-col gap-2 border-line border-t pt-4">
      <div className="flex max-w-md items-end gap-2">
        <TextField
          label={t('keyName')}
          placeholder={t('keyNameExample')}
          value={name}
          maxLength={LONGEST_NAME}
          onType={setName}
          wrong={failed !== undefined}
        />
        <Button type="submit" look="accent" disabled={busy || name.trim() === ''}>
          <Plus size={14} aria-hidden />
          {t('keyCreate')}
        </Button>
      </div>
      <div aria-live="polite">{failed && <Problem text={failureText(failed)} />}</div>
    </form>
  )
}
