'use client'
import { useWords } from './text/words'
import { Button } from './ui/button'

/** Instead of the page, when drawing it failed. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const { t } = useWords()
  return (
    <main className="grid h-dvh place-content-center justify-items-center gap-3 p-6 text-center" role="alert">
      <h1 className="font-semibold text-lg">{t('pageFailed')}</h1>
      <p className="max-w-md text-muted text-sm">{t('pageFailedHelp')}</p>
      <Button look="accent" onClick={reset}>
        {t('tryAgain')}
      </Button>
    </main>
  )
}
