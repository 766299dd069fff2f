'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

interface PagerProps {
  offset: number
  limit: number
  total: number
  onOffset: (offset: number) => void
}

export function Pager({ offset, limit, total, onOffset }: PagerProps) {
  const { t } = useWords()
  if (total <= limit && offset === 0) return null
  return (
    <nav aria-label={t('libraryPages')} className="flex items-center justify-center gap-3">
      <Button disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - limit))}>
        <ChevronLeft size={15} aria-hidden />
        {t('libraryNewer')}
      </Button>
      <span className="text-muted text-sm tabular-nums">
        {t('libraryRange', { from: Math.min(offset + 1, total), to: Math.min(offset + limit, total), total })}
      </span>
      <Button disabled={offset + limit >= total} onClick={() => onOffset(offset + limit)}>
        {t('libraryOlder')}
        <ChevronRight size={15} aria-hidden />
      </Button>
    </nav>
  )
}
