'use client'
import { Pause, Play, Square } from 'lucide-react'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { FolderState, Work } from './folder-state'

interface WorkBarProps {
  work: Work
  isPaused: FolderState['isPaused']
  onPause: (isPaused: boolean) => void
  onStop: () => void
}

/** How far it is, and how to halt or end it. */
export function WorkBar({ work, isPaused, onPause, onStop }: WorkBarProps) {
  const { t } = useWords()
  const said = useWorkText(work)
  const share = shareOf(work)
  const Halt = isPaused ? Play : Pause
  return (
    <section className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4" aria-label={t('progress')}>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 grow basis-60 text-sm tabular-nums">
          {said}
          {isPaused && <span className="ml-2 text-accent-text">{t('folderPaused')}</span>}
        </p>
        <span className="ml-auto flex gap-2">
          {work.kind !== 'listing' && (
            <Button size="small" aria-pressed={isPaused} onClick={() => onPause(!isPaused)}>
              <Halt size={13} aria-hidden />
              {t(isPaused ? 'folderResume' : 'folderPause')}
            </Button>
          )}
          <Button size="small" onClick={onStop}>
            <Square size={12} aria-hidden />
            {t('stop')}
          </Button>
        </span>
      </div>
      <progress
        aria-label={said}
        max={1}
        value={share}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      />
    </section>
  )
}

function useWorkText(work: Work): string {
  const { t, format } = useWords()
  if (work.kind === 'listing') return t('folderListing', { count: work.count })
  const { done, total } = work
  if (work.kind === 'comparing') return t('folderComparing', { done, total })
  if (work.loading)
    return `${t('folderLoading')} ${format.bytes(work.loading.done)} / ${format.bytes(work.loading.total)}`
  const known = work.known > 0 ? ` · ${t('folderKnown', { count: work.known })}` : ''
  return t('folderIndexing', { done, total }) + known
}

/** Nothing while it cannot be told. */
function shareOf(work: Work): number | undefined {
  return work.kind === 'listing' || work.total === 0 ? undefined : work.done / work.total
}
