'use client'
import { RotateCw } from 'lucide-react'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { Loaded } from './use-loaded'

export function Refresh({ of: { loading, reload } }: { of: Pick<Loaded<unknown>, 'loading' | 'reload'> }) {
  const { t } = useWords()
  return (
    <Button look="quiet" size="small" disabled={loading} onClick={reload}>
      <RotateCw size={13} aria-hidden />
      {t('refresh')}
    </Button>
  )
}
