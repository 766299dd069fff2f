'use client'
import type { LibrarySummary } from '../../workers/library-client'
import { useWords } from '../text/words'

export const VIEWS = ['pictures', 'groups', 'search', 'aside'] as const
export type View = (typeof VIEWS)[number]

interface ViewTabsProps {
  view: View
  summary: LibrarySummary | undefined
  onView: (view: View) => void
}

export function ViewTabs({ view, summary, onView }: ViewTabsProps) {
  const { t, format } = useWords()
  const counts: Partial<Record<View, number>> = summary
    ? {
        pictures: summary.uploaded + summary.processing + summary.processed,
        groups: summary.groups,
        aside: summary.set_aside,
      }
    : {}
  return (
    <nav aria-label={t('libraryViews')} className="flex min-w-0 flex-wrap gap-1">
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          aria-current={one === view ? 'page' : undefined}
          onClick={() => onView(one)}
          className="flex h-8 items-center gap-1.5 rounded-md px-3 text-muted text-sm transition-colors duration-150 hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text max-md:h-11"
        >
          {t(`libraryView_${one}`)}
          {counts[one] !== undefined && <span className="tabular-nums">{format.number(counts[one], 0)}</span>}
        </button>
      ))}
    </nav>
  )
}
