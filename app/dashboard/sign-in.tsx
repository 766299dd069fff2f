'use client'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { failure } from '../../core/errors'
import { accountsClient } from '../../workers/accounts-client'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { TextField } from '../ui/text-field'
import { useFailureText } from './use-failure-text'

/** Where the page is not on the server's own machine, a key says who one is. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useWords()
  const heading = useId()
  const failureText = useFailureText()
  const [key, setKey] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [sending, setSending] = useState(false)

  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setWrong(undefined)
    try {
      await accountsClient.signIn(key.trim())
      onSignedIn()
    } catch (error) {
      const problem = failure(error)
      setWrong(problem.code === 'forbidden' ? t('signInWrong') : failureText(problem))
    } finally {
      setSending(false)
    }
  }

  return (
    <form
      onSubmit={signIn}
      aria-labelledby={heading}
      className="mx-auto mt-[8dvh] flex w-full max-w-sm flex-col gap-4 rounded-xl border border-line bg-surface p-6 max-md:mt-4 max-md:p-4"
    >
      <span className="grid size-10 place-items-center rounded-lg bg-accent-soft text-accent-text">
        <KeyRound size={20} aria-hidden />
      </span>
      <div className="flex flex-col gap-1">
        <h2 id={heading} className="font-semibold text-lg">
          {t('signIn')}
        </h2>
        <p className="text-muted text-sm">{t('signInHelp')}</p>
      </div>
      <TextField label={t('signInKey')} type="password" value={key} onType={setKey} wrong={wrong !== undefined} />
      <div aria-live="polite">{wrong && <Problem text={wrong} />}</div>
      <Button type="submit" look="accent" size="large" disabled={sending || key.trim() === ''}>
        {t('signIn')}
      </Button>
    </form>
  )
}
