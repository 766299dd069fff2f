'use client'
import { Trash2 } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { Sure } from '../dashboard/sure'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { LibraryState } from './use-library'

/** What can be done with chosen pictures; after a deletion, for a while, the way back. */
export function ChosenBar({ library: { chosen, choose, removals } }: { library: LibraryState }) {
  const { t } = useWords()
  const [asks, ask] = useState(false)
  const canUndo = removals.undoable > 0
  useUndoKey(canUndo, removals.undo)
  const remove = async () => {
    removals.remove([...chosen])
    choose(new Set())
    ask(false)
  }
  if (chosen.size === 0 && !canUndo) return null
  return (
    <div className="sticky bottom-3 z-30 flex flex-col gap-2">
      {canUndo && (
        <div role="status" className={BAR}>
          <span className="grow text-sm">{t('libraryDeleting', { count: removals.undoable })}</span>
          <Button onClick={removals.undo}>{t('libraryUndo')}</Button>
        </div>
      )}
      {chosen.size > 0 && !asks && (
        <div className={BAR}>
          <span className="grow text-sm tabular-nums">{t('libraryChosen', { count: chosen.size })}</span>
          <Button look="quiet" onClick={() => choose(new Set())}>
            {t('libraryChooseNone')}
          </Button>
          <Button look="wrong" onClick={() => ask(true)}>
            <Trash2 size={14} aria-hidden />
            {t('libraryDelete')}
          </Button>
        </div>
      )}
      {chosen.size > 0 && asks && (
        <div className="rounded-lg border border-line-strong bg-raised shadow-lift">
          <Sure
            text={t('libraryDeleteSure', { count: chosen.size })}
            yes={t('libraryDelete')}
            onYes={remove}
            onNo={() => ask(false)}
          />
        </div>
      )}
    </div>
  )
}

const BAR =
  'flex animate-rise flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-raised py-2 pr-2 pl-4 shadow-lift'

function useUndoKey(canUndo: boolean, undo: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!canUndo || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
    event.preventDefault()
    undo()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
