'use client'
import {
  CopyCheck,
  Play,
  Redo2,
  RotateCcw,
  RotateCw,
  ScanSearch,
  SquareDashed,
  SquarePlus,
  Trash2,
  Undo2,
} from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useBench } from '../shell/bench'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { turned } from './edits'
import { record } from './history'
import { historyKeys } from './history-keys'
import { chosen, mode, type Review, useChosen, useMode } from './use-review'

/** What can be done with the quads of the picture in view. */
export function ReviewBar({ review }: { review: Review }) {
  const { t } = useWords()
  const { outdated, item, busy, session, do: commands } = useBench()
  const selected = useChosen()
  const what = useMode()
  const { quads, edits, residuals } = review
  const quad = selected?.kind === 'quad' ? quads[selected.index] : undefined
  const zone = selected?.kind === 'zone' ? edits.zones[selected.index] : undefined
  const id = item?.picture.id

  // What is chosen belongs to one picture, and drawing ends with it.
  useEffect(() => {
    chosen.set(null)
    mode.set('select')
  }, [id])

  const turn = (degrees: number) =>
    quad && review.change({ quads: quads.map((one) => (one === quad ? turned(one, degrees) : one)) })
  const remove = () => {
    chosen.set(null)
    if (quad) review.change({ quads: quads.filter((one) => one !== quad) })
    if (zone) review.change({ zones: edits.zones.filter((one) => one !== zone) })
  }
  const zonesToAll = () => {
    for (const { picture, own } of session.items) {
      if (picture.id === id) continue
      const kept = (own?.[review.spec.edits] as Review['edits']['quads'] | undefined) ?? null
      record(picture.id, { quads: kept, zones: edits.zones })
      commands.setOwn(picture.id, { [review.spec.zones]: edits.zones })
    }
    toast({ text: t('reviewZonesUsed') })
  }
  const drawWith = (next: 'quad' | 'zone') => mode.set(what === next ? 'select' : next)

  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-14 flex flex-col items-center gap-2 px-2 max-md:bottom-16">
      {what !== 'select' && <Hint>{t(what === 'quad' ? 'reviewDrawHint' : 'reviewDrawZoneHint')}</Hint>}
      {what === 'select' && quad && <Hint>{t('reviewKeys')}</Hint>}
      {residuals.length > 0 && !outdated && (
        <p role="status" className="rounded-md bg-wrong-soft px-3 py-1 font-medium text-wrong text-xs shadow-lift">
          {t('reviewResiduals', { count: residuals.length })}
        </p>
      )}
      <div
        role="toolbar"
        aria-label={t('review')}
        onKeyDown={(event) => historyKeys(event, review)}
        className="pointer-events-auto flex max-w-full items-center gap-0.5 overflow-x-auto rounded-lg border border-line bg-surface p-1 shadow-lift"
      >
        <IconButton label={t('reviewAdd')} aria-pressed={what === 'quad'} onClick={() => drawWith('quad')}>
          <SquarePlus size={17} aria-hidden />
        </IconButton>
        <IconButton label={t('reviewAddZone')} aria-pressed={what === 'zone'} onClick={() => drawWith('zone')}>
          <SquareDashed size={17} aria-hidden />
        </IconButton>
        <IconButton label={t('reviewTurnLeft')} disabled={!quad} onClick={() => turn(-1)}>
          <RotateCcw size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('reviewTurnRight')} disabled={!quad} onClick={() => turn(1)}>
          <RotateCw size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('reviewDelete')} disabled={!quad && !zone} onClick={remove}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
        <span className="mx-1 h-5 w-px shrink-0 bg-line" />
        <IconButton label={t('reviewUndo')} disabled={!review.canUndo} onClick={review.undo}>
          <Undo2 size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('reviewRedo')} disabled={!review.canRedo} onClick={review.redo}>
          <Redo2 size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t('reviewReset')}
          disabled={edits.quads === null}
          onClick={() => review.change({ quads: null })}
        >
          <ScanSearch size={16} aria-hidden />
        </IconButton>
        {session.items.length > 1 && (
          <IconButton label={t('reviewZonesToAll')} disabled={edits.zones.length === 0} onClick={zonesToAll}>
            <CopyCheck size={16} aria-hidden />
          </IconButton>
        )}
        {outdated && item && (
          <Button look="accent" size="small" className="ml-1" disabled={busy} onClick={() => commands.runItems([item])}>
            <Play size={13} aria-hidden />
            {t('reviewAgain')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Hint({ children }: { children: ReactNode }) {
  return <p className="rounded-md bg-surface px-3 py-1 text-muted text-xs shadow-lift max-md:hidden">{children}</p>
}
