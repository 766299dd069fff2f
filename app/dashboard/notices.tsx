'use client'
import { RotateCw } from 'lucide-react'
import type { Failure } from '../../core/errors'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useFailureText } from './use-failure-text'

/** In place of the page's content. */
export function Notice({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-xl border border-line bg-surface p-5">
      <p className="text-sm">{text}</p>
      {children}
    </div>
  )
}

interface UnansweredProps {
  failed: Failure
  /** Where the server does not answer; what is said of keys and usage unless given. */
  unreachable?: string
  loading: boolean
  onRetry: () => void
}

export function Unanswered({ failed, unreachable, loading, onRetry }: UnansweredProps) {
  const { t } = useWords()
  const failureText = useFailureText()
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-xl border border-line bg-surface p-5">
      <Problem text={failed.code === 'unavailable' && unreachable ? unreachable : failureText(failed)} />
      <Button disabled={loading} onClick={onRetry}>
        <RotateCw size={14} aria-hidden />
        {t('dashboardTryAgain')}
      </Button>
    </div>
  )
}

/** The page's outline while the first answer is on its way. */
export function Skeleton() {
  const { t } = useWords()
  return (
    <div role="status" className="flex animate-appear flex-col gap-5">
      <span className="sr-only">{t('loading')}</span>
      <div className="grid grid-cols-4 gap-5 max-lg:grid-cols-2 max-md:gap-3">
        {['requests', 'quota', 'rate', 'latency'].map((name) => (
          <div key={name} className="h-28 rounded-xl border border-line bg-surface" />
        ))}
      </div>
      <div className="h-72 rounded-xl border border-line bg-surface" />
      <div className="h-48 rounded-xl border border-line bg-surface" />
    </div>
  )
}
