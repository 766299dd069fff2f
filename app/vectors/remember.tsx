'use client'
import { Trash2 } from 'lucide-react'
import { useId } from 'react'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { type Entry, without } from './entries'
import type { Remembered } from './use-remembered'

interface RememberProps {
  /** What this visit made. */
  made: readonly Entry[]
  remembered: Remembered
}

/** Nothing is stored without the tick; taking it away, or Delete, stores nothing any more. */
export function Remember({ made, remembered }: RememberProps) {
  const { t } = useWords()
  const [keep, compare] = [useId(), useId()]
  const { all, included, include } = remembered
  const ticked = made.length > 0 && without(made, all).length === 0

  /** @returns whether it is stored as asked */
  const change = (work: Promise<void>): Promise<boolean> =>
    work.then(
      () => true,
      () => {
        toast({ text: t('vectorsForgetFailed'), wrong: true })
        return false
      },
    )
  const forget = async (entries: readonly Entry[]) => {
    const before = all
    if (!(await change(remembered.forget(entries)))) return
    toast({
      text: t('vectorsForgotten'),
      action: { label: t('undo'), run: () => void change(remembered.keep(before)) },
    })
  }
  return (
    <div className="flex flex-col gap-3 p-4">
      {made.length > 0 && (
        <label htmlFor={keep} className="flex items-start gap-2.5">
          <input
            id={keep}
            type="checkbox"
            checked={ticked}
            onChange={() => (ticked ? void forget(made) : void change(remembered.keep(made)))}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="flex flex-col text-sm">
            {t('vectorsRemember')}
            <span className="text-muted text-xs">{t('vectorsRememberHelp')}</span>
          </span>
        </label>
      )}
      {all.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
          <span className="tabular-nums" role="status">
            {t('vectorsRemembered', { count: all.length })}
          </span>
          <label htmlFor={compare} className="flex items-center gap-2 max-md:min-h-11">
            <input
              id={compare}
              type="checkbox"
              checked={included}
              onChange={({ target }) => include(target.checked)}
              className="size-4 accent-accent"
            />
            {t('vectorsRememberedShow')}
          </label>
          <Button size="small" onClick={() => forget(all)}>
            <Trash2 size={13} aria-hidden />
            {t('vectorsForget')}
          </Button>
        </div>
      )}
    </div>
  )
}
