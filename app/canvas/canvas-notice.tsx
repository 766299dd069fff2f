'use client'
import { Crop, Plus } from 'lucide-react'
import { progress, ratio } from '../run/progress'
import { useBench } from '../shell/bench'
import { canBeMarked, filledSlots } from '../shell/bench-commands'
import { useSelected } from '../state/store'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { FailureNotice } from './failure-notice'

const PILL =
  'absolute top-3 left-1/2 flex w-max max-w-[calc(100%-7rem)] -translate-x-1/2 animate-rise items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-3 text-sm shadow-lift max-md:top-2 max-md:w-[calc(100%-1rem)] max-md:max-w-none max-md:flex-col max-md:items-start max-md:gap-2'

/** What has to be known about the picture in view: what is still missing, how far it is, what went wrong. */
export function CanvasNotice() {
  const { t } = useWords()
  const { card, words, session, item, failure, marking, do: commands } = useBench()
  const now = useSelected(progress, (all) => all[item?.picture.id ?? ''])
  const missing = card.inputs.find(({ name, optional }) => !optional && !filledSlots(card, session).includes(name))

  if (item?.run.status === 'running') {
    const part = ratio(now)
    return (
      <div className="absolute inset-x-0 top-0 h-0.5 overflow-hidden bg-line">
        <div
          className={`h-full bg-accent transition-[width] duration-150 ${part === undefined ? 'w-1/3 animate-pulse' : ''}`}
          style={part === undefined ? undefined : { width: `${part * 100}%` }}
        />
      </div>
    )
  }
  if (failure) return <FailureNotice failure={failure} className={PILL} />
  if (marking) {
    return (
      <div className={`${PILL} border-line`}>
        <span>{t('markHint')}</span>
        <Button size="small" onClick={() => commands.mark(null)}>
          {t('cancel')}
        </Button>
      </div>
    )
  }
  if (!missing) return null
  const slot = words.label(missing.name, missing.title)
  return (
    <div className={`${PILL} border-line`}>
      <span>{t('nextSlot', { slot, help: words.label(missing.help ?? '', missing.help ?? '') })}</span>
      <span className="flex shrink-0 gap-2">
        {canBeMarked(card, missing.name) && (
          <Button size="small" look="accent" onClick={() => commands.mark(missing.name)}>
            <Crop size={14} aria-hidden />
            {t('markInPicture')}
          </Button>
        )}
        <Button size="small" onClick={() => commands.browse(missing.name)}>
          <Plus size={14} aria-hidden />
          {t('add')}
        </Button>
      </span>
    </div>
  )
}
