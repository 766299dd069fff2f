'use client'
import type { Failure } from '../../core/errors'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useFailureText } from './use-failure-text'

/** In place of what could not be loaded. */
export function Failed({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const { t } = useWords()
  const failureText = useFailureText()
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-xl border border-line bg-surface p-4">
      <Problem text={failureText(failure)} />
      {onRetry && <Button onClick={onRetry}>{t('libraryRetry')}</Button>}
    </div>
  )
}

export function Empty({ title, help, children }: { title: string; help?: string; children?: React.ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-line border-dashed px-6 py-14 text-center">
      <p className="font-semibold text-base">{title}</p>
      {help && <p className="max-w-prose text-muted text-sm">{help}</p>}
      {children}
    </div>
  )
}

export function Loading() {
  const { t } = useWords()
  return (
    <p role="status" className="py-14 text-center text-muted text-sm">
      {t('loading')}
    </p>
  )
}
